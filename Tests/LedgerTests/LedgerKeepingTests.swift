import Foundation
import GRDB
import Matcher
import Testing

@testable import Ledger

// 1 A backup holds what the ledger held, and a restore gives it back; what stood there is kept.
// 2 An export gives the same ledger again; an altered one is refused and leaves nothing.
// 3 A damaged file, a missing one, a folder that cannot be written and a network file system are said.
@Suite struct LedgerKeepingTests {
  @Test("backup and restore give the same entries", arguments: UInt64(0)..<4)
  func backup(seed: UInt64) throws {
    let made = try TemporaryLedger()
    try made.fill(seed: seed, steps: 30)
    let copy = made.folder + "/备份.db"
    let found = try made.ledger.backup(to: copy)
    try made.fill(seed: seed + 100, steps: 5)
    let other = made.folder + "/other.db"
    let (restored, kept) = try Ledger.restore(copy, to: other)
    #expect(kept == nil)
    #expect(restored == found)
    let second = try Ledger(opening: other)
    try second.write(by: "li") { try $0.append(.park, "HP", JSONObject()) }
    #expect(try second.integrity().entries == 31)
    try second.close()
    let (_, former) = try Ledger.restore(copy, to: other)
    let before = try Ledger(opening: try #require(former))
    #expect(try before.integrity().entries == 31)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: made.folder)
        .allSatisfy { !$0.contains(".part-") })
  }

  @Test("an export gives the same ledger again", arguments: UInt64(0)..<4)
  func export(seed: UInt64) throws {
    let made = try TemporaryLedger()
    try made.fill(seed: seed, steps: 40)
    let manifest = try LedgerExport.write(made.ledger, to: made.folder + "/export")
    let other = try TemporaryLedger()
    try LedgerExport.read(made.folder + "/export", into: other.ledger)
    #expect(try other.ledger.integrity() == made.ledger.integrity())
    #expect(try LedgerExport.write(other.ledger, to: other.folder + "/again") == manifest)
    let next = try [made, other].map {
      try $0.ledger.write(by: "li") { try $0.nextNumber("HP-2026") }
    }
    #expect(next == [41, 41])
    #expect(throws: LedgerError.self) {
      try LedgerExport.read(made.folder + "/export", into: other.ledger)
    }
  }

  @Test(
    "an altered export is refused and leaves nothing",
    arguments: ["entries.jsonl", "contacts.jsonl", "files.jsonl", "numbers.jsonl", "manifest.json"])
  func alteredExport(name: String) throws {
    let made = try TemporaryLedger()
    try made.fill(seed: 7, steps: 20)
    let folder = made.folder + "/export"
    _ = try LedgerExport.write(made.ledger, to: folder)
    let file = URL(fileURLWithPath: "\(folder)/\(name)")
    let bytes = try Data(contentsOf: file)
    let other = try TemporaryLedger()
    for change in 0..<3 {
      var altered = bytes
      switch change {
      case 0: altered.removeLast(altered.count / 3)
      case 1: altered[altered.count / 2] ^= 1
      default: altered.removeAll()
      }
      try altered.write(to: file)
      #expect(throws: LedgerError.self) { try LedgerExport.read(folder, into: other.ledger) }
      #expect(try other.ledger.integrity().entries == 0)
    }
    try bytes.write(to: file)
    try LedgerExport.read(folder, into: other.ledger)
    #expect(try other.ledger.integrity() == made.ledger.integrity())
  }

  @Test("a damaged page is found or refused, never read as if it were whole")
  func damagedPage() throws {
    let made = try TemporaryLedger()
    try made.fill(seed: 8, steps: 200)
    let copy = made.folder + "/copy.db"
    let whole = try made.ledger.backup(to: copy)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
    for page in stride(from: 0, to: bytes.count / 4096, by: 3) {
      var altered = bytes
      for place in 0..<64 { altered[page * 4096 + 100 + place * 60] ^= 0x5A }
      try altered.write(to: URL(fileURLWithPath: copy))
      do {
        let found = try Ledger(opening: copy).integrity()
        // A page may be free: then nothing of the history can differ.
        #expect(!found.problems.isEmpty || found.head == whole.head)
      } catch let error as LedgerError {
        #expect(!error.description.isEmpty)
      }
    }
  }

  @Test("a ledger that is not there is not made by opening it")
  func missing() throws {
    let made = try TemporaryLedger()
    #expect(throws: LedgerError.self) { try Ledger(opening: made.folder + "/none.db") }
    #expect(!FileManager.default.fileExists(atPath: made.folder + "/none.db"))
  }

  @Test("a newer ledger is refused")
  func newer() throws {
    let made = try TemporaryLedger()
    try made.ledger.pool.write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 later')")
    }
    let error = #expect(throws: LedgerError.self) {
      try Ledger(opening: made.folder + "/ledger.db")
    }
    #expect(error?.code == .newer)
  }

  @Test("a network file system is told from a local one")
  func fileSystems() throws {
    let mounts = """
      /dev/vda / ext4 rw 0 0
      server:/data /mnt/share nfs4 rw 0 0
      //nas/x /mnt/park\\040files cifs rw 0 0
      tmpfs /mnt/share/local tmpfs rw 0 0
      """
    #expect(FileSystemKind.name(of: "/mnt/shared/a.db", mounts: mounts) == "ext4")
    for path in ["/mnt/share/a.db", "/mnt/park files/a.db"] {
      let error = #expect(throws: LedgerError.self) {
        try FileSystemKind.check(path, mounts: mounts)
      }
      #expect(error?.code == .networkFileSystem)
    }
    try FileSystemKind.check("/mnt/share/local/a.db", mounts: mounts)
  }
}
