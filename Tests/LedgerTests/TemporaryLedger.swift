import Foundation
import Matcher
import MatcherTestSupport

@testable import Ledger

/// A ledger in a folder of its own, which goes when this does.
final class TemporaryLedger {
  let folder: String
  let ledger: Ledger

  init(clock: @escaping @Sendable () -> Instant = { .now }) throws {
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("ledger-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    ledger = try Ledger(creating: folder + "/ledger.db", clock: clock)
  }

  deinit {
    try? ledger.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Random versions of random records, contacts, files and numbers, `steps` writes of them.
  func fill(seed: UInt64, steps: Int) throws {
    var random = SeededGenerator(seed: seed)
    for step in 0..<steps {
      try ledger.write(by: ["chen", "li", "night"][random.int(0...2)]) { writer in
        let kind: Entry.Kind = random.int(0...1) == 0 ? .demand : .platform
        let id = "R-\(random.int(0...11))"
        let hash = SHA256.hex("file \(random.int(0...3))")
        try writer.file(hash: hash, name: "清单\(step).xlsx", size: step)
        _ = try writer.nextNumber("HP-2026")
        let contact = "c-\(random.int(0...4))"
        try writer.keep(
          Contact(
            id: contact, kind: kind, subject: id,
            body: JSONObject([("name", .string("王小明")), ("phone", .string("1380000\(step)"))])))
        let record = JSONObject([
          ("id", .string(id)), ("title", .string("碳化硅 \"\(step)\"\n")),
          ("contact", .object(JSONObject([("ref", .string(contact))]))),
        ])
        try writer.put(
          kind, id,
          RecordVersion(
            state: RecordVersion.State.allCases[random.int(0...3)], record: record, park: "HP",
            own: "\(random.int(0...8))"), source: random.int(0...1) == 0 ? hash : nil)
      }
    }
  }
}
