import Matcher
import TableFiles

/// A list to be filled in: its columns, examples, choices and instructions in one language.
package struct ListTemplate {
  package let corpus: Corpus
  package let language: Language
  package let list: ListTemplates.List

  package init(corpus: Corpus, language: Language, list: ListTemplates.List) {
    self.corpus = corpus
    self.language = language
    self.list = list
  }

  private var columns: [TemplateColumn] { corpus.templates.columns(of: list) }

  package func workbook() -> [UInt8] {
    var writer = self.writer
    writer.sheets = [listSheet([exampleRow]), guide, choices]
    return writer.write()
  }

  /// The list with rows that are there already; columns beyond the template's are headed as given.
  package func workbook(header: [String], rows: [[String]]) -> [UInt8] {
    var sheet = listSheet([])
    let extra = header.dropFirst(columns.count)
    sheet.columns += extra.map { _ in NewSheet.Column(width: 18, style: .text) }
    sheet.rows[0] += extra.map { (.text($0), .heading) }
    sheet.rows += rows.map { row in
      row.enumerated().map { index, text in
        let kind = index < columns.count ? columns[index].kind : .text
        return cell(text, kind)
      }
    }
    var writer = self.writer
    writer.sheets = [sheet, choices]
    return writer.write()
  }

  private func cell(
    _ text: String, _ kind: TemplateColumn.Kind
  ) -> (value: NewSheet.Value, style: NewSheet.Style) {
    if text.isEmpty { return (.empty, .text) }
    if kind == .date, let day = CivilDate(iso: text) {
      return (.number(String(day.dayNumber + 25_569)), .date)
    }
    return (.text(text), kind == .code ? .code : .text)
  }

  /// A writer with the font that the language's programs have.
  package var writer: WorkbookWriter {
    var writer = WorkbookWriter()
    switch language {
    case .simplified: writer.font = ("宋体", 134)
    case .traditional: writer.font = ("新細明體", 136)
    case .english: writer.font = ("Arial", 0)
    }
    return writer
  }

  /// The sheet that is filled in, with its heading and the rows given.
  package func listSheet(_ rows: [[(value: NewSheet.Value, style: NewSheet.Style)]]) -> NewSheet {
    let name = corpus.texts.text("template.\(list.rawValue)", language)
    var column = 0
    var sheet = NewSheet(
      name: name,
      columns: columns.map { item in
        var new = NewSheet.Column(width: item.width, style: style(item))
        if !item.choices.isEmpty {
          new.choices = (text("template.choices"), column, 2...item.choices.count + 1)
          column += 1
        }
        return new
      })
    sheet.pageTitle = name
    sheet.headerRows = 1
    sheet.rows = [columns.map { (.text($0.heading.text(language)), .heading) }] + rows
    return sheet
  }

  private func style(_ column: TemplateColumn) -> NewSheet.Style {
    switch column.kind {
    case .text: .text
    case .code: .code
    case .number: .number
    case .date: .date
    }
  }

  private var exampleRow: [(value: NewSheet.Value, style: NewSheet.Style)] {
    columns.map { column in
      let text = example(column)
      if text.isEmpty { return (.empty, .example) }
      if column.kind == .number { return (.number(text), .example) }
      if column.kind == .date, let day = CivilDate(iso: text) {
        return (.number(String(day.dayNumber + 25_569)), .exampleDate)
      }
      return (.text(text), .example)
    }
  }

  /// The example's text; `@choice:N` stands for one of the choices.
  private func example(_ column: TemplateColumn) -> String {
    let text = column.example.text(language)
    guard text.hasPrefix("@") else { return text }
    let key = text.split(separator: ":").last.map(String.init) ?? ""
    let index = Int(key) ?? corpus.sectors.firstIndex { $0.code == key }
    guard let index, column.choices.indices.contains(index) else { return "" }
    return column.choices[index].text(language)
  }

  /// The instructions: general rules, then a line for each column.
  private var guide: NewSheet {
    var sheet = NewSheet(
      name: text("template.guide"),
      columns: [
        NewSheet.Column(width: 26, style: .plain), NewSheet.Column(width: 80, style: .plain),
        NewSheet.Column(width: 60, style: .plain),
      ])
    sheet.pageTitle = text("template.guide")
    sheet.rows = [[(.text(text("template.\(list.rawValue)")), .title)]]
    for number in 1...4 {
      sheet.rows.append([
        (.text("\(number)."), .plain), (.text(text("template.rule\(number)")), .plain),
      ])
    }
    sheet.rows.append([])
    sheet.rows.append(
      ["template.column", "template.how", "template.example"].map { (.text(text($0)), .heading) })
    for column in columns {
      sheet.rows.append([
        (.text(column.heading.text(language)), .text), (.text(column.note.text(language)), .text),
        (.text(example(column)), .text),
      ])
    }
    return sheet
  }

  /// What the drop-downs offer, a column for each.
  private var choices: NewSheet {
    let lists = columns.filter { !$0.choices.isEmpty }
    var sheet = NewSheet(
      name: text("template.choices"),
      columns: lists.map { _ in NewSheet.Column(width: 30, style: .text) })
    sheet.headerRows = 1
    sheet.pageTitle = sheet.name
    sheet.rows = [lists.map { (.text($0.heading.text(language)), .heading) }]
    for row in 0..<(lists.map(\.choices.count).max() ?? 0) {
      sheet.rows.append(
        lists.map { list in
          row < list.choices.count
            ? (.text(list.choices[row].text(language)), .text) : (.empty, .text)
        })
    }
    return sheet
  }

  private func text(_ id: String) -> String {
    corpus.texts.text(id, language)
  }
}
