// What is proved here, from outside: a broker's day on a ledger by the commands alone; that what is
// shown is recorded with its rank; that declined pairs leave the list; exit codes and messages.
import Foundation
import Ledger
import Matcher
import MatcherTestSupport
import Testing

@Suite("A broker's commands")
struct BrokerCommandTests {
  private let scratch: Scratch
  private let path: String

  init() throws {
    scratch = try Scratch()
    path = scratch.url.appendingPathComponent("ledger.db").path
    let ledger = try Ledger(creating: path)
    try ledger.write(by: "park") { writer in
      for (kind, record) in BrokerCommandTests.records {
        guard let object = record.object, let id = object["id"]?.string else { continue }
        try writer.put(kind, id, RecordVersion(state: .published, record: object))
      }
      try writer.keep(
        Contact(
          id: "c-1", kind: .demand, subject: "D-1",
          body: JSONObject([("name", .string("欧阳测试员")), ("phone", .string("13800138999"))])))
    }
    try ledger.close()
  }

  private static let records: [(Entry.Kind, JSONValue)] = [
    (
      .demand,
      [
        "type": "demand", "id": "D-1", "title": "碳化硅高温注入", "services": ["ic.sic"],
        "requirements": [
          ["key": "implant_temperature", "op": "at_least", "value": 500, "unit": "℃"]
        ],
      ]
    ),
    (
      .platform,
      [
        "type": "platform", "id": "P1", "name": "平台一", "place": "广东/深圳",
        "lines": [
          [
            "id": "P1/L1", "services": ["ic.sic"],
            "specs": [["key": "wafer_diameter", "values": [150], "unit": "mm"]],
          ]
        ],
      ]
    ),
    (
      .platform,
      [
        "type": "platform", "id": "P2", "name": "平台二", "place": "广东/广州",
        "lines": [
          [
            "id": "P2/L1", "services": ["ic.sic"],
            "specs": [["key": "implant_temperature", "max": 600, "unit": "℃"]],
          ]
        ],
      ]
    ),
  ]

  private func run(_ arguments: String...) throws -> Command {
    try Command.run(
      arguments,
      environment: [
        "MATCHCTL_LEDGER": path, "MATCHCTL_WHO": "chen", "MATCHCTL_CORPUS": Command.corpus("."),
        "LANG": "zh_CN.UTF-8",
      ])
  }

  private func match() throws -> [String] {
    let command = try run(
      "match", "--ledger", path, "--format", "jsonl", "--as-of", "2026-11-22", "--to", "chen")
    #expect(command.status == 0, "\(command.stderr)")
    return try command.matches().map { $0["line"].string ?? "" }
  }

  @Test("from the match to the answer")
  func day() throws {
    #expect(try match() == ["P2/L1", "P1/L1"])
    let history = try run("history", "D-1", "--format", "jsonl").objects()
    #expect(history.last?["kind"].string == "shown")
    #expect(history.last?["detail"].string == "1. P2/L1, 2. P1/L1")

    #expect(try run("assign", "D-1", "--broker", "chen").status == 0)
    let ask = try run("ask", "--as-of", "2026-11-22", "--sent")
    #expect(ask.stdout.contains("平台一") && ask.stdout.contains("500 ℃"), "\(ask.stdout)")
    #expect(try run("ask", "--as-of", "2026-11-22").stdout.isEmpty)

    let answer = try run(
      "answer", "P1/L1", "implant_temperature", "max 650 ℃", "--as-of", "2026-11-22",
      "--valid-until", "2027-06-30")
    #expect(answer.status == 0 && answer.stdout.contains("符合"), "\(answer.stdout)")
    let todo = try run("todo", "--as-of", "2026-11-23", "--format", "jsonl").objects()
    #expect(todo.contains { $0["step"].string == "answered" && $0["waits_for"].string == "me" })

    let declined = try run(
      "decide", "D-1", "P2", "declined", "--reason", "price", "--day", "2026-11-22", "--as-of",
      "2026-11-22")
    #expect(declined.status == 0 && declined.stdout.contains("价格"), "\(declined.stdout)")
    #expect(try match() == ["P1/L1"])
  }

  @Test("the sheet in three formats")
  func sheet() throws {
    _ = try run("assign", "D-1", "--broker", "chen")
    for name in ["todo.xlsx", "todo.csv", "todo.jsonl"] {
      let out = scratch.url.appendingPathComponent(name).path
      let command = try run("todo", "--out", out)
      #expect(command.status == 0, "\(command.stderr)")
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: out)))
      if name.hasSuffix("csv") { #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF])) }
      if name.hasSuffix("xlsx") { #expect(bytes.starts(with: [0x50, 0x4B])) }
      #expect(bytes.count > 20)
    }
    #expect(try run("todo", "--out", "todo.pdf").status == 64)
  }

  @Test("a person is forgotten")
  func erase() throws {
    let command = try run("erase-contact", "138 0013 8999")
    #expect(command.status == 0, "\(command.stderr)")
    for suffix in ["", "-wal"] {
      let bytes = FileManager.default.contents(atPath: path + suffix)
      #expect(bytes?.range(of: Data("欧阳测试员".utf8)) == nil)
    }
    #expect(try run("erase-contact", "欧阳测试员").status == 2)
  }

  private static let calls: [([String], Int32)] = [
    (["decide", "D-9", "contacted"], 2), (["decide", "D-1", "P1", "dance"], 64),
    (["decide", "D-1", "P1", "declined"], 64), (["answer", "P1", "nonsense", "3"], 2),
    (["answer", "P1", "implant_temperature", "max 3 furlong"], 2),
    (["decide", "D-1", "P1", "contacted", "--note", "找张工 13812345678"], 2),
    (["history", "X"], 2), (["history", "D-1", "--sealed", "--by", "li"], 2),
    (["todo", "--due", "-1"], 64), (["assign", "D-1"], 64),
    (["match", "--ledger", "nowhere.db"], 2), (["todo", "--ledger", "nowhere.db"], 2),
  ]

  @Test("what cannot be is said in one line", arguments: calls.indices)
  func refused(call: Int) throws {
    let (arguments, status) = BrokerCommandTests.calls[call]
    let command = try Command.run(
      arguments,
      environment: [
        "MATCHCTL_LEDGER": path, "MATCHCTL_WHO": "chen", "MATCHCTL_CORPUS": Command.corpus("."),
      ])
    #expect(command.status == status, "\(arguments) \(command.stderr)")
    #expect(!command.stderr.isEmpty && !command.stderr.contains("13812345678"))
  }
}
