import Ledger
import Matcher

/// What one run is to be: all that its bytes depend on besides the inputs.
struct NightPlan: Sendable {
  let run: String
  let asOf: CivilDate
  /// The last entry that it looks at, and its hash.
  let seq: Int64
  let head: String
  let top: Int
  let reports: ReportOptions
  let program: String
  /// The run it is compared with.
  let previous: RunLog.Entry?

  /// The next run of a ledger as it stands.
  static func next(_ reader: LedgerReader, _ settings: NightSettings) throws -> NightPlan {
    let seq = try reader.lastSeq()
    let runs = try RunLog.all(reader)
    return NightPlan(
      run: RunLog.next(settings.asOf, after: runs), asOf: settings.asOf, seq: seq,
      head: try reader.entry(seq)?.hash ?? "", top: settings.top,
      reports: settings.reports, program: settings.program, previous: runs.last)
  }

  /// A run that was made before.
  static func again(
    _ manifest: NightManifest, _ runs: [RunLog.Entry]
  ) throws -> NightPlan {
    guard let asOf = manifest.asOf else {
      throw NightError(
        .damaged, "the manifest of run '\(manifest.run)' names no day; nothing was repeated")
    }
    return NightPlan(
      run: manifest.run, asOf: asOf, seq: manifest.seq, head: manifest.head, top: manifest.top,
      reports: manifest.reports, program: manifest.program,
      previous: manifest.previousRun.flatMap { name in runs.first { $0.run == name } })
  }
}
