import Foundation
import Matcher
import Testing

// Proves:
// 1. The report of the sample demands against both catalogues is the recorded one, byte for byte.
//    `RECORD=1 swift test --filter ReportTests` records it anew; the change is reviewed as code.
// 2. It does not depend on the order in which platforms were given.
@Suite("report", .serialized)
struct ReportTests {
  private static let corpusFolder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Corpus")
  private static let expected = corpusFolder.appendingPathComponent("cases/report/expected.jsonl")

  @Test("the report of the samples is the recorded one")
  func recorded() throws {
    let report = try ReportTests.report { $0 }
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(report.utf8).write(to: ReportTests.expected)
    }
    let recorded = try String(contentsOf: ReportTests.expected, encoding: .utf8)
    #expect(Array(report.utf8) == Array(recorded.utf8), "\(difference(recorded, report))")
  }

  @Test("platforms in another order give the same report")
  func order() throws {
    let recorded = try String(contentsOf: ReportTests.expected, encoding: .utf8)
    let report = try ReportTests.report { $0.reversed() }
    #expect(Array(report.utf8) == Array(recorded.utf8), "\(difference(recorded, report))")
  }

  /// The first line that differs, as a unified note.
  private func difference(_ old: String, _ new: String) -> String {
    let (old, new) = (
      old.split(separator: "\n", omittingEmptySubsequences: false),
      new.split(separator: "\n", omittingEmptySubsequences: false)
    )
    for index in 0..<max(old.count, new.count) {
      let (before, after) = (
        index < old.count ? old[index] : "(no line)", index < new.count ? new[index] : "(no line)"
      )
      guard before != after else { continue }
      let place = zip(before, after).prefix { $0 == $1 }.count
      return "@@ line \(index + 1), character \(place + 1) @@\n-\(before)\n+\(after)"
    }
    return "equal"
  }

  private static func report(_ arrange: ([Platform]) -> [Platform]) throws -> String {
    let corpus = Corpus(files)
    let day = try #require(CivilDate(iso: "2026-11-22"))
    var reading = RecordReader.Options()
    reading.prose = day
    var reader = RecordReader(corpus: corpus, options: reading)
    for name in ["real", "synthetic"] {
      try reader.readPlatforms(source("catalogue/\(name).jsonl"), file: "\(name).jsonl")
    }
    try reader.readDemands(source("lists/sample_demands.jsonl"), file: "sample_demands.jsonl")
    #expect(reader.issues.isEmpty)
    let engine = MatchEngine(corpus: corpus, platforms: arrange(reader.platforms))
    let results = reader.demands.flatMap { engine.match($0, options: MatchOptions(asOf: day)) }
    let record = MatchRecord(corpus: corpus, language: .simplified)
    var lines = results.flatMap { result in
      result.matches.enumerated().map { JSONWriter.line(record.json($1, rank: $0 + 1)) }
    }
    lines.append(JSONWriter.line(record.summary(results, asOf: day)))
    return lines.joined(separator: "\n") + "\n"
  }

  private static var files: Corpus.Files {
    let names = FileManager.default.subpaths(atPath: corpusFolder.path) ?? []
    return Corpus.Files(names: names) { name in
      FileManager.default.contents(atPath: corpusFolder.appendingPathComponent(name).path)
        .map { [UInt8]($0) }
    }
  }

  private static func source(_ name: String) throws -> ByteSource {
    var rest: [UInt8]? = [UInt8](try Data(contentsOf: corpusFolder.appendingPathComponent(name)))
    return {
      defer { rest = nil }
      return rest
    }
  }
}
