import Foundation
import Ledger
import Matcher

/// The folder that runs go to: a run is written beside its place and put there whole.
package struct RunFolder: Sendable {
  package let out: String

  package init(out: String) {
    self.out = out
  }

  /// Where a run stands when it is whole.
  package func place(_ run: String) -> String { "\(out)/\(run)" }

  /// What the last night left for the next one.
  var state: StateFolder { StateFolder(out: out) }

  /// Where it is written.
  package func part(_ run: String) -> String { "\(out)/.\(run).part" }

  package func holds(_ run: String) -> Bool {
    FileManager.default.fileExists(atPath: place(run))
  }

  /// Makes the folder if it is not there.
  package func make() throws {
    try LedgerError.wrapping(out) {
      try make(out)
    }
  }

  /// Takes away what runs left that did not finish; gives their names.
  ///
  /// Only for who holds the lock.
  package func clean() throws -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: out)) ?? []
    let parts = names.filter { $0.hasPrefix(".") && $0.hasSuffix(".part") }.sorted()
    for name in parts { try? FileManager.default.removeItem(atPath: "\(out)/\(name)") }
    return parts.map { String($0.dropFirst().dropLast(5)) }.filter { $0 != StateFolder.name }
  }

  /// Runs that stand whole, by name.
  package func runs() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: out)) ?? []
    return names.filter {
      !$0.hasPrefix(".") && $0 != "latest"
        && FileManager.default.fileExists(atPath: "\(out)/\($0)/\(NightManifest.name)")
    }.sorted()
  }

  /// Begins a run anew.
  package func begin(_ run: String) throws {
    try? FileManager.default.removeItem(atPath: part(run))
    try make(part(run))
  }

  /// Puts a run in its place in one step.
  package func finish(_ run: String) throws {
    try DurableFile.syncFolder(of: part(run) + "/.")
    guard rename(part(run), place(run)) == 0 else { throw DurableFile.error(place(run)) }
    try DurableFile.syncFolder(of: place(run))
  }

  /// Takes a run out of its place again.
  func withdraw(_ run: String) {
    _ = rename(place(run), part(run))
  }

  package func abandon(_ run: String) {
    try? FileManager.default.removeItem(atPath: part(run))
  }

  /// Lets `latest` lead to a run, in one step.
  package func point(latest run: String) throws {
    let beside = "\(out)/.latest.part"
    unlink(beside)
    guard symlink(run, beside) == 0, rename(beside, "\(out)/latest") == 0 else {
      throw DurableFile.error("\(out)/latest")
    }
    try DurableFile.syncFolder(of: "\(out)/latest")
  }

  private func make(_ path: String) throws {
    if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT else { throw DurableFile.error(path) }
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard parent != path else { throw DurableFile.error(path) }
    try make(parent)
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw DurableFile.error(path) }
  }
}
