/// What a cell of a sector column says.
enum SectorCell {
  case known(ListVocabulary.SectorName)
  /// Several; the first that is known.
  case several(ListVocabulary.SectorName)
  case unknown

  /// Narrow, lower-case, without blanks and marks; the script stays.
  static func key(_ text: String) -> String {
    var scalars: [UInt32] = []
    for scalar in text.unicodeScalars { Folding.appendNarrow(scalar.value, to: &scalars) }
    let loose: Set<UInt32> = [0x20, 0x09, 0x0A, 0x0D, 0x2D, 0x2F, 0x28, 0x29, 0x3001, 0x2C, 0xB7]
    var out = String.UnicodeScalarView()
    for value in scalars where !loose.contains(value) {
      if let scalar = Unicode.Scalar(value) { out.append(scalar) }
    }
    return String(out)
  }

  static func read(_ text: String, corpus: Corpus) -> SectorCell {
    let names = corpus.lists.sectors
    if let name = names[key(text)] { return .known(name) }
    let simplified = corpus.folding.fold(text).compactMap(Unicode.Scalar.init)
    var folded = String.UnicodeScalarView()
    folded.append(contentsOf: simplified)
    if let name = names[key(String(folded))] { return .known(name) }
    // 01-集成电路, 集成电路产业, 集成电路（芯片设计）: the name with something around it.
    let parts = text.split(whereSeparator: { "、,，;；/|┋+＋&()（）-:：".contains($0) })
    let found = parts.compactMap { names[key(String($0))] }
    guard let first = found.first else { return withoutEnding(key(String(folded)), corpus.lists) }
    let isOne = Set(found.map(\.code)).count == 1
    return isOne ? .known(first) : .several(first)
  }

  /// 新材料产业, 机器人领域: a name with a word for industry behind it.
  private static func withoutEnding(_ key: String, _ lists: ListVocabulary) -> SectorCell {
    let scalars = key.unicodeScalars.map(\.value)
    for ending in lists.phrases("sector_ending").all
    where ending.count < scalars.count && scalars.suffix(ending.count).elementsEqual(ending) {
      let stem = ListVocabulary.compact(Array(scalars.dropLast(ending.count)))
      if let name = lists.sectors[stem] { return .known(name) }
    }
    return .unknown
  }
}
