/// Phrases of Unicode scalars with a number each, while they are put together. `FrozenTrie` finds them.
struct ScalarTrie: Sendable {
  private var building = EdgeTable()
  /// By node but the root: the node before it and the scalar between them.
  private var parents: [(node: Int32, scalar: UInt32)] = []
  fileprivate private(set) var values: [Int32] = [-1]
  fileprivate private(set) var roots: [Int32] = []
  fileprivate private(set) var edgeStarts: [Int32] = []
  fileprivate private(set) var edgeScalars: [UInt32] = []
  fileprivate private(set) var edgeTargets: [Int32] = []
  /// The scalars with which phrases begin: small enough to stay near while a text is read, which the
  /// tables of several tries are not.
  private(set) var beginnings = ScalarSet()

  /// The value stored for exactly this phrase.
  func value(of phrase: [UInt32]) -> Int32? {
    var node: Int32 = 0
    for scalar in phrase {
      guard let next = building.child(of: node, scalar) else { return nil }
      node = next
    }
    return values[Int(node)] < 0 ? nil : values[Int(node)]
  }

  mutating func insert(_ phrase: [UInt32], value: Int32) {
    guard !phrase.isEmpty else { return }
    var node: Int32 = 0
    for scalar in phrase {
      let next = building.child(of: node, scalar, orAdd: Int32(values.count))
      if next == values.count {
        parents.append((node, scalar))
        values.append(-1)
      }
      node = next
    }
    values[Int(node)] = value
  }

  /// Makes the look-up tables; nothing is inserted afterwards.
  mutating func freeze() {
    roots = Array(repeating: -1, count: 0x10000)
    let edges = parents.indices.sorted {
      (parents[$0].node, parents[$0].scalar) < (parents[$1].node, parents[$1].scalar)
    }
    edgeStarts.reserveCapacity(values.count + 1)
    for edge in edges {
      let (node, scalar) = parents[edge]
      while edgeStarts.count <= node { edgeStarts.append(Int32(edgeScalars.count)) }
      edgeScalars.append(scalar)
      edgeTargets.append(Int32(edge + 1))
      if node == 0, scalar < 0x10000 {
        roots[Int(scalar)] = Int32(edge + 1)
        beginnings.insert(scalar)
      }
    }
    while edgeStarts.count <= values.count { edgeStarts.append(Int32(edgeScalars.count)) }
    building = EdgeTable()
    parents = []
  }
}

/// The phrases of a trie, found in texts. The first step is a look at a set and a table over the basic
/// plane, so that text without a phrase costs one read per scalar.
///
/// A class, so that looking costs one reference however many tables there are.
final class FrozenTrie: Sendable {
  private let values: [Int32]
  private let roots: [Int32]
  private let edgeStarts: [Int32]
  private let edgeScalars: [UInt32]
  private let edgeTargets: [Int32]
  private let beginnings: ScalarSet

  /// - Precondition: The trie is frozen.
  init(_ trie: ScalarTrie) {
    values = trie.values
    roots = trie.roots
    edgeStarts = trie.edgeStarts
    edgeScalars = trie.edgeScalars
    edgeTargets = trie.edgeTargets
    beginnings = trie.beginnings
  }

  /// Whether some phrase begins with this scalar.
  @inline(__always)
  func begins(with scalar: UInt32) -> Bool {
    beginnings.mayContain(scalar)
  }

  /// The longest phrase at `start` that `accept` takes, given its value and its end.
  ///
  /// - Parameter text: Ends with a zero, which no phrase holds.
  func longest(
    in text: [UInt32], at start: Int, accept: (Int32, Int) -> Bool
  ) -> (value: Int32, end: Int)? {
    let first = text[start]
    guard beginnings.mayContain(first) else { return nil }
    var node = roots[Int(first)]
    var index = start + 1
    var found: (value: Int32, end: Int)?
    while node >= 0 {
      let value = values[Int(node)]
      if value >= 0, accept(value, index) { found = (value, index) }
      node = step(from: node, text[index])
      index += 1
    }
    return found
  }

  private func step(from node: Int32, _ scalar: UInt32) -> Int32 {
    var low = Int(edgeStarts[Int(node)])
    var high = Int(edgeStarts[Int(node) + 1])
    while low < high {
      let middle = (low + high) / 2
      if edgeScalars[middle] == scalar { return edgeTargets[middle] }
      if edgeScalars[middle] < scalar { low = middle + 1 } else { high = middle }
    }
    return -1
  }
}
