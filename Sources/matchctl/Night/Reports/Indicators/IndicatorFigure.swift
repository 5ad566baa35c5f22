import Matcher

/// One rate: who is counted out of whom.
package struct IndicatorFigure: Sendable, Equatable {
  /// The id of its definition in `policy/indicators.json`.
  package let id: String
  /// The demands counted, by the id that stands for twins, ascending; all are among `denominator`.
  package let numerator: [String]
  package let denominator: [String]

  /// Tenths of a per cent, half to even; nil out of nothing, which is no 0 %.
  package var permille: Int? {
    IndicatorFigure.permille(numerator.count, of: denominator.count)
  }

  static func permille(_ part: Int, of whole: Int) -> Int? {
    guard whole > 0 else { return nil }
    let (quotient, rest) = (part * 1000).quotientAndRemainder(dividingBy: whole)
    let isUp = rest * 2 > whole || (rest * 2 == whole && quotient % 2 == 1)
    return quotient + (isUp ? 1 : 0)
  }

  /// `62.5 %`; a dash out of nothing.
  static func percent(_ permille: Int?) -> String {
    permille.map { "\($0 / 10).\($0 % 10) %" } ?? "—"
  }
}

/// The contracts behind the rates, each registration number once.
package struct ContractCount: Sendable, Equatable {
  /// Contracts, those without a number included.
  package var count = 0
  /// Without a registration number: one a pair.
  package var unregistered = 0
  /// Of those with a stated amount, in yuan.
  package var amount: Int64 = 0
  /// Contracts whose amount nobody stated; not 0 yuan.
  package var unknown = 0
  /// 其中技术交易额, in yuan, and how many contracts do not state it.
  package var technology: Int64 = 0
  package var technologyUnknown = 0
  /// Numbers that another pair recorded with another amount, which changes nothing.
  package var contradicted = 0

  package init() {}
}

/// All figures of one scope over one range.
package struct IndicatorFigures: Sendable, Equatable {
  package let range: IndicatorRange
  /// The version of the definitions.
  package let policy: String
  /// In the policy's order.
  package let figures: [IndicatorFigure]
  package let contracts: ContractCount
  /// Demands left out because they are another one's twin.
  package let twins: Int
  /// Counted for a later step but without the two-sided contact being recorded, ascending.
  package let uncontacted: [String]

  package subscript(id: String) -> IndicatorFigure? { figures.first { $0.id == id } }
}
