/// Cuts a text into numbers with their units, classes, days, words of the grammar and the rest.
///
/// What only looks like a quantity (names, standards, references, codes) becomes plain text here.
struct PhraseScanner {
  let lexicon: QuantityLexicon
  let phrase: FoldedPhrase
  let units: UnitScanner
  let numbers: NumberScanner
  let dates: DateScanner
  let text: [UInt32]
  var out: PhraseTokens

  init(lexicon: QuantityLexicon, phrase: FoldedPhrase, asOf: CivilDate) {
    self.lexicon = lexicon
    self.phrase = phrase
    text = phrase.exact
    units = UnitScanner(lexicon: lexicon, phrase: phrase)
    numbers = NumberScanner(lexicon: lexicon, phrase: phrase, units: units)
    dates = DateScanner(lexicon: lexicon, phrase: phrase, asOf: asOf, numbers: numbers)
    out = PhraseTokens(phrase: phrase)
  }

  /// All tokens. O(*n*).
  static func tokens(
    _ phrase: FoldedPhrase, lexicon: QuantityLexicon, asOf: CivilDate
  ) -> PhraseTokens {
    var scanner = PhraseScanner(lexicon: lexicon, phrase: phrase, asOf: asOf)
    var place = 0
    while place < phrase.count {
      place = phrase.exact[place] == 0x20 ? place + 1 : max(place + 1, scanner.take(at: place))
    }
    return scanner.out
  }

  /// Takes one token and returns its end.
  private mutating func take(at place: Int) -> Int {
    let scalar = text[place]
    let leads = lexicon.leads(of: scalar)
    if leads.isEmpty { return takePlain(at: place) }
    if let end = itemNumberEnd(at: place) { return add(.text, place, end) }
    if leads.contains(.rank), let end = takeRank(at: place) { return end }
    if leads.contains(.name), let end = nameEnd(at: place) {
      noteContexts(place, end)
      return add(.text, place, end)
    }
    if QuantityLexicon.isDigit(scalar) || scalar == 0x2E && QuantityLexicon.isDigit(text[place + 1])
    {
      let day = leads.contains(.day) && dates.mayBegin(at: place) ? takeDate(at: place) : nil
      return day ?? takeDigits(at: place) ?? takeSign(at: place)
    }
    if leads.contains(.day), let end = takeDate(at: place) { return end }
    if leads.contains(.reference), let end = referenceEnd(at: place) {
      noteContexts(place, end)
      return add(.text, place, end)
    }
    if leads.contains(.word), let end = takeWord(at: place) { return end }
    if numbers.numeralCode(at: place) > 0 || scalar == 0x51E0 || scalar == 0x6570 {
      return takeNumeral(at: place)
    }
    if QuantityLexicon.isLatin(scalar) { return takeLatin(at: place) }
    if scalar == 0x534A { return takeHalf(at: place) }
    return takeSign(at: place)
  }

  /// A run of ideographs with which nothing begins.
  private mutating func takePlain(at place: Int) -> Int {
    var end = place + 1
    while end < phrase.count, lexicon.leads(of: text[end]).isEmpty { end += 1 }
    return add(.text, place, end)
  }

  mutating func add(_ kind: PhraseToken.Kind, _ start: Int, _ end: Int, index: Int = 0)
    -> Int
  {
    if kind == .text, let last = out.tokens.last, last.kind == .text, last.end == start {
      out.tokens[out.tokens.count - 1].end = end
    } else {
      out.tokens.append(PhraseToken(kind: kind, start: start, end: end, index: index))
    }
    return end
  }

  // MARK: classes

  private mutating func takeRank(at place: Int) -> Int? {
    let found = lexicon.rankTrie.longest(in: phrase.lower, at: place) { _, end in
      !isCut(place, end)
    }
    guard let found else { return nil }
    noteContexts(place, found.end)
    return add(.rank, place, found.end, index: Int(found.value))
  }

