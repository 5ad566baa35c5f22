/// Words of a table that are looked for in a folded text; all of them at all places.
struct WordList: Sendable {
  struct Found: Sendable {
    /// The row that was given with the word.
    let row: Int
    /// UTF-8 offsets into the original.
    let range: Range<Int>
    /// In scalars of the loose text.
    let part: Range<Int>
  }

  /// By first scalar, longest first.
  private var words: [UInt32: [(scalars: [UInt32], row: Int)]] = [:]

  mutating func add(_ word: String, row: Int, folding: Folding) {
    let scalars = LooseText(word, folding: folding).scalars
    guard let first = scalars.first else { return }
    var known = words[first] ?? []
    let place = known.firstIndex { $0.scalars.count < scalars.count } ?? known.count
    known.insert((scalars, row), at: place)
    words[first] = known
  }

  /// The longest word at each place, in the order of the text, without overlaps.
  ///
  /// - Complexity: O(*n* · words that begin alike).
  func found(in text: LooseText) -> [Found] {
    var found: [Found] = []
    var index = 0
    while index < text.scalars.count {
      guard let (length, row) = longest(at: index, in: text) else {
        index += 1
        continue
      }
      let part = index..<(index + length)
      found.append(Found(row: row, range: text.range(part), part: part))
      index += length
    }
    return found
  }

  /// Whether a text is nothing but such words, one behind the other; true for an empty one.
  func makesUp(_ text: String, folding: Folding) -> Bool {
    let loose = LooseText(text, folding: folding)
    var index = 0
    while index < loose.scalars.count {
      guard let (length, _) = longest(at: index, in: loose) else { return false }
      index += length
    }
    return true
  }

  private func longest(at index: Int, in text: LooseText) -> (length: Int, row: Int)? {
    for (scalars, row) in words[text.scalars[index]] ?? [] {
      let end = index + scalars.count
      guard end <= text.scalars.count, text.scalars[index..<end].elementsEqual(scalars),
        text.isWhole(index..<end)
      else { continue }
      return (scalars.count, row)
    }
    return nil
  }
}

extension LooseText {
  /// Whether no word of letters goes on over the ends of a part.
  func isWhole(_ part: Range<Int>) -> Bool {
    isBorder(part.lowerBound) && isBorder(part.upperBound)
  }

  private func isBorder(_ index: Int) -> Bool {
    guard index > 0, index < scalars.count, !follows[index] else { return true }
    let (left, right) = (scalars[index - 1], scalars[index])
    guard LooseText.isWord(left), LooseText.isWord(right) else { return true }
    return LooseText.isDigit(left) != LooseText.isDigit(right)
  }
}
