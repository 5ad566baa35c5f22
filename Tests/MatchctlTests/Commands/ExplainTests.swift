import Foundation
import Testing

// Proves:
// 1. explain: every number in the text is in the JSON record, or derived from it in a named way.
// 2. explain: what stands against a misfit comes closest first; --above says why one precedes.
// 3. compare: a row a criterion, a column a line, and why each stands above the next.
// 4. find: by service, sector, spec and place; what is not stated is listed behind.
// 5. inspect: every topic, narrowed by a word, in every format.
// 6. lint: the two planted mistakes of the sample table, with their rows, and the rest read.
@Suite("explain, compare, find, inspect, lint")
struct ExplainTests {
  @Test(
    "every number of the page comes from the record",
    arguments: [
      ("DEMO-01", "S101/L1"), ("DEMO-01", "S101/L2"), ("DEMO-02", "S128/L1"),
      ("DEMO-03", "S121/L1"),
    ])
  func numbers(demand: String, line: String) throws {
    let call = ["explain", demand, line] + Samples.sheet
    let page = try Command.run(call)
    #expect(page.status == 0, "\(page.stderr)")
    let record = try JSON(Command.run(call + ["--format", "json"]).stdout)
    var known = derived(from: record)
    for path in [Samples.synthetic, Samples.demands] {
      for row in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      where row.contains("\"\(demand)\"") || row.contains("\"\(line)\"") {
        known.formUnion(numbers(String(row)))
      }
    }
    for number in numbers(list(page.stdout)) {
      let room = max(0.0051, number * 0.000_051)
      let isKnown = known.contains { abs($0 - number) <= room }
      #expect(isKnown, "\(number) in \(page.stdout)")
    }
  }

