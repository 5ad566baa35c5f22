/// A text with everything that was found in it, before anything is concluded.
struct ReadText: Sendable {
  let text: String
  /// Bytes of the title at the beginning, 0 without one.
  let titleEnd: Int
  let loose: LooseText
  /// In the order of their beginnings.
  let mentions: [Mention]
  /// In the order of the text, numbers without a unit among them.
  let quantities: [WrittenQuantity]
  let doubts: [QuantityDoubt]
  /// Half-sentences, as UTF-8 ranges that cover the text.
  let clauses: [Range<Int>]
  /// Sentences, as UTF-8 ranges that cover the text.
  let sentences: [Range<Int>]

  init(
    title: String, text body: String, index: MentionIndex, quantities reader: QuantityReader,
    folding: Folding, asOf: CivilDate
  ) {
    // The break keeps names from reaching from one into the other.
    text = title.isEmpty ? body : title + "\n" + body
    titleEnd = title.utf8.count
    loose = LooseText(text, folding: folding)
    mentions = index.mentions(in: loose)
    let reading = ReadText.reading(title, body, reader, asOf: asOf)
    let named = mentions.filter { mention in
      mention.targets.contains { target in
        switch target {
        case .term, .scheme, .scope, .service: true
        default: false
        }
      }
    }
    let bare = BareNumbers.find(
      in: text,
      outside: reading.quantities.map(\.span) + named.map(\.range)
        + reading.doubts.map(\.span))
    quantities = (reading.quantities + bare).sorted { $0.span.lowerBound < $1.span.lowerBound }
    doubts = reading.doubts
    let borders = ReadText.borders(text, outside: quantities.map(\.span))
    clauses = borders.clauses
    sentences = borders.sentences
  }

  /// What title and body state, each read by itself: `…85` above `650V` is no 85,650 V.
  private static func reading(
    _ title: String, _ body: String, _ reader: QuantityReader, asOf: CivilDate
  ) -> QuantityReading {
    guard !title.isEmpty else { return reader.read(body, asOf: asOf) }
    let language = reader.language(of: Array((title + body).utf8))
    var reading = reader.read(title, asOf: asOf, language: language)
    let rest = reader.read(body, asOf: asOf, language: language)
    let start = title.utf8.count + 1
    reading.quantities += rest.quantities.map { $0.moved(by: start) }
    reading.doubts += rest.doubts.map { $0.moved(by: start) }
    return reading
  }

