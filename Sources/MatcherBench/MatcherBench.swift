import Foundation
import Matcher

/// Measures the engine, one stage a file, and runs the long proofs. See README.md beside this file.
@main
enum MatcherBench {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let options = BenchOptions(arguments)
    switch arguments.first {
    case "run": run(options)
    case "count": count(options)
    case "compare":
      let files = Array(arguments.dropFirst())
      guard files.count == 2 else { fail("usage: MatcherBench compare BEFORE.jsonl AFTER.jsonl") }
      CompareRuns.run(files[0], files[1])
    case "world": WorldBench(options: options).run()
    case "list": writeList(arguments.dropFirst().first ?? "", options)
    case "ledger": LedgerMaker(options: options).run(arguments.dropFirst().first ?? "")
    case "peer": peer(arguments.dropFirst())
    case "soak": soak(arguments.dropFirst().first ?? "", options)
    default:
      fail(
        "usage: MatcherBench run [--size small|medium|large] [--stage NAME] [--corpus DIR]\n"
          + "       MatcherBench count --stage NAME [--passes N] [--corpus DIR]\n"
          + "       MatcherBench compare BEFORE.jsonl AFTER.jsonl\n"
          + "       MatcherBench world [--lines N] [--demands N] [--stream N] [--stage pairs|reverse|change|snapshot] "
          + "[--passes N] [--threads N] [--seed N] [--corpus DIR]\n"
          + "       MatcherBench ledger FILE [--lines N] [--demands N] [--change PERCENT] [--edits N] [--seed N] [--corpus DIR]\n"
          + "       MatcherBench list FILE.csv [--lines ROWS] [--seed N] [--corpus DIR]\n"
          + "       MatcherBench peer \(PeerCommand.kinds.joined(separator: "|")) DATA WORK\n"
          + "       MatcherBench soak \(soaks.map(\.name).joined(separator: "|")) "
          + "[--scale X] [--seed N] [--corpus DIR]")
    }
  }

  private static let stages: [any Stage.Type] = [
    CorpusStage.self, FoldStage.self, QuantityStage.self, TableStage.self, TableFileStage.self,
    ListStage.self, ParseStage.self, ResolveStage.self, BuildStage.self, OpenStage.self,
    ReferenceStage.self, MatchOneStage.self, MatchManyStage.self, ReverseStage.self,
    IncrementalStage.self, ExplainStage.self, EndToEndStage.self,
  ]

  private static func run(_ options: BenchOptions) {
    let wanted = stages.filter { options.stage == nil || $0.name == options.stage }
    guard !wanted.isEmpty else { fail("no stage '\(options.stage ?? "")'") }
    let workload = Workload(options)
    for stage in wanted { print(Measurement.of(stage, workload).json) }
  }

  /// Runs a stage `--passes` times and nothing else, for counting allocations from outside.
  private static func count(_ options: BenchOptions) {
    guard let stage = stages.first(where: { $0.name == options.stage }) else {
      fail("no stage '\(options.stage ?? "")'")
    }
    let workload = Workload(options)
    stage.prepare(workload)
    var counts: [(String, Int)] = []
    for _ in 0..<options.passes { counts = stage.run(workload) }
    print(counts.map { "\($0.0) \($0.1)" }.joined(separator: ", "))
  }

  /// Writes the list that stage `list` reads, with as many rows as asked, for runs of `matchctl lint`.
  private static func writeList(_ path: String, _ options: BenchOptions) {
    guard !path.isEmpty, !path.hasPrefix("--") else {
      fail("usage: MatcherBench list FILE.csv [--lines ROWS] [--seed N] [--corpus DIR]")
    }
    let list = GeneratedList(
      rows: max(1, options.lines), seed: options.seed, clauses: Workload(options).makeClauses())
    do {
      try Data(list.bytes).write(to: URL(fileURLWithPath: path))
    } catch {
      fail("\(error)")
    }
  }

  /// The long proofs by name.
  private static let soaks: [(name: String, run: @Sendable (BenchOptions) -> String)] = [
    ("readers", { ReaderSoak($0).run() }),
    ("load", { LoadSoak($0).run() }),
    ("lists", { ListSoak($0).run() }),
    ("tables", { TableSoak($0).run() }),
    ("quantity", { QuantitySoak($0).run() }),
    ("prose", { ProseSoak($0).run() }),
  ]

  private static func soak(_ name: String, _ options: BenchOptions) {
    guard let soak = soaks.first(where: { $0.name == name }) else {
      fail("no soak '\(name)'; there are \(soaks.map(\.name).joined(separator: ", "))")
    }
    print(soak.run(options))
  }

  /// Serves the peers' benchmark. WORK, a folder for files, is not needed: the index is memory.
  private static func peer(_ arguments: ArraySlice<String>) {
    let words = Array(arguments)
    guard words.count >= 2 else { fail("usage: MatcherBench peer KIND DATA WORK") }
    PeerCommand.run(words[0], data: words[1])
  }

  static func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(64)
  }
}

/// The flags of the benchmark.
struct BenchOptions {
  var size = "small"
  var stage: String?
  var corpus = "Corpus"
  var scale = 1.0
  var seed: UInt64 = 1
  var passes = 1
  var lines = 24_000
  var demands = 2_000
  /// Demands that are streamed to disk; 0 for none.
  var stream = 0
  /// Threads of World P's pairs; 0 for one, then two.
  var threads = 0
  /// Of the records of a ledger that is changed, in per cent.
  var change = 1
  /// Members that are others in a record that is changed; 0 for another record as a whole.
  var edits = 0

  init(_ arguments: [String]) {
    for (flag, value) in zip(arguments, arguments.dropFirst()) {
      switch flag {
      case "--size": size = value
      case "--stage": stage = value
      case "--corpus": corpus = value
      case "--scale": scale = Double(value) ?? scale
      case "--passes": passes = Int(value) ?? passes
      case "--lines": lines = Int(value) ?? lines
      case "--demands": demands = Int(value) ?? demands
      case "--threads": threads = Int(value) ?? threads
      case "--edits": edits = Int(value) ?? edits
      case "--change": change = Int(value) ?? change
      case "--stream": stream = Int(value) ?? stream
      case "--seed": seed = UInt64(value) ?? seed
      default: break
      }
    }
  }

  /// Copies of the catalogue: about 325, 3,250 and 32,500 lines.
  var copies: Int {
    ["small": 1, "medium": 10, "large": 100][size] ?? 1
  }
}
