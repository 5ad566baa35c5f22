import MatcherTestSupport
import Testing

@testable import Matcher

// 1. 3,000 random mutations of good files never trap
// 2. no row that was not touched is lost, and it reads to the same record
// 3. a row that is lost is reported
@Suite("Mutated record files")
struct RecordMutationTests {
  /// A good file as its rows, each with its line break, and the ids the rows carry.
  struct Good: Sendable {
    let file: String
    let isDemand: Bool
    let rows: [[UInt8]]

    /// A CSV header is no row that may be mutated.
    var first: Int { file.hasSuffix(".csv") ? 1 : 0 }
  }

  static let files: [Good] = [
    good("lists/sample_demands.jsonl", isDemand: true),
    good("lists/sample_demands.csv", isDemand: true),
    good("catalogue/synthetic.jsonl", isDemand: false, limit: 12),
  ]

  private static func good(_ path: String, isDemand: Bool, limit: Int = 40) -> Good {
    var rows: [[UInt8]] = []
    for line in (CorpusFiles.bytes(path) ?? []).split(separator: 0x0A).prefix(limit) {
      rows.append(Array(line) + [0x0A])
    }
    let name = path.split(separator: "/").last.map { String($0) } ?? path
    return Good(file: name, isDemand: isDemand, rows: rows)
  }

  @Test("untouched rows survive", arguments: UInt64(0)..<30)
  func survives(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for good in RecordMutationTests.files {
      let untouched = try records(good.rows, good)
      #expect(untouched.count == good.rows.count - good.first, "\(good.file)")
      for turn in 0..<34 { try mutate(good, untouched, &generator, "seed \(seed), turn \(turn)") }
    }
  }

  private func mutate(
    _ good: Good, _ untouched: [JSONValue], _ generator: inout SeededGenerator, _ place: String
  ) throws {
    var rows = good.rows
    var touched: Set<Int> = []
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let row = Int.random(in: good.first..<rows.count, using: &generator)
      touched.insert(row)
      change(&rows[row], good, &generator)
    }
    for row in rows.indices where rows[row].last != 0x0A { touched.insert(row + 1) }
    let survivors = try records(rows, good)
    for (index, record) in untouched.enumerated() where !touched.contains(index + good.first) {
      #expect(survivors.contains(record), "\(good.file) row \(index + good.first), \(place)")
    }
  }

  /// The records read, as their raw objects; more records lost than reported is a failure.
  private func records(_ rows: [[UInt8]], _ good: Good) throws -> [JSONValue] {
    let bytes = rows.flatMap(\.self)
    let lines = bytes.split(separator: 0x0A).filter { $0.contains { $0 > 0x20 } }.count
    let reader = try RecordReaderTests.read(
      bytes, file: good.file, demands: good.isDemand, chunks: [1 << 12])
    let records = reader.demands.map(\.raw) + reader.platforms.map(\.raw)
    let lost = lines - good.first - records.count
    #expect(lost <= reader.issues.count, "\(lost) lost")
    return records
  }

  /// One byte changed, removed or added; in a table never into a quote, whose cell may rightly run
  /// on.
  private func change(_ row: inout [UInt8], _ good: Good, _ generator: inout SeededGenerator) {
    guard !row.isEmpty else { return }
    let place = Int.random(in: row.indices, using: &generator)
    let special = Array("\"{}[]:,\\0-e.\n\r\t\u{0} ".utf8) + [0xFF, 0xC0, 0xEF]
    var byte =
      Bool.random(using: &generator)
      ? UInt8.random(in: 0...255, using: &generator) : special.randomElement(using: &generator) ?? 0
    let isTable = good.file.hasSuffix(".csv")
    if isTable, byte == 0x22 { byte = 0x27 }
    switch Int.random(in: 0..<3, using: &generator) {
    case 0 where !(isTable && row[place] == 0x22): row[place] = byte
    case 1 where !(isTable && row[place] == 0x22): row.remove(at: place)
    default: row.insert(byte, at: place)
    }
  }
}
