/// Reads a number at a place of a text: digits, Chinese numerals, powers of ten, multipliers.
final class NumberScanner {
  let lexicon: QuantityLexicon
  let phrase: FoldedPhrase
  let units: UnitScanner
  private let text: [UInt32]

  init(lexicon: QuantityLexicon, phrase: FoldedPhrase, units: UnitScanner) {
    self.lexicon = lexicon
    self.phrase = phrase
    self.units = units
    text = phrase.exact
  }

  func number(at start: Int) -> ScannedNumber? {
    if QuantityLexicon.isDigit(text[start]) { return digits(at: start) }
    if text[start] == 0x2E, QuantityLexicon.isDigit(text[start + 1]),
      start == 0 || !QuantityLexicon.isDigit(text[start - 1]), start == 0 || text[start - 1] != 0x2E
    {
      return digits(at: start)
    }
    return nil
  }

  // MARK: digits

  private func digits(at start: Int) -> ScannedNumber? {
    guard let mantissa = mantissa(at: start) else { return nil }
    var number = ScannedNumber(
      number: mantissa.number, start: start, end: mantissa.end, numberEnd: mantissa.end)
    number.isPlain = mantissa.isPlain
    number.damage = mantissa.hasComma ? .comma : nil
    takePower(&number, mantissa.end)
    if mantissa.isPlain, number.numberEnd == mantissa.end { takeHiddenPower(&number) }
    return number
  }

  private func mantissa(
    at start: Int
  ) -> (number: WrittenNumber, end: Int, isPlain: Bool, hasComma: Bool)? {
    var place = start
    var value = 0.0
    var decimals = 0
    var hasPoint = false
    var hasComma = false
    var count = 0
    while true {
      let scalar = text[place]
      if QuantityLexicon.isDigit(scalar) {
        guard count < 400 else { return nil }
        value = value * 10 + Double(scalar - 0x30)
        if hasPoint || hasComma { decimals += 1 }
        count += 1
      } else if scalar == 0x2E, !hasPoint, !hasComma, QuantityLexicon.isDigit(text[place + 1]) {
        hasPoint = true
      } else if !hasPoint, !hasComma, isThousands(place, from: start) {
        // A separator: nothing to add.
      } else if !hasPoint, !hasComma, isDecimalComma(place, from: start) {
        hasComma = true
      } else {
        break
      }
      place += 1
    }
    guard count > 0, value.isFinite else { return nil }
    return (
      WrittenNumber(digits: value, exponent: -decimals), place,
      !hasPoint && !hasComma && place - start == count, hasComma
    )
  }

  /// A comma (or one blank) with exactly three digits behind it and one to three before.
  private func isThousands(_ place: Int, from start: Int) -> Bool {
    let scalar = text[place]
    guard scalar == 0x2C || scalar == 0x20 || scalar == 0x27 else { return false }
    for offset in 1...3 where !QuantityLexicon.isDigit(text[place + offset]) { return false }
    guard !QuantityLexicon.isDigit(text[place + 4]), !isCode(before: start) else { return false }
    var before = 0
    while place - before - 1 >= start, QuantityLexicon.isDigit(text[place - before - 1]) {
      before += 1
    }
    guard (1...3).contains(before), text[place - before] != 0x30 || before > 1 else { return false }
    return scalar == 0x2C || isBlankGroup(place)
  }

  /// `TO-247，100只`: a number that a hyphen joins to letters is a name's.
  private func isCode(before start: Int) -> Bool {
    start > 1 && text[start - 1] == 0x2D && QuantityLexicon.isLatin(text[start - 2])
  }

  /// A blank groups digits when more of the number shows it: `10 000` yes, `30 310` of two no.
  private func isBlankGroup(_ place: Int) -> Bool {
    let after = text[place + 4]
    return text[place + 1] == 0x30 && text[place + 2] == 0x30 && text[place + 3] == 0x30
      && after != 0x2E
  }

  private func isDecimalComma(_ place: Int, from start: Int) -> Bool {
    guard text[place] == 0x2C, place > start, place - start <= 3,
      QuantityLexicon.isDigit(text[place - 1]), QuantityLexicon.isDigit(text[place + 1])
    else { return false }
    let isOne = !QuantityLexicon.isDigit(text[place + 2])
    guard isOne, text[place + 2] != 0x2C, text[place + 2] != 0x2E, !phrase.isWideAlone(place) else {
      return false
    }
    guard let unit = units.unit(at: place + 2) else { return false }
    return !unit.ucum.hasPrefix("{")
  }

  // MARK: powers of ten

