/// Combines the pieces of a text into quantities: bounds, ranges, sets, sizes, tolerances.
struct QuantityGrammar {
  let lexicon: QuantityLexicon
  let asOf: CivilDate
  let language: QuantityReader.Language
  /// The unit of the heading, for cells.
  let heading: UnitText?
  var tokens: PhraseTokens
  var meaning: UnitMeaning
  var reading = QuantityReading()
  /// The tokens between the last quantity and here, for joining two bounds.
  private var lastEnd = 0
  /// A bound that a sandwich inequality has opened: 0.1MW≤P<2MW.
  private var sandwich: Int?

  typealias Roles = QuantityLexicon.Roles

  init(
    lexicon: QuantityLexicon, tokens: PhraseTokens, asOf: CivilDate,
    language: QuantityReader.Language, heading: UnitText?
  ) {
    self.lexicon = lexicon
    self.tokens = tokens
    self.asOf = asOf
    self.language = language
    self.heading = heading
    meaning = UnitMeaning(lexicon: lexicon, tokens: tokens, language: language)
  }

  static func read(
    _ tokens: PhraseTokens, lexicon: QuantityLexicon, asOf: CivilDate,
    language: QuantityReader.Language, heading: UnitText? = nil
  ) -> QuantityReading {
    var grammar = QuantityGrammar(
      lexicon: lexicon, tokens: tokens, asOf: asOf, language: language, heading: heading)
    grammar.completeUnits()
    grammar.meaning = UnitMeaning(lexicon: lexicon, tokens: grammar.tokens, language: language)
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
    guard kind(index) == .dash, kind(index + 1) == .number, isTouching(index, index + 1) else {
      return false
    }
    guard let before = kind(index - 1) else { return true }
    switch before {
    case .number, .days, .rank: return false
    case .close: return false
    default: return true
    }
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
      } else if isPlusSign(place), isTouching(place, place + 1) {
        // +85 is 85.
      } else if !has(place, [.plus, .currency, .filler]) || has(place, [.list, .range, .before]) {
        return nil
      }
      place += 1
    }
    return nil
  }

  // MARK: elided units and multipliers

  /// Gives each number without a unit that of the number it is joined with, and currencies that
  /// stand before.
  private mutating func completeUnits() {
    for index in tokens.tokens.indices where kind(index) == .number { takeCurrency(at: index) }
    for index in tokens.tokens.indices where kind(index) == .number { takeUnitBehindBracket(index) }
    for index in tokens.tokens.indices where kind(index) == .number { carryCurrency(from: index) }
    for index in tokens.tokens.indices.reversed() where kind(index) == .number {
      inherit(at: index)
    }
    for index in tokens.tokens.indices where kind(index) == .number { inheritBack(at: index) }
    if let heading { apply(heading) }
  }

  private mutating func takeCurrency(at index: Int) {
    let slot = tokens.tokens[index].index
    var number = tokens.numbers[slot]
    if let percent = number.percent {
      number.number = WrittenNumber(
        digits: number.number.value * percent, exponent: 0)
      if let unit = lexicon.algebra.measure("%") {
        number.unit = UnitText(
          ucum: "%", measure: unit, start: number.numberEnd, end: number.numberEnd)
      }
      tokens.numbers[slot] = number
    }
    guard let (row, _) = currency(before: index) else {
      takeMoneyLetter(index)
      return
    }
    let isLetter =
      number.unit.map { ["W", "K", "m"].contains($0.ucum) || $0.tag == .molar } ?? false
    var unit = UnitText(
      ucum: row.ucum, measure: row.measure, start: number.numberEnd, end: number.numberEnd)
    if row.tag == .dollar { unit.tag = .dollar }
    if isLetter, let written = number.unit {
      number.multiplier = written.ucum == "W" ? 4 : written.ucum == "K" ? 3 : 6
      number.hasMultiplier = true
      number.hasLooseMultiplier = written.ucum == "W"
      unit.end = written.end
    } else if let written = number.unit {
      guard written.ucum.hasPrefix("/") || lexicon.algebra.isCurrency(written.measure.dimension)
      else { return }
      unit.end = written.end
      unit.underTag = written.underTag
      unit.hasStroke = written.hasStroke
      if let slash = written.ucum.firstIndex(of: "/") {
        unit.ucum += written.ucum[slash...]
        unit.hasStroke = true
        unit.measure = lexicon.algebra.measure(unit.ucum) ?? unit.measure
      }
    } else if isMillionLetter(number) {
      number.multiplier = 6
      number.hasMultiplier = true
      number.end += 1
      unit.end += 1
    }
    number.unit = unit
    tokens.numbers[slot] = number
    tokens.tokens[index].end = max(tokens.tokens[index].end, unit.end)
  }

  private func isMillionLetter(_ number: ScannedNumber) -> Bool {
    let text = tokens.phrase.exact
    return text[number.end] == 0x4D && !QuantityLexicon.isLatin(text[number.end + 1])
  }

  /// `预算60W`: with a word of money near, the W is 万.
  private mutating func takeMoneyLetter(_ index: Int) {
    let slot = tokens.tokens[index].index
    guard var number = Optional(tokens.numbers[slot]), let unit = number.unit, unit.ucum == "W",
      tokens.phrase.lower[unit.start] == 0x77, unit.end - unit.start == 1, !number.hasMultiplier,
      isMoneyNear(index, unit.end), let yuan = lexicon.algebra.measure("CNY")
    else { return }
    number.multiplier = 4
    number.hasMultiplier = true
    number.hasLooseMultiplier = true
    number.unit = UnitText(ucum: "CNY", measure: yuan, start: unit.start, end: unit.end)
    tokens.numbers[slot] = number
  }

  /// A word of money before in the clause, or right behind.
  private func isMoneyNear(_ index: Int, _ end: Int) -> Bool {
    clauseBefore(index).contains(.money)
      || tokens.contexts.contains {
        $0.contexts.contains(.money) && $0.position >= end && $0.position <= end + 3
      }
  }

  /// The contexts between the last comma or number and this token.
  func clauseBefore(_ index: Int) -> QuantityLexicon.Contexts {
    var start = 0
    var place = index - 1
    while place >= 0 {
      if [.comma, .stop, .number].contains(tokens.tokens[place].kind) {
        start = tokens.tokens[place].end
        break
      }
      place -= 1
    }
    var found: QuantityLexicon.Contexts = []
    for hit in tokens.contexts
    where hit.position >= start && hit.position < tokens.tokens[index].start {
      found.formUnion(hit.contexts)
    }
    return found
  }

  private func currency(before index: Int) -> (row: QuantityLexicon.UnitRow, token: Int)? {
    var place = index - 1
    while place >= 0, place >= index - 5 {
      let token = tokens.tokens[place]
      guard token.kind == .word else { return nil }
      let word = word(place)
      if word.roles.contains(.currency), word.index >= 0 {
        return (lexicon.units[Int(word.index)], place)
      }
      guard !word.roles.isDisjoint(with: [.before, .approximateBefore, .filler]) else { return nil }
      place -= 1
    }
    return nil
  }

  /// `(25±2)℃`: the unit stands behind the bracket.
  private mutating func takeUnitBehindBracket(_ index: Int) {
    let slot = tokens.tokens[index].index
    guard tokens.numbers[slot].unit == nil, kind(index + 1) == .close,
      tokens.phrase.exact[tokens.tokens[index + 1].start] == 0x29,
      let unit = UnitScanner(lexicon: lexicon, phrase: tokens.phrase).unit(
        at: tokens.tokens[index + 1].end)
    else { return }
    tokens.numbers[slot].unit = unit
    tokens.tokens[index + 1].kind = .text
    tokens.tokens[index].end = unit.end
    tokens.tokens[index + 1].end = unit.end
  }

  /// `US$12-15 million`: the second amount is of the same currency.
  private mutating func carryCurrency(from index: Int) {
    guard let unit = number(index)?.unit, isMoney(unit) || unit.ucum == "[pH]",
      unit.start == unit.end || !unit.hasStroke,
      let next = joinedNumber(after: index), next > index + 1
    else { return }
    let slot = tokens.tokens[next].index
    guard tokens.numbers[slot].unit == nil, tokens.numbers[slot].percent == nil else { return }
    var carried = unit
    carried.start = tokens.numbers[slot].numberEnd
    carried.end = carried.start
    tokens.numbers[slot].unit = carried
  }

  private mutating func inherit(at index: Int) {
    let slot = tokens.tokens[index].index
    guard let next = joinedNumber(after: index) else { return }
    var number = tokens.numbers[slot]
    let other = tokens.numbers[tokens.tokens[next].index]
    let isAdjacent = next == index + 1
    if number.unit == nil, number.percent == nil {
      guard !isAdjacent || isDamagedGap(number, other) else { return }
      if var unit = other.unit {
        unit.start = number.numberEnd
        unit.end = number.numberEnd
        number.unit = unit
      } else if !other.hasMultiplier {
        return
      }
    } else if !(number.unit.map { isMoney($0) } ?? false)
      || other.unit.map({ isMoney($0) }) == false
    {
      return
    }
    let value = number.number.scaled(by: other.multiplier)
    if !number.hasMultiplier, other.hasMultiplier, !other.isChinese || other.multiplier > 0,
      value <= other.number.scaled(by: other.multiplier)
    {
      number.multiplier = other.multiplier
      number.hasMultiplier = true
    }
    tokens.numbers[slot] = number
  }

  private func isMoney(_ unit: UnitText) -> Bool {
    lexicon.algebra.isCurrency(unit.measure.dimension)
  }

  /// Whether only blanks stand between two numbers that belong together.
  private func isDamagedGap(_ number: ScannedNumber, _ other: ScannedNumber) -> Bool {
    number.isPlain && other.isPlain && !number.isChinese && !other.isChinese
      && other.start > number.end
  }

  /// The number that shares a unit with the one at `index`: only joining words between.
  private func joinedNumber(after index: Int) -> Int? {
    var place = index + 1
    var commas = 0
    while place < index + 7 {
      guard let kind = kind(place) else { return nil }
      switch kind {
      case .number: return place
      case .dash: break
      case .comma:
        commas += 1
        guard commas == 1, isListed(place) else { return nil }
      case .word:
        let joining: Roles = [
          .range, .list, .and, .times, .plusMinus, .before, .approximateBefore, .currency, .minus,
          .plus, .filler, .change, .gauge,
        ]
        guard has(place, joining) || isPlusSign(place) else { return nil }
        if has(place, .filler), !has(place, [.list, .range]), place == index + 1 { return nil }
      default: return nil
      }
      place += 1
    }
    return nil
  }

  private func isPlusSign(_ index: Int) -> Bool {
    kind(index) == .word && tokens.phrase.exact[tokens.tokens[index].start] == 0x2B
      && tokens.tokens[index].end - tokens.tokens[index].start == 1
  }

  /// `6, 8 and 12 inch`: a comma lists only when a joining word ends the list.
  private func isListed(_ comma: Int) -> Bool {
    var place = comma + 1
    while place < comma + 14 {
      guard let kind = kind(place) else { return false }
      if has(place, .list) { return kind != .comma }
      guard kind == .number || kind == .comma || has(place, [.times]) else { return false }
      place += 1
    }
    return false
  }

  /// `1000mm×1000×1200` and `threshold 100 W/kg, objective 150`.
  private mutating func inheritBack(at index: Int) {
    let slot = tokens.tokens[index].index
    guard tokens.numbers[slot].unit == nil else { return }
    var place = index - 1
    let isObjective = has(place, [.objective, .acceptable])
    if isObjective {
      while place > 0, place > index - 8, kind(place) != .number { place -= 1 }
    } else {
      guard has(place, .times) else { return }
      place -= 1
    }
    guard let before = number(place), let unit = before.unit,
      isObjective || unit.isLength(of: lexicon)
    else { return }
    var own = unit
    own.start = tokens.numbers[slot].numberEnd
    own.end = own.start
    tokens.numbers[slot].unit = own
  }

  private mutating func apply(_ heading: UnitText) {
    for index in tokens.tokens.indices where kind(index) == .number {
      let slot = tokens.tokens[index].index
      guard tokens.numbers[slot].unit == nil else { continue }
      var unit = heading
      unit.start = tokens.numbers[slot].numberEnd
      unit.end = unit.start
      tokens.numbers[slot].unit = unit
    }
  }

  // MARK: groups

  enum Joint {
    case range
    case list
    case times
    case tolerance
  }

  private mutating func takeGroup(at index: Int) -> Int {
    let lead = lead(of: index)
    guard let first = operand(index, negative: lead.isNegative) else { return index + 1 }
    if let end = takeHiddenPower(at: index, first, lead) { return end }
    if let end = takeCount(at: index, first, lead) { return end }
    if let end = takeMesh(at: index, first, lead) { return end }
    if let end = takeGap(at: index, first, lead) { return end }
    if let end = takeCentre(at: index, first, lead) { return end }
    if let end = takeUnequal(at: index, first, lead) { return end }
    if let end = takeSize(at: index, first, lead) { return end }
    if let end = takeRange(at: index, first, lead) { return end }
    if let end = takeList(at: index, first, lead) { return end }
    if let end = takeCompound(at: index, first, lead) { return end }
    return finish([first], as: nil, at: index, end: index + 1, lead: lead)
  }

  /// `104/cm2`: ten to the fourth, its mark lost.
  private mutating func takeHiddenPower(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    guard let power = first.number.hiddenPower, !first.number.hasMultiplier, let unit = first.unit,
      isDensity(unit)
    else { return nil }
    var single = first
    single.number.number = WrittenNumber(digits: 1, exponent: power)
    single.number.damage = .lostPower(literal: first.number.number.value)
    return finish([single], as: nil, at: index, end: index + 1, lead: lead)
  }

  /// Things per area or volume.
  private func isDensity(_ unit: UnitText) -> Bool {
    let kinds = lexicon.kinds
    return [kinds.length * -2, kinds.length * -3].contains(unit.measure.dimension)
  }

  /// 4×50方 and `8 x H100`: a count of things, then the thing.
  private mutating func takeCount(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    guard has(index + 1, .times), first.number.isPlain, first.number.number.value <= 10_000,
      first.number.unit == nil || !(first.number.unit?.isLength(of: lexicon) ?? false)
    else { return nil }
    let isOwn = first.number.unit.map { $0.start < $0.end } ?? false
    guard !isOwn else { return nil }
    if let next = operandAfter(index + 2) {
      guard let unit = number(next.token)?.unit, !unit.isLength(of: lexicon) else { return nil }
      return count(first, at: index, lead, end: index + 2)
    }
    let after = index + 2 < tokens.tokens.count ? tokens.tokens[index + 2] : nil
    guard let after, after.kind == .text || after.kind == .rank else { return nil }
    return count(first, at: index, lead, end: index + 2)
  }

  private mutating func count(_ first: Operand, at index: Int, _ lead: Lead, end: Int) -> Int? {
    guard let measure = lexicon.algebra.measure("{unit}") else { return nil }
    var operand = first
    operand.unit = UnitText(
      ucum: "{unit}", measure: measure, start: first.number.numberEnd, end: first.number.numberEnd)
    operand.number.unit = operand.unit
    operand.number.end = first.number.numberEnd
    return finish([operand], as: nil, at: index, end: index + 1, lead: lead, next: end)
  }

  /// -100+200目: through 100, on 200.
  private mutating func takeMesh(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    guard first.isNegative || first.unit?.tag == .mesh, isPlusSign(index + 1),
      let next = operand(index + 2, negative: false), next.unit?.tag == .mesh
    else { return nil }
    var low = first
    low.isNegative = false
    low.unit = next.unit
    return finish([low, next], as: .range, at: index, end: index + 3, lead: lead)
  }

  /// `30  31 GHz`, `9 5%`: a sign or a digit's neighbour was lost.
  private mutating func takeGap(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    guard first.number.isPlain, first.number.end == first.number.numberEnd,
      let next = operand(index + 1, negative: false), next.number.isPlain, let unit = first.unit,
      unit.start == unit.end, !next.number.isChinese
    else { return nil }
    let start = Int(tokens.phrase.offsets[first.number.end])
    let blanks = Int(tokens.phrase.offsets[next.number.start]) - start
    let (low, high) = (first.number.number.value, next.number.number.value)
    let firstDigits = first.number.end - first.number.start
    let nextDigits = next.number.numberEnd - next.number.start
    if blanks > 1 || firstDigits > 1 && firstDigits == nextDigits && low < high {
      return takeLostDash(at: index, first, next, lead)
    }
    var joined = next
    var power = 1.0
    for _ in 0..<nextDigits { power *= 10 }
    joined.number.number.digits = low * power + high
    joined.number.start = first.number.start
    let mark = reading.quantities.count
    let end = finish([joined], as: nil, at: index, end: index + 2, lead: lead)
    guard reading.quantities.count > mark, var other = reading.quantities.last else { return end }
    let taken = other
    other.value = replaced(other.value, by: low)
    doubt("quantity.doubt.split_number", taken, [other])
    return end
  }

  private mutating func takeLostDash(
    at index: Int, _ first: Operand, _ next: Operand, _ lead: Lead
  ) -> Int {
    let end = finish([first, next], as: .range, at: index, end: index + 2, lead: lead)
    if var other = reading.quantities.last {
      let taken = other
      other.value = .set([first.number.number.value, next.number.number.value])
      doubt("quantity.doubt.lost_dash", taken, [other])
    }
    return end
  }

  /// 5±0.1mm, 380V±10%, 10+0.1/-0.05mm.
  private mutating func takeCentre(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    if has(index + 1, .plusMinus), let next = operandAfter(index + 2) {
      guard let second = operand(next.token, negative: false) else { return nil }
      return finish([first, second], as: .tolerance, at: index, end: next.token + 1, lead: lead)
    }
    return nil
  }

  /// +0.1/-0.05 mm, alone or behind its centre.
  private mutating func takeUnequal(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    let hasCentre = isPlusSign(index + 1) && isTouching(index + 1, index + 2)
    let plus = hasCentre ? index + 2 : index
    guard hasCentre || isPlusSign(index - 1) && isTouching(index - 1, index),
      has(plus + 1, .list), kind(plus + 2) == .dash, let up = operand(plus, negative: false),
      let down = operand(plus + 3, negative: false), let unit = down.unit ?? up.unit
    else { return nil }
    var width = down
    width.unit = unit
    let mark = reading.quantities.count
    let end = finish([width], as: nil, at: plus + 3, end: plus + 4, lead: Lead(start: lead.start))
    guard reading.quantities.count > mark, case .interval(let low) = reading.quantities[mark].value,
      let below = low.low
    else { return end }
    let ratio = down.number.number.value == 0 ? 1 : below / down.number.number.value
    let centre = hasCentre ? first.number.number.value * ratio : 0
    reading.quantities[mark].value = .interval(
      .init(low: centre - below, high: centre + up.number.number.value * ratio))
    if !hasCentre { reading.quantities[mark].form = .tolerance }
    return end
  }

  /// a×b×c of lengths: one entry each.
  private mutating func takeSize(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    var operands = [first]
    var end = index + 1
    while has(end, .times), let next = operand(end + 1, negative: false) {
      operands.append(next)
      end += 2
    }
    guard operands.count > 1 else { return nil }
    if operands.count == 2, let unit = first.unit, !unit.isLength(of: lexicon),
      operands[1].unit == nil,
      operands[1].number.isPlain
    {
      _ = finish([first], as: nil, at: index, end: index + 1, lead: lead, isMember: true)
      return count(operands[1], at: index + 2, Lead(start: index + 2), end: end)
    }
    let shared = operands.last?.unit ?? operands.first?.unit
    for position in operands.indices {
      let operand = operands[position]
      var lead = lead
      if position > 0 { lead = Lead(start: index + 2 * position) }
      var single = operand
      if single.unit == nil { single.unit = shared }
      _ = finish(
        [single], as: nil, at: index + 2 * position, end: index + 2 * position + 1, lead: lead,
        isMember: position + 1 < operands.count)
    }
    return end
  }

  private mutating func takeRange(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    var place = index + 1
    let isWord = has(place, .range)
    guard kind(place) == .dash || isWord || lead.isBetween && has(place, .list) else { return nil }
    if kind(place) == .dash, kind(place + 1) == .dash, kind(place + 2) == .dash { return nil }
    place += 1
    if has(place, [.range]), !has(place, .minus) { place += 1 }
    if kind(place) == .word, has(place, .before), !has(place, .approximateBefore) { return nil }
    if kind(index + 1) == .dash, let end = takeLostPower(at: index, first, lead) { return end }
    if has(place, .roomTemperature), let end = takeUpToRoom(at: index, place, first, lead) {
      return end
    }
    guard let next = operandAfter(place),
      let second = operand(next.token, negative: next.isNegative),
      sameKind(first.unit, second.unit)
    else { return nil }
    let isChange = isChange(from: lead.start, to: next.token)
    if isChange {
      _ = finish([first], as: nil, at: index, end: index + 1, lead: lead, isMember: true)
      return finish(
        [second], as: nil, at: next.token, end: next.token + 1, lead: Lead(start: next.token))
    }
    var lead = lead
    lead.isApproximate = lead.isApproximate || next.isApproximate
    return finish([first, second], as: .range, at: index, end: next.token + 1, lead: lead)
  }

  /// -196℃～室温.
  private mutating func takeUpToRoom(
    at index: Int, _ room: Int, _ first: Operand, _ lead: Lead
  ) -> Int? {
    guard let unit = first.unit, sameKind(unit, unit),
      let kelvin = lexicon.algebra.measure("Cel")
    else { return nil }
    var ambient = first
    ambient.isNegative = false
    ambient.multiplier = 0
    ambient.number.number = WrittenNumber(digits: 25, exponent: 0)
    ambient.unit = UnitText(ucum: "Cel", measure: kelvin, start: unit.end, end: unit.end)
    var lead = lead
    lead.isApproximate = true
    return finish([first, ambient], as: .range, at: index, end: room + 1, lead: lead)
  }

  /// `10-6 Pa`: ten to the minus six, its mark lost.
  private mutating func takeLostPower(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    guard first.number.isPlain, first.number.number.value == 10, !first.number.isChinese,
      isTouching(index, index + 1), isTouching(index + 1, index + 2),
      let next = operand(index + 2, negative: false), next.number.isPlain,
      (2...15).contains(next.number.number.value), let unit = next.unit, isSmallByNature(unit),
      next.number.number.value < 10 || unit.measure.dimension == lexicon.kinds.pressure
    else { return nil }
    let power = -Int(next.number.number.value)
    var single = next
    single.number.number = WrittenNumber(digits: 1, exponent: power)
    single.number.start = first.number.start
    let mark = reading.quantities.count
    let end = finish([single], as: nil, at: index, end: index + 3, lead: lead)
    if reading.quantities.count > mark, let taken = reading.quantities.last {
      var other = taken
      let values = [next.number.number.value, 10]
      other.value = .interval(.init(low: values.min(), high: values.max()))
      doubt("quantity.doubt.lost_power", taken, [other])
    }
    return end
  }

  /// Pressures of a vacuum and compound units, of which small powers of ten are common.
  private func isSmallByNature(_ unit: UnitText) -> Bool {
    unit.measure.dimension == lexicon.kinds.pressure
      || unit.ucum.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
  }

  /// Whether a word of change stands before `from … to …` or right behind it.
  private func isChange(from start: Int, to end: Int) -> Bool {
    if has(end + 1, .change) { return true }
    guard
      lead(of: start + 1).isFrom || has(start, .from) || has(start - 1, .from)
        || has(start, .change)
    else { return false }
    var place = start
    while place >= 0, place > start - 8 {
      if has(place, .change) { return true }
      if kind(place) == .stop || kind(place) == .comma { return false }
      place -= 1
    }
    return false
  }

  func sameKind(_ left: UnitText?, _ right: UnitText?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    if left.measure.dimension == right.measure.dimension { return true }
    let temperatures: [UnitTag] = [.degree, .letterC, .degreeSign]
    return temperatures.contains(left.tag) && right.measure.dimension == lexicon.kinds.temperature
      || temperatures.contains(right.tag) && left.measure.dimension == lexicon.kinds.temperature
  }

  /// 6/8/12英寸; `50 L, 200 L and 2 x 1,000 L`; 1000V/500A ends the group but shares its bound.
  private mutating func takeList(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    var operands = [first]
    var last = index
    var counted: (token: Int, operand: Operand)?
    var shared: Int?
    while true {
      var place = last + 1
      guard separates(place) else { break }
      place += 1
      if kind(place - 1) == .comma, has(place, .list), kind(place) == .word { place += 1 }
      guard let next = operand(place, negative: false) else { break }
      if has(place + 1, .times), next.number.isPlain,
        let thing = operand(place + 2, negative: false),
        sameKind(first.unit, thing.unit), !(thing.unit?.isLength(of: lexicon) ?? true)
      {
        counted = (place, next)
        operands.append(thing)
        last = place + 2
        continue
      }
      guard sameKind(first.unit, next.unit), !isRangeNext(place), isListMember(next, of: first)
      else {
        shared = place
        break
      }
      operands.append(next)
      last = place
    }
    if operands.count > 1 {
      let end = finish(operands, as: .list, at: index, end: last + 1, lead: lead)
      if let counted {
        _ = count(counted.operand, at: counted.token, Lead(start: counted.token), end: 0)
      }
      return end
    }
    guard let shared, lead.bound != nil else { return nil }
    return takeShared(at: index, first, shared, lead)
  }

  private func isRangeNext(_ index: Int) -> Bool {
    (kind(index + 1) == .dash || has(index + 1, .range)) && operandAfter(index + 2) != nil
  }

  /// 3年或20万公里 differ in kind; 3个 and 5% both count but are not alternatives.
  private func isListMember(_ next: Operand, of first: Operand) -> Bool {
    guard let left = first.unit, let right = next.unit else { return first.unit == nil }
    if left.measure.dimension == lexicon.kinds.none { return left.ucum == right.ucum }
    return true
  }

  private func separates(_ place: Int) -> Bool {
    if has(place, .list) { return true }
    return kind(place) == .comma && isListed(place)
  }

  /// ≥100MW/200MWh: the bound holds for both.
  private mutating func takeShared(
    at index: Int, _ first: Operand, _ second: Int, _ lead: Lead
  ) -> Int? {
    guard let next = operand(second, negative: false), next.unit != nil, first.unit != nil,
      !isRangeNext(second)
    else { return nil }
    _ = finish([first], as: nil, at: index, end: index + 1, lead: lead, isMember: true)
    var carried = lead
    carried.start = second
    return finish([next], as: nil, at: second, end: second + 1, lead: carried)
  }

  /// 2h30min, 1小时30分.
  private mutating func takeCompound(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    guard let unit = first.unit, unit.measure.dimension == lexicon.kinds.time, !unit.hasStroke,
      let next = operand(index + 1, negative: false), let part = next.unit,
      part.measure.dimension == lexicon.kinds.time, part.measure.factor < unit.measure.factor,
      part.start < part.end, next.number.start - first.number.end <= 1
    else { return nil }
    var sum = first
    let value =
      first.number.number.scaled(by: first.multiplier)
      + next.number.number.value * part.measure.factor / unit.measure.factor
    sum.number.number = WrittenNumber(digits: value, exponent: 0)
    sum.number.end = next.number.end
    return finish([sum], as: nil, at: index, end: index + 2, lead: lead)
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
