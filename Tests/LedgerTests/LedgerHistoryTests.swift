import Foundation
import GRDB
import Matcher
import Testing

@testable import Ledger

// 1 An entry is never changed or deleted, and a change made behind the ledger's back is found.
// 2 What stands is the last version of each record, now and at any place of the history.
// 3 A write is all or nothing, and is forced to disk.
// 4 Numbers are given once.
@Suite struct LedgerHistoryTests {
  @Test("an entry is neither changed nor deleted")
  func entriesStay() throws {
    let made = try TemporaryLedger()
    try made.fill(seed: 1, steps: 5)
    for sql in ["UPDATE entry SET who = 'x' WHERE seq = 2", "DELETE FROM entry WHERE seq = 5"] {
      #expect(throws: (any Error).self) {
        try made.ledger.pool.write { try $0.execute(sql: sql) }
      }
    }
    #expect(try made.ledger.integrity().problems.isEmpty)
    #expect(try made.ledger.integrity().entries == 5)
  }

  @Test(
    "what is changed behind the ledger's back is found",
    arguments: [
      "UPDATE entry SET body = replace(body, '碳', '氮') WHERE seq = 3",
      "UPDATE entry SET who = 'x' WHERE seq = 1", "DELETE FROM entry WHERE seq = 4",
      "UPDATE entry SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 5",
      "UPDATE present SET seq = 1 WHERE seq = (SELECT MAX(seq) FROM present)",
      "DELETE FROM present WHERE seq = (SELECT MAX(seq) FROM present)",
    ])
  func forgeryIsFound(sql: String) throws {
    let made = try TemporaryLedger()
    try made.fill(seed: 2, steps: 9)
    try made.ledger.pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: "DROP TRIGGER entry_stays; DROP TRIGGER entry_is_kept")
      try db.execute(sql: sql)
    }
    #expect(try !made.ledger.integrity().problems.isEmpty)
  }

  @Test("what stands is the last version, at every place", arguments: UInt64(0)..<20)
  func presentIsLast(seed: UInt64) throws {
    let made = try TemporaryLedger()
    try made.fill(seed: seed, steps: 40)
    try made.ledger.read { reader in
      for kind in [Entry.Kind.demand, .platform] {
        for upTo in [Int64(0), 1, 17, 40] {
          var last: [String: Int64] = [:]
          for entry in try reader.entries(kind, upTo: upTo) { last[entry.subject] = entry.seq }
          let expected = last.sorted { $0.key < $1.key }.map(\.value)
          #expect(try reader.records(kind, upTo: upTo).map(\.seq) == expected)
          if upTo == 40 { #expect(try reader.records(kind).map(\.seq) == expected) }
          for (id, seq) in last { #expect(try reader.record(kind, id, upTo: upTo)?.seq == seq) }
        }
      }
    }
  }

  @Test("a write that throws leaves nothing")
  func allOrNothing() throws {
    struct Stop: Error {}
    let made = try TemporaryLedger()
    try made.fill(seed: 3, steps: 3)
    #expect(throws: Stop.self) {
      try made.ledger.write(by: "li") { writer in
        try writer.append(.park, "HP", JSONObject())
        _ = try writer.nextNumber("HP-2026")
        throw Stop()
      }
    }
    #expect(try made.ledger.read { try $0.lastSeq() } == 3)
    #expect(try made.ledger.write(by: "li") { try $0.nextNumber("HP-2026") } == 4)
  }

  @Test("an acknowledged write is a synced write")
  func writesAreForced() throws {
    let made = try TemporaryLedger()
    let mode = try made.ledger.write(by: "li") { writer in
      try Int.fetchOne(writer.db, sql: "PRAGMA synchronous")
    }
    #expect(mode == 2)
  }

  @Test("a clock that went back is remarked, and nothing is lost")
  func clockGoesBack() throws {
    let times = [5_000, 2_000, 9_000].map { Instant(milliseconds: $0) }
    let counter = Counter()
    let made = try TemporaryLedger { times[min(counter.next(), 2)] }
    for _ in 0..<3 {
      try made.ledger.write(by: "li") { try $0.append(.park, "HP", JSONObject()) }
    }
    let found = try made.ledger.integrity()
    #expect(found.problems.isEmpty)
    #expect(found.remarks.count == 1)
    #expect(found.remarks.first?.contains("entry 2") == true)
  }

  @Test("moments read back as written", arguments: [0, 1, 999, 1_763_800_000_123, -1, -86_400_001])
  func moments(milliseconds: Int64) throws {
    let moment = Instant(milliseconds: milliseconds)
    #expect(Instant(moment.description) == moment)
  }

  @Test("a day in Shanghai begins eight hours before Greenwich's")
  func days() throws {
    let late = try #require(Instant("2026-11-22T16:00:00.000Z"))
    #expect("\(late.day())" == "2026-11-23")
    let early = try #require(Instant("2026-11-22T15:59:59.999Z"))
    #expect("\(early.day())" == "2026-11-22")
  }
}

private final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var value = -1

  func next() -> Int {
    lock.withLock {
      value += 1
      return value
    }
  }
}
