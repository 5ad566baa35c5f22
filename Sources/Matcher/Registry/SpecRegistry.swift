/// All spec keys with their units, ladders and vocabularies.
public struct SpecRegistry: Sendable {
  public internal(set) var keys: [SpecKey] = []
  public internal(set) var units = Units()
  var ladders: [String: Ladder] = [:]
  var vocabularies: [String: Vocabulary] = [:]
  private var byID: [String: KeyID] = [:]
  private var byName: [String: [KeyID]] = [:]

  init() {}

  /// Adds a key; nil if its id is taken.
  mutating func add(_ key: SpecKey, fold: Folding) -> KeyID? {
    guard byID[key.id] == nil else { return nil }
    let id = KeyID(ordinal: Int32(keys.count))
    keys.append(key)
    byID[key.id] = id
    for name in Set(([key.id] + key.name.all + key.aliases).map { fold.name($0) }).sorted() {
      byName[name, default: []].append(id)
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
    byID[text].map { [$0] } ?? byName[fold.name(text)] ?? []
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
