import Matcher

/// Tells which changes of a pair's records its verdict and group can depend on: all but those of specs
/// whose key no version of the stage asks for, since a spec is compared with requirements of its key
/// alone. For one thread.
final class AskedChanges {
  private let registry: SpecRegistry
  private var known: [String: [KeyID?]] = [:]

  /// Lines that are remembered at most.
  private static let room = 1024

  init(_ registry: SpecRegistry) {
    self.registry = registry
  }

  /// Their places, ascending; nil for all.
  ///
  /// - Parameters:
  ///   - count: of all changes: the demand's, the platform's, then others.
  ///   - both: the pair as it was and as it is. Requirements change as a whole, so every version of the
  ///     stage asks for keys of these two.
  func candidates(_ pair: PairJudge.Pair, _ count: Int, _ both: [Evaluation]) -> [Int]? {
    let records = [pair.demand.old.json, pair.demand.new.json]
    // A stage that states no requirements has the demand's: a version between both may, where neither does.
    guard pair.stage == nil || records.allSatisfy({ $0["requirements"] == nil }) else { return nil }
    let asked = Set(both.flatMap { $0.stage.ask.requirements.map(\.key) })
    let (first, keys) = (pair.demand.paths.count, keys(pair))
    return (0..<count).filter { place in
      guard keys.indices.contains(place - first), let key = keys[place - first] else { return true }
      return asked.contains(key)
    }
  }

  /// By the platform's changes: the key, where one is of a spec of the line and of nothing else.
  private func keys(_ pair: PairJudge.Pair) -> [KeyID?] {
    let name = "\(pair.platform.id)\u{1F}\(pair.line)"
    if let keys = known[name] { return keys }
    if known.count >= AskedChanges.room { known = [:] }
    let records = [pair.platform.old.json, pair.platform.new.json]
    let keys = pair.platform.paths.map { path -> KeyID? in
      guard path.steps.count == 4, path.steps[0] == .member("lines"),
        path.steps[2] == .member("specs")
      else { return nil }
      let keys = records.compactMap { path.value(in: $0) }.map { key($0.object?["key"]?.string) }
      return keys.allSatisfy { $0 == keys[0] } ? keys.first ?? nil : nil
    }
    known[name] = keys
    return keys
  }

  /// The key of a spec that names it by its id; nil for one that names it another way.
  private func key(_ text: String?) -> KeyID? {
    guard let text, let key = registry.key(text), registry[key].id == text else { return nil }
    return key
  }
}
