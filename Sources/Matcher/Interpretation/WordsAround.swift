/// The words before and behind something that was found in a text, in its half-sentence or another range,
/// by the kinds of `lexicon/reading_words.tsv`.
struct WordsAround: Sendable {
  private let words: [ReadingWord: WordList]
  let before: LooseText
  let behind: LooseText

  /// - Parameters:
  ///   - found: UTF-8 range in the text.
  ///   - range: UTF-8 range that holds it; nothing outside is looked at.
  init(_ corpus: Corpus, _ found: Range<Int>, in range: Range<Int>, of text: ReadText) {
    words = corpus.reading.words
    let (start, end) = (found.lowerBound, found.upperBound)
    before = LooseText(
      text.words(min(range.lowerBound, start)..<start), folding: corpus.folding)
    behind = LooseText(
      text.words(end..<max(range.upperBound, end)), folding: corpus.folding)
  }

  /// Whether such a word stands on either side.
  func has(_ kind: ReadingWord) -> Bool { hasBefore(kind) || hasBehind(kind) }

  func hasBefore(_ kind: ReadingWord) -> Bool { has(kind, before) }

  func hasBehind(_ kind: ReadingWord) -> Bool { has(kind, behind) }

  /// Whether such a word ends where the thing begins.
  ///
  /// - Parameter marks: Whether marks may stand between.
  func isRightBefore(_ kind: ReadingWord, marks: Bool = false) -> Bool {
    guard let last = words[kind]?.found(in: before).last?.part.upperBound else { return false }
    return isNothing(before.scalars[last...], marks)
  }

  /// Whether such a word begins where the thing ends.
  ///
  /// - Parameter marks: Whether marks may stand between.
  func isRightBehind(_ kind: ReadingWord, marks: Bool = false) -> Bool {
    guard let first = words[kind]?.found(in: behind).first?.part.lowerBound else { return false }
    return isNothing(behind.scalars[..<first], marks)
  }

  private func has(_ kind: ReadingWord, _ text: LooseText) -> Bool {
    words[kind].map { !$0.found(in: text).isEmpty } ?? false
  }

  private func isNothing(_ scalars: ArraySlice<UInt32>, _ marks: Bool) -> Bool {
    scalars.allSatisfy { marks && WordsAround.isMark($0) }
  }

  /// Neither letter, ideograph nor digit.
  private static func isMark(_ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return true }
    return !scalar.properties.isAlphabetic && !("0"..."9").contains(scalar)
  }
}