  /// Whether a word or number goes on over either end.
  private func isCut(_ start: Int, _ end: Int) -> Bool {
    func joins(_ left: UInt32, _ right: UInt32) -> Bool {
      let isLeft = QuantityLexicon.isLatin(left) || QuantityLexicon.isDigit(left)
      return isLeft && (QuantityLexicon.isLatin(right) || QuantityLexicon.isDigit(right))
    }
    if start > 0, joins(text[start - 1], text[start]) || text[start - 1] == 0x2E { return true }
    if joins(text[end - 1], text[end]) { return true }
    return text[end] == 0x2E && QuantityLexicon.isDigit(text[end + 1])
  }

  /// `7级` behind a word that names the ladder: 抗风等级不低于7级.
  mutating func takeBareRank(_ number: ScannedNumber) -> Int? {
    let hasGrade = text[number.numberEnd] == 0x7EA7
    guard number.unit == nil, number.upper == nil, number.number.exponent == 0,
      hasGrade || isBehindLadderName
    else { return nil }
    let near = out.contexts.last { hit in
      number.start - hit.position < 16
        && lexicon.ladders.contains { !$0.keyword.isDisjoint(with: hit.contexts) }
    }
    guard let near,
      let ladder = lexicon.ladders.first(where: { !$0.keyword.isDisjoint(with: near.contexts) }),
      let index = ladder.members[
        Array(String(Int(min(number.number.value, 99))).unicodeScalars.map(\.value))]
    else { return nil }
    return add(.rank, number.start, number.numberEnd + (hasGrade ? 1 : 0), index: Int(index))
  }

  /// `TRL≥6`: only bounds between the ladder's name and the number.
  private var isBehindLadderName: Bool {
    var bounds = 0
    for token in out.tokens.reversed() {
      if token.kind == .word,
        !lexicon.words[token.index].roles.isDisjoint(with: [.before, .filler])
      {
        bounds += 1
        continue
      }
      guard token.kind == .text, bounds > 0, QuantityLexicon.isLatin(text[token.end - 1]) else {
        return false
      }
      let near = out.contexts.last { $0.position < token.end && $0.position + 10 >= token.end }
      return near.map { hit in
        lexicon.ladders.contains { !$0.keyword.isDisjoint(with: hit.contexts) }
      } ?? false
    }
    return false
  }

  // MARK: names and references

  private func nameEnd(at place: Int) -> Int? {
    let found = lexicon.names.longest(in: phrase.exact, at: place) { _, end in
      !isCut(place, end) && text[end] != 0x25 && text[end] != 0x4E4B
    }
    return found?.end
  }

  /// `第3条`, `Phase 2`, `GB/T 38058-2019`: through the number behind the word.
  private func referenceEnd(at place: Int) -> Int? {
    if let standard = lexicon.standards.longest(
      in: phrase.lower, at: place,
      accept: { _, end in
        !(place > 0 && QuantityLexicon.isLatin(text[place - 1]))
          && !QuantityLexicon.isLatin(text[end])
      })
    {
      if let end = codeEnd(at: standard.end) { return end }
    }
    guard
      let word = lexicon.references.longest(
        in: phrase.lower, at: place,
        accept: { _, end in !QuantityLexicon.breaksWord(text, place, end) })
    else { return nil }
    let isOne = word.end - place == 1
    if isOne, text[place] != 0x7B2C, place > 0, QuantityLexicon.isIdeograph(text[place - 1]) {
      return nil
    }
    return numberedEnd(at: word.end, isOrdinal: text[place] == 0x7B2C && isOne)
  }

  /// The number of a standard: `9001`, `/T 38058-2019`, `-STD-810H`.
  func codeEnd(at start: Int) -> Int? {
    var place = start
    var digits = 0
    if text[place] == 0x20 { place += 1 }
    while place < phrase.count {
      let scalar = text[place]
      if QuantityLexicon.isDigit(scalar) {
        digits += 1
      } else if !QuantityLexicon.isLatin(scalar), ![0x2D, 0x2F, 0x2E, 0x3A].contains(scalar) {
        guard scalar == 0x20, digits == 0, QuantityLexicon.isDigit(text[place + 1]) else { break }
      }
      place += 1
    }
    while place > start, [0x2D, 0x2F, 0x2E, 0x3A].contains(text[place - 1]) { place -= 1 }
    return digits > 0 ? place : nil
  }

