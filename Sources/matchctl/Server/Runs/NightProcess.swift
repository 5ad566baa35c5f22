import Foundation
import Matcher
import Synchronization

/// Runs the night as a process of its own, so that what it needs is given back when it ends and what
/// happens to it does not happen to the server. One at a time.
final class NightProcess: Sendable {
  private let settings: ServerSettings
  private let ledger: String
  private let isRunning = Mutex(false)

  init(_ settings: ServerSettings, ledger: String) {
    self.settings = settings
    self.ledger = ledger
  }

  /// Runs it to its end.
  ///
  /// - Throws: `APIError` where one runs already, there is no folder for runs, or the night failed.
  func run(asOf: CivilDate?, by who: String, _ progress: Progress) throws {
    guard let runs = settings.runs, let program = settings.program else {
      throw APIError(
        .unavailable, "this server has no folder for runs", hint: "start it with --runs DIR")
    }
    guard
      isRunning.withLock({ running in
        defer { running = true }
        return !running
      })
    else {
      throw APIError(.conflict, "the night is running", hint: "wait until it has ended")
    }
    defer { isRunning.withLock { $0 = false } }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments =
      ["night", "--ledger", ledger, "--out", runs, "--by", who, "--corpus", settings.corpusFolder]
      + (asOf.map { ["--as-of", "\($0)"] } ?? [])
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw APIError(.unavailable, "the night cannot be started", hint: "see the log")
    }
    while process.isRunning {
      report(runs, progress)
      Thread.sleep(forTimeInterval: 0.2)
    }
    guard process.terminationStatus == 0 else {
      throw APIError(
        .unavailable, "the night failed", hint: "see status.json in the folder of runs")
    }
  }

  private func report(_ runs: String, _ progress: Progress) {
    guard let status = RunShelf(folder: runs).status(),
      let percent = status["percent"]?.number.flatMap({ Int(exactly: $0) })
    else { return }
    progress.report(status["phase"]?.string ?? "", percent, 100)
  }
}