  func quote(_ range: Range<Int>) -> String {
    let bytes = text.utf8
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return "" }
    let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
    let end = bytes.index(start, offsetBy: range.count)
    return trimmed(String(decoding: bytes[start..<end], as: UTF8.self))
  }

  /// The words of a range as they stand, blanks at its ends included.
  func words(_ range: Range<Int>) -> String {
    let bytes = text.utf8
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return "" }
    let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
    return String(decoding: bytes[start..<bytes.index(start, offsetBy: range.count)], as: UTF8.self)
  }

  /// The half-sentence that holds a place.
  func clause(at offset: Int) -> Range<Int> {
    clauses.first { $0.contains(offset) } ?? 0..<text.utf8.count
  }

  /// The few words that end with a colon right before the half-sentence of a place, `优先：`; what they say
  /// is said of all that follows in the sentence.
  func heading(of range: Range<Int>) -> Range<Int>? {
    let sentence = sentence(at: range.lowerBound)
    let here = clause(at: range.lowerBound)
    let before = clauses.last { one in
      one.upperBound <= here.lowerBound && one.lowerBound >= sentence.lowerBound && isHeading(one)
    }
    return before.flatMap { $0.count <= 36 ? $0 : nil }
  }

  private func isHeading(_ clause: Range<Int>) -> Bool {
    let words = words(clause)
    return words.hasSuffix("：") || words.hasSuffix(":")
  }

  func sentence(at offset: Int) -> Range<Int> {
    sentences.first { $0.contains(offset) } ?? 0..<text.utf8.count
  }

  func isInTitle(_ range: Range<Int>) -> Bool {
    range.lowerBound < titleEnd
  }

  /// Whether a cue stands in a range.
  func has(_ kind: ReadingCue.Kind, in range: Range<Int>) -> Bool {
    mentions.contains {
      range.contains($0.range.lowerBound) && $0.targets.contains(.cue(kind)) && !isInsideCue($0)
    }
  }

  /// Whether a longer cue covers it: 必须 in 非必须.
  func isInsideCue(_ mention: Mention) -> Bool {
    mentions.contains { other in
      other.covers(mention)
        && other.targets.contains { if case .cue = $0 { true } else { false } }
    }
  }

  /// Whether a longer name of a term covers a mention: AEC-Q in AEC-Q100.
  func isPartOfTerm(_ mention: Mention) -> Bool {
    mentions.contains { other in
      other.covers(mention)
        && other.targets.contains { if case .term = $0 { true } else { false } }
    }
  }

  /// Whether a waiver or a denial stands right before a place: 不用商业化.
  func isWaived(_ range: Range<Int>) -> Bool {
    follows([.waive, .denied], range, within: 6)
  }

  /// Whether a waiver is about a place: what follows it, or, where nothing does, what it follows.
  func isWaiver(_ cue: Mention, about range: Range<Int>) -> Bool {
    func isNear(_ other: Range<Int>) -> Bool {
      other.lowerBound >= cue.range.upperBound && other.lowerBound - cue.range.upperBound <= 12
    }
    if isNear(range) { return true }
    let clause = clause(at: cue.range.lowerBound)
    let hasOther =
      quantities.contains { isNear($0.span) && clause.contains($0.span.lowerBound) }
      || mentions.contains { other in
        isNear(other.range) && clause.contains(other.range.lowerBound)
          && other.targets.contains { if case .cue = $0 { false } else { true } }
      }
    return !hasOther && range.upperBound <= cue.range.lowerBound
      && cue.range.lowerBound - range.upperBound <= 12
  }

  /// Whether one of some cues ends at most so many bytes before a place, in its half-sentence.
  func follows(_ kinds: [ReadingCue.Kind], _ range: Range<Int>, within gap: Int) -> Bool {
    let clause = clause(at: range.lowerBound)
    return mentions.contains { cue in
      kinds.contains { cue.targets.contains(.cue($0)) }
        && clause.contains(cue.range.lowerBound) && cue.range.upperBound <= range.lowerBound
        && range.lowerBound - cue.range.upperBound <= gap
    }
  }

  /// The mentions of one kind of name that no longer mention of that kind covers.
  func longest(_ isWanted: (MentionTarget) -> Bool) -> [Mention] {
    let wanted = mentions.filter { $0.targets.contains(where: isWanted) }
    return wanted.filter { one in
      !wanted.contains { other in
        other.covers(one)
      }
    }
  }

  /// Divides at marks of sentences and half-sentences that stand outside quantities.
  private static func borders(
    _ text: String, outside spans: [Range<Int>]
  ) -> (clauses: [Range<Int>], sentences: [Range<Int>]) {
    var clauses: [Range<Int>] = []
    var sentences: [Range<Int>] = []
    var (clause, sentence, offset) = (0, 0, 0)
    var previous: Unicode.Scalar = " "
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      let end = offset + UTF8.width(scalar)
      defer {
        offset = end
        previous = scalar
      }
      if spans.contains(where: { $0.contains(offset) }) { continue }
      let isDot =
        scalar == "." && !previous.properties.isAlphabetic
        ? next == " " || next == nil
        : scalar == "." && (next == " " || next == "\n" || next == nil)
      let endsSentence = "。；;！!？?\n".unicodeScalars.contains(scalar) || isDot
      guard endsSentence || "，,：:".unicodeScalars.contains(scalar) else { continue }
      clauses.append(clause..<end)
      clause = end
      if endsSentence {
        sentences.append(sentence..<end)
        sentence = end
      }
    }
    if clause < offset { clauses.append(clause..<offset) }
    if sentence < offset { sentences.append(sentence..<offset) }
    return (clauses, sentences)
  }
}
