// Proves:
// 1. Every snapshot in `Corpus/formats` opens, says what it was made of, and decides a demand as
//    stated here and as the reference evaluator does on the records beside it. They are matched with
//    the tables beside them, since the corpus goes on and numbers services and keys anew.
// 2. What is written today has the sections of the stored file of the newest version: whoever
//    changes them must count the version or the layout on.
// 3. The checksum has the values that `SnapshotFormat.md` states.
// 4. What is no snapshot, of a version or length that cannot be, or forged with right checksums is
//    refused with its reason and never traps.
//
// `RECORD=1 swift test --filter FormatTests` writes the file of a version that has none yet.

import Foundation
import Matcher
import MatcherIndex
import MatcherTestSupport
import Testing

@testable import MatcherEngine

@Suite struct FormatTests {
  /// What a stored file must give.
  private struct Stored {
    let version: UInt32
    let layout: String
    let lines: [String]
    let rows: Int
    /// Rank by rank: line, verdict, low, expected, high and weight.
    let results: [String]
  }

  private static let stored = [
    "snapshot-1": Stored(
      version: 1, layout: "1", lines: ["F1/1", "F1/2", "F2/1", "F3/1"], rows: 5,
      results: [
        "F1/1 full 2070000000 2070000000 2070000000 2070",
        "F2/1 potential 1215000000 1596500000 2070000000 2070",
        "F3/1 near_miss 530000000 1009000000 1242000000 2070",
        "F1/2 conflict 475000000 927500000 1380000000 2070",
      ])
  ]

  private static let newest = "snapshot-1"
  private static let asOf = CivilDate(iso: "2026-11-22") ?? CivilDate(dayNumber: 0)
  private static let demand = """
    {"type":"demand","id":"D","services":["ic.sic"],"requirements":[\
    {"key":"wafer_diameter","op":"one_of","value":[150],"unit":"mm","strictness":"hard"},\
    {"key":"implant_temperature","op":"at_least","value":500,"unit":"℃","strictness":"hard"},\
    {"key":"voltage","op":"at_least","value":1200,"unit":"V","strictness":"strong"}],\
    "certificates":[{"scheme":"IATF16949","scope":["功率器件"],"strictness":"soft"}],\
    "quantity":{"value":12,"unit":"片"},"place":{"allowed":["广东"],"strictness":"soft"},\
    "window":{"start":"2027-01-04","finish":"2027-12-31","strictness":"hard"}}
    {"type":"demand","id":"T","title":"碳化硅流片 SiC MOSFET pilot","services":["ic.sic"]}
    """

  private static func files(_ name: String) -> Corpus.Files {
    .folder(CorpusFiles.root.appending(path: "formats/\(name).tables").path)
  }

  private static func path(_ name: String) -> String {
    CorpusFiles.root.appending(path: "formats/\(name).snap").path
  }

  private static func read(_ name: String, _ corpus: Corpus) throws -> RecordReader {
    let records = try #require(CorpusFiles.bytes("formats/\(name).jsonl"))
    var reader = RecordReader(corpus: corpus)
    try reader.readPlatforms(Chunks.source(records), file: name)
    try reader.readDemands(Chunks.source(Array(demand.utf8)), file: "demand")
    #expect(reader.issues.isEmpty, "\(reader.issues)")
    return reader
  }

  private static var options: MatchOptions {
    var options = MatchOptions(asOf: asOf)
    options.rows = .line
    options.includesConflict = true
    return options
  }

