import MatcherTestSupport
import Testing

@testable import Matcher

// 1. each file of Corpus/malformed gives the records and the issues its expected.json says, in any
//   chunks
// 2. what survives can be evaluated without a trap
// 3. a line beyond the limit is skipped and counted, a document beyond its limit is refused
// 4. random mutations of good files never trap and never lose an untouched row
@Suite("Record reader")
struct RecordReaderTests {
  struct Wanted: Sendable, CustomTestStringConvertible {
    let object: JSONObject
    var file: String { object["file"]?.string ?? "" }
    var testDescription: String { file }

    static let all: [Wanted] = {
      let bytes = CorpusFiles.bytes("malformed/expected.json") ?? []
      let rows = (try? JSONParser.parse(bytes))?.array ?? []
      return rows.compactMap(\.object).map { Wanted(object: $0) }
    }()

    func strings(_ name: String) -> [String] {
      (object[name]?.array ?? []).compactMap(\.string)
    }
  }

  static func read(
    _ bytes: [UInt8], file: String, demands: Bool, chunks: [Int] = [Int.max],
    options: RecordReader.Options = RecordReader.Options()
  ) throws -> RecordReader {
    var reader = RecordReader(corpus: CorpusFiles.plain, options: options)
    let source = Chunks.source(bytes, sizes: chunks)
    if demands {
      try reader.readDemands(source, file: file)
    } else {
      try reader.readPlatforms(source, file: file)
    }
    return reader
  }

  static func read(_ wanted: Wanted, chunks: [Int] = [Int.max]) throws -> RecordReader {
    let bytes = try #require(CorpusFiles.bytes("malformed/\(wanted.file)"))
    let demands = wanted.object["side"]?.string == "demand"
    return try read(bytes, file: wanted.file, demands: demands, chunks: chunks)
  }

  @Test("every malformed file is expected, and every expected file is there")
  func corpusIsComplete() {
    let files = CorpusFiles.names(in: "malformed", suffix: "").filter {
      !["expected.json", "README.md"].contains($0) && !$0.hasPrefix(".")
    }
    #expect(files == Wanted.all.map(\.file).sorted())
    #expect(Wanted.all.count >= 50)
  }

