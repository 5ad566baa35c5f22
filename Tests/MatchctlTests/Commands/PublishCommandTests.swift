import Foundation
import Ledger
import Testing

// 1 From outside: what is asked, what is printed, how it ends.
// 2 Processes that publish at once: all is there, in one order, none twice.
@Suite struct PublishCommandTests {
  private let folder: Scratch
  private let ledger: String
  private var environment: [String: String] {
    ["MATCHCTL_LEDGER": ledger, "MATCHCTL_WHO": "test", "LANG": "zh_CN.UTF-8"]
  }

  init() throws {
    folder = try Scratch()
    ledger = folder.url.appendingPathComponent("a.db").path
    _ = try Ledger(creating: ledger)
    for code in ["HP", "QH"] {
      let made = try run(["park", "add", code, "--name", "示例园\(code)", "--phone", "020-1234567"])
      #expect(made.status == 0)
    }
  }

  private func run(_ arguments: [String]) throws -> Command {
    try Command.run(arguments, environment: environment)
  }

  private func list(_ name: String, rows: Range<Int>) throws -> String {
    let lines = rows.map { row in
      "\(name)-\(row),碳化硅外延\(name)\(row)号,第\(row)批4H-SiC外延片\(row + 12)片厚度\(row * 7 + 3)微米,示例\(name)\(row)有限公司,2027-06-30"
    }
    return try folder.file(
      "\(name).csv", "编号,需求名称,需求描述,企业名称,完成期限\n" + lines.joined(separator: "\n") + "\n")
  }

  @Test("without a terminal and without --yes nothing is written")
  func consent() throws {
    let path = try list("A", rows: 0..<3)
    let shown = try run(["publish", path, "--park", "HP", "--as-of", "2026-11-22"])
    #expect(shown.status == 2)
    #expect(shown.stderr.contains("--yes"))
    #expect(shown.stdout.contains("新增 3 条"))
    let dry = try run(["publish", path, "--park", "HP", "--dry-run", "--as-of", "2026-11-22"])
    #expect(dry.status == 0)
    #expect(try Ledger(opening: ledger).read { try $0.records(.demand).count } == 0)
  }

  @Test(
    "the sheet given back has our numbers, knows itself, and changes nothing when it comes again")
  func returnedSheet() throws {
    // Without numbers of its own: only ours can tell the rows.
    let path = try folder.file(
      "B.csv",
      "需求名称,需求描述,企业名称\n碳化硅外延,4H-SiC外延片12片厚度30微米,示例甲有限公司\n,,示例乙有限公司\n")
    let back = folder.url.appendingPathComponent("back.csv").path
    let base = ["--park", "HP", "--yes", "--as-of", "2026-11-22", "--lang", "zh-Hans"]
    #expect(try run(["publish", path, "--returned", back] + base).status == 0)
    let first = try String(contentsOfFile: back, encoding: .utf8)
    let rows = first.split(separator: "\n").map(String.init)
    #expect(rows[0].hasSuffix("处理结果,需补正事项,系统编号"))
    #expect(rows[1].contains("已发布") && rows[1].hasSuffix("HP-2026-0001"))
    #expect(rows[2].contains("未接收"))
    // The title is written anew: nothing but our number says that it is the same demand.
    let edited = try folder.file(
      "C.csv", first.replacingOccurrences(of: "碳化硅外延,4H-SiC外延片12片厚度30微米", with: "氮化镓器件,硅基氮化镓流片"))
    let again = try run(["publish", edited, "--returned", back, "--format", "jsonl"] + base)
    let kinds = again.stdout.split(separator: "\n").filter { $0.contains("\"HP-2026-0001\"") }
    #expect(kinds.count == 1 && kinds[0].contains("\"changed\""))
    #expect(!kinds[0].contains("\"own\""))
    let second = try String(contentsOfFile: back, encoding: .utf8)
    #expect(try run(["publish", back, "--returned", back] + base).stdout.contains("未变"))
    #expect(try String(contentsOfFile: back, encoding: .utf8) == second)
  }

  @Test("an unknown park, a bad code, an unknown number")
  func refusals() throws {
    let path = try list("A", rows: 0..<1)
    #expect(try run(["publish", path, "--park", "ZZ", "--yes"]).status == 2)
    #expect(try run(["publish", path, "--park", "好", "--yes"]).status == 64)
    #expect(try run(["withdraw", "HP-2026-0001", "--park", "HP"]).status == 1)
    let past = ["renew", "HP-2026-0001", "--until", "2020-01-01", "--park", "HP"]
    #expect(try run(past).status == 64)
  }

  @Test("rows as objects, numbers, lists for people, withdraw and renew")
  func flow() throws {
    let path = try list("A", rows: 0..<3)
    // Not there yet.
    let sheets = folder.url.path + "/输出"
    let done = try run([
      "publish", path, "--park", "hp", "--yes", "--as-of", "2026-11-22", "--format", "jsonl",
      "--public-list", sheets, "--internal-list", sheets + "/内部.html",
    ])
    #expect(done.status == 0)
    let objects = try done.objects()
    #expect(objects.dropLast().map { $0["id"].string } == (1...3).map { "HP-2026-000\($0)" })
    #expect(objects.last?["new"] == .number(3))
    #expect(FileManager.default.fileExists(atPath: sheets + "/产业中试需求清单_HP_2026-11-22.xlsx"))
    let page = try folder.text("输出/产业中试需求清单_HP_2026-11-22.html")
    #expect(page.contains("HP-2026-0001") && !page.contains("示例A1"))
    #expect(try folder.text("输出/内部.html").contains("示例A1有限公司"))
    #expect(try run(["withdraw", "HP-2026-0002", "--park", "HP"]).status == 0)
    let standing = try run(["published", "--park", "HP", "--format", "jsonl"])
    #expect(try standing.objects().count == 2)
    let renewed = try run(["renew", "HP-2026-0002", "--until", "2099-01-01", "--park", "HP"])
    #expect(renewed.status == 0 && renewed.stdout.contains("2099-01-01"))
  }

  @Test("two processes publishing at once: all is there, in one order, none twice")
  func atOnce() throws {
    let parks = ["HP", "QH"]
    let calls = try (0..<6).flatMap { round -> [Process] in
      try parks.map { park in
        let path = try list("\(park)\(round)", rows: 0..<4)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Command.program)
        process.arguments = [
          "publish", path, "--park", round % 2 == 0 ? park : "HP", "--yes", "--as-of",
          "2026-11-22",
        ]
        process.environment = environment
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return process
      }
    }
    for pair in stride(from: 0, to: calls.count, by: 3) {
      let group = calls[pair..<min(pair + 3, calls.count)]
      for process in group { try process.run() }
      for process in group {
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
      }
    }
    let made = try Ledger(opening: ledger)
    try made.read { reader in
      let records = try reader.records(.demand)
      #expect(records.count == 48)
      #expect(Set(records.compactMap { $0.version.own }).count == 48)
      let hp = records.filter { $0.version.park == "HP" }.map(\.id)
      #expect(hp.count == 36)
      #expect(Set(hp).count == hp.count)
      let order = try reader.entries(.demand).map(\.seq)
      #expect(order == order.sorted() && Set(order).count == 48)
    }
    #expect(try made.integrity().problems.isEmpty)
  }
}
