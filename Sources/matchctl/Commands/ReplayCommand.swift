import ArgumentParser
import Foundation
import Ledger
import Matcher
import MatcherEngine
import Night
import RecordFiles

/// Makes a past run again and compares it byte for byte.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Make a past run again from its manifest and compare it byte for byte.",
    discussion: """
      With --out the run's own files are compared; without, the hashes that the ledger keeps. Exit 1 where anything
      differs, 2 where the tables of that time are not at hand.
      """)

  @Argument(
    help: ArgumentHelp("The run, such as 2026-11-22-1; matchctl runs lists them.", valueName: "run")
  )
  var name: String

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  @Option(help: ArgumentHelp("The folder of runs.", valueName: "dir"))
  var out: String?

  @Option(help: "Threads. Default: the processors.")
  var threads: Int?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads: got \(threads), expected 1…1024")
    }
  }

  func run() throws {
    let texts = try NightTexts(corpus: corpusOptions.load(), language: languages.language)
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("replay-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    do {
      try FileManager.default.createDirectory(
        atPath: scratch, withIntermediateDirectories: true)
      let replay = Replay(
        try NightCommand.inputs(ledger, corpusOptions),
        workers: .threads(threads ?? Processors.count))
      switch try replay.run(name, out: out, scratch: scratch) {
      case .same(let files):
        Output.line(texts.replayed(name, files: files))
      case .differs(let file, let byte):
        Output.line(texts.differs(name, file, byte))
        throw ExitCode(1)
      }
    } catch {
      throw NightCommand.stopping(error, scratch)
    }
  }
}

/// Lists the runs that a ledger knows.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs of the night, oldest first.")

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table

  func run() throws {
    let runs = try ledger.open().read { try RunLog.all($0) }
    let names = ["demands", "lines", "matches", "new", "lost", "risen", "fallen"]
    let rows = runs.map { entry in
      let manifest = NightManifest(entry.manifest)
      return [
        entry.run, manifest.asOf.map { "\($0)" } ?? "", "\(manifest.seq)", entry.at.description,
        manifest.program,
      ] + names.map { manifest.counts[$0]?.number.map { String(Int($0)) } ?? "" }
    }
    Output.listing(["run", "as_of", "entry", "recorded", "program"] + names, rows, format)
  }
}
