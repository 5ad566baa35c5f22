import Ledger
import Matcher
import MatcherTestSupport
import Testing

@testable import Publishing

// 1 The same profiles twice add nothing, in any order and with members in any order.
// 2 The difference names the fields; what the file no longer has is withdrawn only from a whole one.
// 3 Contacts stand apart; levels, earliest days and staleness are read.
@Suite struct ImportTests {
  private let world: ParkWorld

  init() throws {
    world = try ParkWorld(parks: [])
  }

  @discardableResult
  private func take(
    _ text: String, on day: CivilDate = ParkWorld.day, whole: Bool = false
  ) throws -> PublishPlan {
    var importer = PlatformImporter(corpus: world.corpus, language: .simplified, asOf: day)
    importer.isWhole = whole
    let submission = try importer.read(
      SubmittedFile(name: "p.jsonl", bytes: Array(text.utf8)))
    return try world.ledger.write(by: "test") { writer in
      try importer.apply(
        try importer.plan(submission, writer.reader), of: submission.file, writer)
    }
  }

  @Test("the real catalogue: twice the same, in any order of lines and members")
  func catalogue() throws {
    let bytes = try #require(CorpusFiles.bytes("catalogue/real.jsonl"))
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(try take(text).count(.new) == lines.count)
    let head = try world.head()
    #expect(try take(text, on: ParkWorld.day + 50).isEmpty)
    let turned = try lines.reversed().map { line in
      let object = try #require(try JSONParser.parse(Array(line.utf8)).object)
      return JSONWriter.line(
        .object(JSONObject(object.members.reversed().map { ($0.name, $0.value) })))
    }
    #expect(try take(turned.joined(separator: "\n")).isEmpty)
    #expect(try world.head() == head)
  }

  private static let one = """
    {"type":"platform","id":"T1","name":"示例平台","level":"广东省省级中试平台","earliest":{"date":"2027-01-10","stated":"2026-11-20"},"contact":{"name":"赵六一","phone":"13800138111"},"source":{"kind":"form","verified_at":"2026-11-01"},"text":"碳化硅外延，联系人：赵六一","lines":[{"id":"T1/L1","name":"外延线","contact":{"phone":"13800138112"},"specs":[{"key":"wafer_diameter","values":[150],"unit":"mm"}]}]}

    """

  @Test("facts of a profile, and people apart from it")
  func facts() throws {
    try take(Self.one)
    let stored = try #require(try world.ledger.read { try $0.record(.platform, "T1") })
    #expect(stored.version.recognition == "provincial")
    let earliest = try #require(stored.version.earliest)
    #expect(earliest.date == CivilDate(iso: "2027-01-10"))
    #expect(earliest.counts(on: earliest.stated + 30, corpus: world.corpus))
    #expect(!earliest.counts(on: earliest.stated + 31, corpus: world.corpus))
    #expect(!stored.version.isStale(on: ParkWorld.day, corpus: world.corpus))
    #expect(stored.version.isStale(on: ParkWorld.day + 400, corpus: world.corpus))
    let bodies = try world.bodies()
    for person in ["赵六一", "13800138111", "13800138112"] { #expect(!bodies.contains(person)) }
    let contacts = try world.ledger.read { try $0.contacts(.platform, "T1") }
    #expect(contacts.first?.body["name"] == .string("赵六一"))
    #expect(contacts.first?.body["phone"] == .string("13800138111"))
  }

  @Test("changes are named; what is gone is withdrawn only from a whole file")
  func difference() throws {
    let two = Self.one.replacing("T1", with: "T2").replacing("示例平台", with: "另一平台")
    try take(Self.one + two)
    let edited = Self.one.replacing("[150]", with: "[150,200]")
    let plan = try take(edited)
    #expect(plan.changes.map(\.kind) == [.changed])
    #expect(plan.changes[0].fields.map(\.field) == ["lines"])
    #expect(plan.absent == ["T2"])
    #expect(try take(edited, whole: true).changes.map(\.kind) == [.unchanged, .withdrawn])
    #expect(try take(edited + two).changes.map(\.kind) == [.unchanged, .again])
  }
}
