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
  private var byName: [String: TermID] = [:]
  private(set) var order: [TermID] = []
  /// As written; a name that an earlier term has is not repeated.
  private var names: [TermID: [String]] = [:]

  mutating func add(
    _ id: String, name: LocalizedName, aliases: [String], parents: [String], fold: Folding
  ) {
    let term = TermID(id: id)
    if terms[term] == nil { order.append(term) }
    terms[term] = Term(id: term, name: name, parents: parents.map { TermID(id: $0) })
    for text in [id] + name.all + aliases {
      let folded = fold.name(text)
      if byName[folded] == nil { byName[folded] = term }
      if byName[folded] == term, text != id { names[term, default: []].append(text) }
    }
  }

  /// The term of that id, name or alias; a term of its own text if there is none.
  func resolve(_ text: String, fold: Folding) -> TermID {
    let folded = fold.name(text)
    return byName[folded] ?? TermID(id: "~" + folded)
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
  private(set) var ranks: [String: Int] = [:]
  private(set) var names: [Int: LocalizedName] = [:]

  mutating func add(rank: Int, id: String, name: LocalizedName, aliases: [String], fold: Folding) {
    names[rank] = name
    for text in [id] + name.all + aliases {
      let folded = fold.name(text)
      if ranks[folded] == nil { ranks[folded] = rank }
    }
  }

  func rank(_ text: String, fold: Folding) -> Int? {
    ranks[fold.name(text)]
  }
}