  private func takePower(_ number: inout ScannedNumber, _ end: Int) {
    if takeE(&number, end) { return }
    if number.number == WrittenNumber(digits: 10, exponent: 0), number.isPlain,
      let power = markedPower(at: end)
    {
      number.number = WrittenNumber(digits: 1, exponent: power.value)
      finish(&number, power.end)
      return
    }
    if takeTimesTen(&number, end) { return }
    if text[end] == 0x5E, let power = signedInteger(at: end + 1), abs(power.value) <= 30,
      number.number.digits != 0
    {
      // 1.0^-9: the ten was lost with its sign.
      let literal = number.number.value
      number.number.exponent += power.value
      number.damage = .lostPower(literal: literal)
      finish(&number, power.end)
    }
  }

  private func finish(_ number: inout ScannedNumber, _ end: Int) {
    number.numberEnd = end
    number.end = end
    number.isPlain = false
  }

  private func takeE(_ number: inout ScannedNumber, _ end: Int) -> Bool {
    guard text[end] == 0x65 || text[end] == 0x45, let power = signedInteger(at: end + 1),
      abs(power.value) <= 300,
      !QuantityLexicon.isLatin(text[power.end]) || units.unit(at: power.end) != nil
    else { return false }
    number.number.exponent += power.value
    finish(&number, power.end)
    return true
  }

  /// `×10^6`, `x 10-6`, `*106`, `×10的负3次方`.
  private func takeTimesTen(_ number: inout ScannedNumber, _ end: Int) -> Bool {
    var place = end
    if text[place] == 0x20 { place += 1 }
    guard [0xD7, 0x78, 0x58, 0x2A, 0xB7].contains(text[place]) else { return false }
    place += 1
    if text[place] == 0x20 { place += 1 }
    guard text[place] == 0x31, text[place + 1] == 0x30 else { return false }
    let base = place + 2
    if let power = markedPower(at: base) {
      number.number.exponent += power.value
      finish(&number, power.end)
      return true
    }
    return takeLostPower(&number, base)
  }

  /// `×106`, `×10-6`: the mark of the power was lost.
  private func takeLostPower(_ number: inout ScannedNumber, _ base: Int) -> Bool {
    let isNegative = text[base] == 0x2D
    guard isNegative || QuantityLexicon.isDigit(text[base]), let power = signedInteger(at: base),
      (1...20).contains(abs(power.value)), power.end - base <= 3,
      isNegative || text[base] != 0x30
    else { return false }
    guard text[power.end] != 0x2E, text[power.end] != 0x2C else { return false }
    var unitAfter = units.unit(at: power.end)
    if unitAfter?.ucum == "" { unitAfter = nil }
    if !isNegative {
      // 5×105mm is a size; 5×105 cells/mL is a power.
      guard let unit = unitAfter, !unit.isLength(of: lexicon) else { return false }
    }
    let digits = isNegative ? 10 : 10 * (power.value >= 10 ? 100 : 10) + power.value
    number.damage = .lostPower(literal: number.number.value * Double(digits))
    number.number.exponent += power.value
    finish(&number, power.end)
    return true
  }

  /// `^6`, `^-6`, 的负3次方, 的六次方.
  private func markedPower(at start: Int) -> (value: Int, end: Int)? {
    if text[start] == 0x5E { return signedInteger(at: start + 1) }
    var place = start
    if text[place] == 0x7684 { place += 1 }
    let isNegative = text[place] == 0x8D1F
    if isNegative { place += 1 }
    var value = 0
    if let integer = signedInteger(at: place) {
      (value, place) = integer
    } else if let numeral = chineseInteger(at: place) {
      (value, place) = numeral
    } else {
      return nil
    }
    guard text[place] == 0x6B21, text[place + 1] == 0x65B9 || text[place + 1] == 0x5E42 else {
      return nil
    }
    return (isNegative ? -value : value, place + 2)
  }

  private func chineseInteger(at start: Int) -> (Int, Int)? {
    let code = numeralCode(at: start)
    guard (1...10).contains(code) || code == 65 else { return nil }
    let first = code == 65 ? 10 : Int(code) - 1
    let next = numeralCode(at: start + 1)
    if code == 65, (2...10).contains(next) { return (10 + Int(next) - 1, start + 2) }
    return (first, start + 1)
  }

  private func signedInteger(at start: Int) -> (value: Int, end: Int)? {
    var place = start
    let isNegative = text[place] == 0x2D
    if isNegative || text[place] == 0x2B { place += 1 }
    let first = place
    var value = 0
    while QuantityLexicon.isDigit(text[place]), place - first < 4 {
      value = value * 10 + Int(text[place] - 0x30)
      place += 1
    }
    guard place > first else { return nil }
    return (isNegative ? -value : value, place)
  }

