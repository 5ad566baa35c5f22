import Matcher

/// Mutated words of demands and platforms through the lexicon and the reading of prose: no trap, no
/// hang, every quote stands in the text, the same reading twice.
///
/// Full scale: 200,000 texts.
struct ProseSoak {
  private let options: BenchOptions
  private let corpus: Corpus

  init(_ options: BenchOptions) {
    self.options = options
    corpus = Corpus(.folder(options.corpus))
  }

  func run() -> String {
    let count = max(1, Int(200_000 * options.scale))
    var generator = SeededGenerator(seed: options.seed)
    let tools = ReadingTools(corpus: corpus)
    let demands = DemandInterpreter(corpus: corpus, tools: tools)
    let platforms = PlatformInterpreter(corpus: corpus, tools: tools)
    let day = CivilDate(dayNumber: 20_778)
    let texts = Workload(options).makeProse().map { Array($0.unicodeScalars) }
    guard !texts.isEmpty else { return "soak prose: no texts" }
    var items = 0
    for _ in 0..<count {
      let first = texts[Int.random(in: 0..<texts.count, using: &generator)]
      let second = texts[Int.random(in: 0..<texts.count, using: &generator)]
      let text = mutated(Array((first + second).prefix(400)), &generator)
      let record = JSONObject([("id", .string("soak")), ("text", .string(text))])
      let demand = demands.completed(record, asOf: day)
      precondition(demand == demands.completed(record, asOf: day), "read twice, not the same")
      let understanding = Understanding(.object(demand))
      items += understanding.items.count
      items += Understanding(.object(platforms.completed(record, asOf: day))).items.count
    }
    return "soak prose: \(count) texts, seed \(options.seed), \(items) items read, no trap"
  }

  private func mutated(
    _ scalars: [Unicode.Scalar], _ generator: inout SeededGenerator
  ) -> String {
    var scalars = scalars
    for _ in 0..<Int.random(in: 0...8, using: &generator) where !scalars.isEmpty {
      let place = Int.random(in: 0..<scalars.count, using: &generator)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: scalars.remove(at: place)
      case 1: scalars.removeSubrange(place..<min(scalars.count, place + 12))
      case 2: scalars.insert(contentsOf: scalars[place..<min(scalars.count, place + 9)], at: place)
      case 3:
        scalars[place] = Unicode.Scalar(UInt32.random(in: 1...0xD7FF, using: &generator)) ?? " "
      default:
        let marks = Array("，。；（）、/~-+≥≤%℃\n0129万亿".unicodeScalars)
        scalars[place] = marks.randomElement(using: &generator) ?? "，"
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
