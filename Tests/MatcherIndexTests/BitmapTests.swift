import MatcherIndex
import Testing

/// Proves that sets of documents do what `Set<Int>` does, for any limit and any mixture of
/// operations, and that bits behind the last document stay 0.
@Suite("bitmaps")
struct BitmapTests {
  @Test("operations equal those of sets", arguments: UInt64(0)..<100)
  func operations(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let limit = random.pick([0, 1, 63, 64, 65, 128, 200, 1_000])
    let buffer = BitmapBuffer(limit: limit)
    var expected: Set<Int> = []
    for _ in 0..<40 {
      let other = Set((0..<random.below(limit + 1)).map { _ in random.below(limit) })
      let otherBuffer = BitmapBuffer(limit: limit)
      other.forEach { otherBuffer.insert($0) }
      let low = random.below(limit + 9) - 4
      let range = low..<low + random.below(limit + 9)
      switch random.below(9) {
      case 0:
        buffer.removeAll()
        expected = []
      case 1:
        buffer.insertAll()
        expected = Set(0..<limit)
      case 2:
        buffer.formIntersection(otherBuffer.bitmap)
        expected.formIntersection(other)
      case 3:
        buffer.formUnion(otherBuffer.bitmap)
        expected.formUnion(other)
      case 4:
        buffer.subtract(otherBuffer.bitmap)
        expected.subtract(other)
      case 5:
        buffer.insert(range)
        expected.formUnion(range.clamped(to: 0..<max(0, limit)))
      case 6:
        buffer.keep(range)
        expected.formIntersection(range)
      case 7:
        buffer.filter { $0 % 3 != 0 }
        expected = expected.filter { $0 % 3 != 0 }
      default:
        buffer.remove(low)
        expected.remove(low)
        buffer.insert(range.upperBound)
        if range.upperBound >= 0, range.upperBound < limit { expected.insert(range.upperBound) }
      }
      #expect(buffer.members == expected.sorted())
      #expect(buffer.count == expected.count && buffer.bitmap.count == expected.count)
      let (all, bitmap) = (-2..<limit + 70, buffer.bitmap)
      #expect(all.filter { buffer.contains($0) } == expected.sorted())
      #expect(all.filter { bitmap.contains($0) } == expected.sorted())
    }
  }

