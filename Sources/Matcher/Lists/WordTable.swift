/// Words that a text may begin with or hold, by what they do. `lists/words.tsv`.
final class WordTable: Sendable {
  private let index: PhraseIndex
  private let finder: PhraseFinder
  let all: [[UInt32]]

  static let empty = WordTable([])

  /// - Parameter words: Folded, without blanks.
  init(_ words: [[UInt32]]) {
    all = words.filter { !$0.isEmpty }
    var index = PhraseIndex()
    var finder = PhraseFinder()
    for word in all {
      _ = index.add(word)
      _ = finder.add(word)
    }
    self.index = index
    self.finder = finder
  }

  /// Whether a word may begin with this character.
  @inline(__always)
  func mayBegin(with value: UInt32) -> Bool { index.beginnings.mayContain(value) }

  /// The length of the longest word that stands at `place`; 0 when none does.
  func length(in text: [UInt32], at place: Int) -> Int {
    guard place < text.count, index.beginnings.mayContain(text[place]),
      index.mayStand(in: text, at: place)
    else { return 0 }
    var word = index.first(in: text, at: place)
    while word >= 0 {
      if let end = index.end(of: word, in: text, at: place) { return end - place }
      word = index.next(word, in: text, at: place)
    }
    return 0
  }

  /// Whether any of the words stands anywhere in the text, inside other words too.
  func isPart(of text: [UInt32]) -> Bool {
    var next = index.firstPlace(in: text, from: 0)
    while let place = next {
      if length(in: text, at: place) > 0 { return true }
      next = index.firstPlace(in: text, from: place + 1)
    }
    return false
  }

  /// Whether any of the words stands in the text; Latin ones as whole words.
  func isIn(_ text: [UInt32]) -> Bool {
    finder.isIn(text)
  }
}

/// The words of lists behind one reference, so that small readers share them without copying.
final class ListWords: Sendable {
  let table: ListVocabulary
  /// Before the name of a person.
  let contactLabels: WordTable
  /// The characters with which units of money begin.
  let moneyBeginnings: ScalarSet
  /// Around the amount of a money cell, and before what it is the price of one of.
  let amountBefore: WordTable
  let amountAfter: WordTable
  let amountPer: WordTable
  /// Before a number that is a phone's, without colons.
  let phoneLabels: [[UInt32]]
  /// The characters with which they end.
  let phoneLabelEnds: ScalarSet

  init(_ table: ListVocabulary) {
    self.table = table
    contactLabels = table.phrases("contact_label")
    amountBefore = table.phrases("amount_before")
    amountAfter = table.phrases("amount_after")
    amountPer = table.phrases("amount_per")
    var beginnings = ScalarSet()
    for spelling in table.money.keys {
      if let first = spelling.unicodeScalars.first { beginnings.insert(first.value) }
    }
    moneyBeginnings = beginnings
    phoneLabels = table.phrases("phone_label").all.map { $0.filter { $0 != 0x3A } }
    var ends = ScalarSet()
    for label in phoneLabels { if let last = label.last { ends.insert(last) } }
    phoneLabelEnds = ends
  }
}
