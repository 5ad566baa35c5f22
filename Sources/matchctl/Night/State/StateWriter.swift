import Matcher

/// Writes a state's values as numbers of seven bits a byte; strings once each, by number.
struct StateWriter {
  private(set) var starts: [UInt64] = [0]
  private(set) var words: [UInt8] = []
  private var numbers: [String: Int] = [:]
  private var bytes: [UInt8] = []

  /// What was written since the last time.
  mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  /// A number of 0….
  mutating func put(_ value: Int) {
    var rest = UInt64(bitPattern: Int64(value))
    while rest > 127 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// A number of 0…, or nothing.
  mutating func put(_ value: Int?) {
    put(value.map { $0 + 1 } ?? 0)
  }

  mutating func put(_ text: String) {
    if let number = numbers[text] { return put(number) }
    numbers[text] = starts.count - 1
    put(starts.count - 1)
    words.append(contentsOf: text.utf8)
    starts.append(UInt64(words.count))
  }

  mutating func put(_ text: String?) {
    guard let text else { return put(0) }
    put(1)
    put(text)
  }

  mutating func put<Element>(
    list: [Element], _ each: (inout StateWriter, Element) -> Void
  ) {
    put(list.count)
    for element in list { each(&self, element) }
  }
}

extension StateWriter {
  mutating func put(_ marks: RecordMarks) {
    for side in [marks.demands, marks.platforms] {
      put(list: side.sorted { $0.key < $1.key }) { writer, mark in
        writer.put(mark.key)
        writer.put(Int(mark.value.seq))
        writer.put(mark.value.read)
        writer.put(mark.value.content)
        writer.put(list: mark.value.lines) { $0.put($1) }
      }
    }
  }

  mutating func put(_ stage: NightStage) {
    put(stage.demand)
    put(stage.stage)
    for count in [stage.full, stage.potential, stage.nearMiss, stage.conflict] { put(count) }
    put(list: stage.matches) { $0.put($1) }
    put(list: stage.closest) { $0.put($1) }
    put(list: stage.removed) { writer, removed in
      writer.put(removed.criterion)
      writer.put(removed.lines)
    }
  }

  /// Without the stage's own names and the rank.
  private mutating func put(_ match: NightMatch) {
    put(match.platform)
    put(match.line)
    put(Verdict.allCases.firstIndex(of: match.verdict))
    for number in [
      match.group, match.low, match.expected, match.high, match.coverage, match.shortfalls,
    ] { put(number) }
    for findings in [match.failures, match.pending, match.relaxed] {
      put(list: findings) { $0.put($1) }
    }
    put(list: match.questions) { writer, question in
      writer.put(question.criterion)
      writer.put(question.to.rawValue)
    }
    put(list: [match.relaxation].compactMap { $0 }) { writer, relaxation in
      writer.put(list: relaxation.criteria) { $0.put($1) }
      writer.put(relaxation.group)
      writer.put(relaxation.price)
    }
    put(list: match.warnings) { $0.put($1) }
    put(match.holdsUntil.map { $0.dayNumber })
  }

  private mutating func put(_ finding: NightMatch.Finding) {
    put(finding.criterion)
    put(finding.kind.rawValue)
    put(finding.gap)
    put(finding.cause)
  }
}
