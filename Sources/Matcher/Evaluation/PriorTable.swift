/// What known lines state for each key, frozen: the base rates behind the expected score of an
/// unknown.
///
/// `policy/priors.jsonl`: one `{"key","sector","spec"}` a line. Never used for a verdict.
struct PriorTable: Sendable {
  struct Entry: Sendable {
    let sector: String
    let value: Spec.Value
    let complete: Bool
  }

  private(set) var entries: [KeyID: [Entry]] = [:]

  mutating func add(_ key: KeyID, _ entry: Entry) {
    entries[key, default: []].append(entry)
  }

  /// (h + 1) ÷ (n + 2) over the n known lines of the key and sector of which h satisfy the asked
  /// value; with too few, over all sectors, then the policy's default.
  func prior(_ requirement: Requirement, sector: String, registry: SpecRegistry, policy: Policy)
    -> Int64
  {
    let all = entries[requirement.key] ?? []
    let own = all.filter { $0.sector == sector }
    let comparison = SpecComparison(key: registry[requirement.key])
    for known in [own, all] where known.count >= policy.priorKnownLines {
      let met = known.filter { entry in
        if case .met = comparison.compare(requirement.asked, entry.value, complete: entry.complete)
        {
          return true
        }
        return false
      }
      return Degree.millionths(Double(met.count + 1) / Double(known.count + 2))
    }
    return Degree.millionths(policy.prior)
  }
}
