import Brokerage
import Ledger
import Matcher
import MatcherEngine

/// What people decided about the pairs of one demand, as far as the caller may know.
struct PairNotes {
  private let decisions: [Decision]
  let declined: Declined

  static func read(_ call: Call, _ services: Services) async throws -> PairNotes {
    guard let caller = call.caller, mayKnow(caller, call) else {
      return PairNotes(decisions: [], declined: .none)
    }
    let (id, upTo) = (call.id, call.standing.generation)
    let (corpus, asOf) = (call.standing.corpus, call.standing.asOf)
    let tools = call.standing.tools.reading
    return try await services.read { reader in
      PairNotes(
        decisions: try reader.entries(.decision, about: id, upTo: upTo).compactMap {
          Decision($0.json)
        },
        declined: try Declined.read(
          reader, corpus: corpus, asOf: asOf, demand: id, upTo: upTo, tools: tools))
    }
  }

  private static func mayKnow(_ caller: Principal, _ call: Call) -> Bool {
    switch caller.reach(.readDecisions) {
    case .none: false
    case .given: call.standing.isGiven(call.id, to: caller.name)
    case .own, .all: true
    }
  }

  /// The stage's pairs with the last step that was recorded of each.
  func noting(_ stage: JSONObject) -> JSONObject {
    guard !decisions.isEmpty, let matches = stage["matches"]?.array else { return stage }
    var stage = stage
    stage["matches"] = .array(
      matches.map { match in
        guard var object = match.object else { return match }
        let last = decisions.last { decision in
          decision.line.map { $0 == object["line"]?.string }
            ?? (decision.platform != nil && decision.platform == object["platform"]?.string)
        }
        object["decision"] = last.map { .object($0.json) }
        return .object(object)
      })
    return stage
  }
}
