// What is proved here: after erasing a person no byte of the name or number is left in the ledger's
// file or its log; no hash has changed, the ledger is whole, and its export imports back.
import Foundation
import Matcher
import MatcherTestSupport
import Testing

@testable import Brokerage
@testable import Ledger

@Suite("Erasing a person")
struct ErasureTests {
  private func holds(_ desk: Desk, _ text: String) -> Bool {
    ["", "-wal", "-shm"].contains { suffix in
      let bytes = FileManager.default.contents(atPath: desk.folder + "/ledger.db" + suffix)
      return bytes?.range(of: Data(text.utf8)) != nil
    }
  }

  private func contact(_ number: Int, _ name: String, _ phone: String) -> Contact {
    Contact(
      id: "c-\(number)", kind: .demand, subject: "D-\(number % 40)",
      body: JSONObject([
        ("name", .string(name)), ("phone", .string(phone)), ("role", .string("经理")),
      ]))
  }

  @Test(
    "the bytes are gone, the history is the same",
    arguments: ["欧阳测试员", "138-0013-8999", "+86 13800138999", "c-77"])
  func gone(person: String) throws {
    let desk = try Desk()
    for number in 0..<120 {
      try desk.put(.demand, ["type": "demand", "id": .string("D-\(number % 40)"), "title": "甲"])
      try desk.ledger.write(by: "park") { writer in
        try writer.keep(contact(number, "联系人\(number)", "1390000\(1000 + number)"))
      }
    }
    try desk.ledger.write(by: "park") { writer in
      try writer.keep(contact(77, "欧阳测试员", "13800138999"))
    }
    #expect(holds(desk, "欧阳测试员"))
    let hashes = try desk.ledger.read { try $0.entries().map(\.hash) }
    let found = try desk.ledger.contacts(naming: person)
    #expect(found.map(\.id) == ["c-77"])
    let erased = try desk.ledger.erase(found, by: "office")
    #expect(erased.left.isEmpty)
    #expect(!holds(desk, "欧阳测试员") && !holds(desk, "13800138999"))
    #expect(holds(desk, "13900001005"))

    let entries = try desk.ledger.read { try $0.entries() }
    #expect(entries.dropLast().map(\.hash) == hashes)
    #expect(entries.last?.kind == .erasure)
    #expect(try desk.ledger.integrity().problems.isEmpty)
    let folder = desk.folder + "/export"
    _ = try LedgerExport.write(desk.ledger, to: folder)
    let copy = try Ledger(creating: desk.folder + "/copy.db")
    try LedgerExport.read(folder, into: copy)
    let heads = (try copy.integrity().head, try desk.ledger.integrity().head)
    #expect(heads.0 == heads.1)
    #expect(try copy.read { try $0.allContacts().count } == 119)
    try copy.close()
  }

  @Test("words that stand in the history are named, since they cannot be taken out")
  func left() throws {
    let desk = try Desk()
    try desk.put(.demand, ["type": "demand", "id": "D-1", "text": "请找欧阳测试员"])
    try desk.ledger.write(by: "park") { try $0.keep(contact(1, "欧阳测试员", "13800138999")) }
    let erased = try desk.ledger.erase(
      desk.ledger.contacts(naming: "欧阳测试员"), by: "office")
    #expect(erased.left == [1])
  }
}
