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

  /// By scalar of the basic plane as written: what may begin with it. All signs and letters begin
  /// something.
  func leads() -> [QuantityLexicon.Leads] {
    var leads = (0..<0x10000).map { scalar -> QuantityLexicon.Leads in
      scalar < 0x3400 || scalar == 0x51E0 || scalar == 0x6570 || scalar == 0x534A ? .sign : []
    }
    let tries: [(ScalarTrie, QuantityLexicon.Leads)] = [
      (wordTrie, .word), (rankTrie, .rank), (names, .name), (references, .reference),
      (standards, .reference), (calendarTrie, .day),
    ]
    for (trie, lead) in tries {
      for scalar in trie.beginnings.members {
        leads[Int(scalar)].insert(lead)
        // Found in small letters, whatever is written.
        if (0x61...0x7A).contains(scalar) { leads[Int(scalar) - 32].insert(lead) }
      }
    }
    for (scalar, code) in numerals.enumerated() where code > 0 {
      leads[scalar].formUnion([.sign, .day])
    }
    for digit in 0x30...0x39 { leads[digit].insert(.day) }
    return leads
  }
}
