/// The words of lists that mean something wherever they stand, found in cells. A class, so that a look
/// costs one reference.
final class MarkFinder: Sendable {
  /// The words that count in one kind of column.
  private struct Finder {
    var phrases = PhraseFinder()
    /// By number of the finder: the word.
    var words: [Int] = []
  }

  /// By bit of the place: the words that count nowhere there hide none that do, and cost nothing.
  private let finders: [Finder]

  /// - Parameter words: Whose words are those of their scanner, by its numbers.
  init(_ words: ListVocabulary) {
    var finders = [Finder](repeating: Finder(), count: ListVocabulary.Place.bits)
    for (number, word) in words.words.enumerated() {
      for bit in finders.indices where word.place.rawValue >> bit & 1 != 0 {
        _ = finders[bit].phrases.add(words.scanner.phrase(number))
        finders[bit].words.append(number)
      }
    }
    self.finders = finders
  }

  /// The numbers of the words that stand in a folded text and count in its column, in order.
  ///
  /// - Parameter place: One kind of column.
  func found(in folded: [UInt32], _ place: ListVocabulary.Place) -> [Int] {
    var found: [Int] = []
    guard folded.count > 1 else { return found }
    let bit = place.rawValue.trailingZeroBitCount
    finders[bit].phrases.scan(folded, wanted: { _ in true }) { phrase, _ in
      found.append(finders[bit].words[phrase])
    }
    return found
  }
}
