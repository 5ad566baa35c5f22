import ArgumentParser
import Foundation
import Matcher
import MatcherEngine
import MatcherIndex
import RecordFiles

/// A catalogue as one file that is ready for matching.
struct SnapshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Make, show and check a catalogue that is ready for matching (match --snapshot).",
    subcommands: [SnapshotBuild.self, SnapshotInfo.self, SnapshotVerify.self])
}

struct SnapshotBuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Read platforms and write their snapshot; an old one stays until the new is whole.")

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Platform files. Default: the corpus's real catalogue.", valueName: "file"))
  var platforms: [String] = []

  @Option(help: ArgumentHelp("Where the snapshot goes.", valueName: "file"))
  var out: String

  @Option(help: "The format of the inputs when their names do not say.")
  var inputFormat: RecordFormat?

  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  @Flag(help: "Exit 1 when any row was refused.")
  var strict = false

  func run() throws {
    let corpus = try corpusOptions.load()
    let folder = try CorpusFolder.locate(corpusOptions.corpus)
    let paths = platforms.isEmpty ? [folder + "/catalogue/real.jsonl"] : platforms
    var options = RecordReader.Options()
    options.prose = try time.date()
    var reader = RecordReader(corpus: corpus, options: options)
    let input = PlatformInput(corpus: corpus, language: languages.language, encoding: nil)
    for path in paths { try input.read(path, format: inputFormat, into: &reader) }
    reader.report(corpus, languages.language)
    guard !reader.platforms.isEmpty else { throw CommandError.input("no platform could be read") }
    let snapshot = Snapshot(
      reader.platforms, corpus: corpus, files: .folder(folder),
      notes: [
        ("program", MatchCtl.configuration.version),
        (
          "sources", paths.map { URL(fileURLWithPath: $0).lastPathComponent }.joined(separator: ";")
        ),
        ("words-read-as-of", try time.date().description),
        ("policy", corpus.policy.version),
      ], workers: .threads(Processors.count))
    do {
      try snapshot.write(to: out)
    } catch {
      throw CommandError.snapshot(error, out)
    }
    for entry in snapshot.manifest.entries { Output.line("\(entry.name)\t\(entry.value)") }
    if strict, reader.refused > 0 { throw ExitCode(1) }
  }
}

struct SnapshotInfo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Show what a snapshot was made of and with.")

  @Argument(help: "The snapshot.") var file: String
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @Flag(help: "Also list its sections with their sizes.") var sections = false

  func run() throws {
    let snapshot = try SnapshotFile.open(file, files: nil, verify: false)
    var rows = snapshot.manifest.entries.map { [$0.name, $0.value] }
    if sections {
      rows += snapshot.index.sections.all.map {
        ["section \($0.name)", "\($0.count) × \($0.width) B"]
      }
    }
    Output.listing(["name", "value"], rows, format)
  }
}

struct SnapshotVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read every byte of a snapshot, compare all checksums, and compare the corpus.")

  @Argument(help: "The snapshot.") var file: String
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions

  func run() throws {
    let folder = try CorpusFolder.locate(corpusOptions.corpus)
    let snapshot = try SnapshotFile.open(file, files: .folder(folder), verify: true)
    Output.line("\(file): whole, \(snapshot.index.count) lines, made with this corpus")
  }
}

/// Opens snapshots for commands.
enum SnapshotFile {
  static func open(_ path: String, files: Corpus.Files?, verify: Bool) throws -> Snapshot {
    do {
      return try Snapshot(
        opening: path, files: files, verify: verify, workers: .threads(Processors.count))
    } catch {
      throw CommandError.snapshot(error, path)
    }
  }

  /// To match with: what matching reads is verified.
  static func open(matching path: String, files: Corpus.Files) throws -> Snapshot {
    do {
      return try Snapshot(matching: path, files: files, workers: .threads(Processors.count))
    } catch {
      throw CommandError.snapshot(error, path)
    }
  }
}

extension CommandError {
  /// What is wrong with a snapshot and what to do.
  static func snapshot(_ error: SnapshotError, _ path: String) -> CommandError {
    let again = "build it again with matchctl snapshot build"
    switch error {
    case .file(.system("open", let path, ENOENT)): return noSuchFile(path)
    case .file(.system(let step, let path, let code)):
      let reason = String(cString: strerror(code))
      return input(
        "cannot \(step) '\(path)': \(reason); check the folder, its space and permissions")
    case .file(.notASnapshot(let path)):
      return input("'\(path)' is no snapshot; \(again)")
    case .file(.newer(let path, let version, let supported)):
      return input(
        "'\(path)' has version \(version), this program reads up to \(supported); "
          + "update the program, or \(again)")
    case .file(.truncated(let path, let expected, let found)):
      return input("'\(path)' has \(found) bytes of \(expected); copy it again, or \(again)")
    case .file(.damaged(let path, let part)):
      return input("'\(path)' is damaged (\(part)); copy it again, or \(again)")
    case .sections(let path, let problem):
      return input("'\(path)' cannot be used (\(problem)); \(again)")
    case .layout(let path, let found):
      return input("'\(path)' has columns of layout \(found), not \(Snapshot.layout); \(again)")
    case .otherCorpus(let path):
      return input("'\(path)' was built with another corpus; \(again)")
    }
  }
}
