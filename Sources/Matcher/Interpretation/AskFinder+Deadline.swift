/// Within how long the work has to be done, where the text names no day: 三个月内完成, 交期不超过6周,
/// delivered within 90 days.
extension AskFinder {
  /// A time the work may take, and where it is said.
  struct Deadline: Sendable {
    let day: CivilDate
    let strictness: Strictness
    let clause: Range<Int>
  }

  /// The first such time of a text, counted from a day; nil where none is said, or one that begins
  /// with something nobody knows the day of (签约后30天内).
  ///
  /// - Parameter start: The day on which the work may begin, else that of the record.
  func deadline(in text: ReadText, from start: CivilDate) -> Deadline? {
    for quantity in text.quantities {
      guard let most = DeadlineWords.most(quantity) else { continue }
      let clause = text.clause(at: quantity.span.lowerBound)
      if text.has(.past, in: clause) || text.has(.validUntil, in: clause) { continue }
      let words = DeadlineWords(corpus: corpus, quantity: quantity, clause: clause, text: text)
      guard words.isDeadline, let day = day(most, quantity.unit, from: start) else { continue }
      switch strictness(at: quantity.span, text) {
      case .some(nil): continue
      case .some(let stated?): return Deadline(day: day, strictness: stated, clause: clause)
      case nil: return Deadline(day: day, strictness: .strong, clause: clause)
      }
    }
    return nil
  }

  /// The day that is so much time after another. Parts of months are of thirty days.
  private func day(_ amount: Double, _ unit: String, from start: CivilDate) -> CivilDate? {
    let whole = amount.rounded(.down)
    switch unit {
    case "d": return start + Int(amount.rounded(.up))
    case "wk": return start + Int((amount * 7).rounded(.up))
    case "mo": return months(Int(whole), after: start) + Int(((amount - whole) * 30).rounded(.up))
    case "a": return months(Int((amount * 12).rounded(.up)), after: start)
    case "{workday}":
      return corpus.calendars["cn"].map {
        $0.adding(workingDays: Int(amount.rounded(.up)), to: start)
      }
    default: return nil
    }
  }

  /// The same day of a later month, or that month's last.
  private func months(_ count: Int, after date: CivilDate) -> CivilDate {
    let (year, month, day) = date.components
    let total = year * 12 + month - 1 + count
    let last = CivilDate.days(inMonth: total % 12 + 1, of: total / 12)
    return CivilDate(year: total / 12, month: total % 12 + 1, day: min(day, last)) ?? date
  }
}

/// What the words around a time make of it.
private struct DeadlineWords {
  private let words: [ReadingWord: WordList]
  private let quantity: WrittenQuantity
  /// Of the clause, before and behind the time.
  private let before: LooseText
  private let behind: LooseText
  /// The time as it is written.
  private let written: LooseText
  /// Ends with an event, 合同签订后, in this half-sentence or as the one before.
  private let follows: Bool

  init(corpus: Corpus, quantity: WrittenQuantity, clause: Range<Int>, text: ReadText) {
    let span = quantity.span
    words = corpus.reading.words
    self.quantity = quantity
    before = LooseText(
      text.words(clause.lowerBound..<max(span.lowerBound, clause.lowerBound)),
      folding: corpus.folding)
    behind = LooseText(
      text.words(span.upperBound..<max(clause.upperBound, span.upperBound)),
      folding: corpus.folding)
    written = LooseText(text.words(span), folding: corpus.folding)
    let start = text.sentence(at: span.lowerBound).lowerBound
    let ahead = text.words(min(start, span.lowerBound)..<span.lowerBound)
    let events = corpus.reading.words[.deadlineAfter]
    let loose = LooseText(ahead, folding: corpus.folding)
    follows =
      events?.found(in: loose).last.map {
        loose.scalars[$0.part.upperBound...].allSatisfy(DeadlineWords.isMark)
      } ?? false
  }

  /// The longest of a time in days, weeks, workdays, months or up to two years; nil for everything
  /// else.
  static func most(_ quantity: WrittenQuantity) -> Double? {
    guard !quantity.isNegated, quantity.basis == nil, case .interval(let interval) = quantity.value,
      let high = interval.high, high > 0, high <= 1000
    else { return nil }
    return quantity.unit == "a" && high > 2 ? nil : high
  }

  /// Whether the time is the one by which all must be done.
  var isDeadline: Bool {
    if follows || isRightBehind(.deadlineAfter) || has(.deadlineOther) || isAround { return false }
    if isRightBefore(.deadlineTurnaround) { return true }
    if isRightBehind(.deadlineDone) { return true }
    guard case .interval(let interval) = quantity.value, interval.low == nil else { return false }
    return has(.deadlineDone) || has(.deadlineTurnaround)
  }

  /// 近三个月内 is the time that has passed.
  private var isAround: Bool {
    guard quantity.isApproximate, let list = words[.deadlineOther] else { return false }
    return list.found(in: written).first?.part.lowerBound == 0
  }

  private func has(_ kind: ReadingWord) -> Bool {
    guard let list = words[kind] else { return false }
    return !list.found(in: before).isEmpty || !list.found(in: behind).isEmpty
  }

  private func isRightBefore(_ kind: ReadingWord) -> Bool {
    guard let last = words[kind]?.found(in: before).last else { return false }
    return before.scalars[last.part.upperBound...].allSatisfy(DeadlineWords.isMark)
  }

  private func isRightBehind(_ kind: ReadingWord) -> Bool {
    guard let first = words[kind]?.found(in: behind).first else { return false }
    return behind.scalars[..<first.part.lowerBound].allSatisfy(DeadlineWords.isMark)
  }

  /// Neither letter, ideograph nor digit.
  private static func isMark(_ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return true }
    return !scalar.properties.isAlphabetic && !("0"..."9").contains(scalar)
  }
}
