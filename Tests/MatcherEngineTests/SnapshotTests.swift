import Glibc
import Matcher
import MatcherIndex
import MatcherTestSupport
import Testing

@testable import MatcherEngine

/// A snapshot answers as the records it was built from, and a damaged one is refused.
@Suite struct SnapshotTests {
  private static func folder() -> String {
    var template = Array("/tmp/matcher-snapshot-XXXXXX".utf8CString)
    return String(cString: mkdtemp(&template))
  }

  /// All results of a world as the JSON a program would get.
  private static func lines(
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
    let path = Self.folder() + "/catalogue.snapshot"
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

  @Test("Every flipped byte, every cut and a newer version are refused")
  func damage() throws {
    let corpus = TestCorpus.shared
    let world = World.random(seed: 77, platforms: 3)
    let path = Self.folder() + "/catalogue.snapshot"
    let files = Corpus.Files.folder(CorpusFiles.root.path)
    try Snapshot(world.read().platforms, corpus: corpus, files: files).write(to: path)
    let bytes = try #require(Self.read(path))
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      var broken = bytes
      let place = random.int(0...(bytes.count - 1))
      broken[place] ^= UInt8(1 << random.int(0...7))
      Self.write(broken, path)
      #expect(throws: SnapshotError.self, "byte \(place)") {
        _ = try Snapshot(opening: path, files: files, verify: true)
      }
      Self.write(Array(bytes.prefix(random.int(0...(bytes.count - 1)))), path)
      #expect(throws: SnapshotError.self) {
        _ = try Snapshot(opening: path, files: files, verify: false)
      }
    }
    var newer = bytes
    newer[8] = 200
    Self.write(newer, path)
    #expect {
      _ = try Snapshot(opening: path, files: files, verify: false)
    } throws: { error in
      guard case SnapshotError.file(.newer(_, version: 200, supported: 1)) = error else {
        return false
      }
      return true
    }
  }

  @Test("A file that cannot be written says so and leaves the old one")
  func unwritable() throws {
    let corpus = TestCorpus.shared
    let files = Corpus.Files.folder(CorpusFiles.root.path)
    let snapshot = Snapshot(
      World.random(seed: 3).read().platforms, corpus: corpus, files: files)
    #expect(throws: SnapshotError.self) {
      try snapshot.write(to: "/proc/none/catalogue.snapshot")
    }
  }

  private static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  private static func write(_ bytes: [UInt8], _ path: String) {
    guard let file = fopen(path, "wb") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
}
