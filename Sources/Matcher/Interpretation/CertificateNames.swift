/// A certificate that a text asks by a name that no scheme of the lexicon has.
struct NamedCertificate: Sendable {
  /// As written: `FAA Part 107`, `食品经营许可证`.
  let name: String
  /// Its words in the text, UTF-8.
  let range: Range<Int>
  /// Whether the words say that a platform without it is not wanted.
  let isRefusal: Bool
  /// Whether it is the product that has to get it: no platform holds it then.
  var isOfProduct = false
}

/// Finds certificates and licences that no scheme is known by: 须具备食品经营许可证, must hold an FAA
/// Part 107 certificate.
///
/// Taken is only what is asked of another (not the writer's own, not what the work is to lead to) and has
/// a name: `相关资质` has none, and `校准证书` is no certificate of a platform. What is not sure to be a name
/// is left out. A text without a word such as 资质 or certificate costs nothing but the look at its mentions.
struct CertificateNames: Sendable {
  private let words: [ReadingWord: WordList]
  private let folding: Folding

  init(corpus: Corpus) {
    words = corpus.reading.words
    folding = corpus.folding
  }

  /// In the order of the text, each name once.
  func found(in text: ReadText) -> [NamedCertificate] {
    let nouns = text.longest { $0 == .cue(.certificateNoun) }
    var found: [NamedCertificate] = []
    for noun in nouns where !text.isInTitle(noun.range) {
      for one in names(noun, text) where !found.contains(where: { isSame($0.name, one.name) }) {
        found.append(one)
      }
    }
    return found
  }

  private func isSame(_ one: String, _ other: String) -> Bool {
    folding.name(one) == folding.name(other)
  }

  /// Whether a scheme is the one that is not meant: CNAS以外的某认证, a certificate other than CNAS.
  func isExcepted(_ scheme: Mention, in text: ReadText) -> Bool {
    guard let except = words[.certificateExcept] else { return false }
    let clause = text.clause(at: scheme.range.lowerBound)
    let before = text.words(clause.lowerBound..<scheme.range.lowerBound)
    let behind = loose(
      text.words(scheme.range.upperBound..<max(clause.upperBound, scheme.range.upperBound)))
    if except.found(in: behind).first?.part.lowerBound == 0 { return true }
    let last = except.found(in: loose(before)).last
    return last.map { before.utf8.dropFirst($0.range.upperBound).allSatisfy { $0 == 0x20 } }
      ?? false
  }

  // MARK: One noun

  /// A half-sentence before the noun, in its own offsets.
  private struct Place {
    let text: ReadText
    let noun: Mention
    let clause: Range<Int>
    let before: String

    init(_ noun: Mention, _ text: ReadText) {
      self.text = text
      self.noun = noun
      clause = text.clause(at: noun.range.lowerBound)
      before = text.words(clause.lowerBound..<noun.range.lowerBound)
    }
  }

  private func names(_ noun: Mention, _ text: ReadText) -> [NamedCertificate] {
    let place = Place(noun, text)
    guard !isAnotherThing(place) else { return [] }
    if let behind = namesBehind(place) { return behind }
    guard let start = nameStart(place) else { return [] }
    let refusal = isRefusal(place, start)
    guard isAsked(place, start, refusal) else { return [] }
    return segments(place, from: start).compactMap { range, isLast in
      name(in: range, isLast: isLast, place).map {
        NamedCertificate(
          name: $0.name, range: $0.range, isRefusal: refusal,
          isOfProduct: isOfProduct(place, until: start))
      }
    }
  }

  /// Whether a scheme or a term is known by these words, or by words that end right before them.
  private func isKnown(_ range: Range<Int>, _ text: ReadText) -> Bool {
    text.mentions.contains { mention in
      mention.targets.contains { target in
        switch target {
        case .scheme: true
        case .term: !mention.targets.contains(.cue(.certificateNoun))
        default: false
        }
      } && mention.range.overlaps(range)
    }
  }

  /// 认证费用, certification test: the noun is part of another word.
  private func isAnotherThing(_ place: Place) -> Bool {
    let end = min(place.noun.range.upperBound + 24, place.clause.upperBound)
    guard end > place.noun.range.upperBound else { return false }
    let behind = loose(place.text.words(place.noun.range.upperBound..<end))
    return list(.certificateAfter)?.found(in: behind).first?.part.lowerBound == 0
  }

  // MARK: Where the name begins

