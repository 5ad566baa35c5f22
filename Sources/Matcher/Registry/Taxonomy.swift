/// A service, field or sector as a dense number inside one corpus.
public struct ServiceID: Hashable, Sendable, Comparable {
  public let ordinal: Int32

  public static func < (left: ServiceID, right: ServiceID) -> Bool {
    left.ordinal < right.ordinal
  }
}

/// How an offered service stands to an asked one.
public enum ServiceRelation: String, Sendable, Comparable {
  case none
  case broader
  case near
  case narrower
  case same

  private var rank: Int {
    switch self {
    case .none: 0
    case .broader: 1
    case .near: 2
    case .narrower: 3
    case .same: 4
    }
  }

  public static func < (left: ServiceRelation, right: ServiceRelation) -> Bool {
    left.rank < right.rank
  }
}

/// The tree sector → field → service, and the typed relations across it.
///
/// Relations come from the file alone, never from distance in the tree; the tree says only that a
/// field or sector contains its services: who offers a whole field states the service broadly, who
/// asks for a field is served by any service in it.
public struct Taxonomy: Sendable {
  public struct Node: Sendable {
    public enum Level: String, Sendable {
      case sector
      case field
      case service
    }

    public let code: String
    public let level: Level
    public let parent: String
    public let name: LocalizedName
    public let aliases: [String]
    /// The kinds of verification: design, function, process, adaptation, production.
    public let verification: [String]
  }

  struct Pair: Hashable {
    let asked: ServiceID
    let offered: ServiceID
  }

  public private(set) var nodes: [Node] = []
  private var byCode = NameTable<ServiceID>()
  private var byName = NameTable<ServiceID>()
  private var relations: [Pair: ServiceRelation] = [:]

  init() {}

  mutating func add(_ node: Node, fold: Folding) -> Bool {
    let id = ServiceID(ordinal: Int32(nodes.count))
    guard byCode.insert(node.code, id) else { return false }
    nodes.append(node)
    for text in [node.code] + node.name.all + node.aliases {
      fold.withName(text) { _ = byName.holder(of: $0, orAdd: id) }
    }
    return true
  }

  mutating func relate(asked: ServiceID, _ relation: ServiceRelation, offered: ServiceID) {
    relations[Pair(asked: asked, offered: offered)] = relation
    if relation == .same { relations[Pair(asked: offered, offered: asked)] = .same }
  }

  public subscript(id: ServiceID) -> Node {
    nodes[Int(id.ordinal)]
  }

  /// The node at a place of `nodes`.
  package func id(at place: Int) -> ServiceID {
    ServiceID(ordinal: Int32(place))
  }

  /// The node of that code.
  public func node(_ code: String) -> ServiceID? {
    byCode[code]
  }

  /// The node of that code, name or alias.
  func node(named text: String, fold: Folding) -> ServiceID? {
    byCode[text] ?? fold.withName(text) { byName[$0] }
  }

  /// How `offered` stands to `asked`; the better of the file's row and what the tree contains.
  public func relation(asked: ServiceID, offered: ServiceID) -> ServiceRelation {
    if asked == offered { return .same }
    if let stated = relations[Pair(asked: asked, offered: offered)] { return stated }
    if contains(asked, offered) { return .narrower }
    return contains(offered, asked) ? .broader : .none
  }

  /// The sector a node belongs to.
  public func sector(of id: ServiceID) -> String {
    var node = self[id]
    while node.level != .sector, let parent = byCode[node.parent] { node = self[parent] }
    return node.code
  }

  private func contains(_ outer: ServiceID, _ inner: ServiceID) -> Bool {
    var node = self[inner]
    while let parent = byCode[node.parent], node.level != .sector {
      if parent == outer { return true }
      node = self[parent]
    }
    return false
  }
}
