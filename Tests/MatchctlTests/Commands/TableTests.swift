import Foundation
import Testing

// Proves, of `match` as a table:
// 1. Columns align by display width, wide characters included (judged by the C library's wcwidth).
// 2. Groups come as fits, to confirm, close; coverage reads 7 项要求中 3 项有资料.
// 3. Lines of which almost nothing is known, and lines outside the border, are folded into counts
//    unless asked for.
// 4. Whatever has a made-up record says 含示例数据; JSON Lines are unaffected.
@Suite("table")
struct TableTests {
  @Test("columns align by display width", arguments: ["zh-Hans", "zh-Hant", "en"])
  func alignment(language: String) throws {
    let calls = [
      ["match", "--all", "--overseas", "--platforms", Samples.real]
        + Samples.first,
      ["find", "--service", "ic.sic", "--platforms", Samples.synthetic],
      ["compare", "S101/L1", "S125/L1", "--for", "DEMO-01"] + Samples.sheet,
      ["inspect", "sectors"],
    ]
    for call in calls {
      let lines = try Command.run(call + ["--lang", language]).lines
      let tables = try rows(lines)
      #expect(!tables.isEmpty)
      for (rule, rows) in tables {
        for row in rows { #expect(isAligned(row, rule), "\(call[0]): \(row)") }
      }
    }
  }

  /// Each table's rule with its rows: the header above and what follows with the same indent.
  private func rows(_ lines: [String]) throws -> [(rule: String, rows: [String])] {
    lines.indices.filter { lines[$0].contains("──") }.map { index in
      let indent = lines[index].prefix { $0 == " " }
      let below = lines[(index + 1)...].prefix { line in
        !line.isEmpty && (line.prefix { $0 == " " } == indent)
          && (!indent.isEmpty || line.contains("  "))
      }
      return (lines[index], [lines[index - 1]] + below)
    }
  }

  /// Whether blanks stand wherever the rule leaves its gaps.
  private func isAligned(_ row: String, _ rule: String) -> Bool {
    _ = TableTests.utf8
    var columns: [Character] = []
    for scalar in row.unicodeScalars {
      let width = max(0, Int(columnsOf(Int32(bitPattern: scalar.value))))
      columns += Array(repeating: Character(scalar), count: width)
    }
    for (index, mark) in rule.enumerated() where mark == " " && index < columns.count {
      if columns[index] != " " { return false }
    }
    return true
  }

  private static let utf8: Bool = setlocale(LC_CTYPE, "C.UTF-8") != nil

  @Test("groups come in order and say how much is known")
  func groups() throws {
    let table = try Samples.table.get().stdout
    let first = try #require(table.components(separatedBy: "需求 DEMO-02").first)
    let places = ["  符合（按现有资料）\n", "  待核实\n", "  接近\n"].map {
      first.range(of: $0)?.lowerBound
    }
    #expect(!places.contains(nil))
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    #expect(first.contains("11 项要求中 11 项有资料"))
    #expect(first.contains("共 325 个服务项目"))
  }

  @Test("lines of which almost nothing is known are one counted line; --all lists them")
  func folded() throws {
    let folder = try Scratch()
    let keys = ["substrate=SiC", "min_linewidth<=1 μm", "voltage>=1200 V", "cleanroom_class=ISO 6"]
    let call = [
      "match", "--platforms",
      try folder.file(
        "p.jsonl", Made.platforms + "{\"id\":\"PZ\",\"lines\":[{\"id\":\"PZ/1\"}]}\n"),
      "--service", "ic.sic", "--require", "wafer_diameter=150 mm",
    ]
    let folded = try Command.run(call + keys).stdout
    #expect(folded.contains("另有 1 个服务项目资料很少，已收起"))
    #expect(!folded.contains("PZ/1") && folded.contains("PA/1"))
    let all = try Command.run(call + keys + ["--all"]).stdout
    #expect(!all.contains("已收起"))
    #expect(all.contains("PZ/1"))
  }

  @Test("lines outside the border are a count under 境外; --overseas lists them")
  func overseas() throws {
    let folder = try Scratch()
    let abroad = """
      {"id":"PX","name":"海外平台","place":"新加坡","status":{"state":"open"},"openness":{"state":"open"},\
      "lines":[{"id":"PX/1","services":["ic.sic"]}]}
      """
    let call = [
      "match", "--service", "ic.sic", "--platforms",
      try folder.file("p.jsonl", Made.platforms + abroad),
    ]
    let folded = try Command.run(call)
    #expect(folded.stdout.contains("另有 1 个境外"), "\(folded.stdout)\(folded.stderr)")
    #expect(!folded.stdout.contains("PX/1"))
    #expect(try Command.run(call + ["--overseas"]).stdout.contains("PX/1"))
    let objects = try Command.run(call + ["--format", "jsonl"]).matches()
    #expect(objects.contains { $0["line"].string == "PX/1" })
  }

  @Test("folding comes before the cut: what is folded takes no place; rows count from 1")
  func foldedFirst() throws {
    let folder = try Scratch()
    let abroad = (1...3).map {
      "{\"id\":\"A\($0)\",\"place\":\"新加坡\",\"status\":{\"state\":\"open\"},"
        + "\"openness\":{\"state\":\"open\"},\"lines\":[{\"id\":\"A\($0)/1\",\"services\":[\"ic.sic\"],"
        + "\"specs\":[{\"key\":\"wafer_diameter\",\"values\":[150],\"unit\":\"mm\"}]}]}\n"
    }
    let call = [
      "match", "--service", "ic.sic", "--require", "wafer_diameter=150 mm", "--all", "--platforms",
      try folder.file("p.jsonl", abroad.joined() + Made.platforms),
    ]
    let one = try Command.run(call + ["--top", "1"]).stdout
    #expect(one.contains("另有 3 个境外") && one.contains(#/\n    1   .*P[A-Z]\/1/#), "\(one)")
    #expect(one.contains("还有 ") && !one.contains("没有可列出"))
    #expect(!one.contains(#/\n    2   /#))
  }

  @Test("find says what a line does not state")
  func unstated() throws {
    let found = try Command.run([
      "find", "--service", "la.flight", "--where", "airspace_area >= 10 km²", "--platforms",
      Samples.real, "--lang", "zh-Hans",
    ])
    let row = try #require(found.lines.first { $0.hasPrefix("P077/L1") })
    #expect(row.hasSuffix("空域面积 未写明"))
  }

  @Test("made-up records are marked on either side, and in every list")
  func synthetic() throws {
    let table = try Samples.table.get()
    for line in table.lines where line.contains(#/ S\d+\/L\d/#) {
      #expect(line.contains("【含示例数据】"), "\(line)")
    }
    #expect(table.lines.filter { $0.hasPrefix("需求 DEMO-01") }.allSatisfy { $0.contains("含示例数据") })
    let found = try Command.run(["find", "--service", "ic.sic", "--platforms", Samples.synthetic])
    #expect(found.lines.dropFirst(2).allSatisfy { $0.contains("【含示例数据】") })
    let compared = try Command.run(
      ["compare", "S101/L1", "P001/L1", "--for", "DEMO-01"] + Samples.records)
    #expect(compared.stdout.components(separatedBy: "【含示例数据】").count == 2)
    let page = try Command.run(["explain", "DEMO-01", "S101/L1"] + Samples.sheet).stdout
    #expect(page.contains("含示例数据"))
    #expect(!(try Samples.jsonLines.get().stdout.contains("含示例数据")))
  }

  @Test("no mark where nothing is made up")
  func unmarked() throws {
    let folder = try Scratch()
    let run = try Command.run([
      "match", "--platforms", try folder.file("p.jsonl", Made.platforms), "--demands",
      try folder.file("d.jsonl", Made.demand),
    ])
    #expect(!run.stdout.contains("示例"))
  }
}

/// The C library's own judgement; Foundation does not import it.
@_silgen_name("wcwidth")
private func columnsOf(_ scalar: Int32) -> Int32
