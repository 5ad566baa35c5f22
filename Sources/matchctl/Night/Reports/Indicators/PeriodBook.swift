import Ledger
import Matcher

/// The closed periods, those to be closed, and those that a count made now gives otherwise.
package struct PeriodBook: Sendable {
  /// A closed figure and what is counted now.
  package struct Difference: Sendable, Equatable {
    package let closed: PeriodFigures
    package let id: String
    package let then: PeriodFigures.Figure
    package let now: PeriodFigures.Figure
    /// The definitions' versions differ.
    package let isRedefined: Bool
  }

  /// In the order they were closed.
  package let closed: [PeriodFigures]
  /// What this run closes: to be written as entries of kind `period`.
  package let closing: [PeriodFigures]
  package let differences: [Difference]

  /// - Complexity: O(periods × (demands + steps)).
  init(
    ledger: IndicatorLedger, policy: IndicatorPolicy, closed: [PeriodFigures], run: String,
    asOf: CivilDate
  ) {
    self.closed = closed
    let done = Set(closed.map(\.subject))
    var closing: [PeriodFigures] = []
    let byPark = ledger.byPark
    let scopes: [(String?, IndicatorLedger)] =
      [(nil, ledger)] + byPark.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    for (park, scope) in scopes {
      for range in PeriodBook.ended(scope, policy, before: asOf)
      where !done.contains("\(range.name)/\(park ?? "*")") {
        closing.append(
          PeriodFigures(range, park: park, scope: scope, policy: policy, run: run, asOf: asOf))
      }
    }
    self.closing = closing
    differences = closed.filter { $0.to < asOf }.flatMap { old -> [Difference] in
      let range = IndicatorRange(name: old.period, from: old.from, to: old.to)
      let none = IndicatorLedger(demands: [], twins: ledger.twins, steps: [])
      let scope = old.park.map { byPark[$0] ?? none } ?? ledger
      let new = PeriodFigures(
        range, park: old.park, scope: scope, policy: policy, run: run, asOf: asOf)
      return PeriodBook.compare(old, new)
    }
  }

  /// Periods that are over, from that of the first demand on, by kind and then in time.
  private static func ended(
    _ ledger: IndicatorLedger, _ policy: IndicatorPolicy, before asOf: CivilDate
  ) -> [IndicatorRange] {
    guard let first = ledger.demands.map(\.published).min() else { return [] }
    return policy.periods.flatMap { kind in
      var ranges: [IndicatorRange] = []
      var range = IndicatorRange(kind, around: first)
      while range.to < asOf {
        ranges.append(range)
        range = IndicatorRange(kind, around: range.to + 1)
      }
      return ranges
    }
  }

  private static func compare(_ old: PeriodFigures, _ new: PeriodFigures) -> [Difference] {
    old.figures.compactMap { then in
      let now =
        new.figures.first { $0.id == then.id }
        ?? PeriodFigures.Figure(id: then.id, numerator: 0, denominator: 0)
      guard now != then else { return nil }
      return Difference(
        closed: old, id: then.id, then: then, now: now, isRedefined: old.policy != new.policy)
    }
  }
}
