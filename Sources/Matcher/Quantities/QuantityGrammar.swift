/// Combines the pieces of a text into quantities: bounds, ranges, sets, sizes, tolerances.
struct QuantityGrammar {
  let lexicon: QuantityLexicon
  let asOf: CivilDate
  let language: QuantityReader.Language
  /// The unit of the heading, for cells.
  let heading: UnitText?
  var tokens: PhraseTokens
  var reading = QuantityReading()
  /// The tokens between the last quantity and here, for joining two bounds.
  private var lastEnd = 0
  /// A bound that a sandwich inequality has opened: 0.1MW≤P<2MW.
  private var sandwich: Int?

  typealias Roles = QuantityLexicon.Roles

  init(
    lexicon: QuantityLexicon, tokens: consuming PhraseTokens, asOf: CivilDate,
    language: QuantityReader.Language, heading: UnitText?
  ) {
    self.lexicon = lexicon
    self.tokens = tokens
    self.asOf = asOf
    self.language = language
    self.heading = heading
  }

  /// Made where it is asked, so that the tokens are held once while they are completed.
  var meaning: UnitMeaning {
    UnitMeaning(lexicon: lexicon, tokens: tokens, language: language)
  }

  static func read(
    _ tokens: consuming PhraseTokens, lexicon: QuantityLexicon, asOf: CivilDate,
    language: QuantityReader.Language, heading: UnitText? = nil
  ) -> QuantityReading {
    var grammar = QuantityGrammar(
      lexicon: lexicon, tokens: tokens, asOf: asOf, language: language, heading: heading)
    grammar.completeUnits()
    var index = 0
    while index < grammar.tokens.tokens.count {
      index = max(index + 1, grammar.take(at: index))
    }
    return grammar.reading
  }

  private mutating func take(at index: Int) -> Int {
    let token = tokens.tokens[index]
    switch token.kind {
    case .number: return takeGroup(at: index)
    case .rank: return takeRanks(at: index)
    case .days: return takeDays(at: index)
    case .word where word(index).roles.contains(.plusMinus): return takeTolerance(at: index)
    case .word where word(index).roles.contains(.roomTemperature): return takeRoom(at: index)
    default: return index + 1
    }
  }

  // MARK: looking at tokens

  func word(_ index: Int) -> QuantityLexicon.Word {
    lexicon.words[tokens.tokens[index].index]
  }

  func has(_ index: Int, _ role: Roles) -> Bool {
    guard tokens.tokens.indices.contains(index), tokens.tokens[index].kind == .word else {
      return false
    }
    return !word(index).roles.isDisjoint(with: role)
  }

  func kind(_ index: Int) -> PhraseToken.Kind? {
    tokens.tokens.indices.contains(index) ? tokens.tokens[index].kind : nil
  }

  func number(_ index: Int) -> ScannedNumber? {
    guard kind(index) == .number else { return nil }
    return tokens.numbers[tokens.tokens[index].index]
  }

  func isTouching(_ left: Int, _ right: Int) -> Bool {
    guard tokens.tokens.indices.contains(left), tokens.tokens.indices.contains(right) else {
      return false
    }
    return tokens.tokens[left].end == tokens.tokens[right].start
  }

  /// A hyphen that is the sign of the number behind it.
  func isSign(_ index: Int) -> Bool {
    guard kind(index) == .dash, kind(index + 1) == .number else { return false }
    guard isTouching(index, index + 1) else { return isLooseSign(index) }
    guard let before = kind(index - 1) else { return true }
    switch before {
    case .number, .days, .rank: return false
    case .close: return isEnumerated(index - 1)
    default: return true
    }
  }

  /// `温度：- 40 ℃`, `- 40 ~ + 85 ℃`: a blank stands between the sign and a temperature, or a number of a
  /// range whose other end has its sign too.
  private func isLooseSign(_ index: Int) -> Bool {
    guard let before = kind(index - 1), before == .text || before == .colon || before == .word
    else { return false }
    if number(index + 1)?.unit?.ucum == "Cel" { return isBehindHanOrColon(index) }
    let isRange = kind(index + 2) == .dash || has(index + 2, .range)
    return isRange && isPlusSign(index + 3) && kind(index + 4) == .number
  }

  private func isBehindHanOrColon(_ index: Int) -> Bool {
    var place = tokens.tokens[index].start - 1
    while place > 0, tokens.phrase.exact[place] == 0x20 { place -= 1 }
    return place >= 0 && (tokens.phrase.exact[place] >= 0x3400 || isColon(place))
  }

  private func isColon(_ place: Int) -> Bool {
    tokens.phrase.exact[place] == 0x3A
  }

  /// `（3）-20 ℃`: a bracket that only numbers an item.
  func isEnumerated(_ close: Int) -> Bool {
    guard let inside = number(close - 1), inside.unit == nil, kind(close - 2) == .open else {
      return false
    }
    guard let before = kind(close - 3) else { return true }
    return before == .stop || before == .comma || isColon(tokens.tokens[close - 3].start)
  }

  /// Words that may stand between a bound and its number, from `index` backwards.
  struct Lead {
    var start: Int
    var bound: QuantityLexicon.Bound?
    var isInclusive = true
    var isApproximate = false
    var isNegative = false
    var isPlusMinus = false
    var role: WrittenQuantity.Role?
    var basis: WrittenQuantity.Basis?
    var isBetween = false
    var isFrom = false
    var isSymbol = false
    var isWithin = false
  }

