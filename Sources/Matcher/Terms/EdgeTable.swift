/// The edges of a trie over scalars in two flat arrays: from a node by a scalar to a node.
///
/// Open addressing with linear probing, at most two thirds full. Nodes are numbers from 0, the root; no
/// edge leads back to it.
struct EdgeTable: Sendable {
  /// Node and scalar; what stands at a free place has no meaning.
  private var edges: [UInt64]
  /// Where each edge leads; 0 at a free place.
  private var children: [Int32]
  private var count = 0

  /// - Parameter edges: about how many there will be.
  init(edges: Int = 0) {
    var size = 64
    while 2 * size < 3 * edges { size *= 2 }
    self.edges = [UInt64](repeating: 0, count: size)
    children = [Int32](repeating: 0, count: size)
  }

  /// Where the edge of a scalar leads; nil without one.
  @inline(__always)
  func child(of node: Int32, _ scalar: UInt32) -> Int32? {
    let child = children[place(of: EdgeTable.edge(node, scalar))]
    return child == 0 ? nil : child
  }

  /// Where the edge of a scalar leads; without one it is added and leads to `child`.
  mutating func child(of node: Int32, _ scalar: UInt32, orAdd child: Int32) -> Int32 {
    let edge = EdgeTable.edge(node, scalar)
    let place = place(of: edge)
    if children[place] != 0 { return children[place] }
    edges[place] = edge
    children[place] = child
    count += 1
    if 3 * count > 2 * children.count { grow() }
    return child
  }

  @inline(__always)
  private static func edge(_ node: Int32, _ scalar: UInt32) -> UInt64 {
    UInt64(UInt32(bitPattern: node)) << 32 | UInt64(scalar)
  }

  /// Where the edge stands, or the free place where it would.
  @inline(__always)
  private func place(of edge: UInt64) -> Int {
    let mask = edges.count - 1
    let mixed = (edge ^ edge >> 29) &* 0x9E37_79B9_7F4A_7C15
    var place = Int(truncatingIfNeeded: mixed >> 32) & mask
    while children[place] != 0, edges[place] != edge { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let (oldEdges, oldChildren) = (edges, children)
    edges = [UInt64](repeating: 0, count: 2 * oldEdges.count)
    children = [Int32](repeating: 0, count: 2 * oldEdges.count)
    for (index, child) in oldChildren.enumerated() where child != 0 {
      let place = place(of: oldEdges[index])
      edges[place] = oldEdges[index]
      children[place] = child
    }
  }
}
