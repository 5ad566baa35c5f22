/// All spec keys with their units, ladders and vocabularies.
public struct SpecRegistry: Sendable {
  public internal(set) var keys: [SpecKey] = []
  public internal(set) var units = Units()
  var ladders: [String: Ladder] = [:]
  var vocabularies: [String: Vocabulary] = [:]
  private var byID = NameTable<KeyID>()
  private var byName = NameTable<[KeyID]>()

  init() {}

  /// Adds a key; nil if its id is taken.
  mutating func add(_ key: SpecKey, fold: Folding) -> KeyID? {
    let id = KeyID(ordinal: Int32(keys.count))
    guard byID.insert(key.id, id) else { return nil }
    keys.append(key)
    for name in [key.id] + key.name.all + key.aliases {
      fold.withName(name) { byName[$0, default: []].appendOnce(id) }
    }
    return id
  }

  public subscript(id: KeyID) -> SpecKey {
    keys[Int(id.ordinal)]
  }

  /// The key of that id.
  public func key(_ id: String) -> KeyID? {
    byID[id]
  }

  /// The keys of that id, name or alias in any script, in registry order; several when an alias is
  /// shared.
  func keys(named text: String, fold: Folding) -> [KeyID] {
    byID[text].map { [$0] } ?? fold.withName(text) { byName[$0] } ?? []
  }

  /// The canonical unit of a number key.
  func canonicalUnit(_ id: KeyID) -> Units.Unit? {
    units.unit(self[id].unit, of: self[id].domain)
  }

  /// A term of the key's vocabulary, with its broader terms.
  func term(_ text: String, key: KeyID, fold: Folding) -> TermID {
    vocabularies[self[key].domain]?.resolve(text, fold: fold) ?? TermID(id: "~" + fold.name(text))
  }
}
