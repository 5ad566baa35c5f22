import Foundation
import Ledger
import Matcher

/// World P as a ledger: platforms of a line each and demands, or changes to one that is there.
struct LedgerMaker {
  let options: BenchOptions

  /// Writes the ledger; one that is there gets other versions of every so many records instead.
  ///
  /// Prints one line of JSON with what was written.
  func run(_ path: String) {
    guard !path.isEmpty, !path.hasPrefix("--") else {
      MatcherBench.fail(
        "usage: MatcherBench ledger FILE [--lines N] [--demands N] [--change PERCENT] [--edits N]")
    }
    let world = WorldP(
      seed: options.seed, corpus: Corpus(.folder(options.corpus)), folder: options.corpus)
    do {
      let isThere = FileManager.default.fileExists(atPath: path)
      let ledger = try Ledger(creating: path)
      let every = isThere ? max(1, 100 / max(1, options.change)) : 1
      try fill(ledger, world, every: every, isChange: isThere)
      let last = try ledger.read { try $0.lastSeq() }
      try ledger.close()
      print("{\"stage\":\"ledger\",\"entries\":\(last),\"every\":\(every)}")
    } catch {
      MatcherBench.fail("\(error)")
    }
  }

  private func fill(
    _ ledger: Ledger, _ world: WorldP, every: Int, isChange: Bool
  ) throws {
    try ledger.write(by: "bench") { writer in
      // The change of a change is another one again.
      let shift = isChange ? 1_000_000 + Int(try writer.reader.lastSeq()) : 0
      for (kind, count) in [(Entry.Kind.platform, options.lines), (.demand, options.demands)] {
        for number in stride(from: 0, to: count, by: every) {
          let text =
            kind == .platform ? world.platform(number + shift) : world.demand(number + shift)
          guard var record = JSONText.value(text)?.object, let id = record["id"]?.string else {
            continue
          }
          let old =
            kind == .platform
            ? JSONText.value(world.platform(number)) : JSONText.value(world.demand(number))
          let name = old?.object?["id"]?.string ?? id
          record = LedgerMaker.renamed(record, id, name)
          if isChange, options.edits > 0,
            let now = try writer.reader.record(kind, name)?.version.record
          {
            record = RecordEdit(taking: options.edits, of: record, from: number + shift).edited(now)
          }
          try writer.put(
            kind, name, RecordVersion(state: .published, record: record, park: "HP"))
        }
      }
    }
  }

  /// The record under another id, its lines too.
  private static func renamed(_ record: JSONObject, _ id: String, _ name: String) -> JSONObject {
    guard id != name else { return record }
    let text = JSONText.line(record).replacingOccurrences(of: id, with: name)
    return JSONText.value(text)?.object ?? record
  }
}
