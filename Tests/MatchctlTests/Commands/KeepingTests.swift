import Foundation
import Ledger
import Matcher
import Testing

@testable import matchctl

// 1 `ledger` makes, checks, copies and carries a ledger; what is damaged is said with exit 1 or 2.
// 2 `doctor` says what is wrong with exit 1, and its support file quotes no record.
@Suite struct KeepingTests {
  private static let planted = ["王小明机密", "13800138000", "碳化硅外延客户"]

  private func folder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("keeping-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func fill(_ path: String) throws {
    let ledger = try Ledger(creating: path)
    try ledger.write(by: KeepingTests.planted[0]) { writer in
      for number in 1...50 {
        let record = JSONObject([
          ("id", .string("HP-2026-\(number)")), ("text", .string(KeepingTests.planted[2])),
        ])
        try writer.put(
          .demand, "HP-2026-\(number)", RecordVersion(state: .published, record: record))
      }
      try writer.keep(
        Contact(
          id: "c-1", kind: .demand, subject: "HP-2026-1",
          body: JSONObject([("phone", .string(KeepingTests.planted[1]))])))
    }
    try ledger.close()
  }

  @Test("a ledger is made once, checked, copied, restored, exported and imported")
  func keeps() throws {
    try folder { folder in
      let path = "\(folder)/台账.db"
      #expect(try Command.run(["ledger", "init", "--ledger", path]).status == 0)
      #expect(try Command.run(["ledger", "init", "--ledger", path]).status == 2)
      try fill(path)
      let checked = try Command.run(["ledger", "integrity", "--ledger", path])
      #expect(checked.status == 0)
      #expect(checked.stdout.contains("50 entries"))
      #expect(
        try Command.run(["ledger", "backup", "--ledger", path, "\(folder)/b.db"]).status == 0)
      #expect(try Command.run(["ledger", "export", "--ledger", path, "\(folder)/e"]).status == 0)
      let other = "\(folder)/other.db"
      let imported = try Command.run(["ledger", "import", "--ledger", other, "\(folder)/e"])
      #expect(imported.status == 0)
      #expect(imported.stdout == checked.stdout)
      let restored = try Command.run(["ledger", "restore", "--ledger", other, "\(folder)/b.db"])
      #expect(restored.status == 0)
      #expect(restored.stdout.hasSuffix(checked.stdout))
    }
  }

  @Test("no ledger, a missing one and a damaged one are said")
  func refusals() throws {
    try folder { folder in
      let none = try Command.run(["ledger", "integrity", "--ledger", "\(folder)/none.db"])
      #expect(none.status == 2)
      #expect(none.stderr.contains("no ledger"))
      let text = "\(folder)/text.db"
      try Data(repeating: 65, count: 9000).write(to: URL(fileURLWithPath: text))
      let damaged = try Command.run(["ledger", "integrity", "--ledger", text])
      #expect(damaged.status == 2)
      #expect(damaged.stderr.contains("is damaged"))
    }
  }

  @Test("the doctor says what is wrong, and the support file quotes nothing")
  func doctor() throws {
    try folder { folder in
      let path = "\(folder)/ledger.db"
      try fill(path)
      let support = "\(folder)/support.zip"
      let found = try Command.run([
        "doctor", "--ledger", path, "--out", folder, "--support", support, "--lang", "en",
      ])
      #expect(found.status == 0)
      #expect(found.stdout.contains("ledger whole: 50 entries"))
      let bytes = try Data(contentsOf: URL(fileURLWithPath: support))
      #expect(bytes.starts(with: Data([0x50, 0x4B])))
      var checkup = Checkup(
        version: "1", corpusFolder: Command.corpus(""), ledger: path, out: folder, now: .now)
      checkup.run()
      let parts = SupportFile(checkup: checkup).parts.map(\.text).joined()
      #expect(parts.contains("\"demand\": 50"))
      for word in KeepingTests.planted {
        #expect(!parts.contains(word))
        #expect(!found.stdout.contains(word))
      }
      let night = try Command.run(["night", "--ledger", path, "--by", "soak", "--out", folder])
      #expect(night.status == 0, "\(night.stderr)")
      let fresh = try Command.run(["doctor", "--ledger", path, "--out", folder, "--lang", "en"])
      #expect(fresh.stdout.contains("last night's run: "), "\(fresh.stdout)")
      #expect(fresh.status == 0)
      try Data(#"{"state":"failed","run":"2020-01-01-1"}"#.utf8)
        .write(to: URL(fileURLWithPath: "\(folder)/status.json"))
      let old = try Command.run(["doctor", "--ledger", path, "--out", folder, "--lang", "en"])
      #expect(old.status == 1)
      #expect(old.stdout.contains("2020-01-01"))
    }
  }
}
