/// Why an index cannot be built.
public enum PostingError: Error, Equatable {
  /// More documents than an index numbers; split them over several indexes.
  case tooManyDocuments(Int, limit: Int)
}

extension PostingIndex {
  /// The index of all documents of the parts, numbered in the order of the parts.
  ///
  /// The same documents give the same columns however they are split into parts and however many
  /// workers there are.
  ///
  /// - Throws: `PostingError.tooManyDocuments` beyond `documentLimit`.
  /// - Complexity: O(postings + *t* log *t*) for *t* terms; 16 bytes a posting and, for each frequent
  ///   term, half a byte a document.
  public convenience init(
    _ parts: [PostingPart], options: Options = Options(), workers: Workers = .one
  ) throws(PostingError) {
    let documents = parts.reduce(0) { $0 + $1.documentCount }
    guard documents < Self.documentLimit else {
      throw .tooManyDocuments(documents, limit: Self.documentLimit)
    }
    let merge = PostingMerge(parts, documents: documents, workers: workers)
    merge.spread()
    let columns = merge.makeColumns(share: options.columnShare)
    merge.makeEntries()
    self.init(
      dictionary: merge.dictionary, records: Column(merge.records, count: merge.terms),
      postings: Column(merge.postings, count: merge.total),
      impacts: Column(merge.impacts, count: merge.total), columns: columns,
      documentStarts: Column(merge.documentStarts, count: documents + 1),
      entries: Column(merge.entries, count: merge.total))
  }

  /// The index of documents given as terms with impacts.
  public convenience init(
    documents: some Sequence<(terms: [UInt64], impacts: [Float])>, options: Options = Options(),
    workers: Workers = .one
  ) throws(PostingError) {
    let part = PostingPart()
    for document in documents { part.add(document.terms, impacts: document.impacts) }
    try self.init([part], options: options, workers: workers)
  }
}

/// The parts of an index on their way into one: two passes of counting sort, by term and back by
/// document.
///
/// Unchecked: each part writes only where no other one does (its own terms' places, a range of terms,
/// a column, a range of documents), and steps that read what others wrote begin when all have ended.
final class PostingMerge: @unchecked Sendable {
  let parts: [PostingPart]
  let workers: Workers
  let dictionary: TermDictionary
  let terms: Int
  let total: Int
  private let documents: Int
  /// The number of each part's first document.
  private let firsts: [Int]
  /// Each part's numbers of terms as the dictionary's.
  private let numbers: [Memory]
  /// Where each part's postings of each term begin.
  private let cursors: [Memory]

  private let starts: Memory
  let records: Memory
  let postings: Memory
  let impacts: Memory
  let documentStarts: Memory
  let entries: Memory

  init(_ parts: [PostingPart], documents: Int, workers: Workers) {
    (self.parts, self.workers, self.documents) = (parts, workers, documents)
    let dictionary = Self.dictionary(of: parts)
    self.dictionary = dictionary
    (terms, total) = (dictionary.count, parts.reduce(0) { $0 + $1.entryTerms.count })
    firsts = parts.indices.map { part in parts[..<part].reduce(0) { $0 + $1.documentCount } }
    numbers = parts.map { Memory(uninitializedBytes: $0.terms.count * 4) }
    cursors = parts.map { _ in Memory(bytes: max(1, dictionary.count) * 8) }
    starts = Memory(uninitializedBytes: (terms + 1) * 8)
    postings = Memory(uninitializedBytes: total * 4)
    impacts = Memory(uninitializedBytes: total * 4)
    records = Memory(uninitializedBytes: terms * MemoryLayout<TermRecord>.stride)
    documentStarts = Memory(uninitializedBytes: (documents + 1) * 8)
    entries = Memory(uninitializedBytes: total * MemoryLayout<DocumentEntry>.stride)
  }

