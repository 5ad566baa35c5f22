/// The words of quantities while they are read from tables. `QuantityLexicon` is what is used.
struct QuantityTables: Sendable {
  typealias Word = QuantityLexicon.Word
  typealias Rate = QuantityLexicon.Rate
  typealias UnitRow = QuantityLexicon.UnitRow
  typealias RankRow = QuantityLexicon.RankRow
  typealias Ladder = QuantityLexicon.Ladder
  typealias CalendarWord = QuantityLexicon.CalendarWord
  typealias Kinds = QuantityLexicon.Kinds

  var algebra = UnitAlgebra()
  var kinds = Kinds()
  var folding = PhraseFolding(scripts: ScriptTable())
  var words: [Word] = []
  var wordTrie = ScalarTrie()
  var rates: [Rate] = []
  var units: [UnitRow] = []
  var signTrie = ScalarTrie()
  var unitWordTrie = ScalarTrie()
  var ranks: [RankRow] = []
  var ladders: [Ladder] = []
  var rankTrie = ScalarTrie()
  var calendar: [CalendarWord] = []
  var calendarTrie = ScalarTrie()
  /// Days of each festival, ascending.
  var festivals: [[CivilDate]] = []
  var names = ScalarTrie()
  var references = ScalarTrie()
  var standards = ScalarTrie()
  /// Scalars behind which a Chinese numeral is part of a word; ends of words.
  var beforeNumeral: Set<[UInt32]> = []
  var addressWords: Set<UInt32> = []
  /// By scalar of the basic plane: value of a Chinese digit + 1, 64 + zeros of a unit (十: 65),
  /// or 0. 廿 and 卅 are 32 and 33.
  var numerals: [UInt8] = []

  /// By scalar of the basic plane: whether a word, a class, a name, a date or a numeral begins with
  /// it. All signs and letters may.
  func starters() -> [Bool] {
    var beginnings = ScalarSet()
    for trie in [wordTrie, rankTrie, names, references, standards, calendarTrie] {
      beginnings.formUnion(trie.beginnings)
    }
    for scalar: UInt32 in [0x51E0, 0x6570, 0x534A] { beginnings.insert(scalar) }
    var starters = (UInt32(0)..<0x10000).map { $0 < 0x3400 || beginnings.mayContain($0) }
    for (scalar, code) in numerals.enumerated() where code > 0 { starters[scalar] = true }
    return starters
  }
}