  func lead(of index: Int) -> Lead {
    var lead = Lead(start: index)
    var place = index - 1
    while place >= 0, place >= index - 8 {
      let token = tokens.tokens[place]
      if token.kind == .dash, isSign(place), place == index - 1 {
        lead.isNegative = true
      } else if token.kind == .colon {
        // 预算：60万
      } else if token.kind == .word {
        guard takeLead(word(place), &lead, touching: isTouching(place, place + 1)) else { break }
      } else {
        break
      }
      if token.kind != .colon { lead.start = place }
      place -= 1
    }
    if lead.bound == nil { takeNamedBound(&lead, before: place, index) }
    return lead
  }

  private func takeLead(
    _ word: QuantityLexicon.Word, _ lead: inout Lead, touching: Bool
  ) -> Bool {
    let roles = word.roles
    if roles.contains(.before) || roles.contains(.named) {
      guard lead.bound == nil else { return false }
      lead.bound = word.bound
      lead.isInclusive = word.isInclusive
      lead.isSymbol = !word.isShort && roles.contains(.before)
      lead.isWithin = roles.contains(.within)
    } else if roles.contains(.approximateBefore) {
      lead.isApproximate = true
    } else if roles.contains(.minus) {
      guard touching || !word.isShort else { return false }
      lead.isNegative = true
    } else if roles.contains(.gauge) {
      lead.basis = .gauge
    } else if roles.contains(.absolute) {
      lead.basis = .absolute
    } else if roles.contains(.objective) {
      lead.role = .objective
    } else if roles.contains(.preferred) {
      lead.role = .preferred
    } else if roles.contains(.acceptable) {
      lead.role = .acceptable
    } else if roles.contains(.between) {
      lead.isBetween = true
    } else if roles.contains(.from) {
      lead.isFrom = true
    } else if !roles.isDisjoint(with: [.filler, .currency, .plus, .same]) {
      return true
    } else {
      return false
    }
    return true
  }

  /// 最高步速每秒1.2公尺: the property is named a maximum, some words before.
  private func takeNamedBound(_ lead: inout Lead, before: Int, _ index: Int) {
    var place = before
    let limit = tokens.tokens[index].start - 14
    while place >= 0, tokens.tokens[place].end > limit {
      let token = tokens.tokens[place]
      if token.kind == .word {
        let word = word(place)
        if word.roles.contains(.named) {
          lead.bound = word.bound
          lead.isInclusive = true
          return
        }
        if !word.isShort, !word.roles.isDisjoint(with: [.before, .after, .range, .negation]) {
          return
        }
      } else if token.kind != .text {
        return
      }
      place -= 1
    }
  }

  // MARK: operands

  /// A number with everything that is its own.
  struct Operand {
    var number: ScannedNumber
    var unit: UnitText?
    var isNegative: Bool
    /// Power of ten of its multiplier, taken over from the next number if elided.
    var multiplier: Int
  }

  func operand(_ index: Int, negative: Bool) -> Operand? {
    guard let number = number(index) else { return nil }
    return Operand(
      number: number, unit: number.unit, isNegative: negative, multiplier: number.multiplier)
  }

  /// The number behind a connector, past signs and words of nearness; its token.
  func operandAfter(_ index: Int) -> (token: Int, isNegative: Bool, isApproximate: Bool)? {
    var place = index
    var isNegative = false
    var isApproximate = false
    while place < index + 5 {
      guard let kind = kind(place) else { return nil }
      if kind == .number { return (place, isNegative, isApproximate) }
      if kind == .dash, self.kind(place + 1) == .number, isTouching(place, place + 1) {
        isNegative = true
      } else if has(place, .minus) {
        isNegative = true
      } else if has(place, .approximateBefore) {
        isApproximate = true
      } else if isPlusSign(place), isTouching(place, place + 1) || self.kind(place + 1) == .number {
        // +85 is 85.
      } else if !has(place, [.plus, .currency, .filler]) || has(place, [.list, .range, .before]) {
        return nil
      }
      place += 1
    }
    return nil
  }

  // MARK: emitting

  func replaced(_ value: WrittenQuantity.Value, by number: Double) -> WrittenQuantity.Value {
    guard case .interval(var interval) = value else { return value }
    if interval.low != nil { interval.low = number }
    if interval.high != nil { interval.high = number }
    return .interval(interval)
  }

  mutating func doubt(_ code: String, _ taken: WrittenQuantity, _ others: [WrittenQuantity]) {
    reading.doubts.append(
      QuantityDoubt(code: code, span: taken.span, readings: [[taken]] + others.map { [$0] }))
  }

  func utf8(_ start: Int, _ end: Int) -> Range<Int> {
    let low = Int(tokens.phrase.offsets[start])
    let high = Int(tokens.phrase.offsets[max(start, end)])
    return low..<max(low, high)
  }

  var mark: Int {
    get { lastEnd }
    set { lastEnd = newValue }
  }

  var openSandwich: Int? {
    get { sandwich }
    set { sandwich = newValue }
  }
}