  private static func dictionary(of parts: [PostingPart]) -> TermDictionary {
    var all: [UInt64] = []
    all.reserveCapacity(parts.reduce(0) { $0 + $1.terms.count })
    for part in parts {
      all.append(contentsOf: UnsafeBufferPointer(start: part.terms.base, count: part.terms.count))
    }
    all.sort()
    var kept = 0
    for place in all.indices where place == 0 || all[place] != all[kept - 1] {
      all[kept] = all[place]
      kept += 1
    }
    all.removeLast(all.count - kept)
    return TermDictionary(sorted: Column(all))
  }

  /// Postings by term, with levels.
  func spread() {
    workers(parts.count) { count($0) }
    place()
    workers(parts.count) { write($0) }
    let ranges = termRanges(workers.count * 8)
    workers(ranges.count) { setLevels(ranges[$0]) }
  }

  /// How many postings of each term a part has, and the part's terms' numbers.
  private func count(_ part: Int) {
    let source = parts[part]
    let numbers = numbers[part].bound(to: UInt32.self)
    for own in 0..<source.terms.count { numbers[own] = dictionary[source.terms.base[own]] ?? 0 }
    let counts = cursors[part].bound(to: UInt64.self)
    let entries = source.entryTerms.base
    for entry in 0..<source.entryTerms.count { counts[Int(numbers[Int(entries[entry])])] &+= 1 }
  }

  /// Counts become places: terms ascending, inside a term the parts in order.
  private func place() {
    let starts = starts.bound(to: UInt64.self)
    let cursors = cursors.map { $0.bound(to: UInt64.self) }
    var next: UInt64 = 0
    for term in 0..<terms {
      starts[term] = next
      for part in cursors {
        let count = part[term]
        part[term] = next
        next += count
      }
    }
    starts[terms] = next
    // Each part writes where its documents end; the first begins here, also without any part.
    documentStarts.bound(to: UInt64.self)[0] = 0
  }

  /// A part's entries to their terms, documents ascending. Cursors end at the next part's places.
  private func write(_ part: Int) {
    let source = parts[part]
    let (entries, values) = (source.entryTerms.base, source.entryImpacts.base)
    let (numbers, ends) = (numbers[part].bound(to: UInt32.self), source.ends.base)
    let cursors = cursors[part].bound(to: UInt64.self)
    let (postings, impacts) = (postings.bound(to: UInt32.self), impacts.bound(to: Float.self))
    let (starts, first) = (documentStarts.bound(to: UInt64.self), firsts[part])
    let entriesBefore = parts[..<part].reduce(0) { $0 + $1.entryTerms.count }
    var entry = 0
    for document in 0..<source.documentCount {
      let word = UInt32(first + document) << 4
      let end = Int(ends[document])
      while entry < end {
        let number = Int(numbers[Int(entries[entry])])
        let place = Int(cursors[number])
        cursors[number] = UInt64(place + 1)
        postings[place] = word
        impacts[place] = values[entry]
        entry += 1
      }
      starts[first + document + 1] = UInt64(entriesBefore + end)
    }
  }

  /// Splits the terms into ranges of about the same number of postings.
  private func termRanges(_ wanted: Int) -> [Range<Int>] {
    let starts = starts.bound(to: UInt64.self)
    var (ranges, first): ([Range<Int>], Int) = ([], 0)
    for term in 0..<terms
    where Int(starts[term + 1]) * wanted >= total * (ranges.count + 1) || term + 1 == terms {
      ranges.append(first..<term + 1)
      first = term + 1
    }
    return ranges
  }

  private func setLevels(_ range: Range<Int>) {
    let starts = starts.bound(to: UInt64.self)
    let (postings, impacts) = (postings.bound(to: UInt32.self), impacts.bound(to: Float.self))
    let records = records.bound(to: TermRecord.self)
    for term in range {
      let own = Int(starts[term])..<Int(starts[term + 1])
      var (low, high) = (own.isEmpty ? 0 : Float.infinity, Float(0))
      for place in own {
        low = impacts[place] < low ? impacts[place] : low
        high = impacts[place] > high ? impacts[place] : high
      }
      let levels = ImpactLevels(from: low, to: high)
      records[term] = TermRecord(
        start: starts[term], count: UInt32(own.count), column: 0, lowest: low, step: levels.step)
      let inverse = levels.inverse
      for place in own { postings[place] |= levels.level(of: impacts[place], inverse: inverse) }
    }
  }