  /// Remembers that `104` may be 10⁴; the unit decides.
  private func takeHiddenPower(_ number: inout ScannedNumber) {
    let length = number.numberEnd - number.start
    guard length == 3 || length == 4, text[number.start] == 0x31, text[number.start + 1] == 0x30
    else { return }
    let power = Int(number.number.digits) - (length == 3 ? 100 : 1000)
    if length == 3, (3...9).contains(power) { number.hiddenPower = power }
    if length == 4, (10...21).contains(power) { number.hiddenPower = power }
  }

  // MARK: Chinese numerals

  func numeralCode(at place: Int) -> UInt8 {
    let scalar = text[place]
    return scalar < 0x10000 ? lexicon.numerals[Int(scalar)] : 0
  }

  /// A Chinese numeral, 几 and 数 before a unit of ten included.
  func chineseNumber(at start: Int) -> ScannedNumber? {
    guard let (numeral, end) = chineseNumeral(at: start) else { return nil }
    if text[end] == 0x5206, text[end + 1] == 0x4E4B, numeral.upper == nil {
      return fraction(numeral, start: start, at: end + 2)
    }
    return numeral
  }

  /// 百分之五, 三分之一.
  private func fraction(_ under: ScannedNumber, start: Int, at place: Int) -> ScannedNumber? {
    let above = number(at: place) ?? chineseNumeral(at: place)?.0
    guard let above, under.number.value > 0 else { return nil }
    var fraction = above
    fraction.start = start
    let divisor = under.number.value
    fraction.percent = 100 / divisor
    fraction.isChinese = true
    fraction.isArticle = false
    return fraction
  }

  private struct Accumulator {
    var total = 0.0
    var section = 0.0
    var digit: Double?

    mutating func take(unit zeros: Int, scale: Double) {
      if zeros >= 4 {
        let part = section + (digit ?? 0)
        if zeros >= 8, total > 0 {
          total = (total + part) * scale
        } else {
          total += (part == 0 ? 1 : part) * scale
        }
        section = 0
      } else {
        section += (digit ?? 1) * scale
      }
      digit = nil
    }

    var value: Double { total + section + (digit ?? 0) }
  }

  private func chineseNumeral(at start: Int) -> (ScannedNumber, Int)? {
    var low = Accumulator()
    var high: Accumulator?
    var place = start
    var lastZeros = 0
    var digitRun = 0
    var isOpen = false
    var sequence = 0.0
    var units = 0
    loop: while true {
      let code = numeralCode(at: place)
      let scalar = text[place]
      switch code {
      case 1...10:
        let digit = Double(code - 1)
        if code == 1, units > 0 {
          digitRun = 0
          break
        }
        digitRun += 1
        sequence = sequence * 10 + digit
        if digitRun == 2, low.digit != nil, digit > (low.digit ?? 0), low.digit != 0,
          numeralRun(at: place + 1) == 0
        {
          high = low
          high?.digit = digit
        } else if digitRun >= 2 {
          low.digit = digit
          if digitRun > 12 { return nil }
        } else {
          low.digit = digit
          high?.digit = digit
        }
      case 32, 33:
        low.section += code == 32 ? 20 : 30
        digitRun = 0
        units += 1
        lastZeros = 1
      case 65...80:
        if isUnitPrefix(at: place), place > start { break loop }
        if digitRun >= 2, high == nil { return nil }
        var scale = 1.0
        for _ in 0..<Int(code - 64) { scale *= 10 }
        lastZeros = Int(code - 64)
        low.take(unit: lastZeros, scale: scale)
        high?.take(unit: lastZeros, scale: scale)
        digitRun = 0
        units += 1
      default:
        // 几: some digit that is not said.
        guard scalar == 0x51E0 || (scalar == 0x6570 && place == start), high == nil,
          place == start || units > 0, place == start ? numeralCode(at: place + 1) > 64 : true
        else { break loop }
        high = low
        high?.digit = 10
        low.digit = place == start ? 1 : 0
        isOpen = true
        digitRun = 1
      }
      place += 1
    }
    guard place > start else { return nil }
    if digitRun >= 2, high == nil {
      guard units == 0 else { return nil }
      low = Accumulator()
      low.digit = sequence
    }
    // 一万二 is 12,000: the last digit counts in the next lower unit.
    if digitRun == 1, units > 0, lastZeros >= 2, high == nil, place - start >= 2,
      numeralCode(at: place - 2) > 64, let digit = low.digit, digit > 0
    {
      var scale = 0.1
      for _ in 0..<lastZeros { scale *= 10 }
      low.digit = digit * scale
    }
    guard low.value.isFinite else { return nil }
    var number = ScannedNumber(
      number: WrittenNumber(digits: low.value, exponent: 0), start: start, end: place,
      numberEnd: place)
    number.isChinese = true
    number.upper = high.map { WrittenNumber(digits: $0.value, exponent: 0) }
    number.isOpenRange = isOpen
    if high != nil { number.nearness = .about }
    number.isArticle = place - start == 1 && (low.value == 1 || text[start] == 0x4E8C)
    number.hasMultiplier = lastZeros >= 4
    return (number, place)
  }

