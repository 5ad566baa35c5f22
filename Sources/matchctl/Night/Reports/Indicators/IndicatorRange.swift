import Matcher

/// Days over which figures are made: demands that were first published on one of them, with what was
/// recorded for them until the last one.
package struct IndicatorRange: Sendable, Hashable {
  /// `2026-11`, `2026-Q4`, `2026`; `all` from the beginning.
  package let name: String
  /// Inclusive; nil: from the beginning.
  package let from: CivilDate?
  /// Inclusive: the cut-off.
  package let to: CivilDate

  package init(name: String, from: CivilDate?, to: CivilDate) {
    self.name = name
    self.from = from
    self.to = to
  }

  /// The period of that kind in which a day lies, whole.
  package init(_ period: IndicatorPolicy.Period, around day: CivilDate) {
    let (year, month, _) = day.components
    let months: ClosedRange<Int>
    switch period {
    case .month: months = month...month
    case .quarter:
      let first = (month - 1) / 3 * 3 + 1
      months = first...first + 2
    case .year: months = 1...12
    }
    let start = CivilDate(year: year, month: months.lowerBound, day: 1) ?? day
    let isLast = months.upperBound == 12
    let next = CivilDate(
      year: isLast ? year + 1 : year, month: isLast ? 1 : months.upperBound + 1, day: 1)
    let name =
      switch period {
      case .month: month < 10 ? "\(year)-0\(month)" : "\(year)-\(month)"
      case .quarter: "\(year)-Q\(month / 3 + (month % 3 == 0 ? 0 : 1))"
      case .year: "\(year)"
      }
    self.init(name: name, from: start, to: next.map { $0 + -1 } ?? day)
  }

  /// The same period, but no further than a day.
  package func cut(at day: CivilDate) -> IndicatorRange {
    IndicatorRange(name: name, from: from, to: min(to, day))
  }

  func contains(_ day: CivilDate) -> Bool {
    day <= to && from.map { $0 <= day } ?? true
  }
}
