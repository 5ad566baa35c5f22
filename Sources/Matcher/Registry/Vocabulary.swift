/// A term: a registered one by its id (`substrate.sic`), any other by its folded text behind `~`.
public struct TermID: Hashable, Sendable, Comparable {
  public let id: String

  package init(id: String) {
    self.id = id
  }

  public static func < (left: TermID, right: TermID) -> Bool {
    left.id < right.id
  }

  /// False for text that no vocabulary knows; it is equal only to the same text.
  public var isRegistered: Bool {
    id.utf8.first != UInt8(ascii: "~")
  }
}

/// A list of named concepts with aliases and broader terms: the vocabularies, certificate scopes
/// and schemes.
struct Vocabulary: Sendable {
  struct Term: Sendable {
    let id: TermID
    let name: LocalizedName
    let parents: [TermID]
  }

  private(set) var terms: [TermID: Term] = [:]
  private var byName = NameTable<TermID>()
  private(set) var order: [TermID] = []
  /// As written; a name that an earlier term has is not repeated.
  private var names: [TermID: [String]] = [:]

  mutating func add(
    _ id: String, name: LocalizedName, aliases: [String], parents: [String], fold: Folding
  ) {
    let term = TermID(id: id)
    let stated = Term(id: term, name: name, parents: parents.map { TermID(id: $0) })
    if terms.updateValue(stated, forKey: term) == nil { order.append(term) }
    var found = names[term] ?? []
    for text in [id] + name.all + aliases {
      let holder = fold.withName(text) { byName.holder(of: $0, orAdd: term) }
      if holder == term, text != id { found.append(text) }
    }
    names[term] = found
  }

  /// The term of that id, name or alias; a term of its own text if there is none.
  func resolve(_ text: String, fold: Folding) -> TermID {
    fold.withName(text) { byName[$0] ?? TermID(id: "~" + String(decoding: $0, as: UTF8.self)) }
  }

  /// The term and all that are broader, each once, nearest first.
  func withBroader(_ term: TermID) -> [TermID] {
    var out = [term]
    var index = 0
    while index < out.count {
      for parent in terms[out[index]]?.parents ?? [] where !out.contains(parent) {
        out.append(parent)
      }
      index += 1
    }
    return out
  }

  func name(_ term: TermID) -> LocalizedName? {
    terms[term]?.name
  }

  /// Every name under which a term is found, in the terms' order; of a shared name the first term.
  func eachName(_ body: (String, TermID) -> Void) {
    for term in order {
      for name in names[term] ?? [] { body(name, term) }
    }
  }
}

/// An ordinal ladder: a higher rank is more demanding or better.
struct Ladder: Sendable {
  private var ranks = NameTable<Int>()
  private(set) var names: [Int: LocalizedName] = [:]

  mutating func add(rank: Int, id: String, name: LocalizedName, aliases: [String], fold: Folding) {
    names[rank] = name
    for text in [id] + name.all + aliases {
      fold.withName(text) { _ = ranks.holder(of: $0, orAdd: rank) }
    }
  }

  func rank(_ text: String, fold: Folding) -> Int? {
    fold.withName(text) { ranks[$0] }
  }
}
