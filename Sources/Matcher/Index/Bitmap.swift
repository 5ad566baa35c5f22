import CMatcherKernels

/// A set of documents, a bit each: immutable, readable by any thread, part of an index or of a file.
public struct Bitmap: Sendable {
  /// Document d is bit d mod 64 of word d ÷ 64; bits behind the last document are 0.
  public let words: Column<UInt64>

  /// - Precondition: Bits behind the last document are 0.
  public init(words: Column<UInt64>) {
    self.words = words
  }

  /// Whether a document is in the set; one behind the last word is not.
  public func contains(_ document: Int) -> Bool {
    let word = document >> 6
    return document >= 0 && word < words.count && words[word] >> UInt64(document & 63) & 1 == 1
  }

  /// The number of documents in the set. O(words).
  public var count: Int {
    ck_population(words.base, words.count)
  }
}

/// A set of documents that changes: working memory of one thread, kept from query to query.
///
/// All operations are O(words) or O(members given) and allocate nothing. Sets that are combined are
/// about the same documents; words that one of them lacks count as empty.
public final class BitmapBuffer {
  /// Documents are numbered below this.
  public private(set) var limit: Int
  private var memory: Memory

  /// An empty set of documents below `limit`.
  public init(limit: Int) {
    self.limit = max(0, limit)
    memory = Memory(bytes: max(1, (self.limit + 63) / 64) * 8)
  }

  /// The words, of which `wordCount` count.
  var words: UnsafeMutablePointer<UInt64> {
    memory.bound(to: UInt64.self)
  }

  var wordCount: Int {
    (limit + 63) / 64
  }

  /// The set as it is now, without a copy: valid until this buffer changes.
  public var bitmap: Bitmap {
    Bitmap(words: Column(memory, count: wordCount))
  }

  public var count: Int {
    ck_population(words, wordCount)
  }

  /// Makes the set empty.
  public func removeAll() {
    words.update(repeating: 0, count: wordCount)
  }

  /// Puts every document into the set.
  public func insertAll() {
    let (words, count) = (words, wordCount)
    words.update(repeating: .max, count: count)
    if limit & 63 != 0 { words[count - 1] = (1 << UInt64(limit & 63)) - 1 }
  }

  /// Puts a run of documents into the set; clamped to those that there are.
  public func insert(_ documents: Range<Int>) {
    let range = documents.clamped(to: 0..<limit)
    guard !range.isEmpty else { return }
    let words = words
    let (first, last) = (range.lowerBound >> 6, (range.upperBound - 1) >> 6)
    for word in first...last { words[word] |= Self.mask(range, word) }
  }

  /// Leaves only documents of a run.
  public func keep(_ documents: Range<Int>) {
    let range = documents.clamped(to: 0..<limit)
    let words = words
    for word in 0..<wordCount {
      let inside = word * 64 < range.upperBound && (word + 1) * 64 > range.lowerBound
      words[word] &= inside && !range.isEmpty ? Self.mask(range, word) : 0
    }
  }

  /// The bits of a word that belong to a range that reaches it.
  private static func mask(_ range: Range<Int>, _ word: Int) -> UInt64 {
    let low = max(0, range.lowerBound - (word << 6))
    let high = min(64, range.upperBound - (word << 6))
    let below: UInt64 = high == 64 ? .max : (1 << UInt64(high)) - 1
    return below & ~((1 << UInt64(low)) - 1)
  }

  public func contains(_ document: Int) -> Bool {
    document >= 0 && document < limit && words[document >> 6] >> UInt64(document & 63) & 1 == 1
  }

  /// Puts a document into the set, if there is one of this number.
  public func insert(_ document: Int) {
    if document >= 0, document < limit { words[document >> 6] |= 1 << UInt64(document & 63) }
  }

  public func remove(_ document: Int) {
    if document >= 0, document < limit { words[document >> 6] &= ~(1 << UInt64(document & 63)) }
  }

