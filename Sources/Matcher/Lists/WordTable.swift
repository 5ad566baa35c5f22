/// Words that a text may begin with or hold, by what they do. `lists/words.tsv`.
struct WordTable: Sendable {
  /// By first character, longest first.
  private var byFirst: [UInt32: [[UInt32]]] = [:]
  private var finder = PhraseFinder()
  private(set) var all: [[UInt32]] = []

  init() {}

  /// - Parameter words: Folded, without blanks.
  init(_ words: [[UInt32]]) {
    all = words.filter { !$0.isEmpty }
    for word in all {
      byFirst[word[0], default: []].append(word)
      _ = finder.add(word)
    }
    for key in byFirst.keys { byFirst[key]?.sort { $0.count > $1.count } }
  }

  /// The length of the longest word that stands at `index`; 0 when none does.
  func length(in text: [UInt32], at index: Int) -> Int {
    guard index < text.count, let words = byFirst[text[index]] else { return 0 }
    for word in words where text.count - index >= word.count {
      var offset = 1
      while offset < word.count, text[index + offset] == word[offset] { offset += 1 }
      if offset == word.count { return word.count }
    }
    return 0
  }

  /// Whether any of the words stands in the text; Latin ones as whole words.
  func isIn(_ text: [UInt32]) -> Bool {
    var found = false
    finder.scan(text, wanted: { _ in !found }) { _, _ in found = true }
    return found
  }
}

/// The words of lists behind one reference, so that small readers share them without copying.
final class ListWords: Sendable {
  let table: ListVocabulary

  init(_ table: ListVocabulary) {
    self.table = table
  }
}
