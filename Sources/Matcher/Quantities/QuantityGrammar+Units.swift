/// Units that the text leaves out: currencies, units of a range's other end, of a list, of a heading.
extension QuantityGrammar {
  // MARK: elided units and multipliers

  /// Gives each number without a unit that of the number it is joined with, and currencies that
  /// stand before.
  mutating func completeUnits() {
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
    if tokens.numbers[slot].percent != nil { takePercent(slot) }
    guard let (row, _) = currency(before: index) else {
      takeMoneyLetter(index)
      return
    }
    var number = tokens.numbers[slot]
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

  /// 百分之五 is 5 %, 三分之一 33.3 %.
  private mutating func takePercent(_ slot: Int) {
    var number = tokens.numbers[slot]
    guard let percent = number.percent else { return }
    number.number = WrittenNumber(
      digits: number.number.value * percent, exponent: 0)
    if let unit = lexicon.algebra.measure("%") {
      number.unit = UnitText(
        ucum: "%", measure: unit, start: number.numberEnd, end: number.numberEnd)
    }
    tokens.numbers[slot] = number
  }

  private func isMillionLetter(_ number: ScannedNumber) -> Bool {
    let text = tokens.phrase.exact
    return text[number.end] == 0x4D && !QuantityLexicon.isLatin(text[number.end + 1])
  }

  /// `预算60W`: with a word of money near, the W is 万.
  private mutating func takeMoneyLetter(_ index: Int) {
    let slot = tokens.tokens[index].index
    guard tokens.numbers[slot].unit?.ucum == "W" else { return }
    var number = tokens.numbers[slot]
    guard let unit = number.unit,
      tokens.phrase.lower[unit.start] == 0x77, unit.end - unit.start == 1, !number.hasMultiplier,
      isMoneyNear(index, unit.end), let yuan = lexicon.algebra.measure("CNY")
    else { return }
    number.multiplier = 4
    number.hasMultiplier = true
    number.hasLooseMultiplier = true
    number.unit = UnitText(ucum: "CNY", measure: yuan, start: unit.start, end: unit.end)
    tokens.numbers[slot] = number
  }

  /// Whether the number before this one is an amount of money, and only joining words stand between.
  func isBesideMoney(_ index: Int) -> Bool {
    guard let place = (0..<index).last(where: { kind($0) == .number }),
      joinedNumber(after: place) == index
    else { return false }
    let number = tokens.numbers[tokens.tokens[place].index]
    return number.unit.map { isMoney($0) }
      ?? (number.hasMultiplier && isMoneyNear(place, number.end))
  }

  /// A word of money before in the clause, or right behind, or an amount that this one is joined to.
  private func isMoneyNear(_ index: Int, _ end: Int) -> Bool {
    clauseBefore(index).contains(.money) || isBesideMoney(index)
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

  func currency(before index: Int) -> (row: QuantityLexicon.UnitRow, token: Int)? {
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
      tokens.phrase.exact[tokens.tokens[index + 1].start] == 0x29, !isEnumerated(index + 1),
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
    // Few numbers are joined with another.
    guard let next = joinedNumber(after: index), next > index + 1,
      let unit = tokens.numbers[tokens.tokens[index].index].unit,
      isMoney(unit) || unit.ucum == "[pH]", unit.start == unit.end || !unit.hasStroke
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

  func isMoney(_ unit: UnitText) -> Bool {
    lexicon.algebra.isCurrency(unit.measure.dimension)
  }

  /// Whether only blanks stand between two numbers that belong together.
  private func isDamagedGap(_ number: ScannedNumber, _ other: ScannedNumber) -> Bool {
    number.isPlain && other.isPlain && !number.isChinese && !other.isChinese
      && other.start > number.end
  }

  /// The words that may stand between two numbers that share a unit.
  private static let joining: Roles = [
    .range, .list, .and, .times, .plusMinus, .before, .approximateBefore, .currency, .minus,
    .plus, .filler, .change, .gauge,
  ]

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
        guard has(place, Self.joining) || isPlusSign(place) else { return nil }
        if has(place, .filler), !has(place, [.list, .range]), place == index + 1 { return nil }
      default: return nil
      }
      place += 1
    }
    return nil
  }

  func isPlusSign(_ index: Int) -> Bool {
    kind(index) == .word && tokens.phrase.exact[tokens.tokens[index].start] == 0x2B
      && tokens.tokens[index].end - tokens.tokens[index].start == 1
  }

  /// `6, 8 and 12 inch`: a comma lists only when a joining word ends the list.
  func isListed(_ comma: Int) -> Bool {
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
}
