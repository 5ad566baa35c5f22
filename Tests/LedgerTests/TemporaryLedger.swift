import Foundation
import Matcher

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
    var random = SplitMix(seed: seed)
    for step in 0..<steps {
      try ledger.write(by: ["chen", "li", "night"][random.below(3)]) { writer in
        let kind: Entry.Kind = random.below(2) == 0 ? .demand : .platform
        let id = "R-\(random.below(12))"
        let hash = SHA256.hex("file \(random.below(4))")
        try writer.file(hash: hash, name: "清单\(step).xlsx", size: step)
        _ = try writer.nextNumber("HP-2026")
        let contact = "c-\(random.below(5))"
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
            state: RecordVersion.State.allCases[random.below(4)], record: record, park: "HP",
            own: "\(random.below(9))"), source: random.below(2) == 0 ? hash : nil)
      }
    }
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers for a seed on every machine.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  mutating func below(_ bound: Int) -> Int {
    Int(next() % UInt64(bound))
  }
}
