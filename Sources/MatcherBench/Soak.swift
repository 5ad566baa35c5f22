import Foundation
import Matcher

/// Small deterministic random numbers (splitmix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Mutated bytes into every reader: no trap, no hang, and what is untouched is still read.
///
/// Full scale: 1,000,000 inputs. A trap ends the process, so that the result line is missing.
struct ReaderSoak {
  private let options: BenchOptions
  private let corpus: Corpus
  private let seeds: [([UInt8], RecordFormat)]

  init(_ options: BenchOptions) {
    self.options = options
    corpus = Corpus(.folder(options.corpus))
    func lines(_ path: String) -> [UInt8] { Workload.bytes("\(options.corpus)/\(path)") }
    let synthetic = lines("catalogue/synthetic.jsonl").split(separator: 10)
    let demands = lines("lists/sample_demands.jsonl").split(separator: 10)
    let table = lines("lists/sample_demands.csv")
    seeds =
      synthetic.prefix(8).map { (Array($0), .jsonLines) } + demands.map { (Array($0), .json) }
      + [(table, .csv)]
  }

  func run() -> String {
    let count = max(1, Int(1_000_000 * options.scale))
    var generator = SeededGenerator(seed: options.seed)
    var records = 0
    var issues = 0
    for _ in 0..<count {
      let (bytes, format) = seeds[Int.random(in: 0..<seeds.count, using: &generator)]
      let mutated = mutate(bytes, &generator)
      let good = Array("\n{\"id\":\"untouched\"}\n".utf8)
      let input = format == .jsonLines ? mutated + good : mutated
      var reader = RecordReader(corpus: corpus)
      var rest: [UInt8]? = input
      let source: ByteSource = {
        defer { rest = nil }
        return rest
      }
      if format == .jsonLines {
        try? reader.readPlatforms(source, file: "soak", format: format)
        precondition(
          reader.platforms.contains { $0.id == "untouched" }, "an untouched row was lost")
      } else {
        try? reader.readDemands(source, file: "soak", format: format)
      }
      evaluate(reader)
      records += reader.demands.count + reader.platforms.count
      issues += reader.issues.count
    }
    return
      "soak readers: \(count) inputs, seed \(options.seed), \(records) records, \(issues) issues, no trap"
  }

  /// What could be read must also be matched without a trap.
  private func evaluate(_ reader: RecordReader) {
    let asOf = CivilDate(dayNumber: 20_779)
    let engine = MatchEngine(corpus: corpus, platforms: reader.platforms)
    var reader = reader
    reader.add(demand: JSONObject([("id", .string("nothing but an id"))]), file: "soak")
    for demand in reader.demands {
      _ = engine.match(demand, options: MatchOptions(asOf: asOf))
    }
  }

  private func mutate(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(contentsOf: [UInt8]("9e99".utf8), at: place)
      case 3: bytes[place] = Array("{}[]\",:-0".utf8).randomElement(using: &generator) ?? 0
      case 4: bytes.removeSubrange(place..<min(bytes.count, place + 9))
      default:
        let end = min(bytes.count, place + 12)
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      }
    }
    return bytes.filter { $0 != 10 }
  }
}

/// The load of the issue: 10,000 lines × 100 demands on one core, with peak memory. Scale shrinks
/// both.
struct LoadSoak {
  private let options: BenchOptions

  init(_ options: BenchOptions) {
    self.options = options
  }

  func run() -> String {
    let share = options.scale.squareRoot()
    let workload = Workload(options, lines: max(325, Int(10_000 * share)))
    let clock = ContinuousClock()
    let demands = workload.demands(max(10, Int(100 * share)))
    var pairs = 0
    let time = clock.measure {
      for demand in demands {
        let found = workload.engine.match(
          demand, options: MatchOptions(asOf: CivilDate(dayNumber: 20_779)))
        pairs += found.map(\.summary.lines).reduce(0, +)
      }
    }
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    let kilobytes = LoadSoak.peakKilobytes()
    return
      "soak load: \(workload.engine.lines.count) lines, \(demands.count) demands, \(pairs) pairs, "
      + "\((seconds * 100).rounded() / 100) s, peak \(kilobytes / 1024) MB"
  }

  static func peakKilobytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss)
  }
}
