import Foundation
import Testing

@testable import matchctl

// Proves:
// 1. The same content as .jsonl, .json and .csv, by file or standard input, gives the same results.
// 2. Several files a side are one list; the catalogue of the corpus is the default.
// 3. A record with only id and text is potential and listed, on either side.
// 4. A demand can be typed: text, service, requirement, place, last day.
// 5. Permuted rows and a second run give the same bytes.
// 6. The day is `--as-of`, else today in Beijing, else today in `--zone`.
@Suite("inputs")
struct InputTests {
  private static let platformObject = """
    {"id":"PA","name":"甲平台","place":"广东/深圳","status":"运行中","openness":"面向社会开放",\
    "source":{"kind":"form","ref":"表"},"lines":[{"id":"PA/1","name":"甲线","services":["ic.sic"],\
    "specs":[{"key":"wafer_diameter","values":["150 mm"]},\
    {"key":"temperature","min":"-40 ℃","max":"150 ℃"}],\
    "certificates":[{"scheme":"CNAS","scope":["振动"],"valid_until":"2028-05-31"}]}]}
    """
  private static let platformTable = """
    id,name,place,status,openness,source,line_id,line_name,services,specs,certificates
    PA,甲平台,广东/深圳,运行中,面向社会开放,表,PA/1,甲线,ic.sic,\
    wafer_diameter=150 mm; temperature=-40..150 ℃,CNAS(振动)@2028-05-31
    """
  private static let demandObject = """
    {"id":"D1","title":"题","services":["ic.sic"],"requirements":[\
    {"key":"wafer_diameter","value":"150 mm"},\
    {"key":"temperature","op":"cover","value":["-20 ℃","200 ℃"]}],\
    "window":{"finish":"2027-06-30"},"place":{"allowed":["深圳","广州"]}}
    """
  private static let demandTable = """
    id,title,services,requirements,window_finish,place
    D1,题,ic.sic,wafer_diameter=150 mm; temperature=-20~200 ℃,2027-06-30,深圳;广州
    """

  @Test("the three formats and standard input give the same results")
  func formats() throws {
    let folder = try Scratch()
    let platforms = [
      try folder.file("p.jsonl", InputTests.platformObject + "\n"),
      try folder.file("p.json", "[\(InputTests.platformObject)]"),
      try folder.file("p.csv", "\u{FEFF}" + InputTests.platformTable + "\r\n"),
    ]
    let demands = [
      try folder.file("d.jsonl", InputTests.demandObject),
      try folder.file("d.json", InputTests.demandObject),
      try folder.file("d.csv", InputTests.demandTable),
    ]
    func run(_ platform: String, _ demand: String, stdin: String = "") throws -> Command {
      try Command.run(
        ["match", "--platforms", platform, "--demands", demand] + Samples.day
          + ["--format", "jsonl"], stdin: stdin)
    }
    let first = try run(platforms[0], demands[0])
    #expect(try first.matches().count == 1)
    #expect(first.stderr.isEmpty, "\(first.stderr)")
    for (platform, demand) in zip(platforms.dropFirst(), demands.dropFirst()) {
      #expect(try run(platform, demands[0]).stdout == first.stdout, "\(platform)")
      #expect(try run(platforms[0], demand).stdout == first.stdout, "\(demand)")
    }
    #expect(try run(platforms[2], "-", stdin: InputTests.demandObject).stdout == first.stdout)
    #expect(try run("-", demands[2], stdin: InputTests.platformObject).stdout == first.stdout)
    let table = try Command.run(
      ["match", "--platforms", platforms[0], "--demands", "-", "--input-format", "csv"]
        + Samples.day + ["--format", "jsonl"], stdin: InputTests.demandTable)
    // The option holds for all inputs, so a platform file in JSON Lines is no longer read.
    #expect(table.status == 2)
  }