  @Test("a malformed file: good rows survive, the rest is reported", arguments: Wanted.all)
  func malformed(wanted: Wanted) throws {
    let reader = try RecordReaderTests.read(wanted)
    let ids = reader.demands.map(\.id) + reader.platforms.map(\.id)
    #expect(ids == wanted.strings("records"))
    for issue in (wanted.object["issues"]?.array ?? []).compactMap(\.object) {
      #expect(
        reader.issues.contains { RecordReaderTests.matches($0, issue) },
        "no issue as \(JSONWriter.line(.object(issue))); there are: \(reader.issues.map(\.description))"
      )
    }
    for (name, severity) in [("refused", RecordIssue.Severity.refused), ("warnings", .warning)] {
      guard let count = wanted.object[name]?.number else { continue }
      let found = reader.issues.filter { $0.severity == severity }
      #expect(found.count == Int(count), "\(name): \(found.map(\.description))")
    }
    for (id, lines) in wanted.object["lines"]?.object?.members ?? [] {
      let platform = reader.platforms.first { $0.id == id }
      #expect(platform?.lines.map(\.id) == lines.array?.compactMap(\.string))
    }
    #expect(reader.issues.allSatisfy { $0.file == wanted.file && !$0.expected.isEmpty })
  }

  private static func matches(_ issue: RecordIssue, _ wanted: JSONObject) -> Bool {
    func text(_ name: String) -> String { wanted[name]?.string ?? "" }
    func has(_ whole: String, _ part: String) -> Bool { part.isEmpty || whole.contains(part) }
    return issue.severity.rawValue == text("severity") && has(issue.field, text("field"))
      && has(issue.got, text("got")) && has(issue.expected, text("expected"))
      && (wanted["row"]?.number.map { Int($0) == issue.row } ?? true)
  }

  @Test("any chunks give the same records and issues", arguments: Wanted.all)
  func chunking(wanted: Wanted) throws {
    let whole = try RecordReaderTests.read(wanted)
    for sizes in [[1], [2, 3, 5, 7], [64]] {
      let parts = try RecordReaderTests.read(wanted, chunks: sizes)
      #expect(parts.issues == whole.issues)
      #expect(parts.demands.map(\.raw) == whole.demands.map(\.raw))
      #expect(parts.platforms.map(\.raw) == whole.platforms.map(\.raw))
    }
  }

  @Test("what survives is evaluated without a trap")
  func survivorsEvaluate() throws {
    var demands: [Demand] = []
    var platforms: [Platform] = []
    for wanted in Wanted.all {
      let reader = try RecordReaderTests.read(wanted)
      demands += reader.demands
      platforms += reader.platforms
    }
    let day = try #require(CivilDate(iso: "2026-11-22"))
    var options = MatchOptions(asOf: day)
    options.includesConflict = true
    options.rows = .line
    options.top = 1000
    let engine = MatchEngine(corpus: CorpusFiles.plain, platforms: platforms)
    let record = MatchRecord(corpus: CorpusFiles.plain, language: .simplified)
    for demand in demands {
      for result in engine.match(demand, options: options) {
        #expect(result.matches.count == engine.lines.count)
        for match in result.matches {
          let line = JSONWriter.line(record.fullJSON(match, rank: 1))
          #expect(throws: Never.self) { try JSONParser.parse(Array(line.utf8)) }
        }
      }
    }
  }

  @Test(
    "numbers at the ends of the range are compared without a trap",
    arguments: ["0", "1e300", "-1e300", "1e-300"])
  func extremeNumbers(number: String) throws {
    let keys = [
      ("voltage", "V"), ("vacuum_level", "Pa"), ("reactor_volume", "L"), ("temperature", "℃"),
      ("wafer_diameter", "mm"), ("bioreactor_volume", "L"), ("compute_capacity", "PFLOPS"),
    ]
    let day = try #require(CivilDate(iso: "2026-11-22"))
    for (key, unit) in keys {
      for other in ["0", "1", "1e300", "-1e300", "1e-300"] {
        let asks = ["at_least", "at_most", "cover", "overlap", "one_of", "equal"].map {
          #"{"key":"\#(key)","op":"\#($0)","value":\#(number),"unit":"\#(unit)"}"#
        }
        let demand = #"{"id":"D","requirements":[\#(asks.joined(separator: ","))]}"#
        let forms = [
          #""min":\#(other)"#, #""max":\#(other)"#, #""values":[\#(other)]"#,
          #""min":\#(other),"max":1e301"#,
        ]
        for form in forms {
          let platform =
            #"{"id":"P","lines":[{"specs":[{"key":"\#(key)",\#(form),"unit":"\#(unit)"}]}]}"#
          let demands = try RecordReaderTests.read(
            Array(demand.utf8), file: "d.json", demands: true)
          let lines = try RecordReaderTests.read(
            Array(platform.utf8), file: "p.json", demands: false)
          let engine = MatchEngine(corpus: CorpusFiles.plain, platforms: lines.platforms)
          let ask = try #require(demands.demands.first)
          let pair = try #require(
            engine.evaluate(ask, line: "P/L1", options: MatchOptions(asOf: day)))
          #expect(pair.score.low <= pair.score.expected && pair.score.expected <= pair.score.high)
        }
      }
    }
  }

  /// What a list of one file becomes.
  private func read(_ text: String, file: String) throws -> RecordReader {
    var reader = RecordReader(
      corpus: TestCorpus.shared, options: RecordReader.Options(), tools: TestCorpus.tools)
    var chunk: [UInt8]? = Array(text.utf8)
    try reader.readDemands(
      {
        defer { chunk = nil }
        return chunk
      }, file: file)
    return reader
  }

  @Test("a column named like a field of records is kept, and is not that field")
  func reservedColumns() throws {
    let reader = try read(
      "id,services,budget,window_start,budget_cny\nD1,ic.sic,60万,2026/12/1,60万\n", file: "d.csv")
    #expect(reader.demands.count == 1)
    #expect(reader.issues.map(\.field).sorted() == ["budget", "budget_cny", "window.start"])
    #expect(reader.issues.contains { $0.hint == "write it as 2026-12-01" })
  }

  @Test("JSON takes the comparison signs that tables take")
  func signs() throws {
    let asked = ["at_least", ">=", "≥"].map {
      "{\"id\":\"\($0)\",\"requirements\":[{\"key\":\"voltage\",\"op\":\"\($0)\",\"value\":\"1200 V\"}]}\n"
    }
    let reader = try read(asked.joined(), file: "d.jsonl")
    #expect(reader.issues.isEmpty, "\(reader.issues)")
    #expect(Set(reader.demands.map { "\($0.stages[0].ask.requirements[0].asked)" }).count == 1)
  }

  @Test("a line beyond the limit is skipped and counted")
  func longLine() throws {
    var options = RecordReader.Options()
    options.lineLimit = 100
    let long = #"{"id":"LONG","title":""# + String(repeating: "x", count: 200) + #""}"#
    let text = "{\"id\":\"A\"}\n\(long)\n{\"id\":\"B\"}\n"
    for chunks in [[Int.max], [1], [33]] {
      let reader = try RecordReaderTests.read(
        Array(text.utf8), file: "f.jsonl", demands: true, chunks: chunks, options: options)
      #expect(reader.demands.map(\.id) == ["A", "B"])
      let issue = try #require(reader.issues.first)
      #expect(reader.issues.count == 1)
      #expect(issue.row == 2)
      #expect(issue.got.contains("\(long.utf8.count) bytes"))
    }
  }

  @Test("a table row beyond the limit is skipped and counted")
  func longTableRow() throws {
    var options = RecordReader.Options()
    options.lineLimit = 60
    let text = "id,title\nA,a\nLONG,\(String(repeating: "x", count: 200))\nB,b\n"
    let reader = try RecordReaderTests.read(
      Array(text.utf8), file: "f.csv", demands: true, options: options)
    #expect(reader.demands.map(\.id) == ["A", "B"])
    #expect(reader.issues.map(\.row) == [3])
  }

  @Test("a document beyond its limit is refused with a way out")
  func longDocument() throws {
    var options = RecordReader.Options()
    options.documentLimit = 20
    let reader = try RecordReaderTests.read(
      Array(#"[{"id":"A"},{"id":"B"},{"id":"C"}]"#.utf8), file: "f.json", demands: true,
      options: options)
    #expect(reader.demands.isEmpty)
    #expect(reader.issues.first?.hint?.contains("JSON Lines") == true)
  }
}
