/// What the words around a place in a running text make of it.
struct PlaceWords {
  private let words: [ReadingWord: WordList]
  private let folding: Folding
  private let before: LooseText
  private let behind: LooseText

  init(corpus: Corpus, mention: Mention, clause: Range<Int>, text: ReadText) {
    words = corpus.reading.words
    folding = corpus.folding
    before = LooseText(
      text.words(clause.lowerBound..<mention.range.lowerBound), folding: corpus.folding)
    behind = LooseText(
      text.words(mention.range.upperBound..<max(clause.upperBound, mention.range.upperBound)),
      folding: corpus.folding)
  }

  /// 香港公司, 送往香港, 样机从上海寄出, 已在香港完成, 在深圳注册: not where the work is to be done.
  var isSomethingElse: Bool {
    if isExcepted { return true }
    if first(.placeOf, in: behind)?.part.lowerBound == 0 { return true }
    if isRightBefore(.placeFrom) || has(.placeTo, in: before) { return true }
    return isAt && (has(.placeHave, in: before) || has(.placeNotHere, in: behind))
  }

  /// 除深圳外均可: anywhere but there.
  var isExcepted: Bool {
    guard isRightBefore(.placeExcept) else { return false }
    return before.scalars.last.map { $0 < 0x3400 } ?? false
      || first(.placeOutside, in: behind)?.part.lowerBound == 0
  }

  /// 在香港完成, to be done in Hong Kong.
  var hasWork: Bool {
    isAt && (has(.placeWork, in: behind) || has(.placeWork, in: before))
  }

  var isPlanned: Bool { has(.placePlan, in: before) }

  private var isAt: Bool { isRightBefore(.placeAt) }

  private func isRightBefore(_ kind: ReadingWord) -> Bool {
    words[kind]?.found(in: before).last?.part.upperBound == before.scalars.count
  }

  private func has(_ kind: ReadingWord, in text: LooseText) -> Bool {
    words[kind].map { !$0.found(in: text).isEmpty } ?? false
  }

  private func first(_ kind: ReadingWord, in text: LooseText) -> WordList.Found? {
    words[kind]?.found(in: text).first
  }
}
