import Ledger
import Matcher

/// The runs that a ledger knows.
package enum RunLog {
  /// A run as the ledger has it.
  package struct Entry: Sendable {
    package let run: String
    /// The ledger's entry of it, which is behind the last one that the run looked at.
    package let seq: Int64
    package let at: Instant
    package let manifest: JSONObject
    package let hash: String
  }

  /// In the order in which they were recorded.
  package static func all(_ reader: LedgerReader, upTo: Int64 = .max) throws -> [Entry] {
    try reader.entries(.run, upTo: upTo).compactMap { entry in
      guard let body = entry.json?.object, let manifest = body["manifest"]?.object,
        let hash = body["sha256"]?.string
      else { return nil }
      return Entry(
        run: entry.subject, seq: entry.seq, at: entry.at, manifest: manifest, hash: hash)
    }
  }

  /// Records a run, and the figures of periods that are over by the ledger's own clock: a run of a day
  /// to come closes nothing.
  static func add(
    _ manifest: NightManifest, closing: [PeriodFigures] = [], to ledger: Ledger, by who: String
  ) throws {
    try ledger.write(by: who) { writer in
      guard try writer.reader.entries(.run, about: manifest.run).isEmpty else {
        throw NightError(
          .taken,
          "another night has recorded run '\(manifest.run)' meanwhile; nothing was written: run it "
            + "again")
      }
      for figures in closing where figures.to < writer.now.day() {
        try writer.append(.period, figures.subject, figures.json)
      }
      try writer.append(
        .run, manifest.run,
        JSONObject([
          ("manifest", .object(manifest.json)), ("sha256", .string(manifest.hash)),
        ]))
    }
  }

  /// The name of the next run of a day.
  static func next(_ day: CivilDate, after runs: [Entry]) -> String {
    "\(day)-\(runs.count { $0.run.hasPrefix("\(day)-") } + 1)"
  }
}
