import Foundation
import Ledger
import Matcher
import MatcherIndex

/// Makes a past run again and compares it with what it was.
package struct Replay {
  package enum Outcome: Equatable {
    /// So many files, all the same.
    case same(files: Int)
    /// The first file that is another, and the first byte where both files are at hand.
    case differs(file: String, byte: Int?)
  }

  private let inputs: NightInputs
  private let workers: Workers

  package init(_ inputs: NightInputs, workers: Workers) {
    self.inputs = inputs
    self.workers = workers
  }

  /// - Parameters:
  ///   - name: the run as the ledger names it.
  ///   - out: the folder of runs, if it is at hand: its files are compared byte for byte, and the lists
  ///     of the run before are taken from it. Else the hashes of the ledger's manifest decide.
  ///   - scratch: a folder for the files that are made; it is emptied.
  package func run(_ name: String, out: String?, scratch: String) throws -> Outcome {
    let runs = try inputs.ledger.read { try RunLog.all($0) }
    guard let entry = runs.last(where: { $0.run == name }) else {
      throw NightError(.noRun, "the ledger knows no run '\(name)'; matchctl runs lists them")
    }
    let manifest = NightManifest(entry.manifest)
    try checkTables(manifest)
    let work = NightWork(
      inputs: inputs.with(policy: manifest.policyLayers),
      plan: try NightPlan.again(manifest, runs), folder: scratch,
      runs: RunFolder(out: out ?? scratch), workers: workers,
      state: nil, isFull: true, progress: { _, _ in })
    let made = try work.make().manifest
    return try compare(manifest, made, out.map { RunFolder(out: $0).place(name) }, scratch)
  }

  private func checkTables(_ manifest: NightManifest) throws {
    let names = inputs.imprint.differing(from: manifest.tables)
    guard let first = names.first else { return }
    let shown = names.prefix(5).joined(separator: ", ")
    let more = names.count > 5 ? " and \(names.count - 5) more" : ""
    throw NightError(
      .otherCorpus,
      "run '\(manifest.run)' was made with other tables than '\(first)' and the like here: "
        + "\(shown)\(more); give the corpus of that time with --corpus")
  }

  private func compare(
    _ old: NightManifest, _ new: NightManifest, _ place: String?, _ scratch: String
  ) throws -> Outcome {
    let made = Dictionary(new.files.map { ($0.name, $0.hash) }) { first, _ in first }
    for file in old.files {
      let path = place.map { "\($0)/\(file.name)" }
      let stands = try path.map { try RunWriter.measure($0).hash } ?? file.hash
      guard let hash = made[file.name], hash == file.hash, hash == stands else {
        return .differs(
          file: file.name, byte: path.flatMap { firstByte($0, "\(scratch)/\(file.name)") })
      }
    }
    if let extra = new.files.first(where: { file in !old.files.contains { $0.name == file.name } })
    {
      return .differs(file: extra.name, byte: nil)
    }
    guard old.hash == new.hash else { return .differs(file: NightManifest.name, byte: nil) }
    return .same(files: old.files.count + 1)
  }

  private func firstByte(_ left: String, _ right: String) -> Int? {
    guard let a = NightFiles.bytes(left), let b = NightFiles.bytes(right) else { return nil }
    return zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(a.count, b.count)
  }
}
