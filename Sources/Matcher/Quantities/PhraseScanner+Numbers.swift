/// Numbers with what belongs to them: units, multipliers, halves, nouns; telephone numbers and codes
/// that are none.
extension PhraseScanner {
  // MARK: numbers

  mutating func takeDigits(at place: Int) -> Int? {
    if place > 0, QuantityLexicon.isLatin(text[place - 1]), !mayFollowLatin(place) {
      return takeLatin(at: place)
    }
    if let end = telephoneEnd(at: place) { return add(.text, place, end) }
    guard var number = numbers.number(at: place) else { return nil }
    complete(&number)
    if number.unit == nil, let repaired = repaired(at: place) {
      number = repaired
    } else if let end = takeBareRank(number) {
      return end
    } else if isMillions(number.numberEnd), number.end <= number.numberEnd + 1 {
      // Behind money the sign of molar is the one of millions.
      number.unit = nil
      number.multiplier = 6
      number.hasMultiplier = true
      number.numberEnd += 1
      number.end = number.numberEnd
    } else if isTenThousands(number) {
      number.multiplier = 4
      number.hasMultiplier = true
      number.hasLooseMultiplier = true
      number.numberEnd += 1
      number.end = number.numberEnd
    } else if number.unit == nil, let end = codeEnd(behind: number) {
      return add(.text, place, end)
    }
    return append(number)
  }

  /// `SOC80%`, `Ra0.8μm`, `φ300`: a short name of a property may touch its number.
  private func mayFollowLatin(_ place: Int) -> Bool {
    guard let last = out.tokens.last, last.end == place else { return true }
    return last.kind != .text
  }

  mutating func append(_ number: ScannedNumber) -> Int {
    out.numbers.append(number)
    return add(.number, number.start, number.end, index: out.numbers.count - 1)
  }

  /// Multiplier, unit and grade behind a number.
  func complete(_ number: inout ScannedNumber) {
    numbers.takeMultiplier(&number)
    takePlus(&number)
    takeHalfBefore(&number)
    if let nines = nines(number) {
      number.unit = nines
      number.end = nines.end + 1
      return
    }
    guard
      var unit = units.unit(at: number.numberEnd) ?? hyphenated(number) ?? countedNoun(number),
      isUnitUsable(unit, number)
    else { return }
    if let percent = number.percent, percent > 0 { return }
    takeHalfBehind(&unit, &number)
    takeTenthBehind(&unit, &number)
    number.unit = unit
    number.end = unit.end
    takeNearnessBehindUnit(&number)
    if text[number.end] == 0x7EA7, isMagnitudeUnit(unit, number) {
      number.isMagnitude = true
      number.end += 1
    }
  }

  /// `3 engineering batches`: a noun of things counted behind one to three plain words.
  private func countedNoun(_ number: ScannedNumber) -> UnitText? {
    var place = number.numberEnd
    guard number.isPlain, text[place] == 0x20, number.number.value < 100_000 else { return nil }
    if let noun = boundedNoun(number) { return noun }
    for _ in 0..<3 {
      guard text[place] == 0x20, QuantityLexicon.isLatin(text[place + 1]) else { return nil }
      let start = place + 1
      var end = start
      while QuantityLexicon.isLatin(text[end]) || text[end] == 0x2D { end += 1 }
      let word = lexicon.wordTrie.longest(in: phrase.lower, at: start) { value, wordEnd in
        wordEnd == end && !lexicon.words[Int(value)].roles.isEmpty
      }
      guard word == nil else { return nil }
      place = end
      if let unit = units.unit(at: place), unit.start == place + 1, isNoun(unit) { return unit }
    }
    return nil
  }

  private func isNoun(_ unit: UnitText) -> Bool {
    (unit.tag == .count || unit.tag == .batch) && unit.end - unit.start > 2
  }

  /// 一个半月: the half stands between.
  private func takeHalfBefore(_ number: inout ScannedNumber) {
    let end = number.numberEnd
    guard text[end] == 0x4E2A, text[end + 1] == 0x534A, number.number.exponent == 0,
      units.unit(at: end + 2)?.start == end + 2
    else { return }
    number.number.digits = number.number.digits * 10 + 5
    number.number.exponent = -1
    number.isArticle = false
    number.numberEnd = end + 2
    number.end = end + 2
  }

