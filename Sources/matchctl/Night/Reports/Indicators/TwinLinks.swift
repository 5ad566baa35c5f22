/// Which demands are the same one, published by several parks: the links that publishing keeps in a
/// version's notes (`twin_of`), followed both ways.
package struct TwinLinks: Sendable {
  private var parent: [String: String] = [:]

  package init() {}

  /// Two ids mean one demand. O(α).
  package mutating func link(_ one: String, _ other: String) {
    let (left, right) = (root(one), root(other))
    guard left != right else { return }
    // The smaller id stands for all, so that the order of links does not matter.
    parent[max(left, right)] = min(left, right)
  }

  /// The id that stands for all that are linked with this one; the id itself without links.
  package func root(_ id: String) -> String {
    var current = id
    while let next = parent[current] { current = next }
    return current
  }

  /// The demands in groups that are one, in the order of the groups' first ids.
  func groups(_ demands: [IndicatorDemand]) -> [IndicatorGroup] {
    var members: [String: [IndicatorDemand]] = [:]
    for demand in demands { members[root(demand.id), default: []].append(demand) }
    return members.values.compactMap { IndicatorGroup($0.sorted { $0.id < $1.id }) }
      .sorted { $0.first.id < $1.first.id }
  }
}