  private func numberedEnd(at start: Int, isOrdinal: Bool) -> Int? {
    var place = start
    while [0x20, 0x3A, 0x28, 0x5B, 0x2E].contains(text[place]), place - start < 3 { place += 1 }
    let first = place
    while numbers.numeralCode(at: place) > 0 { place += 1 }
    if place == first {
      guard QuantityLexicon.isDigit(text[place]) || isCode(at: place) else { return nil }
      if !isOrdinal, let number = numbers.number(at: place), isMeasured(number) { return nil }
      while isCodeScalar(text[place]), place < phrase.count { place += 1 }
    } else if !isOrdinal {
      return nil
    }
    if isOrdinal {
      if text[place] == 0x29 || text[place] == 0x5D { place += 1 }
      if QuantityLexicon.isIdeograph(text[place]) { place += 1 }
    }
    return place
  }

  private func isMeasured(_ number: ScannedNumber) -> Bool {
    guard let unit = units.unit(at: number.numberEnd) else { return false }
    return unit.tag != .count && unit.tag != .lister
  }

  private func isCode(at place: Int) -> Bool {
    var end = place
    var digits = 0
    while isCodeScalar(text[end]) {
      if QuantityLexicon.isDigit(text[end]) { digits += 1 }
      end += 1
    }
    return digits > 0 && QuantityLexicon.isLatin(text[place])
  }

  private func isCodeScalar(_ scalar: UInt32) -> Bool {
    QuantityLexicon.isDigit(scalar) || QuantityLexicon.isLatin(scalar) || scalar == 0x2D
      || scalar == 0x2E || scalar == 0x2F || scalar == 0x5F
  }

  // MARK: days

  private mutating func takeDate(at place: Int) -> Int? {
    if place > 0, isCodeScalar(text[place - 1]), text[place - 1] != 0x2D,
      isCodeScalar(text[place]) || text[place] == 0x2E
    {
      return nil
    }
    guard let (date, end) = dates.date(at: place) else { return nil }
    if isOfDocument(place, end) { return add(.text, place, end) }
    out.days.append(date)
    return add(.days, place, end, index: out.days.count - 1)
  }

  /// The date of a document: `通知（2026年1月8日）`, `2026年度…的通知`, `2024年修订`.
  private func isOfDocument(_ start: Int, _ end: Int) -> Bool {
    if let last = out.tokens.last, last.kind == .open, out.tokens.count >= 2 {
      let before = out.tokens[out.tokens.count - 2]
      if before.kind == .word, lexicon.words[before.index].roles.contains(.document) { return true }
    }
    var place = end
    while place < min(phrase.count, end + 30) {
      if [0x2C, 0x3002, 0x3B, 0x3001, 0x28].contains(text[place]) { return false }
      let found = lexicon.wordTrie.longest(in: phrase.lower, at: place) { value, wordEnd in
        lexicon.words[Int(value)].roles.contains(.document)
          && !QuantityLexicon.breaksWord(text, place, wordEnd)
      }
      if found != nil { return true }
      place += 1
    }
    return false
  }

  // MARK: words

  private mutating func noteContexts(_ start: Int, _ end: Int) {
    for place in start..<end {
      let found = lexicon.wordTrie.longest(in: phrase.lower, at: place) { value, wordEnd in
        !lexicon.words[Int(value)].contexts.isEmpty && wordEnd <= end
          && !QuantityLexicon.breaksWord(text, place, wordEnd)
      }
      guard let found else { continue }
      note(lexicon.words[Int(found.value)].contexts, at: place)
    }
  }

  private mutating func note(_ contexts: QuantityLexicon.Contexts, at place: Int) {
    out.contexts.append((place, contexts))
    out.allContexts.formUnion(contexts)
  }

