/// Steps that a text numbers: `一、…；二、…`, `（1）…（2）…`, `1、…`, `①…`, `Step 1 …`.
extension StageSplitter {
  /// The numbered items as steps, where at least two and at most six name a service of their own that
  /// does not stand for another's; nil otherwise. An item that names none belongs to the one before.
  func numbered(_ text: ReadText, _ found: [ServiceFinder.Found]) -> [TextStage]? {
    var steps: [(service: ServiceID, ranges: [Range<Int>])] = []
    for item in items(text) {
      let service = finder.likeliest(in: item, of: text) ?? hinted(in: item, found)
      if let service, !steps.contains(where: { isRelated($0.service, service) }) {
        steps.append((service, [item]))
      } else if let same = service,
        let place = steps.firstIndex(where: { isRelated($0.service, same) })
      {
        steps[place].ranges.append(item)
      } else if !steps.isEmpty {
        steps[steps.count - 1].ranges.append(item)
      }
    }
    guard (2...6).contains(steps.count) else { return nil }
    return steps.map { step in
      TextStage(service: step.service, title: title(step.service, text, found), ranges: step.ranges)
    }
  }

  /// The likeliest service that the whole text names and a word of the item hints at.
  private func hinted(in item: Range<Int>, _ found: [ServiceFinder.Found]) -> ServiceID? {
    found.first { one in
      one.isNamed && one.ranges.contains { item.contains($0.lowerBound) }
    }?.service
  }

  /// Whether one of two services stands for the other.
  func isRelated(_ one: ServiceID, _ other: ServiceID) -> Bool {
    taxonomy.relation(asked: one, offered: other) != .none
      || taxonomy.relation(asked: other, offered: one) != .none
  }

  /// The numbered items of a text, as UTF-8 ranges; empty unless they count from one.
  private func items(_ text: ReadText) -> [Range<Int>] {
    var starts: [(form: String, number: Int, start: Int)] = []
    for clause in text.clauses {
      guard let item = ItemNumber(text.words(clause)) else { continue }
      starts.append((item.form, item.number, clause.lowerBound))
    }
    guard let first = starts.first(where: { $0.number == 1 }) else { return [] }
    var kept: [Int] = []
    for one in starts where one.form == first.form && one.number == kept.count + 1 {
      kept.append(one.start)
    }
    // What follows the sentence of the last item is about all.
    let end = kept.last.map { text.sentence(at: $0).upperBound } ?? 0
    return kept.indices.map { kept[$0]..<($0 + 1 < kept.count ? kept[$0 + 1] : end) }
  }
}

/// The number at the beginning of a half-sentence, and how it is written.
private struct ItemNumber {
  let form: String
  let number: Int

  private static let numerals = Array("一二三四五六七八九十")
  private static let circled = Array("①②③④⑤⑥⑦⑧⑨⑩")

  /// Nil where the words begin with no such number.
  init?(_ words: String) {
    var rest = Substring(trimmed(words))
    var form = ""
    if let opening = rest.first, "(（".contains(opening) {
      form = "("
      rest.removeFirst()
    } else if let word = ["step", "phase", "stage", "第", "步骤"].first(where: {
      rest.lowercased().hasPrefix($0)
    }) {
      form = word
      rest = Substring(trimmed(rest.dropFirst(word.count)))
    }
    guard let first = rest.first else { return nil }
    if let place = ItemNumber.circled.firstIndex(of: first) {
      self.form = "①"
      number = place + 1
      return
    }
    let isHan = ItemNumber.numerals.contains(first)
    let digits = isHan ? rest.prefix(1) : rest.prefix { $0.isASCII && $0.isNumber }
    let value = isHan ? ItemNumber.numerals.firstIndex(of: first).map { $0 + 1 } : Int(digits)
    guard let value, (1...20).contains(value), digits.count < 3 else { return nil }
    rest = rest.dropFirst(digits.count)
    let isClosed: Bool
    switch form {
    case "(": isClosed = rest.first.map { ")）".contains($0) } ?? false
    case "第": isClosed = rest.first.map { "步阶項项".contains($0) } ?? false
    case "": isClosed = ItemNumber.isMark(rest)
    default: isClosed = true
    }
    guard isClosed else { return nil }
    self.form = form + (isHan ? "一" : "1")
    number = value
  }

  /// A sign that ends the number, and no decimal point.
  private static func isMark(_ rest: Substring) -> Bool {
    guard let mark = rest.first, "、.．)）".contains(mark) else { return false }
    return !".．".contains(mark) || !(rest.dropFirst().first?.isNumber ?? false)
  }
}
