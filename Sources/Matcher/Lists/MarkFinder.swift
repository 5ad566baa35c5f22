/// The words of lists that mean something wherever they stand, found in cells. A class, so that a look
/// costs one reference.
final class MarkFinder: Sendable {
  /// The words that count in one kind of column.
  private final class Finder: Sendable {
    let phrases: PhraseFinder
    /// By number of the finder: the word.
    let words: [Int]

    init(_ vocabulary: ListVocabulary, place: ListVocabulary.Place) {
      words = vocabulary.words.indices.filter {
        !vocabulary.words[$0].place.isDisjoint(with: place)
      }
      var phrases = PhraseFinder()
      for word in words { _ = phrases.add(vocabulary.scanner.phrase(word)) }
      self.phrases = phrases
    }

    /// The numbers of the words that stand in a folded text, in order.
    func found(in folded: [UInt32]) -> [Int] {
      var found: [Int] = []
      phrases.scan(folded, wanted: { _ in true }) { phrase, _ in found.append(words[phrase]) }
      return found
    }
  }

  /// By bit of the place: the words that count nowhere there hide none that do, and cost nothing.
  private let finders: [Finder]

  /// - Parameter words: Whose words are those of their scanner, by its numbers.
  init(_ words: ListVocabulary) {
    finders = (0..<ListVocabulary.Place.bits).map { Finder(words, place: .init(rawValue: 1 << $0)) }
  }

  /// The numbers of the words that stand in a folded text and count in its column, in order.
  ///
  /// - Parameter place: One kind of column.
  func found(in folded: [UInt32], _ place: ListVocabulary.Place) -> [Int] {
    guard folded.count > 1 else { return [] }
    return finders[place.rawValue.trailingZeroBitCount].found(in: folded)
  }
}
