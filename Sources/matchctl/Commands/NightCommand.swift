import ArgumentParser
import Foundation
import Ledger
import Matcher
import MatcherEngine
import MatcherIndex
import Night
import RecordFiles

/// Everything with everything, and what changed since the run before.
struct NightCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "night",
    abstract: "Match all standing demands with all standing lines and write one run (夜间批处理).",
    discussion: """
      The run is written beside its place, and stands in DIR under its name (2026-11-22-1) when it is whole; DIR/latest
      leads to the last one, DIR/status.json says how the night went. Killed at any moment, the next night cleans up. Only
      one night works in a folder at a time.
      """)

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  @Option(help: ArgumentHelp("The folder of runs; made if it is not there.", valueName: "dir"))
  var out: String

  @Option(help: "Lines listed for a stage of a demand, 1…1000.")
  var top = NightSettings.defaultTop

  @Flag(help: "Show made-up records in sheets and pages too.")
  var synthetic = false

  @Flag(help: "Make all anew, whatever the last night left; the run is the same and takes longer.")
  var full = false

  @Option(help: "Threads. Default: the processors.")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      """
      A command to run at the end, with MATCHCTL_STATUS (done, failed), MATCHCTL_RUN, MATCHCTL_MESSAGE and MATCHCTL_OUT in \
      its environment.
      """, valueName: "cmd"))
  var onFinish: String?

  func validate() throws {
    guard (1...1000).contains(top) else {
      throw ValidationError("--top: got \(top), expected 1…1000")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads: got \(threads), expected 1…1024")
    }
  }

  func run() throws {
    let texts = try NightTexts(corpus: corpusOptions.load(), language: languages.language)
    do {
      let result = try result(texts)
      for note in result.notes { Output.error(texts.note(note.id, note.value)) }
      for warning in result.manifest.warnings { Output.error(texts.note(warning, "")) }
      if let back = back(result) { Output.error(texts.note("night.warning.back", back)) }
      let message = texts.done(result, out)
      Output.line(message)
      finish("done", message, result.run)
    } catch {
      let message = texts.failed(error)
      Output.line(message)
      finish("failed", message, "")
      throw NightCommand.stopping(error, out)
    }
  }

  private func result(_ texts: NightTexts) throws -> Night.Result {
    Allocation.keepFreed()
    var settings = NightSettings(
      asOf: try time.date(), out: out, program: MatchCtl.configuration.version,
      who: (try? ledger.who()) ?? "night")
    settings.top = top
    settings.isFull = full
    settings.reports.language = languages.language
    settings.reports.includesSynthetic = synthetic
    settings.workers = .threads(threads ?? Processors.count)
    settings.progress = NightProgress(texts).report
    settings.message = { [out] result in
      switch result {
      case .success(let result): texts.done(result, out)
      case .failure(let error): texts.failed(error)
      }
    }
    let inputs: NightInputs
    do {
      inputs = try NightCommand.inputs(ledger, corpusOptions)
    } catch {
      Night.failed(out: out, message: texts.failed(error), error: error)
      throw error
    }
    defer { try? inputs.ledger.close() }
    return try Night(inputs, settings).run()
  }

  static func inputs(
    _ ledger: LedgerOptions, _ corpus: CorpusOptions
  ) throws -> NightInputs {
    NightInputs(
      ledger: try ledger.open(), corpus: try corpus.load(),
      files: .folder(try CorpusFolder.locate(corpus.corpus)), overlay: try corpus.overlay())
  }

  /// The day of the run before, when the clock says an earlier one.
  private func back(_ result: Night.Result) -> String? {
    guard time.asOf == nil, let day = result.manifest.asOf, let previous = result.previousDay,
      day < previous
    else { return nil }
    return "\(previous)"
  }

  static func stopping(_ error: any Error, _ path: String) -> any Error {
    switch error {
    case let error as NightError: CommandError.input(error.description)
    case let error as SnapshotError: CommandError.snapshot(error, path)
    default: error
    }
  }

  /// Runs the command that was asked for; what becomes of it is said and changes nothing.
  private func finish(_ status: String, _ message: String, _ run: String) {
    guard let onFinish else { return }
    Output.flush()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", onFinish]
    process.environment = ProcessInfo.processInfo.environment.merging([
      "MATCHCTL_STATUS": status, "MATCHCTL_RUN": run, "MATCHCTL_MESSAGE": message,
      "MATCHCTL_OUT": out,
    ]) { $1 }
    do {
      try process.run()
      process.waitUntilExit()
      guard process.terminationStatus != 0 else { return }
      Output.error("--on-finish: '\(onFinish)' ended with \(process.terminationStatus)")
    } catch {
      Output.error("--on-finish: '\(onFinish)' could not be run: \(error.localizedDescription)")
    }
  }
}
