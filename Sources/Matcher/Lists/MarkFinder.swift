/// The words of lists that mean something wherever they stand, found in cells. A class, so that a look
/// costs one reference.
final class MarkFinder: Sendable {
  private let finder: PhraseFinder
  /// By number of the finder: where a word counts.
  private let places: [ListVocabulary.Place]

  init(_ words: ListVocabulary) {
    finder = words.scanner
    places = words.words.map(\.place)
  }

  /// The numbers of the words that stand in a folded text and count in its column, in order.
  func found(in folded: [UInt32], _ place: ListVocabulary.Place) -> [Int] {
    var found: [Int] = []
    guard folded.count > 1 else { return found }
    finder.scan(folded) {
      places[$0].rawValue & place.rawValue != 0
    } _: { phrase, _ in
      found.append(phrase)
    }
    return found
  }
}
