import Matcher

/// The stage's quantity against a line's lots, or its capacity in a period. As `LotCriterion`.
final class LotGrader: Sendable {
  let strictness: Strictness
  private let value: Double
  /// Periods a year for a quantity per month or year; nil for a lot.
  private let perYear: Double?
  /// The asked amount in a line's unit, by unit from 1; NaN where it does not convert.
  private let amounts: [Double]

  init?(_ stage: ResolvedStage, _ money: Money, _ setting: Setting) {
    guard let asked = stage.ask.quantity else { return nil }
    strictness = asked.strictness
    value = asked.value
    switch asked.period {
    case .month: perYear = 12
    case .year: perYear = 1
    default: perYear = nil
    }
    let units = setting.corpus.registry.units
    amounts =
      [.nan]
      + money.units.map { unit in
        unit.flatMap { units.convert(asked.value, from: asked.unit, to: $0) } ?? .nan
      }
  }

  /// What its grades rest on.
  var content: CriterionContent {
    var content = CriterionContent(5, family: Family.lot.rawValue, strictness)
    content.add(perYear)
    content.add(amounts)
    return content
  }

  func grade(_ facet: UInt32, _ table: FacetTable, _ setting: Setting) -> Grade {
    guard facet != 0 else { return unknown(setting) }
    var reader = table.reader(facet)
    let head = reader.word()
    let (minimum, maximum) = (reader.number(), reader.number())
    let lotUnit = Int(reader.word())
    let capacity = reader.number()
    let capacityUnit = Int(reader.word())
    let (lotUntil, capacityUntil) = reader.halves()
    if let perYear {
      let isValid = capacityUntil == Day.none || capacityUntil >= setting.asOf
      guard head >> 1 & 1 == 1, isValid, let have = LotGrader.perYear(head >> 8 & 0xFF),
        !amounts[capacityUnit].isNaN
      else { return unknown(setting) }
      let (has, want) = (capacity * have, amounts[capacityUnit] * perYear)
      var grade = SpecComparison.atLeast(has, want) ? .satisfied : missed(want, has, setting)
      grade.lapse(after: capacityUntil)
      return grade
    }
    guard head & 1 == 1, lotUntil == Day.none || lotUntil >= setting.asOf else {
      return unknown(setting)
    }
    let amount = amounts[lotUnit]
    guard !amount.isNaN else {
      var grade = unknown(setting)
      if strictness == .hard { grade.marks.insert(.pending) }
      grade.lapse(after: lotUntil)
      return grade
    }
    var grade: Grade
    if head >> 3 & 1 == 1, !SpecComparison.atLeast(maximum, amount) {
      grade = missed(amount, maximum, setting)
    } else if head >> 2 & 1 == 1, !SpecComparison.atLeast(amount, minimum) {
      grade = missed(amount, minimum, setting)
    } else {
      grade = .satisfied
    }
    grade.lapse(after: lotUntil)
    return grade
  }

  private static func perYear(_ period: UInt64) -> Double? {
    switch period {
    case 1: 12
    case 2: 1
    default: nil
    }
  }

  private func missed(_ amount: Double, _ limit: Double, _ setting: Setting) -> Grade {
    let gap = limit > 0 ? Elementary.ln(amount / limit).magnitude / Elementary.ln2 : 1e6
    let marks = setting.fail(
      strictness, gap: gap, share: (amount - limit).magnitude / amount, groupGap: gap,
      strongLimit: setting.strongLimit)
    return Grade(Degree.of(gap: gap, tolerance: 1), marks.union(.known))
  }

  /// No lot limits, no question.
  private func unknown(_ setting: Setting) -> Grade {
    Grade(prior: setting.prior)
  }
}