  /// `12-inch`, `10-L`: a hyphen before a unit of letters.
  private func hyphenated(_ number: ScannedNumber) -> UnitText? {
    let end = number.numberEnd
    guard text[end] == 0x2D, QuantityLexicon.isLatin(text[end + 1]),
      let unit = units.unit(at: end + 1), unit.start == end + 1
    else { return nil }
    return unit
  }

  /// `fewer than 5 defects`: behind a bound, any plural is a thing counted.
  private func boundedNoun(_ number: ScannedNumber) -> UnitText? {
    var end = number.numberEnd + 1
    while QuantityLexicon.isLatin(text[end]) { end += 1 }
    guard end - number.numberEnd > 4, phrase.lower[end - 1] == 0x73,
      let last = out.tokens.last, last.kind == .word,
      !lexicon.words[last.index].roles.isDisjoint(with: [.before, .approximateBefore]),
      let measure = lexicon.algebra.measure("{unit}")
    else { return nil }
    return UnitText(
      ucum: "{unit}", tag: .count, measure: measure, start: number.numberEnd + 1, end: end)
  }

  /// `4N5`: four nines and a five.
  private func nines(_ number: ScannedNumber) -> UnitText? {
    let end = number.numberEnd
    guard text[end] == 0x4E, QuantityLexicon.isDigit(text[end + 1]), number.isPlain,
      !QuantityLexicon.isDigit(text[end + 2]), !QuantityLexicon.isLatin(text[end + 2]),
      (2...9).contains(number.number.value), let measure = lexicon.algebra.measure("N")
    else { return nil }
    return UnitText(ucum: "N", tag: .newton, measure: measure, start: end, end: end + 1)
  }

  /// `60+ tools`, `100+台`.
  private func takePlus(_ number: inout ScannedNumber) {
    let end = number.numberEnd
    guard text[end] == 0x2B, !QuantityLexicon.isDigit(text[end + 1]),
      let unit = units.unit(at: end + 1), unit.tag == .count || unit.ucum.hasPrefix("{")
    else { return }
    number.hasPlus = true
    number.numberEnd = end + 1
    number.end = end + 1
  }

  private func takeNearnessBehindUnit(_ number: inout ScannedNumber) {
    guard number.nearness == .exact, text[number.end] == 0x591A else { return }
    guard text[number.end + 1] != 0x5C42, text[number.end + 1] != 0x5DE5 else { return }
    number.nearness = .more
    number.end += 1
  }

  /// 吨级, 百公斤级; not 30级.
  private func isMagnitudeUnit(_ unit: UnitText, _ number: ScannedNumber) -> Bool {
    !unit.ucum.hasPrefix("{") && unit.tag != .degree
  }

  /// A blank between a Chinese numeral and a Latin letter, or before a counting word of a next
  /// sentence, is no unit.
  private func isUnitUsable(_ unit: UnitText, _ number: ScannedNumber) -> Bool {
    let hasBlank = unit.start > number.numberEnd
    if number.isChinese, QuantityLexicon.isLatin(text[unit.start]), !number.hasMultiplier,
      number.isArticle
    {
      return false
    }
    // `2 x 1,000 L`, `in` as a preposition.
    if unit.tag == .inchWord, hasBlank, !isInchFollowed(unit.end) { return false }
    if hasBlank, unit.ucum == "a" { return false }
    return true
  }

  private func isInchFollowed(_ end: Int) -> Bool {
    text[end] != 0x20
      || !QuantityLexicon.isLatin(text[end + 1]) && !QuantityLexicon.isDigit(text[end + 1])
      || lexicon.wordTrie.longest(in: phrase.lower, at: end + 1) { value, _ in
        !lexicon.words[Int(value)].contexts.isDisjoint(with: [.wafer, .exactInch])
      } != nil
  }

  /// 一年半, 两个半月.
  private func takeHalfBehind(_ unit: inout UnitText, _ number: inout ScannedNumber) {
    guard text[unit.end] == 0x534A, number.number.exponent == 0 else { return }
    number.number.digits = number.number.digits * 10 + 5
    number.number.exponent = -1
    unit.end += 1
  }

  /// 九成五: behind tens of per cent a numeral of one character counts single ones.
  private func takeTenthBehind(_ unit: inout UnitText, _ number: inout ScannedNumber) {
    let code = numbers.numeralCode(at: unit.end)
    guard unit.ucum == "%", unit.factor == 10, number.isChinese, number.number.exponent == 0,
      (2...10).contains(code), numbers.numeralCode(at: unit.end + 1) == 0,
      units.unit(at: unit.end + 1)?.start != unit.end + 1
    else { return }
    number.number.digits = number.number.digits * 10 + Double(code - 1)
    number.number.exponent = -1
    unit.end += 1
  }

