import Foundation
import Matcher

/// Two runs of the benchmark side by side: ratios of times with their noise, and counts that differ.
///
/// A time counts as changed only when the two runs' ranges of times, from the fastest to the slowest
/// of a stage, do not touch and the medians differ by more than 5 %. A count that differs is always
/// said: counts are exact.
enum CompareRuns {
  private struct Stage {
    var minimum: Double
    var median: Double
    var maximum: Double
    var counts: [(String, Double)]
  }

  static func run(_ before: String, _ after: String) {
    let (old, new) = (stages(before), stages(after))
    for (name, stage) in new.sorted(by: { $0.key < $1.key }) {
      guard let base = old[name] else {
        print("\(name): new")
        continue
      }
      print(line(name, base, stage))
    }
    for name in old.keys.sorted() where new[name] == nil { print("\(name): gone") }
  }

  private static func line(_ name: String, _ old: Stage, _ new: Stage) -> String {
    let ratio = old.median > 0 ? new.median / old.median : 1
    let low = old.maximum > 0 ? new.minimum / old.maximum : 1
    let high = old.minimum > 0 ? new.maximum / old.minimum : 1
    let isApart = new.minimum > old.maximum || new.maximum < old.minimum
    let verdict =
      isApart && abs(ratio - 1) > 0.05 ? (ratio < 1 ? "faster" : "slower") : "within noise"
    var parts = ["\(name): × \(text(ratio)) (\(text(low))…\(text(high))), \(verdict)"]
    for (count, value) in new.counts {
      guard let before = old.counts.first(where: { $0.0 == count })?.1, before != value,
        !count.hasSuffix("PerSecond"), !count.hasPrefix("cpu"), !count.hasPrefix("permille")
      else { continue }
      parts.append("\(count) \(plain(before)) → \(plain(value))")
    }
    return parts.joined(separator: "; ")
  }

  private static func plain(_ count: Double) -> String {
    JSONWriter.line(.number(count))
  }

  private static func text(_ ratio: Double) -> String {
    String(format: "%.2f", ratio)
  }

  /// The stages of a file of results; threads make stages of their own.
  private static func stages(_ path: String) -> [String: Stage] {
    var stages: [String: Stage] = [:]
    for line in Workload.bytes(path).split(separator: 10) {
      guard case .object(let object)? = try? JSONParser.parse(Array(line)),
        object["type"]?.string == "stage", var name = object["name"]?.string
      else { continue }
      var counts: [(String, Double)] = []
      if case .object(let found)? = object["counts"] {
        counts = found.members.compactMap { member in
          member.value.number.map { (member.name, $0) }
        }
      }
      if let threads = counts.first(where: { $0.0 == "threads" }) { name += " \(Int(threads.1))" }
      let seconds = object["seconds"]?.number
      guard let median = object["p50"]?.number ?? seconds else { continue }
      stages[name] = Stage(
        minimum: object["min"]?.number ?? median, median: median,
        maximum: object["max"]?.number ?? median, counts: counts)
    }
    return stages
  }
}
