import Ledger
import Matcher

/// A stage as a line of `stages.jsonl`: its counts and where its listed lines stand. A later run
/// compares itself with this alone.
package struct StageLine: Sendable, Equatable {
  package struct Listed: Sendable, Equatable {
    package let line: String
    package let platform: String
    package let verdict: Verdict
    /// 1…6.
    package let group: Int
  }

  package let demand: String
  package let stage: String?
  /// Fitting, to confirm, close, not fitting.
  package let counts: [Int]
  /// In ranking order.
  package let listed: [Listed]

  package init(_ stage: NightStage) {
    demand = stage.demand
    self.stage = stage.stage
    counts = [stage.full, stage.potential, stage.nearMiss, stage.conflict]
    listed = stage.matches.map {
      Listed(line: $0.line, platform: $0.platform, verdict: $0.verdict, group: $0.group)
    }
  }

  /// Reads what `json` writes; nil for anything else.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard let object = (try? JSONParser.parse(bytes))?.object,
      let demand = object["demand"]?.string, let pairs = object["listed"]?.array
    else { return nil }
    self.demand = demand
    stage = object["stage"]?.string
    let counts = StageLine.names.map { object[$0]?.number.flatMap { Int(exactly: $0) } }
    let listed = pairs.map { pair -> Listed? in
      guard let parts = pair.array, parts.count == 4, let line = parts[0].string,
        let platform = parts[1].string, let verdict = parts[2].string.flatMap(Verdict.init),
        let group = parts[3].number.flatMap({ Int(exactly: $0) })
      else { return nil }
      return Listed(line: line, platform: platform, verdict: verdict, group: group)
    }
    guard !counts.contains(nil), !listed.contains(nil) else { return nil }
    self.counts = counts.compactMap { $0 }
    self.listed = listed.compactMap { $0 }
  }

  private static let names = ["full", "potential", "near_miss", "conflict"]

  package var json: JSONObject {
    JSONObject(
      stating: [
        ("type", .string("stage")), ("demand", .string(demand)),
        ("stage", stage.map { .string($0) }),
      ] + zip(StageLine.names, counts).map { ($0, .integer($1)) } + [
        (
          "listed",
          .array(
            listed.map {
              .array([
                .string($0.line), .string($0.platform), .string($0.verdict.rawValue),
                .integer($0.group),
              ])
            })
        )
      ])
  }

  /// `demand`, or `demand`, U+001F and `stage`.
  package var key: String { StageLine.key(demand, stage) }

  package static func key(_ demand: String, _ stage: String?) -> String {
    stage.map { "\(demand)\u{1F}\($0)" } ?? demand
  }
}