  private mutating func takeWord(at place: Int) -> Int? {
    let found = lexicon.wordTrie.longest(in: phrase.lower, at: place) { _, end in
      !QuantityLexicon.breaksWord(text, place, end)
    }
    guard let found else { return nil }
    let word = lexicon.words[Int(found.value)]
    if !word.contexts.isEmpty { note(word.contexts, at: place) }
    if word.roles.contains(.rate) { noteContexts(place, found.end) }
    if word.roles.isEmpty { return add(.text, place, found.end) }
    if word.roles.contains(.numeral) {
      return takeWordNumber(word, at: place, end: found.end)
    }
    if text[place] == 0x2D || text[place] == 0x2C { return nil }
    return add(.word, place, found.end, index: Int(found.value))
  }

  /// `two weeks`, `a dozen units`.
  private mutating func takeWordNumber(_ word: QuantityLexicon.Word, at place: Int, end: Int) -> Int
  {
    var number = ScannedNumber(
      number: WrittenNumber(digits: word.number, exponent: 0), start: place, end: end,
      numberEnd: end)
    number.isArticle = word.number == 1
    complete(&number)
    return append(number)
  }

  /// A run of letters: a name with its digits, or a short property name before a number.
  mutating func takeLatin(at place: Int) -> Int {
    var end = place
    if let repaired = repairedStart(at: place) { return append(repaired) }
    while QuantityLexicon.isLatin(text[end]) { end += 1 }
    let letters = end - place
    if QuantityLexicon.isDigit(text[end]), letters <= 4, end > place,
      let number = numbers.number(at: end), let unit = units.unit(at: number.numberEnd),
      unit.start == number.numberEnd, isCertain(unit) || isTouching(place, end)
    {
      _ = add(.text, place, end)
      var touching = number
      complete(&touching)
      return append(touching)
    }
    if end == place || QuantityLexicon.isDigit(text[end]) || text[end] == 0x2D || text[end] == 0x5F
    {
      end = codeRunEnd(at: end)
    }
    return add(.text, place, max(end, place + 1))
  }

  private func repairedStart(at place: Int) -> ScannedNumber? {
    guard text[place] == 0x6C || text[place] == 0x49 || text[place] == 0x4F,
      QuantityLexicon.isDigit(text[place + 1]),
      place == 0 || !QuantityLexicon.isLatin(text[place - 1])
    else { return nil }
    return repaired(at: place)
  }

  /// `AC220V`: letters that stand right before a number and are no part of a name.
  private func isTouching(_ start: Int, _ end: Int) -> Bool {
    lexicon.wordTrie.longest(in: phrase.lower, at: start) { value, wordEnd in
      wordEnd == end && lexicon.words[Int(value)].roles.contains(.touching)
    } != nil
  }

  /// Units that no name ends with.
  private func isCertain(_ unit: UnitText) -> Bool {
    unit.end - unit.start >= 2 || unit.ucum == "%" || unit.tag == .degreeSign
  }

  /// The end of a code such as `GDZS-2026-118`, `18650`, `LiFePO4`.
  private func codeRunEnd(at start: Int) -> Int {
    var end = start
    while end < phrase.count {
      let scalar = text[end]
      if QuantityLexicon.isLatin(scalar) || QuantityLexicon.isDigit(scalar) || scalar == 0x5F {
        end += 1
      } else if scalar == 0x2D || scalar == 0x2F || scalar == 0x2E,
        QuantityLexicon.isDigit(text[end + 1]) || QuantityLexicon.isLatin(text[end + 1]),
        scalar == 0x2D || QuantityLexicon.isDigit(text[end - 1])
      {
        end += 1
      } else {
        break
      }
    }
    return end
  }

  // MARK: signs

  private mutating func takeSign(at place: Int) -> Int {
    switch text[place] {
    case 0x2D:
      var end = place
      while text[end] == 0x2D, end - place < 1 { end += 1 }
      return add(.dash, place, end)
    case 0x2C: return add(.comma, place, place + 1)
    case 0x28, 0x5B: return add(.open, place, place + 1)
    case 0x29, 0x5D: return add(.close, place, place + 1)
    case 0x3002, 0x3B, 0x21, 0x3F: return add(.stop, place, place + 1)
    case 0x2E where text[place + 1] == 0x20 || text[place + 1] == 0:
      return add(.stop, place, place + 1)
    case 0x3A: return add(.colon, place, place + 1)
    default: return add(.text, place, place + 1)
    }
  }
}
