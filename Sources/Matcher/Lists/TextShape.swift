/// A demand's words as they are compared with another's: wholly the same, or how much alike.
package struct TextShape: Sendable {
  /// Title and text in folded letters, digits and ideographs alone, with a line between.
  package let plain: String
  /// The title alone, in the same way.
  package let title: String
  private let buckets: [UInt64]?
  /// Two texts much alike have one of these in common, nearly always; none for a short text.
  package let keys: [UInt32]

  /// - Complexity: O(*n*) for *n* characters.
  package init(title: String, text: String, corpus: Corpus) {
    let head = corpus.folding.fold(title).filter(TextShape.isContent)
    let body = corpus.folding.fold(text).filter(TextShape.isContent)
    self.title = ListVocabulary.compact(head)
    plain = self.title + "\n" + ListVocabulary.compact(body)
    let signature = TwinIndex.signature(of: head + body)
    buckets = signature?.buckets
    keys = signature?.keys ?? []
  }

  /// The share of common character pairs, 0…1, estimated from 64 buckets; 0 for texts too short to
  /// tell, unless they are the same.
  package func likeness(_ other: TextShape) -> Double {
    if plain == other.plain { return plain == "\n" ? 0 : 1 }
    guard let buckets, let others = other.buckets else { return 0 }
    return TwinIndex.share(buckets, others)
  }

  private static func isContent(_ value: UInt32) -> Bool {
    (0x61...0x7A).contains(value) || (0x30...0x39).contains(value)
      || value >= 0x370 && !(0x2000...0x206F).contains(value)
        && !(0x3000...0x303F).contains(value)
  }
}
