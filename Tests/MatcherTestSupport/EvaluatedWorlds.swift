import Matcher
import Synchronization

/// The pairs of random worlds with their evaluations, worked out once for all properties that only
/// look at them.
package enum EvaluatedWorlds {
  private static let known = Mutex<[UInt64: [(pair: Pair, evaluations: [Evaluation])]]>([:])

  package static func pairs(seed: UInt64) -> [(pair: Pair, evaluations: [Evaluation])] {
    if let pairs = known.withLock({ $0[seed] }) { return pairs }
    let pairs = World.random(seed: seed).pairs.prefix(4).map { ($0, $0.evaluations()) }
    known.withLock { $0[seed] = pairs }
    return pairs
  }

  /// The first violation of a rule by any pair of a world, made small; nil when it holds for all.
  package static func violation(seed: UInt64, _ rule: @escaping (Evaluation) -> String?) -> String?
  {
    for (pair, evaluations) in pairs(seed: seed)
    where evaluations.contains(where: { rule($0) != nil }) {
      return pair.violation(ofPair: { $0.evaluations().compactMap(rule).first })
    }
    return nil
  }
}
