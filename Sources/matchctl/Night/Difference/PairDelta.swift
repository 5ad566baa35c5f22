import Matcher

/// A pair that stands otherwise in two runs' lists.
struct PairDelta: Sendable, Equatable {
  let pair: NightPair
  let platform: String
  /// nil where it is not listed.
  let before: NightStanding?
  let after: NightStanding?
  /// The line that came into the list, or went out of it, for the place that this one lost or took.
  let other: String?

  /// All pairs whose verdict or group changed, or that are listed in one run alone, in the order of pairs.
  static func all(_ old: [StageLine], _ new: [StageLine]) -> [PairDelta] {
    let before = Dictionary(old.map { ($0.key, $0) }) { first, _ in first }
    let after = Dictionary(new.map { ($0.key, $0) }) { first, _ in first }
    var out: [PairDelta] = []
    for stage in new { out += of(before[stage.key], stage) }
    for stage in old where after[stage.key] == nil { out += of(stage, nil) }
    return out.sorted { $0.pair < $1.pair }
  }

  private static func of(_ old: StageLine?, _ new: StageLine?) -> [PairDelta] {
    guard let stage = new ?? old else { return [] }
    if old?.listed == new?.listed { return [] }
    let (a, b) = (standings(old), standings(new))
    let lines = (new?.listed ?? []) + (old?.listed ?? []).filter { b[$0.line] == nil }
    let gone = old?.listed.first { b[$0.line] == nil }?.line
    let come = new?.listed.first { a[$0.line] == nil }?.line
    return lines.compactMap { listed in
      let (before, after) = (a[listed.line], b[listed.line])
      if let before, let after, before.verdict == after.verdict, before.group == after.group {
        return nil
      }
      return PairDelta(
        pair: NightPair(demand: stage.demand, stage: stage.stage, line: listed.line),
        platform: listed.platform, before: before, after: after,
        other: before == nil ? gone : after == nil ? come : nil)
    }
  }

  private static func standings(_ stage: StageLine?) -> [String: NightStanding] {
    var out: [String: NightStanding] = [:]
    for (place, listed) in (stage?.listed ?? []).enumerated() {
      out[listed.line] = NightStanding(
        verdict: listed.verdict, group: listed.group, rank: place + 1)
    }
    return out
  }
}
