import Ledger
import Matcher
import Night

/// The stages of the last run that no line fits on what is on file, counted by cell and by why.
///
/// Counts below three that restricted demands are among are not said, and what stands in the way of a
/// restricted demand is never told apart: it could be what she asks.
struct UnmatchedCounts {
  /// A count and how many of it are restricted.
  struct Count {
    private(set) var all = 0
    private var restricted = 0

    mutating func add(_ isRestricted: Bool) {
      all += 1
      if isRestricted { restricted += 1 }
    }

    static func += (left: inout Count, right: Count) {
      left.all += right.all
      left.restricted += right.restricted
    }

    var isSafe: Bool { restricted == 0 || all >= UnmatchedCounts.smallest }
    /// nil where it is not said.
    var json: JSONValue { isSafe ? .integer(all) : .null }
  }

  static let smallest = SmallCells.least

  /// Demands by cell, each once a cell.
  private(set) var cells: [GapHandlers.Cell: Count] = [:]
  /// Stages by reason and what most lines miss; nothing where that is not said.
  private var causes: [[String]: Count] = [:]

  /// - Parameter bytes: `unmatched.jsonl` of a run.
  init(_ bytes: [UInt8], _ call: Call) throws {
    var seen: Set<[String]> = []
    for line in bytes.split(separator: 10) {
      try Blocking.check()
      guard let stage = (try? JSONParser.parse(Array(line)))?.object,
        let id = stage["demand"]?.string, let demand = call.standing.demands[id]?.demand,
        !demand.synthetic
      else { continue }
      let isRestricted = SealedRecord.hidesWords(demand.stated.object ?? JSONObject())
      let name = stage["stage"]?.string
      let asked = demand.stages.first { $0.id == name } ?? demand.stages.first
      for cell in asked.map({ GapHandlers.cells($0, demand, call) }) ?? []
      where seen.insert([id, cell.sector, cell.city]).inserted {
        cells[cell, default: Count()].add(isRestricted)
      }
      let reason = stage["reason"]?.string ?? "no_platform"
      let what = isRestricted ? nil : UnmatchedCounts.main(stage, reason)
      causes[[reason] + (what.map { [$0] } ?? []), default: Count()].add(isRestricted)
    }
  }

  /// What most lines miss or leave open; ties by name.
  private static func main(_ stage: JSONObject, _ reason: String) -> String? {
    let counts = stage[reason == "unstated" ? "waiting" : "removed"]?.object?.members ?? []
    let sized = counts.map { ($0.name, $0.value.number ?? 0) }
    return sized.min { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 > $1.1 }?.0
  }

  /// By count, most first, what is not said last.
  func json(_ call: Call) -> [JSONValue] {
    let rows = causes.sorted { one, other in
      let (left, right) = (
        one.value.isSafe ? one.value.all : 0, other.value.isSafe ? other.value.all : 0
      )
      return left == right ? one.key.lexicographicallyPrecedes(other.key) : left > right
    }
    return rows.map { key, count in
      .object(
        JSONObject([
          ("cause", .string(key.joined(separator: ":"))), ("name", .string(name(key, call))),
          ("demands", count.json),
        ]))
    }
  }

  private func name(_ key: [String], _ call: Call) -> String {
    let (corpus, language) = (call.standing.corpus, call.language)
    let reason = corpus.texts.text("gaps.\(key[0])", language)
    guard key.count > 1 else { return reason }
    let parts = key[1].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    let spec = parts.count > 1 && parts[0] == "spec" ? corpus.registry.key(parts[1]) : nil
    let what =
      spec.map { corpus.registry[$0].name.text(language) }
      ?? corpus.texts.text("name.\(parts[0])", language)
    return corpus.texts.text("gaps.cause", language, ["reason": reason, "what": what])
  }
}