  @Test("several files a side are one list")
  func severalFiles() throws {
    let folder = try Scratch()
    let rows = Made.platforms.split(separator: "\n").map { String($0) + "\n" }
    let files = try rows.enumerated().map { try folder.file("p\($0).jsonl", $1) }
    let demand = try folder.file("d.jsonl", Made.demand)
    let second = try folder.file(
      "e.jsonl", Made.demand.replacing("\"D1\"", with: "\"D2\""))
    let all = try folder.file("all.jsonl", Made.platforms)
    let tail = ["--demands", demand, second] + Samples.day + ["--format", "jsonl"]
    let split = try Command.run(["match", "--platforms"] + files + tail)
    #expect(try split.stdout == Command.run(["match", "--platforms", all] + tail).stdout)
    #expect(Set(try split.matches().map { $0["demand"].string }) == ["D1", "D2"])
  }

  @Test("only id and text, on either side, is potential and listed")
  func bareRecords() throws {
    let folder = try Scratch()
    let bare = "{\"id\":\"X\",\"text\":\"碳化硅流片\"}\n"
    let file = try folder.file("x.jsonl", bare)
    let vague = try folder.file("v.jsonl", "{\"id\":\"V\",\"text\":\"找单位合作，详谈\"}\n")
    let made = [
      try folder.file("p.jsonl", Made.platforms), try folder.file("d.jsonl", Made.demand),
    ]
    let demand = try Command.run(
      ["match", "--platforms", made[0], "--demands", vague, "--by", "line", "--format", "jsonl"])
    #expect(
      try demand.matches().map { $0["verdict"].string } == Array(repeating: "potential", count: 4))
    let platform = try Command.run(
      ["match", "--platforms", file, "--demands", made[1], "--format", "jsonl"])
    #expect(try platform.matches().map { $0["platform"].string } == ["X"])
    #expect(try platform.matches().map { $0["verdict"].string } == ["potential"])
    let both = try Command.run(
      ["match", "--platforms", file, "--demands", file, "--format", "jsonl"])
    #expect(try both.matches().map { $0["verdict"].string } == ["potential"])
  }

  @Test("the corpus's real catalogue is the default")
  func defaultCatalogue() throws {
    let tail = ["--service", "ic.sic"] + Samples.day + ["--format", "jsonl"]
    let run = try Command.run(["match"] + tail)
    #expect(try run.objects().last?["demands"].array.first?["lines"].number == 105)
    let named = try Command.run(
      ["match"] + tail, environment: ["MATCHCTL_CORPUS": Command.corpus("")])
    #expect(run.stdout == named.stdout)
  }

  @Test("a typed demand is the same as the record that says it")
  func typed() throws {
    let folder = try Scratch()
    let platforms = ["--platforms", try folder.file("p.jsonl", Made.platforms)]
    let tail = platforms + Samples.day + ["--format", "jsonl"]
    let typed = try Command.run(
      [
        "match", "--text", "碳化硅", "--service", "ic.sic", "--require", "wafer_diameter=150 mm",
        "implant_temperature>=500 ℃ (soft)", "--place", "深圳", "广州", "--finish", "2027-06-30",
      ] + tail)
    let record = try folder.file(
      "d.jsonl",
      """
      {"id":"typed","text":"碳化硅","services":["ic.sic"],"requirements":[\
      {"key":"wafer_diameter","value":"150 mm"},\
      {"key":"implant_temperature","op":"at_least","value":"500 ℃","strictness":"soft"}],\
      "place":{"allowed":["深圳","广州"]},"window":{"finish":"2027-06-30"}}
      """)
    #expect(try typed.stdout == Command.run(["match", "--demands", record] + tail).stdout)
    #expect(try typed.matches().count == 2)
  }

  @Test("what was typed can be explained, compared and sent")
  func typedPairs() throws {
    let folder = try Scratch()
    let typed = [
      "--service", "ic.sic", "--require", "wafer_diameter=150 mm", "--platforms",
      try folder.file("p.jsonl", Made.platforms), "--lang", "zh-Hans",
    ]
    let page = try Command.run(["explain", "typed", "PA/1"] + typed)
    #expect(page.status == 0 && page.stdout.hasPrefix("需求 typed"), "\(page.stderr)")
    let letter = try Command.run(
      ["explain", "typed", "PA/1", "--for", "platform", "--register", "letter"] + typed)
    #expect(letter.stdout.contains("需求要点"))
    let compared = try Command.run(["compare", "PA/1", "PB/1", "--for", "typed"] + typed)
    #expect(compared.status == 0 && compared.stdout.contains("PB/1"), "\(compared.stderr)")
    #expect(try Command.run(["explain", "typed", "PA/1"]).status == 64)
  }

  @Test("words that name no known service say how to look one up")
  func unknownWords() throws {
    let run = try Command.run(["match", "--text", "qwertz", "--lang", "en"])
    #expect(run.stdout.contains("inspect services WORD"))
  }

  @Test("a service may be typed by its name")
  func serviceByName() throws {
    let tail = ["--platforms", Samples.synthetic] + Samples.day + ["--format", "jsonl"]
    let code = try Command.run(["match", "--service", "ic.sic"] + tail)
    let name = try Command.run(["match", "--service", "碳化硅器件流片"] + tail)
    #expect(code.stdout == name.stdout)
  }

  @Test("permuted rows give the same bytes, and so does a second run")
  func sameBytes() throws {
    let folder = try Scratch()
    let rows = try String(contentsOfFile: Samples.synthetic, encoding: .utf8)
      .split(separator: "\n")
    var generator = Shuffle(state: 7)
    let shuffled = rows.shuffled(using: &generator).joined(separator: "\n")
    func run(_ path: String) throws -> String {
      try Command.run(
        ["match", "--platforms", path, "--demands", Samples.demands] + Samples.day
          + ["--format", "jsonl"]
      ).stdout
    }
    let first = try run(Samples.synthetic)
    #expect(try run(Samples.synthetic) == first)
    #expect(try run(folder.file("p.jsonl", shuffled)) == first)
  }

  private struct Shuffle: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  @Test("the day given is the day judged on")
  func asOf() throws {
    let folder = try Scratch()
    let object = InputTests.platformObject.replacing(
      "\"运行中\"", with: "{\"state\":\"planned\",\"from\":\"2027-03-01\"}")
    let call = [
      "match", "--service", "ic.sic", "--finish", "2027-06-30", "--format", "jsonl",
      "--platforms", try folder.file("p.jsonl", object), "--as-of",
    ]
    let before = try #require(try Command.run(call + ["2026-11-22"]).matches().first)
    #expect(before["as_of"].string == "2026-11-22")
    let after = try #require(try Command.run(call + ["2027-03-02"]).matches().first)
    #expect(after["pending"].array.contains { $0["criterion"].string == "status" })
    #expect(!before["pending"].array.contains { $0["criterion"].string == "status" })
  }

  @Test("today is Beijing's day wherever the machine stands; --zone moves it")
  func today() throws {
    let moment = Date(timeIntervalSince1970: 1_795_284_000)  // 2026-11-21T18:00:00Z
    let beijing = try #require(TimeZone(identifier: "Asia/Shanghai"))
    let utc = try #require(TimeZone(identifier: "UTC"))
    #expect(TimeOptions.today(moment, beijing).description == "2026-11-22")
    #expect(TimeOptions.today(moment, utc).description == "2026-11-21")
    #expect(try TimeOptions.parse([]).zone == "Asia/Shanghai")
    let folder = try Scratch()
    let call = [
      "match", "--text", "x", "--platforms", try folder.file("p.jsonl", Made.platforms),
      "--format", "jsonl",
    ]
    let before = TimeOptions.today(Date(), beijing).description
    let run = try Command.run(call, environment: ["TZ": "UTC"])
    let after = TimeOptions.today(Date(), beijing).description
    let day = try run.objects().last?["as_of"].string ?? ""
    #expect([before, after].contains(day))
  }
}