  /// Behind the last word of holding; else where letters or a quotation begin. UTF-8, of the text.
  private func nameStart(_ place: Place) -> Int? {
    let before = loose(place.before)
    let hold = list(.certificateHold)?.found(in: before).last?.range.upperBound ?? 0
    let sole = (list(.certificateSole)?.found(in: before) ?? []).last { one in
      one.range.upperBound > hold && beginsName(place.before, at: one.range.upperBound)
    }
    let start = max(hold, sole?.range.upperBound ?? 0)
    if start > 0 { return place.clause.lowerBound + start }
    // Nothing is said of holding: letters alone are a name, and only what they leave is asked.
    if let latin = latinTail(place.before) {
      return isHeading(place, until: latin) ? place.clause.lowerBound + latin : nil
    }
    // 有机认证优先: the half-sentence is the name and how strictly it is meant.
    let isStrict = [.must, .prefer, .wish].contains {
      place.text.has($0, in: place.noun.range.upperBound..<place.clause.upperBound)
    }
    return isStrict && place.before.unicodeScalars.count <= 12 ? place.clause.lowerBound : nil
  }

  private func beginsName(_ words: String, at offset: Int) -> Bool {
    let rest = words.utf8.dropFirst(offset).drop { $0 == 0x20 }
    guard let first = String(decoding: rest, as: UTF8.self).unicodeScalars.first else {
      return false
    }
    return CertificateNames.isLetter(first) || "《“\"「『".unicodeScalars.contains(first)
  }

  /// Where the run of letters, digits and marks between them that ends the words begins.
  private func latinTail(_ words: String) -> Int? {
    var offset = words.utf8.count
    var start: Int?
    for scalar in words.unicodeScalars.reversed() {
      guard CertificateNames.isInName(scalar) || CertificateNames.isLetter(scalar) else { break }
      offset -= UTF8.width(scalar)
      if CertificateNames.isLetter(scalar) { start = offset }
    }
    return start
  }

  /// Whether nothing stands before the name but words that ask, or the half-sentence has a cue of how
  /// strictly it is meant.
  private func isHeading(_ place: Place, until latin: Int) -> Bool {
    let isStrict = [.must, .prefer, .wish].contains { place.text.has($0, in: place.clause) }
    let lead = String(decoding: place.before.utf8.prefix(latin), as: UTF8.self)
    return isStrict || lead.allSatisfy { !$0.isLetter && !$0.isNumber }
      || list(.certificateAsked).map { !$0.found(in: loose(lead)).isEmpty } ?? false
  }

  // MARK: Whether it is asked

  /// 产品需通过某认证: the product is to get it.
  private func isOfProduct(_ place: Place, until start: Int) -> Bool {
    has(.certificateProduct, in: place.text.words(place.clause.lowerBound..<start))
  }

  /// Not the writer's own, not waived, not missing, not what the work is for.
  private func isAsked(_ place: Place, _ start: Int, _ isRefusal: Bool) -> Bool {
    let text = place.text
    if isRefusal { return true }
    let lead = text.words(place.clause.lowerBound..<start)
    let folded = loose(lead)
    let isMust = text.has(.must, in: place.clause)
    if list(.certificateLacks)?.found(in: folded).contains(where: {
      isRightBefore($0, start, place, lead)
    })
      ?? false
    {
      return false
    }
    if has(.certificateGoal, in: place.before) { return false }
    if text.isWaived(start..<place.noun.range.upperBound) { return false }
    if isMust { return true }
    let own = list(.certificateOwn)?.found(in: folded).last
    if let own {
      return asks(String(decoding: lead.utf8.dropFirst(own.range.upperBound), as: UTF8.self))
    }
    let sentence = text.sentence(at: place.noun.range.lowerBound)
    guard sentence.lowerBound < place.clause.lowerBound else { return true }
    let earlier = text.words(sentence.lowerBound..<place.clause.lowerBound)
    guard let subject = list(.certificateOwn)?.found(in: loose(earlier)).last else { return true }
    return asks(lead)
      || asks(String(decoding: earlier.utf8.dropFirst(subject.range.upperBound), as: UTF8.self))
  }

  private func asks(_ words: String) -> Bool {
    has(.certificateAsked, in: words)
  }

