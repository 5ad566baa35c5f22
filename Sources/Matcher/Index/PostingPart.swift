/// Documents in order, collected by one thread on the way to a `PostingIndex`.
///
/// Several parts, filled at the same time by a thread each, make the same index as one: what counts is
/// the order of the documents through all parts. Not safe for several threads at once.
public final class PostingPart {
  /// A term's slot in the table of this part's terms.
  private struct Slot: BitwiseCopyable {
    var term: UInt64 = 0
    /// The part's own number of the term + 1; 0 while the slot is free.
    var number: UInt32 = 0
    /// The last document that had the term + 1, and its entry there.
    var document: UInt32 = 0
    var entry: UInt32 = 0
    var unused: UInt32 = 0
  }

  /// The terms in the order of their first occurrence; a place is a part's number.
  let terms = Buffer<UInt64>()
  /// Each document's entries: the term's number and its impact.
  let entryTerms = Buffer<UInt32>()
  let entryImpacts = Buffer<Float>()
  /// Where each document's entries end.
  let ends = Buffer<UInt64>()
  private var table = Buffer<Slot>()
  private let counts = Buffer<UInt32>()

  public init() {
    table.append(Slot(), times: 1 << 12)
  }

  public var documentCount: Int {
    ends.count
  }

  /// Adds a document of terms with their impacts.
  ///
  /// - Parameters:
  ///   - terms: In any order. A term that comes again is left out.
  ///   - impacts: In the order of `terms`. One that is not positive and finite leaves its term out.
  /// - Complexity: O(terms), expected.
  public func add(_ terms: UnsafeBufferPointer<UInt64>, impacts: UnsafeBufferPointer<Float>) {
    let document = UInt32(truncatingIfNeeded: ends.count + 1)
    for place in 0..<min(terms.count, impacts.count) {
      let impact = impacts[place]
      guard impact > 0, impact < .infinity else { continue }
      let slot = slot(of: terms[place])
      guard slot.pointee.document != document else { continue }
      slot.pointee.document = document
      entryTerms.append(slot.pointee.number - 1)
      entryImpacts.append(impact)
    }
    ends.append(UInt64(entryTerms.count))
  }

  /// Adds a document of terms with their impacts, in the order of `terms`.
  public func add(_ terms: [UInt64], impacts: [Float]) {
    terms.withUnsafeBufferPointer { terms in
      impacts.withUnsafeBufferPointer { add(terms, impacts: $0) }
    }
  }

  /// Adds a document of running text: each occurrence of each term.
  ///
  /// - Parameter impact: The impact of a term that occurs so often, 1...; asked once for each term.
  /// - Complexity: O(occurrences), expected.
  public func add(
    occurrences: UnsafeBufferPointer<UInt64>, impact: (_ count: UInt32) -> Float
  ) {
    let document = UInt32(truncatingIfNeeded: ends.count + 1)
    let first = entryTerms.count
    counts.removeAll()
    for term in occurrences {
      let slot = slot(of: term)
      if slot.pointee.document == document {
        counts.base[Int(slot.pointee.entry)] &+= 1
      } else {
        slot.pointee.document = document
        slot.pointee.entry = UInt32(truncatingIfNeeded: counts.count)
        counts.append(1)
        entryTerms.append(slot.pointee.number - 1)
      }
    }
    var kept = first
    for place in 0..<counts.count {
      let value = impact(counts.base[place])
      guard value > 0, value < .infinity else { continue }
      entryTerms.base[kept] = entryTerms.base[first + place]
      entryImpacts.append(value)
      kept += 1
    }
    entryTerms.removeLast(entryTerms.count - kept)
    ends.append(UInt64(kept))
  }

  /// The slot of a term, taken if the term is new. Valid until the next call.
  @inline(__always)
  private func slot(of term: UInt64) -> UnsafeMutablePointer<Slot> {
    let (base, mask) = (table.base, table.count - 1)
    var place = TermDictionary.place(of: term, among: mask + 1)
    while base[place].number != 0 {
      if base[place].term == term { return base + place }
      place = (place + 1) & mask
    }
    return take(term, at: place)
  }

  @inline(never)
  private func take(_ term: UInt64, at free: Int) -> UnsafeMutablePointer<Slot> {
    var place = free
    if terms.count * 2 >= table.count {
      grow()
      place = freePlace(for: term)
    }
    terms.append(term)
    table.base[place].term = term
    table.base[place].number = UInt32(terms.count)
    return table.base + place
  }

  private func freePlace(for term: UInt64) -> Int {
    var place = TermDictionary.place(of: term, among: table.count)
    while table.base[place].number != 0 { place = (place + 1) & (table.count - 1) }
    return place
  }

  private func grow() {
    let old = table
    table = Buffer()
    table.append(Slot(), times: old.count * 4)
    for place in 0..<old.count where old.base[place].number != 0 {
      table.base[freePlace(for: old.base[place].term)] = old.base[place]
    }
  }
}

/// Fixed-width values that grow at the end, for building.
final class Buffer<Element: BitwiseCopyable> {
  private(set) var base = UnsafeMutablePointer<Element>.allocate(capacity: 16)
  private(set) var count = 0
  private var capacity = 16

  init() {}

  @inline(__always)
  func append(_ value: Element) {
    if count == capacity { reserve(count * 2) }
    base[count] = value
    count += 1
  }

  func append(_ value: Element, times: Int) {
    reserve(count + times)
    for place in count..<count + times { base[place] = value }
    count += times
  }

  func removeAll() {
    count = 0
  }

  func removeLast(_ number: Int) {
    count -= number
  }

  @inline(never)
  private func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: wanted)
    larger.update(from: base, count: count)
    base.deallocate()
    (base, capacity) = (larger, wanted)
  }

  deinit {
    base.deallocate()
  }
}
