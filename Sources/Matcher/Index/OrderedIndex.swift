/// Documents in the order of a number: who has at most, or at least, a value, in a few memory reads a
/// thousand documents.
///
/// Beside the sorted values there are rungs: the set of the first 1,000 or so documents in that order,
/// of the first 2,000, and so on. A bound is answered by the nearest rung and the documents between it
/// and the bound. Documents without a value are in no answer.
public struct OrderedIndex: Sendable {
  /// Ascending.
  private let values: Column<Double>
  /// The documents in the order of `values`.
  private let documents: Column<UInt32>
  /// Rung r holds the first r · `stride` documents; the last one all.
  private let rungs: Column<UInt64>
  private let wordCount: Int
  private let stride: Int

  /// - Parameters:
  ///   - numbers: A document's value each, in any order. One that is not a number is left out, as is a
  ///     document outside the count.
  ///   - documentCount: Documents are numbered below this.
  /// - Complexity: O(*n* log *n*), and a bitmap for every 64th part of the documents that has values.
  public init(_ numbers: [(document: UInt32, value: Double)], documentCount: Int) {
    let sorted = numbers.filter { !$0.value.isNaN && Int($0.document) < documentCount }
      .sorted { ($0.value, $0.document) < ($1.value, $1.document) }
    wordCount = (documentCount + 63) / 64
    stride = Self.stride(documentCount)
    let count = (sorted.count + stride - 1) / stride
    var rungs = [UInt64](repeating: 0, count: (count + 1) * wordCount)
    for (place, number) in sorted.enumerated() {
      let bit: UInt64 = 1 << UInt64(number.document & 63)
      rungs[(place / stride + 1) * wordCount + Int(number.document >> 6)] |= bit
    }
    for word in wordCount..<max(wordCount, rungs.count) { rungs[word] |= rungs[word - wordCount] }
    values = Column(sorted.map(\.value))
    documents = Column(sorted.map(\.document))
    self.rungs = Column(rungs)
  }

  private static func stride(_ documentCount: Int) -> Int {
    max(256, documentCount / 64)
  }

  public var byteCount: Int {
    values.count * 12 + rungs.count * 8
  }

  /// Leaves only documents whose value is at most a number. O(log *n* + words + documents ÷ 64).
  public func keep(atMost value: Double, in set: BitmapBuffer) {
    let end = place { $0 <= value }
    let rung = (end + stride - 1) / stride
    set.formIntersection(self.rung(rung))
    set.remove(documents(end..<min(values.count, rung * stride)))
  }

  /// Leaves only documents whose value is at least a number. O(log *n* + words + documents ÷ 64).
  public func keep(atLeast value: Double, in set: BitmapBuffer) {
    let end = place { $0 < value }
    let rung = end / stride
    set.formIntersection(self.rung((values.count + stride - 1) / stride))
    if rung > 0 { set.subtract(self.rung(rung)) }
    set.remove(documents(rung * stride..<end))
  }

  /// How many leading values satisfy a condition that only they do.
  private func place(_ isBefore: (Double) -> Bool) -> Int {
    var (low, count) = (0, values.count)
    while count > 0 {
      let half = count / 2
      if isBefore(values.base[low + half]) {
        low += half + 1
        count -= half + 1
      } else {
        count = half
      }
    }
    return low
  }

  private func rung(_ number: Int) -> Bitmap {
    Bitmap(words: rungs.part(number * wordCount..<(number + 1) * wordCount))
  }

  private func documents(_ places: Range<Int>) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: documents.base + places.lowerBound, count: places.count)
  }

  /// Adds the index's columns under names that begin with `PREFIX.`.
  public func store(into sections: inout Sections, prefix: String) {
    sections.add("\(prefix).values", values)
    sections.add("\(prefix).documents", documents)
    sections.add("\(prefix).rungs", rungs)
    sections.add("\(prefix).shape", [UInt64(wordCount), UInt64(stride)])
  }

  /// Takes back what `store` added. O(1): contents are trusted, as a file's checksum secures them.
  public init(opening sections: Sections, prefix: String) throws(SectionError) {
    values = try sections.column("\(prefix).values")
    documents = try sections.column("\(prefix).documents")
    rungs = try sections.column("\(prefix).rungs")
    let shape: Column<UInt64> = try sections.column("\(prefix).shape")
    guard shape.count == 2, shape[1] > 0, documents.count == values.count else {
      throw .width("\(prefix).documents", expected: values.count, found: documents.count)
    }
    (wordCount, stride) = (Int(clamping: shape[0]), Int(clamping: shape[1]))
    let needed = ((values.count &+ stride &- 1) / stride &+ 1).multipliedReportingOverflow(
      by: wordCount)
    guard !needed.overflow, needed.partialValue == rungs.count else {
      throw .width("\(prefix).rungs", expected: needed.partialValue, found: rungs.count)
    }
  }
}

/// What documents can do for a key, from a lower to an upper end: who reaches, who begins early
/// enough, who covers a span.
public struct IntervalIndex: Sendable {
  public let lower: OrderedIndex
  public let upper: OrderedIndex

  /// - Parameter intervals: A document's interval each. An end that is not a number is unknown.
  public init(
    _ intervals: [(document: UInt32, lower: Double, upper: Double)], documentCount: Int
  ) {
    lower = OrderedIndex(
      intervals.map { ($0.document, $0.lower) }, documentCount: documentCount)
    upper = OrderedIndex(
      intervals.map { ($0.document, $0.upper) }, documentCount: documentCount)
  }

  /// Leaves only documents whose interval begins at or below `low` and ends at or above `high`; nil
  /// asks nothing of that end.
  public func keep(from low: Double?, to high: Double?, in set: BitmapBuffer) {
    if let low { lower.keep(atMost: low, in: set) }
    if let high { upper.keep(atLeast: high, in: set) }
  }

  public var byteCount: Int {
    lower.byteCount + upper.byteCount
  }

  /// Adds the index's columns under names that begin with `PREFIX.`.
  public func store(into sections: inout Sections, prefix: String) {
    lower.store(into: &sections, prefix: "\(prefix).lower")
    upper.store(into: &sections, prefix: "\(prefix).upper")
  }

  /// Takes back what `store` added. O(1).
  public init(opening sections: Sections, prefix: String) throws(SectionError) {
    lower = try OrderedIndex(opening: sections, prefix: "\(prefix).lower")
    upper = try OrderedIndex(opening: sections, prefix: "\(prefix).upper")
  }
}
