import Foundation
import Matcher
import TableFiles

/// Mutated workbooks, documents and text tables into the file readers, the form reader and the
/// writer of returned sheets: no trap, no hang, bounded memory.
///
/// Half of the containers are mutated in their bytes, half in one part that is then packed again,
/// so that the readers behind the zip layer are reached. Full scale: 1,000,000 files. A trap ends
/// the process, so that the result line is missing; a file that takes more than two
/// seconds of the processor is a hang.
struct TableSoak {
  private struct Seed {
    let name: String
    /// The parts of a container; empty for text.
    var parts: [(name: String, content: [UInt8])] = []
    var bytes: [UInt8] = []
  }

  private let options: BenchOptions
  private let corpus: Corpus
  private let seeds: [Seed]

  init(_ options: BenchOptions) {
    self.options = options
    corpus = Corpus(.folder(options.corpus))
    seeds =
      [TableSoak.workbook, TableSoak.document].map { seed in
        var zip = ZipWriter()
        for part in seed.parts { zip.add(part.name, bytes: part.content) }
        return Seed(name: seed.name, parts: seed.parts, bytes: zip.finish())
      } + TableSoak.texts
  }

  func run() -> String {
    let count = max(1, Int(1_000_000 * options.scale))
    var generator = SeededGenerator(seed: options.seed)
    var counter = Tally()
    var slowest = 0.0
    for index in 0..<count {
      let seed = seeds[index % seeds.count]
      let bytes = mutated(seed, &generator)
      let start = TableSoak.processorSeconds()
      read(bytes, seed.name, &counter, deep: index % 8 < 4)
      let seconds = TableSoak.processorSeconds() - start
      slowest = max(slowest, seconds)
      if seconds > 2 { MatcherBench.fail("soak tables: file \(index) took \(seconds) s: a hang") }
    }
    let milliseconds = Int(slowest * 1000)
    return
      "soak tables: \(count) files, seed \(options.seed), \(counter.rows) rows, "
      + "\(counter.refused) refused, \(counter.returned) returned, slowest \(milliseconds) ms, "
      + "peak \(LoadSoak.peakKilobytes() / 1024) MB, no trap"
  }

  /// Processor time of this thread: other programs on the machine do not count.
  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private struct Tally {
    var rows = 0
    var refused = 0
    var returned = 0
  }

  private func read(_ bytes: [UInt8], _ name: String, _ tally: inout Tally, deep: Bool) {
    var rest: [UInt8]? = bytes
    let source: ByteSource = {
      defer { rest = nil }
      return rest
    }
    do {
      let file = try TableFile.open(source, name: name, corpus: corpus)
      var tables = GatheredTables()
      _ = try file.read(paragraphs: true, into: &tables)
      tally.rows += tables.tables.reduce(0) { $0 + $1.rows.count }
      guard deep else { return }
      var collector = FormCollector(corpus: corpus, language: .simplified)
      collector.add(tables, file: name)
      let sheet = tables.tables.first?.info.sheet
      let rows = (2...4).map {
        ReturnedRow(
          number: $0, action: "已收", problems: "缺标题", systemID: "D-\($0)", marks: [1: .warning])
      }
      let labels = ReturnedLabels(action: "处理结果", problems: "需补正事项", systemID: "系统编号")
      _ = try ReturnedSheet.write(
        original: bytes, name: name,
        tables: [ReturnedTable(sheet: sheet, headerRow: 1, rows: rows)], labels: labels,
        corpus: corpus)
      tally.returned += 1
    } catch {
      tally.refused += 1
    }
  }

  private func mutated(_ seed: Seed, _ generator: inout SeededGenerator) -> [UInt8] {
    guard !seed.parts.isEmpty, Bool.random(using: &generator) else {
      return mutate(seed.bytes, &generator)
    }
    let chosen = Int.random(in: 0..<seed.parts.count, using: &generator)
    var zip = ZipWriter()
    for (index, part) in seed.parts.enumerated() {
      zip.add(part.name, bytes: index == chosen ? mutate(part.content, &generator) : part.content)
    }
    return zip.finish()
  }

  private func mutate(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      let end = min(bytes.count, place + Int.random(in: 1...24, using: &generator))
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4: bytes.insert(contentsOf: Array("99999999999".utf8), at: place)
      case 5: bytes[place] = Array("<>&\"'/;,=\n\t".utf8).randomElement(using: &generator) ?? 0
      case 6: bytes.removeSubrange(place...)
      default:
        let from = Int.random(in: 0..<bytes.count, using: &generator)
        let piece = Array(bytes[from..<min(bytes.count, from + 24)])
        bytes.replaceSubrange(place..<end, with: piece)
      }
    }
    return bytes
  }
}

extension TableSoak {
  private static func part(_ name: String, _ text: String) -> (name: String, content: [UInt8]) {
    (name, Array(text.utf8))
  }

