import Foundation
import Matcher
import Testing

@testable import TableFiles

// 1. damaged, cut, encrypted and bomb-like files are errors with a sentence of their own
// 2. every such sentence is in three languages
// 3. formats that are not read are told by their bytes, whatever their names say
// 4. any cut and any changed byte of a good file ends in rows or an error
@Suite("hostile files") struct HostileFileTests {
  static let good = SampleWorkbook(
    rows: "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>需求名称</t></is></c></row>")

  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test(
    "the bytes tell the format",
    arguments: [
      (
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + "Workbook".utf8.flatMap { [$0, 0] },
        "a.xlsx", "file.xls"
      ),
      (
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + "WordDocument".utf8.flatMap { [$0, 0] },
        "a.wps", "file.doc"
      ),
      (
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
          + "EncryptedPackage".utf8.flatMap { [$0, 0] }, "a.xlsx", "file.encrypted"
      ),
      (bytes("%PDF-1.7"), "a.csv", "file.pdf"),
      ([0x89, 0x50, 0x4E, 0x47, 13, 10], "a", "file.picture"),
      ([0xFF, 0xD8, 0xFF, 0xE0], "a.xlsx", "file.picture"), ([], "a.csv", "file.empty"),
      (bytes("<html><table><tr><td>1"), "a.xls", "file.html"),
      (bytes("Rar!abc"), "a.rar", "file.archive"),
      ([1, 0, 0, 2, 0, 0, 5], "a.xlsx", "file.not_office"),
      ([1, 0, 0, 2, 0, 0, 5], "a.dat", "file.foreign"),
      ([0x50, 0x4B, 3, 4, 20, 0], "a.xlsx", "file.truncated"),
    ] as [([UInt8], String, String)])
  func foreign(bytes: [UInt8], name: String, id: String) {
    #expect(Reading.error(bytes, name: name) == id)
  }

  @Test("containers that are no workbook")
  func otherContainers() {
    for (part, id) in [
      ("mimetype", "file.ods"), ("xl/workbook.bin", "file.xlsb"), ("a.xlsx", "file.archive"),
      ("ppt/presentation.xml", "file.foreign"),
    ] {
      var zip = ZipWriter()
      zip.add(part, "x")
      #expect(Reading.error(zip.finish()) == id, "\(part)")
    }
  }

  @Test("a password, a bomb, a declaration and a cut part")
  func refused() throws {
    var locked = HostileFileTests.good.bytes
    let end = try #require(locked.lastIndex(of: 0x50))
    let start = try #require(locked.u32(at: end + 16))
    for place in stride(from: start, to: end, by: 1) where locked.u32(at: place) == 0x0201_4B50 {
      locked[place + 8] |= 1
    }
    #expect(Reading.error(locked) == "file.encrypted")

    var bomb = HostileFileTests.good
    bomb.parts[3].1 = "<worksheet><sheetData>" + String(repeating: " ", count: 40 << 20)
    #expect(Reading.error(bomb.bytes) == "file.too_large")

    var entity = HostileFileTests.good
    entity.parts[3].1 =
      "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><worksheet>&c;</worksheet>"
    #expect(Reading.error(entity.bytes) == "file.declaration")

    var cut = HostileFileTests.good
    cut.parts[3].1 = "<worksheet><sheetData><row><c><v>1</v></c>"
    #expect(Reading.error(cut.bytes) == "file.damaged")
    cut.parts.removeLast()
    #expect(Reading.error(cut.bytes) == "file.damaged")
  }

  @Test("each sentence is in three languages and names the file")
  func sentences() throws {
    let corpus = EncodingTests.corpus
    let ids = corpus.texts.ids.filter {
      $0.hasPrefix("file.") && !$0.hasPrefix("file.basis") && $0 != "file.encoding"
    }
    #expect(ids.count >= 17)
    for id in ids {
      for language in Language.allCases {
        #expect(corpus.texts.text(id, language, ["file": "F.xlsx"]).contains("F.xlsx"), "\(id)")
      }
    }
  }

  @Test("a file cut anywhere ends in an error")
  func cuts() {
    let bytes = HostileFileTests.good.bytes
    for length in stride(from: 4, to: bytes.count, by: 7) {
      #expect(Reading.error(Array(bytes[..<length])) != nil, "\(length)")
    }
  }

  @Test("any changed byte is read or refused", arguments: [UInt8(0), 0xFF, 0x3C])
  func changes(byte: UInt8) {
    let bytes = HostileFileTests.good.bytes
    var refused = 0
    for place in bytes.indices {
      var changed = bytes
      changed[place] = byte
      if Reading.error(changed) != nil { refused += 1 }
    }
    #expect(refused > bytes.count / 2)
  }

  @Test("huge numbers of columns, rows and merged cells are bounded")
  func bounds() throws {
    let sample = SampleWorkbook(
      rows:
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFE1\"><v>2</v></c><c r=\"XFD1\"><v>3</v></c></row><row r=\"1048576\"><c r=\"A1\"><v>1</v></c></row><row r=\"99999999\"/>",
      after: "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>")
    let rows = try Reading.rows(sample.bytes)
    #expect(rows.rows[0].map(\.number).prefix(2) == [1, 1_048_576])
    #expect(rows.rows[0][0].cells.count == 16_384)
  }
}
