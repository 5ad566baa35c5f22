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
    case "mo": return start.adding(months: Int(whole)) + Int(((amount - whole) * 30).rounded(.up))
    case "a": return start.adding(months: Int((amount * 12).rounded(.up)))
    case "{workday}":
      return corpus.calendars["cn"].map {
        $0.adding(workingDays: Int(amount.rounded(.up)), to: start)
      }
    default: return nil
    }
  }
}

/// What the words around a time make of it.
private struct DeadlineWords {
  private let quantity: WrittenQuantity
  private let around: WordsAround
  /// Behind an event, 合同签订后, in this half-sentence or the one before.
  private let follows: Bool
  /// 近三个月内: the time that has passed.
  private let isPast: Bool

  init(corpus: Corpus, quantity: WrittenQuantity, clause: Range<Int>, text: ReadText) {
    self.quantity = quantity
    around = WordsAround(corpus, quantity.span, in: clause, of: text)
    let sentence = text.sentence(at: quantity.span.lowerBound)
    follows = WordsAround(corpus, quantity.span, in: sentence, of: text)
      .isRightBefore(.deadlineAfter, marks: true)
    let start = quantity.span.lowerBound
    isPast =
      quantity.isApproximate
      && WordsAround(corpus, start..<start, in: quantity.span, of: text)
        .isRightBehind(.deadlineOther)
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
    if follows || isPast || around.has(.deadlineOther)
      || around.isRightBehind(.deadlineAfter, marks: true)
    {
      return false
    }
    if around.isRightBefore(.deadlineTurnaround, marks: true)
      || around.isRightBehind(.deadlineDone, marks: true)
    {
      return true
    }
    guard case .interval(let interval) = quantity.value, interval.low == nil else { return false }
    return around.has(.deadlineDone) || around.has(.deadlineTurnaround)
  }
}
