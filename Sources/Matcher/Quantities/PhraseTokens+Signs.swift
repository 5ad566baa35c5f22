/// What pieces of a text cannot state, told without reading on: each of these is false only where no
/// reading of the pieces has such a quantity.
extension PhraseTokens {
  /// Days are only where the pieces have them.
  var mayStateDays: Bool { !days.isEmpty }

  /// Whether things counted (`{wafer}`, `{unit}`) or months may be stated: a number has such a unit, or
  /// one that its surroundings make one; it may still get one from behind a bracket, or counts what
  /// stands behind a sign of multiplication.
  func mayStateCounts(_ lexicon: QuantityLexicon) -> Bool {
    for place in numbers.indices {
      guard let ucum = numbers[place].unit?.ucum.utf8, let tag = numbers[place].unit?.tag else {
        continue
      }
      if ucum.first == UInt8(ascii: "{") || ucum.elementsEqual("mo".utf8) { return true }
      switch tag {
      case .block, .knot, .timesSign, .letterC: return true
      default: break
      }
    }
    for (place, token) in tokens.enumerated() {
      switch token.kind {
      case .number:
        let isClosed = place + 1 < tokens.count && tokens[place + 1].kind == .close
        if isClosed, numbers[token.index].unit == nil { return true }
      case .word:
        let word = lexicon.words[token.index]
        if word.roles.contains(.times) { return true }
        if word.roles.contains(.currency), word.index >= 0,
          lexicon.units[Int(word.index)].ucum.utf8.first == UInt8(ascii: "{")
        {
          return true
        }
      default: break
      }
    }
    return false
  }

  /// Whether a value beyond the limits may be stated. Small numbers, none of them negative, in units
  /// that such numbers do not bring near any limit, state none: what a reading does to them beside
  /// converting units needs one of the signs that are looked for here.
  func mayPass(_ limits: NumberLimits, _ lexicon: QuantityLexicon) -> Bool {
    for place in tokens.indices where mayPass(at: place, lexicon) { return true }
    return numbers.contains { !$0.isSmall || !limits.isFar($0.unit) }
  }

  /// Signs, words of signs and of money, numbers that a reading may join into one or give a unit from
  /// behind a bracket.
  private func mayPass(at place: Int, _ lexicon: QuantityLexicon) -> Bool {
    let token = tokens[place]
    switch token.kind {
    case .dash: return true
    case .word:
      return !lexicon.words[token.index].roles.isDisjoint(with: PhraseTokens.changing)
    case .number:
      guard place + 1 < tokens.count else { return false }
      let next = tokens[place + 1].kind
      return next == .number || next == .close && numbers[token.index].unit == nil
    default: return false
    }
  }

  /// Words that make another value of a number.
  private static let changing: QuantityLexicon.Roles = [
    .plusMinus, .minus, .plus, .half, .roomTemperature, .currency,
  ]
}

extension ScannedNumber {
  /// At most `NumberLimits.small` as written, and plainly that.
  fileprivate var isSmall: Bool {
    !isNegative && !hasMultiplier && !hasLooseMultiplier && multiplier == 0 && percent == nil
      && damage == nil && hiddenPower == nil && number.value <= NumberLimits.small
      && (upper.map { $0.value <= NumberLimits.small } ?? true)
  }
}

/// What numbers cannot be, by unit, and the units of which small numbers are far from that.
struct NumberLimits {
  /// Numbers up to it are small.
  static let small = 1000.0
  /// A unit is far where the limit is this many times the small numbers, or none.
  private static let room = 10.0

  private let far: Set<String>

  init(_ limits: [String: ListVocabulary.Limit]) {
    let least = NumberLimits.small * NumberLimits.room
    far = Set(
      limits.filter { _, limit in
        limit.factor > 0 && limit.range.lowerBound <= 0
          && limit.range.upperBound / limit.factor >= least
      }.keys)
  }

  /// Whether small numbers of a unit are far from every limit, in whatever unit they are read; a
  /// number without any takes another's.
  func isFar(_ unit: UnitText?) -> Bool {
    guard let unit else { return true }
    if unit.ucum.utf8.first == UInt8(ascii: "{") { return unit.tag == .count || unit.tag == .plain }
    // Before money a W is 10,000.
    return unit.tag == .plain && unit.underTag == .plain && !unit.hasStroke && unit.factor == 1
      && unit.divisor == 1 && unit.ucum != "W" && far.contains(unit.ucum)
  }
}
