/// Which documents have which values of a set: regions, certificates, concepts by number.
///
/// Frequent values are bitmaps, rare ones lists of documents; both are combined into a `BitmapBuffer`
/// without looking at other documents.
public struct SetIndex: Sendable {
  /// Where each value's documents begin in `documents`; one more than values.
  private let starts: Column<UInt64>
  /// The documents of rare values, ascending; none for frequent ones.
  private let documents: Column<UInt32>
  /// A frequent value's bitmap + 1, 0 for a rare one.
  private let bitmapNumbers: Column<UInt32>
  private let words: Column<UInt64>
  private let wordCount: Int

  /// A value is frequent when more than one in so many documents have it: then a list would be larger
  /// than half a bitmap.
  private static let share = 64

  /// - Parameters:
  ///   - members: Documents with a value each, documents ascending for each value. Pairs outside the
  ///     counts are left out.
  ///   - valueCount: Values are numbered below this.
  /// - Complexity: O(members + values + frequent values · documents ÷ 64).
  public init(
    _ members: [(document: UInt32, value: UInt32)], documentCount: Int, valueCount: Int
  ) {
    let known = members.filter { Int($0.document) < documentCount && Int($0.value) < valueCount }
    var counts = [Int](repeating: 0, count: valueCount)
    for member in known { counts[Int(member.value)] += 1 }
    let isFrequent = counts.map { $0 * Self.share > documentCount }
    var (starts, numbers): ([UInt64], [UInt32]) = ([0], [])
    var frequent = 0
    for value in 0..<valueCount {
      starts.append(starts[value] + UInt64(isFrequent[value] ? 0 : counts[value]))
      frequent += isFrequent[value] ? 1 : 0
      numbers.append(isFrequent[value] ? UInt32(frequent) : 0)
    }
    wordCount = (documentCount + 63) / 64
    var words = [UInt64](repeating: 0, count: frequent * wordCount)
    var documents = [UInt32](repeating: 0, count: Int(starts[valueCount]))
    var next = starts
    for member in known {
      let (value, document) = (Int(member.value), Int(member.document))
      if numbers[value] > 0 {
        words[Int(numbers[value] - 1) * wordCount + (document >> 6)] |= 1 << UInt64(document & 63)
      } else {
        documents[Int(next[value])] = member.document
        next[value] += 1
      }
    }
    (self.starts, self.documents) = (Column(starts), Column(documents))
    (bitmapNumbers, self.words) = (Column(numbers), Column(words))
  }

  public var valueCount: Int {
    bitmapNumbers.count
  }

  public var byteCount: Int {
    starts.count * 8 + documents.count * 4 + bitmapNumbers.count * 4 + words.count * 8
  }

  /// A frequent value's documents, without a copy; nil for a rare value.
  public func bitmap(_ value: Int) -> Bitmap? {
    guard value >= 0, value < valueCount, bitmapNumbers[value] > 0 else { return nil }
    let first = Int(bitmapNumbers[value] - 1) * wordCount
    return Bitmap(words: words.part(first..<first + wordCount))
  }

  /// Adds the documents of a value to a set; none for a value that there is not.
  public func insert(_ value: Int, into set: BitmapBuffer) {
    guard value >= 0, value < valueCount else { return }
    guard let bitmap = bitmap(value) else { return set.insert(list(value)) }
    set.formUnion(bitmap)
  }

  /// Leaves only documents with a value in a set.
  public func keep(_ value: Int, in set: BitmapBuffer) {
    guard value >= 0, value < valueCount else { return set.removeAll() }
    guard let bitmap = bitmap(value) else { return set.keep(list(value)) }
    set.formIntersection(bitmap)
  }

  private func list(_ value: Int) -> UnsafeBufferPointer<UInt32> {
    let (first, end) = (Int(starts[value]), Int(starts[value + 1]))
    return UnsafeBufferPointer(start: documents.base + first, count: end - first)
  }

  /// Adds the index's columns under names that begin with `PREFIX.`.
  public func store(into sections: inout Sections, prefix: String) {
    sections.add("\(prefix).starts", starts)
    sections.add("\(prefix).documents", documents)
    sections.add("\(prefix).bitmapNumbers", bitmapNumbers)
    sections.add("\(prefix).words", words)
    sections.add("\(prefix).shape", [UInt64(wordCount)])
  }

  /// Takes back what `store` added. O(1): contents are trusted, as a file's checksum secures them.
  public init(opening sections: Sections, prefix: String) throws(SectionError) {
    starts = try sections.column("\(prefix).starts")
    documents = try sections.column("\(prefix).documents")
    bitmapNumbers = try sections.column("\(prefix).bitmapNumbers")
    words = try sections.column("\(prefix).words")
    let shape: Column<UInt64> = try sections.column("\(prefix).shape")
    guard starts.count == bitmapNumbers.count + 1 else {
      throw .width("\(prefix).starts", expected: bitmapNumbers.count + 1, found: starts.count)
    }
    guard shape.count == 1, Int(clamping: starts[starts.count - 1]) == documents.count else {
      throw .width("\(prefix).documents", expected: 0, found: documents.count)
    }
    wordCount = Int(clamping: shape[0])
  }
}
