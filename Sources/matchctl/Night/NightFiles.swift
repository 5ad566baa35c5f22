import Foundation
import Ledger
import Matcher
import MatcherIndex

/// The files of a run that programs read, each line a JSON object.
struct NightFiles {
  static let snapshot = "catalogue.snap"
  static let matches = "matches.jsonl"
  static let stages = "stages.jsonl"
  static let changes = "changes.jsonl"
  static let unmatched = "unmatched.jsonl"
  static let quality = "quality.jsonl"

  let data: NightData

  /// All but the listed pairs, which `MatchesFile` writes.
  func write(_ writer: RunWriter) throws {
    try writer.lines(NightFiles.stages) { file in
      for stage in data.stages { try file.add(JSONText.line(StageLine(stage).json)) }
    }
    try writer.lines(NightFiles.changes) { file in
      for change in data.changes { try file.add(JSONText.line(change.json)) }
    }
    try writer.lines(NightFiles.unmatched) { file in
      for stage in data.stages {
        if let unmatched = UnmatchedStage(stage) { try file.add(JSONText.line(unmatched.json)) }
      }
    }
    try writer.lines(NightFiles.quality) { file in
      for line in data.quality.lines { try file.add(JSONText.line(line)) }
    }
  }

  /// The last line of the listed pairs.
  var summary: JSONObject {
    JSONObject(
      [
        ("type", .string("summary")), ("run", .string(data.run)),
        ("as_of", .string(data.asOf.description)),
        ("policy", .string(data.corpus.policy.version)),
        ("text_statistics", .string(data.corpus.textStatisticsVersion)),
      ] + data.counts.members.map { ($0.name, $0.value) })
  }

  /// nil where there is no such file.
  static func bytes(_ path: String) -> [UInt8]? {
    (try? Data(contentsOf: URL(fileURLWithPath: path))).map { [UInt8]($0) }
  }
}

extension NightData {
  /// How many there are of each.
  package var counts: JSONObject {
    var out = JSONObject()
    out["demands"] = .integer(world.demands.count)
    out["platforms"] = .integer(world.platforms.count)
    out["lines"] = .integer(world.platforms.reduce(0) { $0 + $1.lines.count })
    out["stages"] = .integer(stages.count)
    for verdict in Verdict.allCases.reversed() {
      out["stages_\(verdict.rawValue)"] = .integer(stages.count { $0.verdict == verdict })
    }
    out["matches"] = .integer(stages.reduce(0) { $0 + $1.matches.count })
    let byKind = Dictionary(grouping: changes, by: \.kind)
    for kind in NightChange.Kind.allCases {
      out[kind.rawValue] = .integer(byKind[kind]?.count ?? 0)
    }
    out["issues"] = .integer(world.issues.count)
    return out
  }
}
