import Ledger
import Matcher

extension Entry.Kind {
  /// The figures of a period that has ended; the subject is `2026-10/PARK` (`2026-10/*` for all parks),
  /// the body a `PeriodFigures`.
  package static let period = Entry.Kind(rawValue: "period")
}

/// The figures with which a period was closed. They are written once, by the first run after its last
/// day, and never replaced; what a later count gives is said beside them.
package struct PeriodFigures: Sendable, Equatable {
  package struct Figure: Sendable, Equatable {
    package let id: String
    package let numerator: Int
    package let denominator: Int

    package init(id: String, numerator: Int, denominator: Int) {
      self.id = id
      self.numerator = numerator
      self.denominator = denominator
    }
  }

  /// `2026-10`, `2026`.
  package let period: String
  /// nil: all parks together.
  package let park: String?
  package let from: CivilDate
  package let to: CivilDate
  /// The version of the definitions.
  package let policy: String
  /// The run that closed it, and its day.
  package let run: String
  package let asOf: CivilDate
  package let figures: [Figure]

  package var subject: String { "\(period)/\(park ?? "*")" }

  package var json: JSONObject {
    JSONObject(stating: [
      ("period", .string(period)), ("park", park.map { .string($0) }),
      ("from", .string("\(from)")), ("to", .string("\(to)")), ("policy", .string(policy)),
      ("run", .string(run)), ("as_of", .string("\(asOf)")),
      (
        "figures",
        .array(
          figures.map {
            .object(
              JSONObject([
                ("id", .string($0.id)), ("numerator", .integer($0.numerator)),
                ("denominator", .integer($0.denominator)),
              ]))
          })
      ),
    ])
  }

  /// Reads what `json` writes; nil for a body that is something else.
  package init?(_ json: JSONValue?) {
    guard let object = json?.object, let period = object["period"]?.string,
      let from = object["from"]?.string.flatMap({ CivilDate(iso: $0) }),
      let to = object["to"]?.string.flatMap({ CivilDate(iso: $0) }),
      let asOf = object["as_of"]?.string.flatMap({ CivilDate(iso: $0) }),
      let figures = object["figures"]?.array
    else { return nil }
    self.period = period
    park = object["park"]?.string
    self.from = from
    self.to = to
    policy = object["policy"]?.string ?? ""
    run = object["run"]?.string ?? ""
    self.asOf = asOf
    self.figures = figures.compactMap { item in
      guard let figure = item.object, let id = figure["id"]?.string,
        let numerator = figure["numerator"]?.number.flatMap({ Int(exactly: $0) }),
        let denominator = figure["denominator"]?.number.flatMap({ Int(exactly: $0) })
      else { return nil }
      return Figure(id: id, numerator: numerator, denominator: denominator)
    }
  }

  /// Counts a period over the demands of a scope. Only figures that the ledger alone gives: what lines fit is known on the day only.
  init(
    _ range: IndicatorRange, park: String?, scope: IndicatorLedger, policy: IndicatorPolicy,
    run: String, asOf: CivilDate
  ) {
    let counted = scope.figures(park: nil, range, policy)
    let recorded = Set(policy.indicators.filter(\.isRecorded).map(\.id))
    period = range.name
    self.park = park
    from = range.from ?? range.to
    to = range.to
    self.policy = policy.version
    self.run = run
    self.asOf = asOf
    figures = counted.figures.filter { recorded.contains($0.id) }.map {
      Figure(id: $0.id, numerator: $0.numerator.count, denominator: $0.denominator.count)
    }
  }
}

extension IndicatorPolicy.Indicator {
  /// It rests on recorded steps alone, so that it can be counted again later.
  var isRecorded: Bool {
    if case .steps = numerator, denominator != .standing { true } else { false }
  }
}