  /// What the columns alone decide.
  private static func columns(_ demand: Demand, _ engine: ColumnEngine) throws -> [String] {
    let matching = engine.matching
    let stage = matching.resolve(demand, demand.stages[0])
    let scores = try #require(
      matching.match(stage, options: options, counts: true, worker: Worker()))
    return scores.matches.map { score in
      "\(matching.index.id(score.line)) \(score.verdict.rawValue) \(score.low) "
        + "\(score.expected) \(score.high) \(score.weight)"
    }
  }

  private static func describe(_ results: [StageResult]) -> [String] {
    results.flatMap(\.matches).map { match in
      let score = match.score
      return "\(match.line.line.id) \(match.verdict.rawValue) \(score.low) \(score.expected) "
        + "\(score.high) \(score.weight)"
    }
  }

  @Test("every stored version opens and decides as stated")
  func storedVersions() throws {
    try Self.recordMissing()
    let names = CorpusFiles.names(in: "formats", suffix: ".snap").map { String($0.dropLast(5)) }
    #expect(names == Self.stored.keys.sorted())
    for name in names {
      let wanted = try #require(Self.stored[name])
      #expect(
        try SectionFile.open(Self.path(name), verify: true).version == wanted.version)
      // Any tables, then those it was built with.
      _ = try Snapshot(opening: Self.path(name), files: nil, verify: true)
      let files = Self.files(name)
      _ = try Snapshot(matching: Self.path(name), files: files)
      let snapshot = try Snapshot(opening: Self.path(name), files: files, verify: true)
      let index = snapshot.index
      #expect((0..<UInt32(index.count)).map { index.id($0) } == wanted.lines)
      #expect(index.rows == wanted.rows)
      #expect(snapshot.manifest["columns.layout"] == wanted.layout)
      #expect(snapshot.manifest["lines"] == "\(wanted.lines.count)")
      #expect(snapshot.manifest["rows"] == "\(wanted.rows)")
      #expect(snapshot.manifest["platforms"] == "3")
      #expect(snapshot.manifest["note"] == "synthetic")
      let corpus = Corpus(files)
      let reader = try Self.read(name, corpus)
      let demand = try #require(reader.demands.first)
      let engine = snapshot.engine(corpus, asOf: Self.asOf)
      let reference = MatchEngine(corpus: corpus, platforms: reader.platforms)
      #expect(try Self.columns(demand, engine) == wanted.results)
      let results = engine.match(demand, options: Self.options, worker: Worker())
      #expect(Self.describe(results) == wanted.results)
      #expect(Self.describe(reference.match(demand, options: Self.options)) == wanted.results)
      // Scores of texts may move with the rules; what is stored of a line's words may not.
      let words = try #require(reader.demands.last)
      #expect(
        try Self.columns(words, engine)
          == Self.describe(reference.match(words, options: Self.options)),
        "texts of lines are stored otherwise: count the layout on")
    }
  }

  private static func recordMissing() throws {
    guard ProcessInfo.processInfo.environment["RECORD"] == "1",
      !FileManager.default.fileExists(atPath: path(newest))
    else { return }
    try build(newest).write(to: path(newest))
  }

  private static func build(_ name: String) throws -> Snapshot {
    let files = files(name)
    let corpus = Corpus(files)
    return Snapshot(
      try read(name, corpus).platforms, corpus: corpus, files: files,
      notes: [("note", "synthetic")])
  }

  @Test("what is written has the sections of the stored file, and those that readers do without")
  func sectionsStay() throws {
    func shape(_ sections: Sections) -> [String] {
      sections.all.filter { $0.name != PlatformRecords.sums }.map {
        "\($0.name) \($0.width) \($0.count)"
      }
    }
    let old = try SectionFile.open(Self.path(Self.newest), verify: true).sections
    #expect(shape(try Self.build(Self.newest).index.sections) == shape(old))
    #expect(Self.stored[Self.newest]?.version == SectionFile.version)
    #expect(Self.stored[Self.newest]?.layout == Snapshot.layout)
  }

  @Test("the checksum has the values that the format states")
  func checksum() {
    func sum(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { Checksum.of($0) } }
    #expect(sum([]) == 0xDAAA_9AD1_FCA1_A52E)
    #expect(sum(Array("abc".utf8)) == 0xB22D_3D25_14DE_0051)
    #expect(sum(Array(0..<40)) == 0xD26C_F130_C32B_25D2)
  }

  // MARK: Refusals

  private static func error(_ bytes: [UInt8]) throws -> SectionFileError? {
    let folder = try TemporaryFolder()
    let path = try folder.file("file", bytes)
    do throws(SectionFileError) {
      _ = try SectionFile.open(path, verify: true)
      return nil
    } catch {
      return error
    }
  }

  @Test("what is no snapshot, cut, too long or of version 0 is told apart")
  func refusals() throws {
    let whole = try #require(CorpusFiles.bytes("formats/snapshot-1.snap"))
    let count = UInt64(whole.count)
    for bytes in [[], Array("no snapshot".utf8), Array(whole.prefix(7))] {
      guard case .notASnapshot = try Self.error(bytes) else {
        Issue.record("\(bytes.count) bytes")
        continue
      }
    }
    for (length, expected) in [(8, 64), (63, 64), (64, count), (4000, count)] {
      guard
        case .truncated(_, expected, let found) = try Self.error(Array(whole.prefix(length)))
      else {
        Issue.record("\(length) bytes")
        continue
      }
      #expect(found == UInt64(length))
    }
    guard case .truncated = try Self.error(whole + [0]) else {
      Issue.record("a byte too many")
      return
    }
    var old = whole
    old[8] = 0
    Self.seal(&old)
    guard case .damaged(_, part: "head") = try Self.error(old) else {
      Issue.record("version 0")
      return
    }
  }

  private static func word(_ bytes: [UInt8], _ place: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[place * 8 + $1]) << UInt64($1 * 8) }
  }

  private static func put(_ value: UInt64, _ place: Int, _ bytes: inout [UInt8]) {
    for byte in 0..<8 { bytes[place * 8 + byte] = UInt8(truncatingIfNeeded: value >> (byte * 8)) }
  }

  /// Makes all checksums of head and directory right again.
  private static func seal(_ bytes: inout [UInt8]) {
    defer { put(bytes[..<48].withUnsafeBytes { Checksum.of($0) }, 6, &bytes) }
    let directory = 64..<64 + Int(word(bytes, 1) >> 32) * 48
    guard directory.upperBound <= bytes.count else { return }
    put(bytes[directory].withUnsafeBytes { Checksum.of($0) }, 4, &bytes)
    let names = Int(clamping: word(bytes, 3))
    if names <= bytes.count - directory.upperBound {
      let range = directory.upperBound..<directory.upperBound + names
      put(bytes[range].withUnsafeBytes { Checksum.of($0) }, 5, &bytes)
    }
  }

  @Test("a directory forged with right checksums is refused")
  func forged() throws {
    let whole = try #require(CorpusFiles.bytes("formats/snapshot-1.snap"))
    // The place of a word and what to put there: names, widths, counts, offsets beyond all bounds.
    let first = 8
    let changes: [(Int, UInt64)] = [
      (3, .max), (3, 1 << 63), (1, 1 | UInt64(UInt32.max) << 32), (first, UInt64(UInt32.max) << 32),
      (first, .max), (first + 1, .max), (first + 2, .max), (first + 2, 1 << 63),
      (first + 3, .max), (first + 3, 8), (first + 3, 1 << 63), (first + 6, Self.word(whole, first)),
    ]
    for (place, value) in changes {
      var forged = whole
      Self.put(value, place, &forged)
      Self.seal(&forged)
      guard case .damaged(_, part: "directory") = try Self.error(forged) else {
        Issue.record("word \(place) as \(value)")
        continue
      }
    }
    var empty = whole
    Self.put(.max, first + 1, &empty)
    Self.put(0, first + 2, &empty)
    Self.seal(&empty)
    #expect(try Self.error(empty) != nil)
  }

  @Test("random words of head and directory with right checksums never trap")
  func randomlyForged() throws {
    let whole = try #require(CorpusFiles.bytes("formats/snapshot-1.snap"))
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: 11)
    for _ in 0..<400 {
      var forged = whole
      for _ in 0...random.int(0...2) {
        let words = 8 + 6 * Int(Self.word(whole, 1) >> 32)
        let value = random.chance(50) ? random.next() : UInt64(random.int(0...4096))
        Self.put(value, random.int(1...(words - 1)), &forged)
      }
      Self.seal(&forged)
      let path = try folder.file("file", forged)
      _ = try? SectionFile.open(path, verify: true)
    }
  }

  @Test("a failed write leaves the old file and nothing else")
  func failedWrite() throws {
    let folder = try TemporaryFolder()
    let snapshot = try Self.build(Self.newest)
    // A folder cannot be replaced by a file.
    try FileManager.default.createDirectory(
      atPath: folder.path("taken/inside"), withIntermediateDirectories: true)
    #expect(throws: SnapshotError.self) { try snapshot.write(to: folder.path("taken")) }
    #expect(folder.names == ["taken"])
  }
}