  /// How many Chinese digits stand here.
  private func numeralRun(at start: Int) -> Int {
    var place = start
    while (1...10).contains(numeralCode(at: place)) { place += 1 }
    return place - start
  }

  /// 兆 of 兆瓦 belongs to the unit.
  private func isUnitPrefix(at place: Int) -> Bool {
    guard text[place] == 0x5146, let unit = units.unit(at: place) else { return false }
    return unit.start == place
  }

  // MARK: what follows a number

  /// 万, 亿, 多万, million, k behind a number. The nearness marks 多, 余, 来 are taken too.
  func takeMultiplier(_ number: inout ScannedNumber) {
    takeNearness(&number)
    var place = number.numberEnd
    if text[place] == 0x20 { place += 1 }
    if text[place] == 0x4E2A, numeralCode(at: place + 1) == 72 { place += 1 }
    var power = 0
    while numeralCode(at: place) > 64, units.unit(at: place)?.start != place {
      power += Int(numeralCode(at: place)) - 64
      place += 1
    }
    if power > 0 {
      number.multiplier = power
      number.hasMultiplier = true
      number.numberEnd = place
      number.end = place
      takeNearness(&number)
      return
    }
    if !number.isChinese { takeWordMultiplier(&number) }
  }

  private func takeNearness(_ number: inout ScannedNumber) {
    guard number.nearness == .exact else { return }
    var place = number.numberEnd
    if text[place] == 0x20 { place += 1 }
    switch text[place] {
    case 0x591A, 0x4F59:
      guard text[place + 1] != 0x6837, text[place + 1] != 0x91CF, text[place + 1] != 0x70B9 else {
        return
      }
      number.nearness = .more
    case 0x6765 where number.isChinese || number.isPlain:
      number.nearness = .about
    case 0x51E0:
      number.nearness = .more
    default: return
    }
    number.numberEnd = place + 1
    number.end = place + 1
  }

  private func takeWordMultiplier(_ number: inout ScannedNumber) {
    var place = number.numberEnd
    let isApart = text[place] == 0x20 || text[place] == 0x2D
    if isApart { place += 1 }
    let found = lexicon.wordTrie.longest(in: phrase.lower, at: place) { value, end in
      lexicon.words[Int(value)].roles.contains(.multiplier)
        && !(QuantityLexicon.isLatin(text[end - 1]) && QuantityLexicon.isLatin(text[end]))
    }
    if let found, !isApart || found.end - place > 1 || isCountNext(found.end) {
      let isLetter = found.end - place == 1
      if isLetter, units.unit(at: place)?.start == place, !isCountNext(found.end) { return }
      if isLetter, QuantityLexicon.isDigit(text[found.end]) { return }
      var value = lexicon.words[Int(found.value)].number
      while value >= 10 {
        value /= 10
        number.multiplier += 1
      }
      number.hasMultiplier = true
      number.numberEnd = found.end
      number.end = found.end
      return
    }
    takeLetterMultiplier(&number)
  }

  /// `60W片`, `5w元`: W for 万; `5M` for million is decided with money.
  private func takeLetterMultiplier(_ number: inout ScannedNumber) {
    let place = number.numberEnd
    guard phrase.lower[place] == 0x77, !QuantityLexicon.isLatin(text[place + 1]) else { return }
    guard isCountNext(place + 1) else { return }
    number.multiplier = 4
    number.hasMultiplier = true
    number.numberEnd = place + 1
    number.end = place + 1
  }

  /// Whether things counted or money follow.
  private func isCountNext(_ place: Int) -> Bool {
    guard let unit = units.unit(at: place) else { return false }
    return unit.tag == .count || unit.tag == .yuan || unit.ucum.hasPrefix("{wafer")
      || lexicon.algebra.isCurrency(unit.measure.dimension)
  }
}

extension UnitText {
  func isLength(of lexicon: QuantityLexicon) -> Bool {
    measure.dimension == lexicon.kinds.length
  }
}
