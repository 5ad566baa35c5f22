import Foundation
import Testing

// Proves, of `lint` and `match` over park lists:
// 1. Each row of the golden lists has the expected action and fields, in the order of the file.
// 2. The returned sheet read again gives the same answers and ids.
// 3. A profile that was saved reads the list alike; --map corrects it.
// 4. --letters writes one message to each firm, over returned and taken rows.
// 5. Choices of form services are read without the mark that joins them; two rows of a firm are named.
// 6. `match --demands` takes the rows that were taken.
@Suite("lint of park lists")
struct ListLintTests {
  static let asOf = ["--as-of", "2026-11-22"]

  private func rows(_ path: String, _ more: [String] = []) throws -> [JSON] {
    try Command.run(["lint", "--format", "jsonl", path] + Self.asOf + more).objects()
      .filter { $0["type"].string == "row" }
  }

  @Test(
    "golden lists",
    arguments: ["tw_big5.csv", "hk_english.csv", "gb_mixed.csv", "wps_two_rows.xlsx"])
  func golden(file: String) throws {
    let lines = try String(
      contentsOfFile: Command.corpus("cases/lists/expected.jsonl"), encoding: .utf8)
    let expected = try lines.split(separator: "\n").map { try JSON(String($0)) }
      .filter { $0["file"].string == file }
    let rows = try rows(Command.corpus("cases/lists/\(file)"))
    #expect(rows.count == expected.count)
    for (row, want) in zip(rows, expected) {
      let place = "\(file) \(want["row"].number ?? 0)"
      #expect(row["action"].string == want["action"].string, "\(place)")
      for name in ["title", "sector", "due"] {
        #expect(row["fields"][name].string == want["fields"][name].string, "\(place) \(name)")
      }
    }
  }

  @Test("a returned sheet knows itself")
  func returned() throws {
    let folder = try Scratch()
    for file in ["gb_mixed.csv", "wps_two_rows.xlsx"] {
      let out = folder.url.appendingPathComponent("returned-" + file).path
      let source = Command.corpus("cases/lists/\(file)")
      let first = try rows(source, ["--returned", out])
      let again = try rows(out)
      #expect(first.map { $0["action"].string } == again.map { $0["action"].string })
      #expect(first.map { $0["fields"]["id"].string } == again.map { $0["fields"]["id"].string })
    }
  }

  @Test("a saved profile reads the list alike, --map corrects it")
  func profile() throws {
    let folder = try Scratch()
    let list = try folder.file("list.csv", "想做什么,需求描述,内部号\n碳化硅器件中试,6英寸 25片 线宽0.5μm,7\n")
    let profile = folder.url.appendingPathComponent("p.json").path
    let mapped = try rows(list, ["--map", "想做什么=title", "--save-profile", profile])
    let again = try rows(list, ["--profile", profile])
    #expect(mapped.last?["fields"]["title"].string == "碳化硅器件中试")
    #expect(again.last?["fields"]["title"].string == "碳化硅器件中试")
  }

  @Test("one message to a firm")
  func letters() throws {
    let folder = try Scratch()
    let list = try folder.file(
      "list.csv",
      """
      需求名称,需求描述,企业名称,预算(万元),完成时间
      碳化硅器件流片,6英寸SiC片25片，最小线宽0.5μm,示例甲有限公司,-5,2027年13月
      需要合作,有项目,示例甲有限公司,,
      MEMS封装,晶圆级封装8英寸50片,示例乙有限公司,20,2027-13-40

      """)
    let out = folder.url.appendingPathComponent("letters.jsonl").path
    _ = try Command.run(["lint", list, "--letters", out] + Self.asOf)
    let letters = try String(contentsOfFile: out, encoding: .utf8).split(separator: "\n")
      .map { try JSON(String($0)) }
    #expect(letters.map { $0["firm"].string } == ["示例甲有限公司", "示例乙有限公司"])
    #expect(letters.first?["text"].string?.contains("需要合作") == true)
    #expect(letters.first?["text"].string?.contains("示例乙") == false)
  }

  @Test("choices are read without their mark, rows of one firm are named")
  func choices() throws {
    let folder = try Scratch()
    let list = try folder.file(
      "list.csv",
      """
      需求名称,需求描述,企业名称
      碳化硅器件中试流片,6英寸碳化硅片25片，最小线宽0.5微米，需要减薄┋划片┋测试,示例甲有限公司
      碳化硅器件中试封装,6英寸碳化硅片25片，模块封装，可靠性测试一千小时,示例甲有限公司

      """)
    let run = try Command.run(
      ["lint", list, "--format", "jsonl", "--records", folder.url.path + "/r.jsonl"] + Self.asOf)
    let records = try String(contentsOfFile: folder.url.path + "/r.jsonl", encoding: .utf8)
    #expect(records.contains("减薄；划片；测试") && !records.contains("┋"))
    let last = try run.objects().last { $0["type"].string == "row" }
    #expect(last?["codes"].array.map(\.string).contains("same_firm") == true)
    #expect(last?["action"].string == "accept")
  }

  @Test("the rows taken are matched")
  func matched() throws {
    let run = try Command.run(
      [
        "match", "--format", "jsonl", "--demands", Command.corpus("cases/lists/gb_mixed.csv"),
        "--top", "1",
      ]
        + Self.asOf)
    #expect(run.status == 0)
    #expect(try run.objects().last?["demands"].array.count == 8)
    #expect(!run.stdout.contains("特种涂层") && !run.stderr.contains("特种涂层"))
  }
}
