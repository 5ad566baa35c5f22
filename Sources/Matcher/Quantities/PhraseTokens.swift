/// A decimal as written: exact digits and a power of ten, so that 98.6 万 is exactly 986,000.
struct WrittenNumber: Equatable {
  var digits: Double
  var exponent: Int

  var value: Double { scaled(by: 0) }

  /// The value times a power of ten, rounded once while digits and power are exact.
  func scaled(by power: Int) -> Double {
    let total = exponent + power
    if digits == 0 { return 0 }
    if total >= 0 { return digits * WrittenNumber.power(total) }
    return digits / WrittenNumber.power(-total)
  }

  private static func power(_ exponent: Int) -> Double {
    if exponent <= 22 { return exact[exponent] }
    return exponent > 308 ? .greatestFiniteMagnitude : exact[22] * power(exponent - 22)
  }

  private static let exact: [Double] = (0...22).map { exponent in
    (0..<exponent).reduce(1.0) { product, _ in product * 10 }
  }
}

/// A unit as written behind (or before) a number, composed.
struct UnitText {
  var ucum: String
  /// What decides the meaning of a workshop word; empty for plain units.
  var tag = UnitTag.plain
  /// The same of the first unit under a stroke.
  var underTag = UnitTag.plain
  var measure: UnitAlgebra.Measure
  var basis: WrittenQuantity.Basis?
  var gas: WrittenQuantity.GasCondition?
  /// How many of the UCUM unit one of the written is.
  var factor = 1.0
  /// The number under the stroke, as in `cm/100h`.
  var divisor = 1.0
  var hasStroke = false
  var start: Int
  var end: Int
}

/// A number with what directly belongs to it.
struct ScannedNumber {
  enum Nearness: UInt8 {
    case exact
    case about
    case more
  }

  /// A place where the writing itself is damaged.
  enum Damage: Equatable {
    /// 10⁴ written as 104.
    case lostPower(literal: Double)
    /// A letter that looks like a digit.
    case lookAlike
    /// A comma where a decimal point may be meant.
    case comma
  }

  var number: WrittenNumber
  /// The other end of 两三, 三十几.
  var upper: WrittenNumber?
  var isOpenRange = false
  var nearness = Nearness.exact
  /// Power of ten of 万, 亿, million behind the number.
  var multiplier = 0
  var hasMultiplier = false
  /// `60W`: a W that may be 万.
  var hasLooseMultiplier = false
  /// `60+`: that many or some more.
  var hasPlus = false
  var isNegative = false
  var isChinese = false
  /// 一, 二: the numerals of articles and ordinals.
  var isArticle = false
  /// 百分之…: the unit stands before.
  var percent: Double?
  var unit: UnitText?
  /// 级 behind the unit: an order of magnitude.
  var isMagnitude = false
  var damage: Damage?
  /// Digits after `10` where the text has no mark of a power: 4 for `104`.
  var hiddenPower: Int?
  /// Written as a plain integer.
  var isPlain = false
  var start: Int
  var end: Int
  /// The end of the digits and multipliers, before the unit.
  var numberEnd: Int
}

/// A piece of a text.
struct PhraseToken {
  enum Kind: UInt8 {
    case number
    case word
    case rank
    case days
    case dash
    case comma
    case open
    case close
    case stop
    case colon
    case less
    case text
  }

  var kind: Kind
  var start: Int
  var end: Int
  /// The place in the list of its kind.
  var index = 0
}

/// A text in pieces, with everything that was found on the way.
struct PhraseTokens {
  var phrase: FoldedPhrase
  var tokens: [PhraseToken] = []
  var numbers: [ScannedNumber] = []
  var days: [DateText] = []
  var contexts: [(position: Int, contexts: QuantityLexicon.Contexts)] = []
  var allContexts: QuantityLexicon.Contexts = []

  /// With room for what a sentence usually holds.
  init(phrase: FoldedPhrase) {
    self.phrase = phrase
    tokens.reserveCapacity(phrase.count / 2 + 4)
    numbers.reserveCapacity(6)
    contexts.reserveCapacity(6)
  }
}

/// Days as written.
struct DateText {
  var from: CivilDate?
  var to: CivilDate?
  /// The other year that a date without a year could mean.
  var other: (from: CivilDate?, to: CivilDate?)?
  /// How exactly it was written, for what may follow in a range.
  var grain = Grain.day
  /// Two readings of the order of day and month.
  var isOrderUnclear = false
  var isApproximate = false

  enum Grain: UInt8 {
    case day
    case month
    case year
    case period
  }
}