  private static let relationType =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// A small workbook with everything that the reader looks at. Synthetic.
  private static var workbook: Seed {
    var seed = Seed(name: "list.xlsx")
    seed.parts = [
      part(
        "_rels/.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"\(relationType)/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>"
      ),
      part(
        "xl/workbook.xml",
        "<workbook><workbookPr date1904=\"0\"/><sheets><sheet name=\"清单\" sheetId=\"1\" r:id=\"r1\"/>"
          + "<sheet name=\"说明\" sheetId=\"2\" state=\"hidden\" r:id=\"r1\"/></sheets></workbook>"),
      part(
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"\(relationType)/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
          + "<Relationship Id=\"r2\" Type=\"\(relationType)/sharedStrings\" Target=\"sharedStrings.xml\"/>"
          + "<Relationship Id=\"r3\" Type=\"\(relationType)/styles\" Target=\"styles.xml\"/></Relationships>"
      ),
      part(
        "xl/sharedStrings.xml",
        "<sst><si><t>需求名称</t></si><si><r><t>碳化硅</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh><r><t>流片</t></r></si></sst>"
      ),
      part(
        "xl/styles.xml",
        "<styleSheet><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts>"
          + "<fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills>"
          + "<cellXfs count=\"3\"><xf numFmtId=\"0\" fillId=\"0\"/><xf numFmtId=\"14\" fillId=\"0\"><alignment wrapText=\"1\"/></xf>"
          + "<xf numFmtId=\"164\" fillId=\"0\"/></cellXfs></styleSheet>"),
      part(
        "xl/worksheets/sheet1.xml",
        "<worksheet><dimension ref=\"A1:F5\"/><sheetFormatPr/><cols><col min=\"2\" max=\"16384\" width=\"9\" hidden=\"1\"/></cols>"
          + "<sheetData><row r=\"1\" spans=\"1:6\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>需求描述</t></is></c><c r=\"C1\" t=\"inlineStr\"><is><t>企业名称</t></is></c></row>"
          + "<row r=\"2\" hidden=\"1\"><c r=\"A2\" t=\"s\"><v>1</v></c><c><f>30*2</f></c><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c></row>"
          + "<row><c s=\"1\"><v>46203.5</v></c><c s=\"2\"><v>46203</v></c><c><v>9.1440300123456794E+17</v></c></row>"
          + "<row r=\"5\"><c r=\"B5\" t=\"str\"><f t=\"shared\" si=\"0\">A1&amp;\"x\"</f><v>x&#65;<![CDATA[y]]></v></c></row></sheetData>"
          + "<mergeCells count=\"2\"><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"B1:C1\"/></mergeCells></worksheet>"
      ),
      part(
        "xl/worksheets/_rels/sheet1.xml.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"\(relationType)/comments\" Target=\"../comments1.xml\"/></Relationships>"
      ),
      part(
        "xl/comments1.xml",
        "<comments><commentList><comment ref=\"A2\"><text><t>先签NDA</t></text></comment></commentList></comments>"
      ),
      part(
        "docProps/core.xml",
        "<cp:coreProperties><dcterms:modified>2026-11-21T23:18:06Z</dcterms:modified></cp:coreProperties>"
      ),
    ]
    return seed
  }

  /// A one-firm form. Synthetic.
  private static var document: Seed {
    var seed = Seed(name: "form.docx")
    func cell(_ text: String, _ properties: String = "") -> String {
      "<w:tc><w:tcPr>\(properties)</w:tcPr><w:p><w:r><w:t>\(text)</w:t></w:r></w:p></w:tc>"
    }
    let rows = [
      cell("企业名称") + cell("示例有限公司", "<w:gridSpan w:val=\"3\"/>"),
      cell("联系人") + cell("示例") + cell("预算（元）") + cell("600000"),
      cell("需求名称", "<w:vMerge w:val=\"restart\"/>") + cell("☑中试 □检测"),
      cell("", "<w:vMerge/>") + cell("<w:tab/>流片<w:br/>12 片"),
    ]
    seed.parts = [
      part(
        "_rels/.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"\(relationType)/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
      ),
      part(
        "word/document.xml",
        "<w:document><w:body><w:p><w:r><w:t>填表日期：2026年11月20日</w:t></w:r></w:p><w:tbl>"
          + rows.map { "<w:tr>\($0)</w:tr>" }.joined()
          + "</w:tbl><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt></w:body></w:document>"
      ),
    ]
    return seed
  }

  private static var texts: [Seed] {
    let text = "序号,需求名称,企业名称,预算（万元）\r\n1,\"碳化硅\"\"流片\"\"，\n12片\",示例有限公司,60\r\n2,试飞&#27979;,,\r\n"
    let wide = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let gb: [UInt8] = [
      0xD0, 0xE8, 0xC7, 0xF3, 0xC3, 0xFB, 0xB3, 0xC6, 0x2C, 0xC6, 0xF3, 0xD2, 0xB5, 0x0A, 0xCC,
      0xBC,
      0xBB, 0xAF, 0xB9, 0xE8, 0x2C, 0xCA, 0xBE, 0xC0, 0xFD, 0x0A,
    ]
    return [
      Seed(name: "list.csv", bytes: Array(text.utf8)),
      Seed(name: "list.txt", bytes: [0xFF, 0xFE] + wide), Seed(name: "list.csv", bytes: gb),
    ]
  }
}
