import Ledger
import Matcher

/// A stage that no line fits on what is on file, and what would help most.
package struct UnmatchedStage: Sendable, Equatable {
  package enum Reason: String, Sendable, CaseIterable {
    /// 没有平台能做: every line fails for good, or misses by too much.
    case noPlatform = "no_platform"
    /// Some line misses by one or two gaps that could be closed.
    case close
    /// 平台资料未写明: lines may fit, but have not said enough.
    case unstated
  }

  package let stage: NightStage
  package let reason: Reason
  /// The pair with the cheapest relaxation; nil where none lifts a pair.
  package let cheapest: NightMatch?
  /// What the lines that may fit wait for: criteria by listed lines, most first.
  package let waiting: [(criterion: String, lines: Int)]

  /// nil for a stage with a line that fits.
  package init?(_ stage: NightStage) {
    guard stage.full == 0 else { return nil }
    self.stage = stage
    reason = stage.potential > 0 ? .unstated : stage.nearMiss > 0 ? .close : .noPlatform
    cheapest = (stage.matches + stage.closest).filter { $0.relaxation != nil }.min {
      UnmatchedStage.price($0) < UnmatchedStage.price($1)
    }
    var counts: [String: Int] = [:]
    for match in stage.matches where match.verdict == .potential {
      for criterion in Set(match.pending.map(\.criterion)) { counts[criterion, default: 0] += 1 }
    }
    waiting = counts.map { (criterion: $0.key, lines: $0.value) }
      .sorted { ($1.lines, $0.criterion) < ($0.lines, $1.criterion) }
  }

  /// Fewest changes, then price, then id.
  private static func price(_ match: NightMatch) -> (Int, Int, String) {
    (match.relaxation?.criteria.count ?? 0, match.relaxation?.price ?? 0, match.line)
  }

  package static func == (left: UnmatchedStage, right: UnmatchedStage) -> Bool {
    left.stage == right.stage && left.cheapest == right.cheapest
  }

  var json: JSONObject {
    func counts(_ list: [(criterion: String, lines: Int)]) -> JSONValue {
      .object(JSONObject(list.map { ($0.criterion, .integer($0.lines)) }))
    }
    return JSONObject(stating: [
      ("type", .string("unmatched")), ("demand", .string(stage.demand)),
      ("stage", stage.stage.map { .string($0) }), ("reason", .string(reason.rawValue)),
      ("potential", .integer(stage.potential)), ("near_miss", .integer(stage.nearMiss)),
      ("conflict", .integer(stage.conflict)),
      (
        "relaxation",
        cheapest.flatMap { match in
          match.relaxation.map { relaxation in
            .object(
              JSONObject(
                [("platform", .string(match.platform)), ("line", .string(match.line))]
                  + relaxation.json.members.map { ($0.name, $0.value) }))
          }
        }
      ),
      ("waiting", waiting.isEmpty ? nil : counts(waiting)),
      ("removed", stage.removed.isEmpty ? nil : counts(stage.removed)),
    ])
  }
}