  /// The page without the numbers of its own questions.
  private func list(_ page: String) -> String {
    page.replacing(#/(?m)^  \d\. /#, with: "")
  }

  private func numbers(_ text: String) -> Set<Double> {
    Set(
      text.replacing(",", with: "").matches(of: #/\d+(\.\d+)?/#).compactMap { Double($0.output.0) })
  }

  /// The numbers of a record outside its rendered texts; scores and shares also ×100, money also in
  /// 万元, a gap also as the share of what was asked.
  private func derived(from record: JSON) -> Set<Double> {
    let bare = record.without(["text", "questions", "relaxation"])
    var values = leaves(bare)
    for value in values { values.formUnion([value * 100, value / 10_000, -value]) }
    for criterion in record["criteria"].array {
      guard let margin = criterion["margin"].number else { continue }
      values.formUnion([abs(margin), abs(margin) / 10_000])
      let asked = numbers(criterion["asked"].string ?? "").union(
        criterion["other"].number.map { [$0] } ?? [])
      for value in asked where value != 0 { values.insert((abs(margin) / value * 100).rounded()) }
      for value in asked { values.formUnion([value + margin, value - margin]) }
    }
    let criteria = record["criteria"].array
    values.formUnion((0...criteria.count).map(Double.init))
    return values
  }

  private func leaves(_ value: JSON) -> Set<Double> {
    switch value {
    case .number(let number): [number]
    case .string(let text): numbers(text)
    case .array(let values): values.reduce(into: []) { $0.formUnion(leaves($1)) }
    case .object(let members): members.values.reduce(into: []) { $0.formUnion(leaves($1)) }
    default: []
    }
  }

  @Test("a misfit is explained as fully, closest first, final last")
  func conflict() throws {
    let folder = try Scratch()
    let demand = """
      {"id":"D1","services":["ic.gan"],"requirements":[\
      {"key":"wafer_diameter","op":"one_of","value":[300],"unit":"mm"},\
      {"key":"implant_temperature","op":"at_least","value":650,"unit":"℃"}]}
      """
    let run = try Command.run([
      "explain", "D1", "PA/1", "--platforms", try folder.file("p.jsonl", Made.platforms),
      "--demands", try folder.file("d.jsonl", demand),
    ])
    let against = try #require(run.stdout.components(separatedBy: "不足之处\n").last)
    let lines = against.split(separator: "\n").prefix(3)
    #expect(lines.count == 3)
    #expect(lines[0].contains("离子注入温度") && lines[0].contains("差 50 ℃"), "\(lines)")
    #expect(lines[1].contains("晶圆直径"), "\(lines)")
    #expect(lines[2].contains("服务"), "\(lines)")
  }

  @Test("--above says why one line precedes the other")
  func above() throws {
    let run = try Command.run(
      ["explain", "DEMO-01", "S125/L1", "--above", "S101/L1"] + Samples.sheet)
    #expect(run.lines.last?.hasPrefix("S101/L1 排在 S125/L1 前面：") == true)
  }

  @Test("a page gives verdict, coverage, source, day and policy")
  func page() throws {
    let page = try Command.run(["explain", "DEMO-01", "S101/L1"] + Samples.sheet).stdout
    for part in ["符合（按现有资料）", "11 项要求中 11 项有资料", "来源：", "截至 2026-11-22", "余量 +100 ℃"] {
      #expect(page.contains(part), "\(part)")
    }
  }

  @Test("compare gives a row a criterion and a column a line")
  func compare() throws {
    let call = ["compare", "S125/L1", "S101/L1", "--for", "DEMO-01"] + Samples.sheet
    let table = try Command.run(call)
    #expect(table.lines.contains { $0.hasPrefix("离子注入温度") && $0.contains("−100 ℃") })
    #expect(table.lines.last?.hasPrefix("S101/L1 排在 S125/L1 前面：") == true)
    let csv = try Command.run(call + ["--format", "csv"])
    #expect(csv.lines.first == "\u{FEFF}编号,S125/L1,S101/L1")
  }

  @Test("find narrows by service, spec and place")
  func find() throws {
    func ids(_ words: [String]) throws -> [String] {
      try Command.run(
        ["find", "--platforms", Samples.synthetic, "--format", "jsonl"] + words + Samples.day
      ).objects().compactMap { $0["line"].string }
    }
    let service = try ids(["--service", "ic.sic"])
    let spec = try ids(["--service", "ic.sic", "--where", "wafer_diameter=150 mm"])
    let place = try ids(
      ["--service", "ic.sic", "--where", "wafer_diameter=150 mm", "--place", "深圳"])
    #expect(service.contains("S101/L1") && !service.contains("S101/L2"))
    #expect(Set(spec).isSubset(of: service) && spec.contains("S116/L1"))
    #expect(Set(place).isSubset(of: spec) && place.contains("S101/L1"))
    #expect(!place.contains("S116/L1"))
  }

  @Test("find lists what does not state the spec behind what does")
  func findUnstated() throws {
    let folder = try Scratch()
    let run = try Command.run([
      "find", "--where", "implant_temperature>=500 ℃", "--service", "ic.sic", "--format", "jsonl",
      "--platforms", try folder.file("p.jsonl", Made.platforms),
    ])
    let lines = try run.objects().filter { $0["type"].string == "line" }
    #expect(lines.map { $0["line"].string } == ["PA/1", "PA/2"])
    #expect(lines.map { $0["stated"] } == [.bool(true), .bool(false)])
  }

  @Test(
    "inspect shows every topic, narrowed by a word",
    arguments: [
      ("sectors", "ic", "ic"), ("services", "ic.sic", "碳化硅"), ("keys", "wafer_diameter", "晶圆直径"),
      ("units", "pressure_gauge", "MPa"), ("terms", "substrate", "碳化硅"), ("places", "深圳", "深圳市"),
    ])
  func inspect(topic: String, word: String, expected: String) throws {
    let run = try Command.run(["inspect", topic, word])
    #expect(run.status == 0 && run.stdout.contains(expected), "\(run.stdout)")
    let rows = try Command.run(["inspect", topic, word, "--format", "jsonl"]).objects()
    #expect(!rows.isEmpty && run.lines.count == rows.count + 2)
  }

  @Test("lint finds the two planted mistakes with their rows, and reads the rest")
  func lint() throws {
    let call = ["lint", Command.corpus("lists/sample_demands.csv"), "--format"]
    let run = try Command.run(call + ["jsonl"])
    #expect(run.status == 1)
    let objects = try run.objects()
    let rows = objects.filter { $0["type"].string == "row" }
    #expect(rows.map { $0["row"].number } == (2...11).map { Double($0) })
    let issues = objects.filter {
      $0["type"].string == "issue" && $0["level"].string != "note"
    }
    #expect(issues.map { $0["record"].string } == ["CSV-06", "CSV-07"])
    #expect(issues.map { $0["row"].number } == [7, 8])
    #expect(issues.map { $0["severity"].string } == ["error", "warning"])
    #expect(issues.first?["got"].string?.contains("kgf/cm") == true)
    #expect(issues.last?["got"].string?.contains("1700 ℃") == true)
    #expect(objects.last?["records"].number == 10)
    let table = try Command.run(call + ["table"]).stdout
    #expect(table.contains("第 7 行 [CSV-06]") && table.contains("第 8 行 [CSV-07]"))
    let schema = try Schema("issue")
    for issue in issues { #expect(schema.errors(issue) == []) }
  }

  @Test("a list with mistakes still matches, row by row")
  func lintedList() throws {
    let run = try Command.run(
      [
        "match", "--demands", Command.corpus("lists/sample_demands.csv"), "--platforms",
        Samples.synthetic, "--format", "jsonl", "--top", "1", "--lang", "en",
      ] + Samples.day)
    let demands = try #require(try run.objects().last)["demands"].array
    let ids = demands.compactMap { $0["demand"].string }
    #expect(ids.count == 10 && ids.first == "CSV-01" && ids.last == "CSV-10")
    #expect(run.stderr.contains("row 7"))
  }

  @Test("lint without files checks the corpus and finds nothing")
  func lintCorpus() throws {
    let run = try Command.run(["lint", "--format", "jsonl"])
    #expect(try run.objects().map { $0["type"].string } == ["summary"])
  }

  @Test("lint of profiles says which side it read")
  func lintPlatforms() throws {
    let folder = try Scratch()
    let path = try folder.file("p.jsonl", Made.platforms)
    let good = try Command.run(["lint", "--side", "platform", path, "--format", "jsonl"])
    #expect(try good.objects().last?["records"].number == 3)
    let wrongSide = try Command.run(["lint", path, "--format", "jsonl"])
    #expect(wrongSide.status == 1)
    #expect(wrongSide.stdout.contains("'platform'"))
  }
}
