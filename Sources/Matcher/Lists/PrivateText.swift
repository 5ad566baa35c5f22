/// Data about people in a text that is kept for good or read by others.
package enum PrivateText {
  /// What stands in the text, each masked, in order; empty where it may be kept.
  ///
  /// - Complexity: O(length of the text).
  package static func found(in text: String, corpus: Corpus) -> [String] {
    PrivateData.find(in: text, words: corpus.listWords).map { $0.shown(in: text) }
  }

  /// The text with what was found masked.
  package static func masked(_ text: String, corpus: Corpus) -> String {
    PrivateData.masked(text, PrivateData.find(in: text, words: corpus.listWords))
  }
}
