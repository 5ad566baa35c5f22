import MatcherTestSupport
import Testing

@testable import Matcher

// 1. every heading of the demand template means its own field, in each language
// 2. every choice and example of the templates is there in three languages
// 3. a platform list made after the template is read in each language; example rows are left out
@Suite("templates") struct TemplateTests {
  static let corpus = CorpusFiles.plain

  @Test("headings mean their fields", arguments: Language.allCases)
  func headings(language: Language) {
    let corpus = TemplateTests.corpus
    let columns = corpus.templates.columns(of: .demands)
    #expect(columns.count >= 15)
    for column in columns {
      let heading = Heading(column.heading.text(language), fold: corpus.folding)
      #expect(corpus.lists.headings.field(heading.name)?.field.rawValue == column.field)
    }
    let fields = columns.map(\.field)
    #expect(Set(fields).count == fields.count)
  }

  @Test("nothing lacks a language")
  func languages() {
    for list in ListTemplates.List.allCases {
      for column in TemplateTests.corpus.templates.columns(of: list) {
        for name in [column.heading] + column.choices { #expect(name.all.count == 3) }
        #expect([0, 3].contains(column.example.all.count), "\(column.field)")
        #expect([0, 3].contains(column.note.all.count), "\(column.field)")
      }
    }
  }

  @Test("a platform list after the template is read", arguments: Language.allCases)
  func platforms(language: Language) {
    let corpus = TemplateTests.corpus
    let columns = corpus.templates.columns(of: .platforms)
    var table = PlatformTable(corpus: corpus)
    table.begin(SheetInfo(file: "p.xlsx"))
    let example = columns.map { $0.example.text(language) }
    let own = zip(columns, example).map { column, text in
      switch column.field {
      case "id": "P-1"
      case "line_id": "P-1/L1"
      default: text.hasPrefix("@") ? column.choices[0].text(language) : text
      }
    }
    let rows = [["标题"], columns.map { $0.heading.text(language) }, example, own]
    for (index, texts) in rows.enumerated() {
      let cells = texts.map { Cell($0.isEmpty ? .empty : .text($0)) }
      table.row(SheetRow(number: index + 1, cells: cells))
    }
    table.end()
    var reader = RecordReader(corpus: corpus)
    reader.add(table, file: "p.xlsx")
    #expect(reader.issues.isEmpty, "\(reader.issues)")
    #expect(reader.platforms.map(\.id) == ["P-1"])
    #expect(reader.platforms.first?.lines.first?.services.isEmpty == false)
    #expect(reader.platforms.first?.lines.first?.specs.count == 3)
  }
}
