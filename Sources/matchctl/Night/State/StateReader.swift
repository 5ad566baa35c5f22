import Matcher

/// Reads what `StateWriter` wrote; nil for anything else, and nothing outside the bytes is ever read.
struct StateReader {
  private let bytes: [UInt8]
  private let words: [String]
  private var place = 0

  init(_ bytes: [UInt8], _ words: [String]) {
    self.bytes = bytes
    self.words = words
  }

  /// The strings of a state; fewer where sizes do not agree.
  static func words(_ starts: [UInt64], _ bytes: [UInt8]) -> [String] {
    zip(starts, starts.dropFirst()).compactMap { from, to in
      from <= to && to <= UInt64(bytes.count)
        ? String(decoding: bytes[Int(from)..<Int(to)], as: UTF8.self) : nil
    }
  }

  var isDone: Bool { place == bytes.count }

  mutating func number() -> Int? {
    var (value, shift): (UInt64, UInt64) = (0, 0)
    while place < bytes.count, shift < 63 {
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 127) << shift
      if byte < 128 { return Int(truncatingIfNeeded: value) }
      shift += 7
    }
    return nil
  }

  /// A number, or that there is none.
  mutating func optional() -> Int?? {
    guard let number = number() else { return nil }
    return .some(number == 0 ? nil : number - 1)
  }

  mutating func text() -> String? {
    guard let number = number(), words.indices.contains(number) else { return nil }
    return words[number]
  }

  /// A string, or that there is none.
  mutating func optionalText() -> String?? {
    guard let isThere = number() else { return nil }
    if isThere == 0 { return .some(nil) }
    return text().map { .some($0) }
  }

  mutating func list<Element>(_ each: (inout StateReader) -> Element?) -> [Element]? {
    guard let count = number(), count <= bytes.count - place else { return nil }
    var out: [Element] = []
    out.reserveCapacity(count)
    for _ in 0..<count {
      guard let element = each(&self) else { return nil }
      out.append(element)
    }
    return out
  }
}

extension StateReader {
  mutating func marks() -> RecordMarks? {
    guard let demands = side(), let platforms = side() else { return nil }
    return RecordMarks(demands: demands, platforms: platforms)
  }

  private mutating func side() -> [String: RecordMark]? {
    let marks = list { reader -> (String, RecordMark)? in
      guard let id = reader.text(), let seq = reader.number(), let read = reader.optionalText(),
        let content = reader.optionalText(), let lines = reader.list({ $0.text() })
      else { return nil }
      return (id, RecordMark(seq: Int64(seq), read: read, content: content, lines: lines))
    }
    return marks.map { Dictionary($0) { first, _ in first } }
  }

  mutating func stages() -> [NightStage]? {
    list { $0.stage() }
  }

  private mutating func stage() -> NightStage? {
    guard let demand = text(), let name = optionalText(), let full = number(),
      let potential = number(), let nearMiss = number(), let conflict = number()
    else { return nil }
    func matches(_ reader: inout StateReader) -> [NightMatch]? {
      var rank = 0
      return reader.list { reader in
        rank += 1
        return reader.match(demand, name, rank)
      }
    }
    guard let listed = matches(&self), let closest = matches(&self),
      let removed = list({ reader -> (criterion: String, lines: Int)? in
        guard let criterion = reader.text(), let lines = reader.number() else { return nil }
        return (criterion, lines)
      })
    else { return nil }
    return NightStage(
      demand: demand, stage: name, full: full, potential: potential, nearMiss: nearMiss,
      conflict: conflict, matches: listed, closest: closest, removed: removed)
  }

  private mutating func match(_ demand: String, _ stage: String?, _ rank: Int) -> NightMatch? {
    guard let platform = text(), let line = text(), let place = optional() ?? nil,
      Verdict.allCases.indices.contains(place), let group = number(), let low = number(),
      let expected = number(), let high = number(), let coverage = number(),
      let shortfalls = number(), let failures = list({ $0.finding() }),
      let pending = list({ $0.finding() }), let relaxed = list({ $0.finding() }),
      let questions = list({ $0.question() }), let relaxations = list({ $0.relaxation() }),
      let warnings = list({ $0.text() }), let until = optional()
    else { return nil }
    return NightMatch(
      demand: demand, stage: stage, rank: rank, platform: platform, line: line,
      verdict: Verdict.allCases[place], group: group, low: low, expected: expected, high: high,
      coverage: coverage, shortfalls: shortfalls, failures: failures, pending: pending,
      relaxed: relaxed, questions: questions, relaxation: relaxations.first, warnings: warnings,
      holdsUntil: until.map { CivilDate(dayNumber: $0) })
  }

  private mutating func finding() -> NightMatch.Finding? {
    guard let criterion = text(), let kind = text().flatMap(NightMatch.Finding.Kind.init),
      let gap = optional(), let cause = text()
    else { return nil }
    return NightMatch.Finding(criterion: criterion, kind: kind, gap: gap, cause: cause)
  }

  private mutating func question() -> NightMatch.Question? {
    guard let criterion = text(), let to = text().flatMap(Addressee.init) else { return nil }
    return NightMatch.Question(criterion: criterion, to: to)
  }

  private mutating func relaxation() -> NightMatch.Relaxation? {
    guard let criteria = list({ $0.text() }), let group = number(), let price = number() else {
      return nil
    }
    return NightMatch.Relaxation(criteria: criteria, group: group, price: price)
  }
}
