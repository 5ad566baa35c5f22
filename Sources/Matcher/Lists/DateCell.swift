/// A day, month or longer time as a cell of a date column writes it.
struct DateCell: Sendable, Equatable {
  /// How exactly the cell says it; `due` is printed like that.
  enum Precision: Sendable {
    case day
    /// A bare month: 2027-03.
    case month
    /// A quarter, half or year, or the end of a month: its last day.
    case span
    case year
  }

  /// What a person should look at.
  enum Sign: Hashable, Sendable {
    case chineseNumeral
    case minguo
    case shortYear
    case yearless
    case relative
  }

  var from: CivilDate
  var to: CivilDate
  var precision: Precision
  var signs: Set<Sign> = []

  /// As `due` is printed: a day, or the month alone where no more is said.
  var text: String {
    switch precision {
    case .day, .span: to.description
    case .month: String(to.description.prefix(7))
    case .year: String(to.description.prefix(4))
    }
  }

  enum Outcome: Sendable, Equatable {
    case read(DateCell)
    /// Digits of a date that no calendar has: 13月, 31 April.
    case impossible
    /// Day and month may stand either way round.
    case order(CivilDate, CivilDate)
    case duration
    case unread
  }

  private init(from: CivilDate, to: CivilDate, precision: Precision, signs: Set<Sign>) {
    self.from = from
    self.to = to
    self.precision = precision
    self.signs = signs
  }

  init(day: CivilDate, signs: Set<Sign> = []) {
    self.init(from: day, to: day, precision: .day, signs: signs)
  }

  init(from: CivilDate, to: CivilDate, signs: Set<Sign>) {
    self.init(from: from, to: to, precision: from == to ? .day : .span, signs: signs)
  }

  /// Reads the folded text of a cell.
  ///
  /// - Parameters:
  ///   - basis: The day from which year-less dates count: the next such day.
  ///   - minguo: A bare year of two or three digits is one of the Minguo calendar.
  static func read(
    _ folded: [UInt32], basis: CivilDate, minguo: Bool, words: ListWords
  ) -> Outcome {
    var text = folded.filter { $0 > 0x20 }
    if let comma = text.firstIndex(of: 0xFF0C) { text.remove(at: comma) }
    var reader = DateCellReader(text: text, basis: basis, minguo: minguo, words: words)
    return reader.outcome()
  }
}

extension DateCell {
  static func day(_ year: Int, _ month: Int, _ day: Int, _ signs: Set<Sign>) -> Outcome {
    guard let date = CivilDate(year: year, month: month, day: day) else { return .impossible }
    return .read(DateCell(day: date, signs: signs))
  }

  static func month(
    _ year: Int, _ month: Int, _ precision: Precision, _ signs: Set<Sign>,
    days: ClosedRange<Int>? = nil
  ) -> Outcome {
    guard (1...12).contains(month) else { return .impossible }
    let last = CivilDate.days(inMonth: month, of: year)
    guard let from = CivilDate(year: year, month: month, day: days?.lowerBound ?? 1),
      let to = CivilDate(year: year, month: month, day: min(last, days?.upperBound ?? last))
    else { return .impossible }
    return .read(DateCell(from: from, to: to, precision: precision, signs: signs))
  }

  static func months(_ year: Int, _ months: ClosedRange<Int>, _ signs: Set<Sign>) -> Outcome {
    guard let from = CivilDate(year: year, month: months.lowerBound, day: 1),
      let to = CivilDate(
        year: year, month: months.upperBound,
        day: CivilDate.days(inMonth: months.upperBound, of: year))
    else { return .impossible }
    return .read(DateCell(from: from, to: to, precision: .span, signs: signs))
  }

  static func year(_ year: Int, _ signs: Set<Sign>) -> Outcome {
    guard case .read(var cell) = months(year, 1...12, signs) else { return .impossible }
    cell.precision = .year
    return .read(cell)
  }
}
