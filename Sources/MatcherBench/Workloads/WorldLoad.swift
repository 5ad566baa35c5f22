import Foundation
import Matcher
import MatcherEngine

/// World P at one of three sizes a decade apart: 1,000, 10,000 and 100,000 lines and 100 demands, as bytes, as records
/// and as columns. Each is made when it is first asked for, outside the clock.
final class WorldLoad {
  static let asOf = CivilDate(dayNumber: 20_779)

  let corpus: Corpus
  private let options: BenchOptions
  private let world: WorldP

  init(_ options: BenchOptions, corpus: Corpus) {
    self.options = options
    self.corpus = corpus
    world = WorldP(seed: options.seed, corpus: corpus, folder: options.corpus)
  }

  var count: Int { ["small": 1_000, "medium": 10_000, "large": 100_000][options.size] ?? 1_000 }

  lazy var platformBytes = (0..<count).flatMap { Array(world.platform($0).utf8) }
  lazy var demandBytes = (0..<100).flatMap { Array(world.demand($0).utf8) }

  lazy var records = read()
  lazy var lines = MatchEngine(corpus: corpus, platforms: records.platforms).lines
  lazy var matching = Matching(
    LineIndex(lines, corpus: corpus), corpus: corpus, asOf: WorldLoad.asOf)
  lazy var engine = ColumnEngine(
    corpus: corpus, platforms: records.platforms, asOf: WorldLoad.asOf)
  lazy var reference = MatchEngine(corpus: corpus, platforms: records.platforms)
  lazy var standing = StandingDemands(records.demands, home: matching)
  lazy var run = StandingRun(
    demands: records.demands, platforms: records.platforms, corpus: corpus, asOf: WorldLoad.asOf)

  /// The best ten lines of the first demand, whole.
  lazy var best: [Evaluation] = {
    guard let demand = records.demands.first else { return [] }
    return engine.match(demand, options: WorldLoad.options(10), worker: Worker())
      .flatMap(\.matches)
  }()

  /// What the best twenty of all demands cost, counted once.
  lazy var work: Worker.Counts = {
    let worker = Worker.counting()
    for demand in records.demands {
      for stage in demand.stages {
        _ = matching.match(
          matching.resolve(demand, stage), options: WorldLoad.options(20), counts: false,
          worker: worker)
      }
    }
    return worker.counts ?? Worker.Counts()
  }()

  /// Two sets of other records for one platform in a hundred, to be taken in turn.
  lazy var versions = [changed(0), changed(1)]

  /// A file with the snapshot of all lines; removed with this.
  lazy var snapshotPath: String = {
    let path = NSTemporaryDirectory() + "stage-\(getpid()).snap"
    let snapshot = Snapshot(
      records.platforms, corpus: corpus, files: .folder(options.corpus))
    do { try snapshot.write(to: path) } catch { MatcherBench.fail("\(path): \(error)") }
    return path
  }()

  deinit { unlink(NSTemporaryDirectory() + "stage-\(getpid()).snap") }

  static func options(_ top: Int) -> MatchOptions {
    var options = MatchOptions(asOf: asOf)
    options.top = top
    options.rows = .line
    return options
  }

  /// The records read anew from their bytes.
  func read() -> RecordReader {
    var reader = RecordReader(corpus: corpus)
    try? reader.readPlatforms(WorldLoad.source(platformBytes), file: "platforms.jsonl")
    try? reader.readDemands(WorldLoad.source(demandBytes), file: "demands.jsonl")
    return reader
  }

  /// Other records under the ids of some platforms: new versions of one in a hundred.
  ///
  /// - Parameter version: of different numbers the records differ.
  private func changed(_ version: Int) -> [Platform] {
    let share = max(1, count / 100)
    let bytes = (0..<share).flatMap { Array(world.platform(count + version * share + $0).utf8) }
    var reader = RecordReader(corpus: corpus)
    try? reader.readPlatforms(WorldLoad.source(bytes), file: "changed.jsonl")
    return reader.platforms.enumerated().map { number, platform in
      let old = records.platforms[number * 97 % records.platforms.count]
      var platform = platform
      platform.id = old.id
      platform.lines[0].id = old.lines[0].id
      return platform
    }
  }

  private static func source(_ bytes: [UInt8]) -> ByteSource {
    var rest: [UInt8]? = bytes
    return {
      defer { rest = nil }
      return rest
    }
  }
}