  @Test("columns are compared value by value", arguments: UInt64(0)..<40)
  func columns(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let limit = random.pick([0, 1, 64, 130, 777])
    let doubles = (0..<limit).map { _ in random.pick([.nan, -1, 0, 0.5, 2, .infinity]) }
    let integers = (0..<max(0, limit - 3)).map { _ in Int32(random.below(9)) }
    let buffer = BitmapBuffer(limit: limit)
    buffer.insertAll()
    buffer.keep(Column(doubles), from: 0, to: 2)
    #expect(buffer.members == (0..<limit).filter { doubles[$0] >= 0 && doubles[$0] <= 2 })
    let before = buffer.members
    buffer.keep(Column(integers), from: 2, to: 6)
    #expect(
      buffer.members == before.filter { $0 < integers.count && (2...6).contains(integers[$0]) })
  }

  @Test("values of sets select their documents", arguments: UInt64(0)..<60)
  func sets(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let (documents, values) = (random.pick([0, 1, 70, 2_000]), 12)
    var members: [(document: UInt32, value: UInt32)] = []
    for document in 0..<documents {
      for value in 0..<values where random.below(value < 6 ? 3 : 500) == 0 {
        members.append((UInt32(document), UInt32(value)))
      }
    }
    members.append((UInt32(documents), 0))
    let built = SetIndex(members, documentCount: documents, valueCount: values)
    var sections = Sections()
    built.store(into: &sections, prefix: "sets")
    let opened = try SetIndex(opening: sections, prefix: "sets")
    for index in [built, opened] {
      for value in -1...values {
        let own = members.filter { Int($0.value) == value && $0.document < documents }
        let expected = Set(own.map { Int($0.document) })
        let buffer = BitmapBuffer(limit: documents)
        for document in stride(from: 0, to: documents, by: 2) { buffer.insert(document) }
        index.keep(value, in: buffer)
        #expect(buffer.members == expected.filter { $0 % 2 == 0 }.sorted())
        buffer.removeAll()
        index.insert(value, into: buffer)
        #expect(buffer.members == expected.sorted())
        if let bitmap = index.bitmap(value) { #expect(bitmap.count == expected.count) }
      }
    }
  }

  @Test("ordered values select by at most and at least", arguments: UInt64(0)..<60)
  func ordered(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let documents = random.pick([0, 1, 100, 3_000, 20_000])
    let distinct = random.pick([1, 7, 100_000])
    var numbers: [(document: UInt32, value: Double)] = []
    for document in 0..<documents where random.below(3) > 0 {
      numbers.append((UInt32(document), Double(random.below(distinct)) / 7))
    }
    let values = Dictionary(uniqueKeysWithValues: numbers.map { (Int($0.document), $0.value) })
    numbers.append((UInt32(documents), 0))
    if documents > 0 { numbers.append((0, .nan)) }
    let built = OrderedIndex(numbers, documentCount: documents)
    var sections = Sections()
    built.store(into: &sections, prefix: "values")
    let opened = try OrderedIndex(opening: sections, prefix: "values")
    let buffer = BitmapBuffer(limit: documents)
    for index in [built, opened] {
      for _ in 0..<12 {
        let bound = Double(random.below(distinct + 2)) / 7 - 0.1 * Double(random.below(2))
        buffer.insertAll()
        index.keep(atMost: bound, in: buffer)
        #expect(buffer.members == values.filter { $0.value <= bound }.keys.sorted())
        buffer.insertAll()
        index.keep(atLeast: bound, in: buffer)
        #expect(buffer.members == values.filter { $0.value >= bound }.keys.sorted())
      }
    }
  }

  @Test("intervals select by reach, beginning and cover")
  func intervals() throws {
    let built = IntervalIndex([(0, 1, 5), (1, 3, 9), (2, .nan, 4), (4, 0, 10)], documentCount: 5)
    var sections = Sections()
    built.store(into: &sections, prefix: "range")
    let opened = try IntervalIndex(opening: sections, prefix: "range")
    let asks: [(Double?, Double?, [Int])] = [
      (nil, nil, [0, 1, 2, 3, 4]), (nil, 5, [0, 1, 4]), (1, nil, [0, 4]), (3, 9, [1, 4]),
    ]
    for (low, high, expected) in asks {
      let buffer = BitmapBuffer(limit: 5)
      buffer.insertAll()
      opened.keep(from: low, to: high, in: buffer)
      #expect(buffer.members == expected)
    }
  }

  @Test("points select by distance")
  func points() throws {
    // Shanghai, Suzhou (84 km), Beijing (1,067 km), unknown.
    let built = PointColumn([(31.23, 121.47), (31.30, 120.58), (39.90, 116.40), (.nan, 0)])
    var sections = Sections()
    built.store(into: &sections, prefix: "place")
    let opened = try PointColumn(opening: sections, prefix: "place")
    for (kilometers, expected) in [
      (-1.0, []), (0, [0]), (84, [0]), (86, [0, 1]), (1_100, [0, 1, 2]), (1e9, [0, 1, 2]),
    ] {
      let buffer = BitmapBuffer(limit: 5)
      buffer.insertAll()
      opened.keep(within: kilometers, ofLatitude: 31.23, longitude: 121.47, in: buffer)
      #expect(buffer.members == expected)
    }
  }

  @Test("the best-of list equals sorting", arguments: UInt64(0)..<60)
  func bestList(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let hits = (0..<random.below(300)).map {
      Hit(document: UInt32($0), score: Double(random.below(20)))
    }
    for k in [0, 1, 2, 10, 299, 1_000] {
      var best = BestList(capacity: k)
      for hit in hits.shuffled(using: &random) {
        if hit.score < best.threshold { #expect(best.isFull) }
        best.offer(hit)
      }
      #expect(best.sorted() == Array(hits.sorted { $0.precedes($1) }.prefix(k)))
    }
  }
}
