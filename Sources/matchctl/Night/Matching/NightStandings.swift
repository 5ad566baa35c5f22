import Brokerage
import Ledger
import Matcher
import MatcherEngine
import MatcherIndex

/// Where every stage stands against every line: made anew, or carried on from the night before where
/// the same tables, policy and length of lists hold. This is the one place that chooses; what it gives is
/// the same either way.
///
/// Not for several threads at once.
package final class NightStandings {
  /// What became of one stage.
  struct Standing: Sendable {
    /// The ids of the best lines in ranking order.
    let lines: [String]
    /// Lines by verdict: conflict, near miss, potential, full.
    let verdicts: SIMD4<Int>
  }

  /// What a carried state was made with.
  private struct Basis: Equatable {
    let tables: String
    let policy: String
    let top: Int
  }

  private struct Known {
    let digest: String
    let lines: [String]
  }

  private var run: StandingRun?
  private var basis: Basis?
  private var demands: [String: String] = [:]
  private var platforms: [String: Known] = [:]
  /// Whether the last answer was carried on.
  package private(set) var isCarried = false

  package init() {}

  /// In the order of demands and of their stages.
  ///
  /// - Parameter declined: pairs that are left out of the lists.
  func all(
    _ world: StandingWorld, corpus: Corpus, imprint: CorpusImprint, top: Int,
    declined: Declined = .none, _ workers: Workers
  ) -> [Standing] {
    let room = top + NightStandings.spare(declined, world)
    let basis = Basis(tables: imprint.tablesHash, policy: imprint.policyHash, top: room)
    if let run, basis == self.basis, run.asOf <= world.asOf {
      carry(run, to: world)
      isCarried = true
    } else {
      run = StandingRun(
        demands: world.demands, platforms: world.platforms, corpus: corpus,
        asOf: world.asOf, top: room, workers: workers)
      isCarried = false
    }
    self.basis = basis
    remember(world)
    guard let run else { return [] }
    let platforms = world.platforms.flatMap { platform in
      platform.lines.map { ($0.id, platform.id) }
    }
    let platformOf = Dictionary(platforms) { first, _ in first }
    return run.results.map { standing in
      let lines = standing.matches.map { run.id($0.line) }.filter { line in
        !declined.isHidden(
          demand: standing.demand, stage: standing.stage, platform: platformOf[line] ?? "",
          line: line)
      }
      return Standing(lines: Array(lines.prefix(top)), verdicts: standing.verdicts)
    }
  }

  /// How many lines more are looked for, so that a list is full when declined ones are left out: in
  /// steps, as a state of other length is not carried on.
  private static func spare(_ declined: Declined, _ world: StandingWorld) -> Int {
    let lines = Dictionary(world.platforms.map { ($0.id, $0.lines.count) }) { first, _ in first }
    let most = Dictionary(grouping: declined.hidden, by: \.decision.demand).values.map { pairs in
      pairs.reduce(0) { sum, pair in
        sum + (pair.decision.line == nil ? lines[pair.decision.platform ?? ""] ?? 0 : 1)
      }
    }.max()
    return ((most ?? 0) + 7) / 8 * 8
  }

  private func carry(_ run: StandingRun, to world: StandingWorld) {
    let fresh = world.platforms.filter { platforms[$0.id]?.digest != digest($0.raw) }
    let standing = Set(world.platforms.map(\.id))
    let gone = platforms.filter { !standing.contains($0.key) }.flatMap(\.value.lines)
    let changed = world.demands.filter { demands[$0.id] != digest($0.raw) }.map(\.id)
    let isSame = changed.isEmpty && demands.count == world.demands.count
    run.advance(
      changed: fresh, withdrawn: Set(gone),
      demands: isSame ? nil : (world.demands, Set(changed)), asOf: world.asOf)
  }

  /// Records by what was read of them, words included: what the day makes of a text counts too.
  private func remember(_ world: StandingWorld) {
    demands = Dictionary(world.demands.map { ($0.id, digest($0.raw)) }) { first, _ in first }
    platforms = Dictionary(
      world.platforms.map {
        ($0.id, Known(digest: digest($0.raw), lines: $0.lines.map(\.id)))
      }
    ) { first, _ in first }
  }

  private func digest(_ record: JSONValue) -> String {
    SHA256.hex(JSONWriter.line(record))
  }
}