  /// `18650`, `0755-…`, `2026-118`: digits inside a code with letters.
  func codeEnd(behind number: ScannedNumber) -> Int? {
    var end = number.end
    guard QuantityLexicon.isLatin(text[end]) else { return nil }
    while QuantityLexicon.isLatin(text[end]) || QuantityLexicon.isDigit(text[end]) { end += 1 }
    return end
  }

  /// The w of 预算20w: behind a word of money in the same clause it is 万.
  private func isTenThousands(_ number: ScannedNumber) -> Bool {
    let place = number.numberEnd
    guard number.unit == nil, !number.hasMultiplier, number.end == place,
      phrase.exact[place] == 0x77, !QuantityLexicon.isLatin(text[place + 1]),
      !QuantityLexicon.isDigit(text[place + 1])
    else { return false }
    let clause = out.tokens.last { $0.kind == .comma || $0.kind == .stop }?.end ?? 0
    return out.contexts.contains { $0.contexts.contains(.money) && $0.position >= clause }
  }

  /// The M of US$5M, and of the other end of US$2M–3M.
  private func isMillions(_ place: Int) -> Bool {
    guard text[place] == 0x4D, !QuantityLexicon.isLatin(text[place + 1]),
      !QuantityLexicon.isDigit(text[place + 1]), let last = out.tokens.last
    else { return false }
    switch last.kind {
    case .word:
      let roles = lexicon.words[last.index].roles
      return roles.contains(.currency) || roles.contains(.range) && isBehindMillions
    case .dash: return isBehindMillions
    default: return false
    }
  }

  /// The token before the last is an amount in millions.
  private var isBehindMillions: Bool {
    guard out.tokens.count >= 2 else { return false }
    let before = out.tokens[out.tokens.count - 2]
    guard before.kind == .number else { return false }
    return out.numbers[before.index].hasMultiplier && text[before.end - 1] == 0x4D
  }

  /// Three or four digits, a hyphen, seven or eight: a telephone number. So are eleven digits.
  private func telephoneEnd(at place: Int) -> Int? {
    func run(_ start: Int) -> Int {
      var end = start
      while QuantityLexicon.isDigit(text[end]) { end += 1 }
      return end - start
    }
    let first = run(place)
    if first == 11, text[place] == 0x31, units.unit(at: place + first) == nil {
      return place + first
    }
    guard first == 3 || first == 4, text[place + first] == 0x2D || text[place + first] == 0x20
    else {
      return nil
    }
    let second = run(place + first + 1)
    let secondEnd = place + first + 1 + second
    if second == 7 || second == 8, first == 4 || text[place] == 0x30 { return extended(secondEnd) }
    if second == 4, text[secondEnd] == 0x20 || text[secondEnd] == 0x2D, run(secondEnd + 1) == 4,
      text[place] == 0x30 || first == 3
    {
      return extended(secondEnd + 5)
    }
    return nil
  }

  private func extended(_ end: Int) -> Int {
    guard text[end] == 0x8F6C else { return end }
    var place = end + 1
    while QuantityLexicon.isDigit(text[place]) { place += 1 }
    return place
  }

  /// `l0μm`, `1O0 mm`: letters for digits, when a unit follows.
  func repaired(at place: Int) -> ScannedNumber? {
    var end = place
    var digits = 0
    var letters = 0
    var value = 0.0
    while true {
      let scalar = text[end]
      if QuantityLexicon.isDigit(scalar) {
        digits += 1
        value = value * 10 + Double(scalar - 0x30)
      } else if scalar == 0x6C || scalar == 0x49 || scalar == 0x4F || scalar == 0x6F {
        letters += 1
        value = value * 10 + (scalar == 0x6C || scalar == 0x49 ? 1 : 0)
      } else {
        break
      }
      end += 1
      if end - place > 7 { return nil }
    }
    guard digits > 0, letters > 0, let unit = units.unit(at: end), unit.start == end,
      !unit.ucum.isEmpty
    else { return nil }
    var number = ScannedNumber(
      number: WrittenNumber(digits: value, exponent: 0), start: place, end: unit.end, numberEnd: end
    )
    number.damage = .lookAlike
    number.unit = unit
    return number
  }