  /// Leaves only what the other set has, too.
  public func formIntersection(_ other: Bitmap) {
    let (words, others) = (words, other.words.base)
    let common = min(wordCount, other.words.count)
    for word in 0..<common { words[word] &= others[word] }
    if common < wordCount { (words + common).update(repeating: 0, count: wordCount - common) }
  }

  /// Takes out what the other set has.
  public func subtract(_ other: Bitmap) {
    let (words, others) = (words, other.words.base)
    for word in 0..<min(wordCount, other.words.count) { words[word] &= ~others[word] }
  }

  /// Adds what the other set has.
  ///
  /// - Precondition: It has no document that this buffer has no room for.
  public func formUnion(_ other: Bitmap) {
    let (words, others) = (words, other.words.base)
    for word in 0..<min(wordCount, other.words.count) { words[word] |= others[word] }
  }

  /// Adds documents by number.
  ///
  /// - Precondition: Below `limit`.
  func insert(_ documents: UnsafeBufferPointer<UInt32>) {
    let words = words
    for document in documents { words[Int(document >> 6)] |= 1 << UInt64(document & 63) }
  }

  /// Takes documents out by number.
  ///
  /// - Precondition: Below `limit`.
  func remove(_ documents: UnsafeBufferPointer<UInt32>) {
    let words = words
    for document in documents { words[Int(document >> 6)] &= ~(1 << UInt64(document & 63)) }
  }

  /// Leaves only documents of a list.
  ///
  /// - Precondition: Ascending and below `limit`.
  func keep(_ documents: UnsafeBufferPointer<UInt32>) {
    let words = words
    var (next, place) = (0, 0)
    while place < documents.count {
      let word = Int(documents[place] >> 6)
      var mask: UInt64 = 0
      while place < documents.count, Int(documents[place] >> 6) == word {
        mask |= 1 << UInt64(documents[place] & 63)
        place += 1
      }
      (words + next).update(repeating: 0, count: word - next)
      words[word] &= mask
      next = word + 1
    }
    (words + next).update(repeating: 0, count: wordCount - next)
  }

  /// Leaves only documents whose value in a column is at least `low` and at most `high`.
  ///
  /// - Parameter column: One value a document; not a number where there is none, which is left out.
  public func keep(_ column: Column<Double>, from low: Double, to high: Double) {
    keep(column.base, column.count, low, high)
  }

  /// Leaves only documents whose value in a column is at least `low` and at most `high`.
  public func keep(_ column: Column<Int32>, from low: Int32, to high: Int32) {
    keep(column.base, column.count, low, high)
  }

  @inline(__always)
  private func keep<Value: Comparable>(
    _ values: UnsafePointer<Value>, _ count: Int, _ low: Value, _ high: Value
  ) {
    let (words, count) = (words, min(count, limit))
    for word in 0..<wordCount where words[word] != 0 {
      var kept: UInt64 = 0
      for place in (word << 6)..<max(word << 6, min(count, (word << 6) + 64)) {
        let isInside = values[place] >= low && values[place] <= high
        kept |= (isInside ? 1 : 0) << UInt64(place & 63)
      }
      words[word] &= kept
    }
  }

  /// Leaves only documents that the body wants; asked for members only, ascending.
  @inlinable
  public func filter(_ isKept: (Int) -> Bool) {
    let words = storedWords
    for word in 0..<storedWordCount {
      var (rest, kept) = (words[word], words[word])
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        if !isKept((word << 6) + bit) { kept &= ~(1 << UInt64(bit)) }
        rest &= rest - 1
      }
      words[word] = kept
    }
  }

  @usableFromInline var storedWords: UnsafeMutablePointer<UInt64> { words }
  @usableFromInline var storedWordCount: Int { wordCount }

  /// The documents of the set, ascending.
  public var members: [Int] {
    var members: [Int] = []
    filter { document in
      members.append(document)
      return true
    }
    return members
  }
}