  /// The columns of the terms that more than one in `share` documents hold.
  func makeColumns(share: Int) -> Column<UInt8> {
    let records = records.bound(to: TermRecord.self)
    var frequent: [Int] = []
    for term in 0..<terms where Int(records[term].count) * max(1, share) > documents {
      frequent.append(term)
      records[term].column = UInt32(frequent.count)
    }
    let stride = PostingIndex.columnBytes(documents: documents)
    let memory = Memory(bytes: max(1, stride * frequent.count))
    workers(frequent.count) { [frequent] number in
      fill(memory.bound(to: UInt8.self) + number * stride, with: frequent[number])
    }
    return Column(memory, count: stride * frequent.count)
  }

  private func fill(_ column: UnsafeMutablePointer<UInt8>, with term: Int) {
    let (starts, postings) = (starts.bound(to: UInt64.self), postings.bound(to: UInt32.self))
    for place in Int(starts[term])..<Int(starts[term + 1]) {
      let (document, level) = (Int(postings[place] >> 4), UInt8(postings[place] & 15))
      let byte = (document >> 7) << 6 | document & 63
      column[byte] |= document & 64 == 0 ? level : level << 4
    }
  }

  /// Entries by document: terms in order, so each document's are ascending.
  func makeEntries() {
    let share = (documents + workers.count - 1) / workers.count
    guard share > 0 else { return }
    let ranges = stride(from: 0, to: documents, by: share).map { $0..<min($0 + share, documents) }
    workers(ranges.count) { writeEntries(of: ranges[$0]) }
  }

  /// A worker's documents, in runs whose entries fit the cache while all terms pass over them.
  private func writeEntries(of range: Range<Int>) {
    let starts = starts.bound(to: UInt64.self)
    let memory = Memory(uninitializedBytes: terms * 8)
    let places = memory.bound(to: UInt64.self)
    for term in 0..<terms {
      let (from, to) = (Int(starts[term]), Int(starts[term + 1]))
      let word = UInt32(range.lowerBound) << 4
      places[term] = UInt64(
        PostingIndex.place(of: word, in: postings.bound(to: UInt32.self), from: from, to: to))
    }
    for low in stride(from: range.lowerBound, to: range.upperBound, by: 4_096) {
      writeEntries(of: low..<min(low + 4_096, range.upperBound), from: places)
    }
  }

  private func writeEntries(of range: Range<Int>, from places: UnsafeMutablePointer<UInt64>) {
    let (starts, documents) = (starts.bound(to: UInt64.self), documentStarts.bound(to: UInt64.self))
    let (postings, impacts) = (postings.bound(to: UInt32.self), impacts.bound(to: Float.self))
    let entries = entries.bound(to: DocumentEntry.self)
    let memory = Memory(uninitializedBytes: range.count * 8)
    let cursors = memory.bound(to: UInt64.self)
    for document in range { cursors[document - range.lowerBound] = documents[document] }
    let (limit, first) = (UInt32(range.upperBound) << 4, range.lowerBound)
    for term in 0..<terms {
      var place = Int(places[term])
      let end = Int(starts[term + 1])
      while place < end, postings[place] < limit {
        let document = Int(postings[place] >> 4) - first
        let entry = Int(cursors[document])
        cursors[document] = UInt64(entry + 1)
        entries[entry] = DocumentEntry(term: UInt32(term), impact: impacts[place])
        place += 1
      }
      places[term] = UInt64(place)
    }
    withExtendedLifetime(memory) {}
  }
}

extension PostingIndex {
  /// The first place from `from` up to `to` whose posting is at least `word`. O(log *n*).
  @inline(__always)
  static func place(
    of word: UInt32, in postings: UnsafePointer<UInt32>, from: Int, to: Int
  ) -> Int {
    var (low, count) = (from, to - from)
    while count > 0 {
      let half = count / 2
      let below = postings[low + half] < word
      low = below ? low + half + 1 : low
      count = below ? count - half - 1 : half
    }
    return low
  }
}