  /// 没有 directly before the name, or before the word of holding that the name follows.
  private func isRightBefore(
    _ found: WordList.Found, _ start: Int, _ place: Place, _ lead: String
  ) -> Bool {
    let gap = lead.utf8.count - found.range.upperBound
    let rest = String(decoding: lead.utf8.dropFirst(found.range.upperBound), as: UTF8.self)
    return gap == 0
      || gap <= 15 && (list(.certificateHold)?.makesUp(rest, folding: folding) ?? false)
  }

  /// 没有某证的不考虑: what is missing is what is asked.
  private func isRefusal(_ place: Place, _ start: Int) -> Bool {
    let text = place.text
    let lead = text.words(place.clause.lowerBound..<place.noun.range.lowerBound)
    guard has(.certificateLacks, in: lead) else { return false }
    let sentence = text.sentence(at: place.noun.range.lowerBound)
    return has(
      .certificateRefused, in: text.words(place.noun.range.upperBound..<sentence.upperBound))
  }

  // MARK: The names

  /// What the words between a start and the noun join, the last one first marked.
  private func segments(_ place: Place, from start: Int) -> [(range: Range<Int>, isLast: Bool)] {
    let end = place.noun.range.lowerBound
    var from = start
    let words = place.text.words(start..<end)
    if let of = words.lastIndex(of: "的") {
      from += words.utf8.distance(from: words.startIndex, to: words.index(after: of))
    }
    let parts = parts(of: from..<end, place.text)
    return parts.enumerated().map { ($1, $0 == parts.count - 1) }
  }

