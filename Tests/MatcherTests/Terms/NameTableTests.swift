import MatcherTestSupport
import Synchronization
import Testing

@testable import Matcher

// 1. A table of names finds what a dictionary of strings finds, equivalents included.
// 2. Plain signs are equal to themselves alone.
// 3. The edges of a trie are those of a dictionary.
// 4. What is made once is made once.

@Suite("A table of names is a dictionary of strings")
struct NameTableTests {
  /// Signs that are plain, that join with others, and that are equivalent to plain ones.
  private static let signs: [String] =
    ["a", "b", "é", "e", "\u{301}", "\u{300}", "Å", "\u{212B}", "Ω", "\u{2126}", "K", "\u{212A}"]
    + ["金", "\u{F90A}", "豈", "\u{F900}", "电", "ガ", "カ", "\u{3099}", "＄", "°", "·", "\u{387}"]
    + ["각", "\u{1100}", "\u{1161}", "\u{11A8}", "𠮷", "\u{2F800}", "丽", "\u{4E3D}", "㎜"]

  private static func name(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...4, using: &generator)).map { _ in
      signs.randomElement(using: &generator) ?? ""
    }.joined()
  }

  @Test("random names, added and asked for", arguments: UInt64(0)..<60)
  func equalsDictionary(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var table = NameTable<Int>()
    var dictionary: [String: Int] = [:]
    for value in 0..<400 {
      let name = Self.name(&generator)
      let isNew = table.insert(name, value)
      #expect(isNew == (dictionary[name] == nil), "'\(name.unicodeScalars.map(\.value))'")
      if dictionary[name] == nil { dictionary[name] = value }
    }
    #expect(table.count == dictionary.count)
    for _ in 0..<400 {
      let name = Self.name(&generator)
      #expect(table[name] == dictionary[name], "'\(name.unicodeScalars.map(\.value))'")
    }
    var seen: [String: Int] = [:]
    table.forEach { seen[$0] = $1 }
    #expect(seen == dictionary)
  }

  @Test("values are changed in place; a new name begins with the default")
  func modifies() {
    var table = NameTable<[Int]>()
    for number in 0..<500 { table["n\(number % 100)", default: []].append(number) }
    table["\u{212B}", default: []].append(1)
    table["Å", default: []].append(2)
    #expect(table.count == 101)
    #expect(table["n7"] == [7, 107, 207, 307, 407])
    #expect(table["Å"] == [1, 2])
  }

  @Test("no two plain signs are equivalent, and none stands behind another by rule")
  func plainSigns() {
    var alone: Set<String> = []
    for value in UInt32(0)..<0x2_F000 where NamePlainness.isPlain(value) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(alone.insert("\(scalar)").inserted, "U+\(String(value, radix: 16))")
      #expect(scalar.properties.canonicalCombiningClass == .notReordered)
    }
  }

  @Test("the edges of a trie are those of a dictionary", arguments: UInt64(0)..<20)
  func edges(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var table = EdgeTable(edges: seed.isMultiple(of: 2) ? 0 : 1000)
    var dictionary: [UInt64: Int32] = [:]
    for child in Int32(1)..<2000 {
      let node = Int32.random(in: 0..<40, using: &generator)
      let scalar = UInt32.random(in: 0x4E00..<0x4E60, using: &generator)
      let edge = UInt64(node) << 32 | UInt64(scalar)
      #expect(table.child(of: node, scalar) == dictionary[edge])
      let expected = dictionary[edge] ?? child
      dictionary[edge] = expected
      #expect(table.child(of: node, scalar, orAdd: child) == expected)
    }
  }

  @Test("what is made once is made when it is first asked for, and once")
  func once() async {
    let calls = CallCount()
    let made = MadeOnce { calls.next() }
    #expect(calls.count == 0)
    let values = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 { group.addTask { made.value } }
      return await group.reduce(into: Set<Int>()) { $0.insert($1) }
    }
    #expect(values == [1])
    #expect(calls.count == 1)
  }
}

private final class CallCount: Sendable {
  private let calls = Mutex(0)

  var count: Int { calls.withLock { $0 } }

  func next() -> Int {
    calls.withLock { count in
      count += 1
      return count
    }
  }
}
