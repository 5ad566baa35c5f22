import Foundation
import Matcher
import MatcherIndex
import MatcherTestSupport
import Testing

@testable import MatcherEngine

/// A snapshot answers as the records it was built from, and a damaged one is refused.
@Suite struct SnapshotTests {
  /// All results of a world as the JSON a program would get.
  static func lines(
    _ demands: [Demand], _ options: MatchOptions, _ match: (Demand) -> [StageResult]
  ) -> [String] {
    let record = MatchRecord(corpus: TestCorpus.shared, language: .simplified)
    return demands.flatMap { demand in
      let results = match(demand)
      let pairs = results.flatMap { result in
        result.matches.enumerated().map {
          JSONWriter.line(record.fullJSON($1, rank: $0 + 1))
        }
      }
      return pairs + [JSONWriter.line(record.summary(results, asOf: options.asOf))]
    }
  }

  @Test("Built, written, mapped: the same explained results as the reference", arguments: 0..<6)
  func roundTrip(seed: Int) throws {
    let corpus = TestCorpus.shared
    let world = World.random(seed: UInt64(4000 + seed), platforms: 12)
    let records = world.read()
    var options = MatchOptions(asOf: world.asOf)
    options.preferred = world.preferred
    let folder = try TemporaryFolder()
    let path = folder.path("catalogue.snapshot")
    let files = Corpus.Files.folder(CorpusFiles.root.path)
    try Snapshot(records.platforms, corpus: corpus, files: files).write(to: path)
    let snapshot = try Snapshot(opening: path, files: files, verify: true)
    let mapped = snapshot.engine(corpus, asOf: world.asOf)
    let memory = ColumnEngine(corpus: corpus, platforms: records.platforms, asOf: world.asOf)
    let reference = MatchEngine(corpus: corpus, platforms: records.platforms)
    let worker = Worker()
    let wanted = Self.lines(records.demands, options) { reference.match($0, options: options) }
    #expect(!wanted.isEmpty)
    #expect(
      Self.lines(records.demands, options) {
        memory.match($0, options: options, worker: worker)
      } == wanted)
    #expect(
      Self.lines(records.demands, options) {
        mapped.match($0, options: options, worker: worker)
      } == wanted)
  }

  @Test("With some platforms replaced, the same as over all of them anew", arguments: 0..<8)
  func replaced(seed: Int) {
    let corpus = TestCorpus.shared
    let (old, new) = (
      World.random(seed: UInt64(5000 + seed), platforms: 12),
      World.random(seed: UInt64(6000 + seed), platforms: 14)
    )
    func byID(_ platforms: [Platform]) -> [Platform] { platforms.sorted { $0.id < $1.id } }
    let (before, others) = (byID(old.read().platforms), byID(new.read().platforms))
    // A third changes, some leave, some arrive; ids of lines may meet across platforms.
    let changed = Set(
      (before + others).map(\.id).enumerated().filter { $0.offset % 3 == 0 }.map(\.element))
    let now = others.filter { changed.contains($0.id) }
    let all = byID(before.filter { !changed.contains($0.id) } + now)
    let anew = ColumnEngine(corpus: corpus, platforms: all, asOf: old.asOf)
    let engine = ColumnEngine(corpus: corpus, platforms: before, asOf: old.asOf)
      .replacing(changed, by: now)
    let options = MatchOptions(asOf: old.asOf)
    let worker = Worker()
    let demands = old.read().demands
    let wanted = Self.lines(demands, options) { anew.match($0, options: options, worker: worker) }
    #expect(!wanted.isEmpty)
    #expect(
      Self.lines(demands, options) { engine.match($0, options: options, worker: worker) }
        == wanted)
    #expect(engine.count == anew.count)
  }

  @Test("Every flipped byte, every cut and a newer version are refused")
  func damage() throws {
    let corpus = TestCorpus.shared
    let world = World.random(seed: 77, platforms: 3)
    let folder = try TemporaryFolder()
    let path = folder.path("catalogue.snapshot")
    let files = Corpus.Files.folder(CorpusFiles.root.path)
    try Snapshot(world.read().platforms, corpus: corpus, files: files).write(to: path)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      var broken = bytes
      let place = random.int(0...(bytes.count - 1))
      broken[place] ^= UInt8(1 << random.int(0...7))
      _ = try folder.file("catalogue.snapshot", broken)
      #expect(throws: SnapshotError.self, "byte \(place)") {
        _ = try Snapshot(opening: path, files: files, verify: true)
      }
      _ = try folder.file(
        "catalogue.snapshot", Array(bytes.prefix(random.int(0...(bytes.count - 1)))))
      #expect(throws: SnapshotError.self) {
        _ = try Snapshot(opening: path, files: files, verify: false)
      }
    }
    var newer = bytes
    newer[8] = 200
    _ = try folder.file("catalogue.snapshot", newer)
    #expect {
      _ = try Snapshot(opening: path, files: files, verify: false)
    } throws: { error in
      guard case SnapshotError.file(.newer(_, version: 200, supported: 1)) = error else {
        return false
      }
      return true
    }
  }

  @Test("Opened to match with: a flipped byte is refused, found while matching, or never read")
  func damageWhileMatching() throws {
    let corpus = TestCorpus.shared
    let world = World.random(seed: 78, platforms: 6)
    let folder = try TemporaryFolder()
    let path = folder.path("catalogue.snapshot")
    let files = Corpus.Files.folder(CorpusFiles.root.path)
    let records = world.read()
    try Snapshot(records.platforms, corpus: corpus, files: files).write(to: path)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    var options = MatchOptions(asOf: world.asOf)
    options.includesConflict = true
    func lines(_ snapshot: Snapshot) -> [String] {
      let engine = snapshot.engine(corpus, asOf: world.asOf)
      let worker = Worker()
      return Self.lines(records.demands, options) {
        engine.match($0, options: options, worker: worker)
      }
    }
    let wanted = lines(try Snapshot(opening: path, files: files, verify: true))
    var random = SeededGenerator(seed: 6)
    var (refused, found, unread) = (0, 0, 0)
    for _ in 0..<200 {
      var broken = bytes
      let place = random.int(0...(bytes.count - 1))
      broken[place] ^= UInt8(1 << random.int(0...7))
      _ = try folder.file("catalogue.snapshot", broken)
      guard let snapshot = try? Snapshot(matching: path, files: files) else {
        refused += 1
        continue
      }
      let result = lines(snapshot)
      if snapshot.damage(of: path) != nil {
        found += 1
      } else {
        unread += 1
        #expect(result == wanted, "byte \(place)")
      }
    }
    #expect(refused > 0 && found > 0 && unread > 0, "\(refused) \(found) \(unread)")
  }

  @Test("A file that cannot be written says so and leaves nothing half-written")
  func unwritable() throws {
    let files = Corpus.Files.folder(CorpusFiles.root.path)
    let snapshot = Snapshot(
      World.random(seed: 3).read().platforms, corpus: TestCorpus.shared, files: files)
    let folder = try TemporaryFolder()
    #expect(throws: SnapshotError.self) {
      try snapshot.write(to: folder.path("none/catalogue.snapshot"))
    }
    // A folder stands where the file should go: all is written but the last step.
    let taken = folder.path("taken")
    try FileManager.default.createDirectory(atPath: taken, withIntermediateDirectories: false)
    #expect(throws: SnapshotError.self) { try snapshot.write(to: taken) }
    #expect(folder.names == ["taken"])
  }

  @Test("A stage with more criteria than the columns have bits is decided by the reference")
  func manyCriteria() throws {
    let world = World.random(seed: 4002, platforms: 8)
    let records = world.read()
    var demand = try #require(records.demands.first)
    let requirement = try #require(demand.stages[0].ask.requirements.first)
    demand.stages[0].ask.requirements = Array(repeating: requirement, count: 60)
    let corpus = TestCorpus.shared
    let options = MatchOptions(asOf: world.asOf)
    let columns = ColumnEngine(corpus: corpus, platforms: records.platforms, asOf: world.asOf)
    let resolved = columns.matching.resolve(demand, demand.stages[0])
    #expect(
      columns.matching.match(resolved, options: options, counts: true, worker: Worker()) == nil)
    let reference = MatchEngine(corpus: corpus, platforms: records.platforms)
    let wanted = Self.lines([demand], options) { reference.match($0, options: options) }
    #expect(
      Self.lines([demand], options) {
        columns.match($0, options: options, worker: Worker())
      } == wanted)
  }
}