  /// What stands between the words that join.
  private func parts(of range: Range<Int>, _ text: ReadText) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var cursor = range.lowerBound
    for link in list(.certificateLink)?.found(in: loose(text.words(range))) ?? [] {
      parts.append(cursor..<range.lowerBound + link.range.lowerBound)
      cursor = range.lowerBound + link.range.upperBound
    }
    return parts + [cursor..<range.upperBound]
  }

  /// The name that a segment is; nil for one that names nothing or something known.
  private func name(
    in range: Range<Int>, isLast: Bool, _ place: Place
  ) -> (name: String, range: Range<Int>)? {
    guard let range = trimmedRange(range, place.text), !isKnown(range, place.text),
      !isMeasured(range, place.text)
    else { return nil }
    let words = place.text.words(range)
    guard !has(.certificateOther, in: words) else { return nil }
    if CertificateNames.isLatin(words) {
      if isLowerName(words, place) { return (words, range) }
      guard let start = properStart(words, isFirst: range.lowerBound == place.clause.lowerBound)
      else {
        return nil
      }
      let own = range.lowerBound + start..<range.upperBound
      return isNamed(place.text.words(own)) ? (place.text.words(own), own) : nil
    }
    let count = words.unicodeScalars.count
    guard isLast, (2...20).contains(count),
      !(list(.certificateVague)?.makesUp(words, folding: folding) ?? false)
    else { return nil }
    // A name in quotation marks is whole without the noun.
    guard range.upperBound == place.noun.range.lowerBound else { return (words, range) }
    let whole = range.lowerBound..<place.noun.range.upperBound
    return (place.text.words(whole), whole)
  }

  /// Without marks and blanks at its ends and without the words that name nothing before letters.
  private func trimmedRange(_ range: Range<Int>, _ text: ReadText) -> Range<Int>? {
    var range = range
    while !range.isEmpty {
      let words = text.words(range)
      guard let first = words.unicodeScalars.first, let last = words.unicodeScalars.last else {
        break
      }
      if !CertificateNames.isContent(first) {
        range = range.lowerBound + UTF8.width(first)..<range.upperBound
      } else if !CertificateNames.isContent(last) {
        range = range.lowerBound..<range.upperBound - UTF8.width(last)
      } else if let vague = list(.certificateVague)?.found(in: loose(words)).first,
        vague.part.lowerBound == 0,
        vague.range.upperBound < range.count, beginsName(words, at: vague.range.upperBound)
      {
        range = range.lowerBound + vague.range.upperBound..<range.upperBound
      } else if let vague = list(.certificateVague)?.found(in: loose(words)).last,
        vague.range.upperBound == range.count, vague.range.lowerBound > 0,
        last.value >= 0x3400,
        CertificateNames.isLatin(
          String(decoding: words.utf8.prefix(vague.range.lowerBound), as: UTF8.self))
      {
        range = range.lowerBound..<range.lowerBound + vague.range.lowerBound
      } else {
        return range
      }
    }
    return nil
  }

  /// A number with a unit or a class is a value, not a name: ISO 5级.
  private func isMeasured(_ range: Range<Int>, _ text: ReadText) -> Bool {
    text.quantities.contains { $0.span.overlaps(range) && !$0.isBare }
  }

  /// `certified to DNV-ST-F101 and AS9120`: the letters behind; nil where no such word follows.
  private func namesBehind(_ place: Place) -> [NamedCertificate]? {
    let text = place.text
    let rest = text.words(place.noun.range.upperBound..<place.clause.upperBound)
    guard let to = list(.certificateTo)?.found(in: loose(rest)).first, to.part.lowerBound == 0
    else {
      return nil
    }
    guard isAsked(place, place.noun.range.lowerBound, false) else { return [] }
    let start = place.noun.range.upperBound + to.range.upperBound
    return parts(of: start..<letters(from: start, place), text).compactMap { part in
      guard let range = trimmedRange(part, text), !isKnown(range, text), !isMeasured(range, text),
        isNamed(text.words(range)), !has(.certificateOther, in: text.words(range))
      else { return nil }
      return NamedCertificate(name: text.words(range), range: range, isRefusal: false)
    }
  }

  /// Where the words with a capital or a digit and those that join them end.
  private func letters(from start: Int, _ place: Place) -> Int {
    let words = place.text.words(start..<place.clause.upperBound)
    let run = words.split(separator: " ").prefix { word in
      word.unicodeScalars.contains { ("A"..."Z").contains($0) || ("0"..."9").contains($0) }
        || list(.certificateLink)?.makesUp(String(word), folding: folding) ?? false
    }
    guard let last = run.last else { return start }
    return start + words.utf8.distance(from: words.startIndex, to: last.endIndex)
  }

  /// Whether letters are a name: an abbreviation, a number among them, or a capital.
  private func isNamed(_ words: String) -> Bool {
    let parts = words.split(separator: " ")
    guard let first = parts.first, parts.count <= 6 else { return false }
    let isProper = first.unicodeScalars.first.map { ("A"..."Z").contains($0) } ?? false
    let hasDigit = first.unicodeScalars.contains { ("0"..."9").contains($0) }
    let letters = words.unicodeScalars.count { CertificateNames.isLetter($0) }
    return letters >= 2
      && (isProper || hasDigit && first.unicodeScalars.contains { CertificateNames.isLetter($0) })
  }

  /// Where letters become a name: at the first word with a digit or a capital that is not only the first
  /// of its sentence.
  private func properStart(_ words: String, isFirst: Bool) -> Int? {
    let parts = words.split(separator: " ")
    let proper = parts.enumerated().first { place, word in
      let capitals = word.unicodeScalars.count { ("A"..."Z").contains($0) }
      if capitals > 1 || word.unicodeScalars.contains(where: { ("0"..."9").contains($0) }) {
        return true
      }
      return capitals == 1 && (place > 0 || !isFirst || parts.count == 1)
    }
    return proper.map { words.utf8.distance(from: words.startIndex, to: $0.element.startIndex) }
  }

  /// `halal certificate required`: one or two words that mean something, beside a must.
  private func isLowerName(_ words: String, _ place: Place) -> Bool {
    let parts = words.split(separator: " ")
    return (1...2).contains(parts.count) && words.lowercased() == words
      && place.text.has(.must, in: place.clause)
      && parts.allSatisfy { $0.count > 2 && $0.allSatisfy { CertificateNames.isLatin(String($0)) } }
      && !parts.contains { list(.certificateVague)?.makesUp(String($0), folding: folding) ?? false }
  }

  // MARK: Words

  private func list(_ kind: ReadingWord) -> WordList? {
    words[kind]
  }

  private func has(_ kind: ReadingWord, in text: String) -> Bool {
    list(kind).map { !$0.found(in: loose(text)).isEmpty } ?? false
  }

  private func loose(_ text: String) -> LooseText {
    LooseText(text, folding: folding)
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("A"..."Z").contains(scalar) || ("a"..."z").contains(scalar)
      || scalar.value >= 0xC0 && scalar.value < 0x250
  }

  private static func isInName(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar) || " -./&+".unicodeScalars.contains(scalar)
  }

  private static func isContent(_ scalar: Unicode.Scalar) -> Bool {
    isLetter(scalar) || ("0"..."9").contains(scalar)
      || scalar.value >= 0x3400 && scalar.value < 0xFF00
  }

  private static func isLatin(_ words: String) -> Bool {
    words.unicodeScalars.allSatisfy { isLetter($0) || $0.value < 0x80 }
  }
}
