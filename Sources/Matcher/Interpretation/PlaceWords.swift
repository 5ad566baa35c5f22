/// What the words around a place in a running text make of it.
struct PlaceWords {
  private let around: WordsAround

  init(corpus: Corpus, mention: Mention, clause: Range<Int>, text: ReadText) {
    around = WordsAround(corpus, mention.range, in: clause, of: text)
  }

  /// 香港公司, 送往香港, 样机从上海寄出, 已在香港完成, 在深圳注册: not where the work is to be done.
  var isSomethingElse: Bool {
    if isExcepted { return true }
    if around.isRightBehind(.placeOf) { return true }
    if around.isRightBefore(.placeFrom) || around.hasBefore(.placeTo) { return true }
    return isAt && (around.hasBefore(.placeHave) || around.hasBehind(.placeNotHere))
  }

  /// 除深圳外均可: anywhere but there.
  var isExcepted: Bool {
    guard around.isRightBefore(.placeExcept) else { return false }
    return around.before.scalars.last.map { $0 < 0x3400 } ?? false
      || around.isRightBehind(.placeOutside)
  }

  /// 在香港完成, to be done in Hong Kong.
  var hasWork: Bool {
    isAt && (around.hasBehind(.placeWork) || around.hasBefore(.placeWork))
  }

  var isPlanned: Bool { around.hasBefore(.placePlan) }

  private var isAt: Bool { around.isRightBefore(.placeAt) }
}
