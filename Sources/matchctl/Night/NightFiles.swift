import Foundation
import Ledger
import Matcher
import MatcherIndex

/// The files of a run, in the order in which they are written.
struct NightFiles {
  static let snapshot = "catalogue.snap"
  static let matches = "matches.jsonl"
  static let stages = "stages.jsonl"
  static let changes = "changes.jsonl"
  static let unmatched = "unmatched.jsonl"
  static let quality = "quality.jsonl"

  let data: NightData
  let workers: Workers

  func write(_ writer: RunWriter, progress: @Sendable (Int) -> Void) throws {
    try writer.lines(NightFiles.matches) { file in
      try writeMatches(file)
      try file.add(JSONText.line(summary))
    }
    progress(50)
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
    progress(100)
  }

  /// Workers turn stages into text; one file takes it.
  private func writeMatches(_ file: LineFile) throws {
    let part = 1024
    for start in stride(from: 0, to: data.stages.count, by: part) {
      let stages = data.stages[start..<min(start + part, data.stages.count)]
      let texts = InOrder<[UInt8]>()
      workers.ordered(
        stages.count, chunk: 64, state: { 0 },
        work: { [asOf = data.asOf] range, _ in
          var text = LineText()
          for place in range {
            for match in stages[start + place].matches {
              match.append(asOf: asOf, to: &text)
              text.endLine()
            }
          }
          return text.bytes
        },
        emit: { part in
          texts.add([part])
          return true
        })
      for text in texts.values { try file.add(lines: text) }
    }
  }

  private var summary: JSONObject {
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