  mutating func takeNumeral(at place: Int) -> Int {
    guard isNumeralFree(place), var number = numbers.chineseNumber(at: place) else {
      return skipNumeral(at: place)
    }
    // 上百台, 过亿元: that many and more.
    if place > 0, numbers.numeralCode(at: place) > 64,
      text[place - 1] == 0x4E0A || text[place - 1] == 0x8FC7
    {
      number.nearness = .more
    }
    complete(&number)
    if let end = takeBareRank(number) { return end }
    return append(number)
  }

  private mutating func skipNumeral(at place: Int) -> Int {
    var end = place + 1
    while numbers.numeralCode(at: end) > 0 { end += 1 }
    if let (number, _) = numbers.chineseNumber(at: place).map({ ($0, 0) }), number.end > end {
      end = number.end
    }
    if let unit = units.unit(at: end), unit.start == end { end = unit.end }
    return add(.text, place, end)
  }

  /// Whether the numeral begins a word: behind 第, 统, 各 it does not.
  private func isNumeralFree(_ place: Int) -> Bool {
    guard let last = out.tokens.last, last.kind == .text || last.kind == .word, last.end == place
    else { return true }
    for length in 1...2 where place >= length {
      if lexicon.beforeNumeral.contains(Array(phrase.lower[(place - length)..<place])) {
        return false
      }
    }
    return true
  }

  /// Times, masses and volumes are halved: 半导体 is no half.
  private func isHalved(_ unit: UnitText) -> Bool {
    let kinds = lexicon.kinds
    if unit.measure.dimension == kinds.time { return unit.tag != .minute }
    return [kinds.mass, kinds.volume].contains(unit.measure.dimension)
      && QuantityLexicon.isIdeograph(text[unit.start])
  }

  /// 半年, 半小时, 半吨.
  mutating func takeHalf(at place: Int) -> Int {
    guard let unit = units.unit(at: place + 1), unit.start == place + 1,
      isHalved(unit)
    else { return add(.text, place, place + 1) }
    var number = ScannedNumber(
      number: WrittenNumber(digits: 5, exponent: -1), start: place, end: unit.end,
      numberEnd: place + 1)
    number.isChinese = true
    number.unit = unit
    return append(number)
  }
}

extension PhraseScanner {
  /// The 1、 of `1、6英寸外延；2、…` and the 一、 of `一、6英寸外延`: numbers of items, no members of a list.
  ///
  /// It stands where an item begins; digits count only when the number after them begins an item too,
  /// before or behind, for `4、6英寸` is a list.
  func itemNumberEnd(at place: Int) -> Int? {
    guard text[place] < 0x3A || numbers.numeralCode(at: place) > 0 else { return nil }
    let end = itemEnd(at: place)
    guard text[end] == 0x3001, end > place, isItemStart(place) else { return nil }
    if !QuantityLexicon.isDigit(text[place]) {
      return QuantityLexicon.isDigit(text[end + 1]) ? end + 1 : nil
    }
    let value = number(of: place..<end)
    let (low, high) = (max(0, place - itemLength), min(phrase.count, end + itemLength))
    return hasItem(value + 1, in: end..<high) || hasItem(value - 1, in: low..<place)
      ? end + 1 : nil
  }

  /// How far away the next item's number is looked for, so that a text of nothing else costs O(*n*).
  private var itemLength: Int { 400 }

  private func itemEnd(at place: Int) -> Int {
    var end = place
    while end - place < 2, QuantityLexicon.isDigit(text[end]) { end += 1 }
    if end > place { return end }
    while end - place < 3, numbers.numeralCode(at: end) > 0 { end += 1 }
    return end
  }

  /// At the beginning, behind a blank or behind a sign that ends a sentence or a heading.
  private func isItemStart(_ place: Int) -> Bool {
    place == 0 || [0x20, 0x3B, 0x3A, 0x3002].contains(text[place - 1])
  }

  private func hasItem(_ number: Int, in range: Range<Int>) -> Bool {
    guard number > 0 else { return false }
    return range.contains { place in
      QuantityLexicon.isDigit(text[place]) && isItemStart(place)
        && self.number(of: place..<itemEnd(at: place)) == number
        && text[itemEnd(at: place)] == 0x3001
    }
  }

  private func number(of digits: Range<Int>) -> Int {
    digits.reduce(0) { $0 * 10 + Int(text[$1]) - 0x30 }
  }
}
