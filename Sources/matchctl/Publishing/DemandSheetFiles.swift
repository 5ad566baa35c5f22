import Matcher
import RecordFiles
import TableFiles

extension DemandSheet {
  /// As a workbook: A4 landscape, title and headings in view and on every page.
  package func workbook(_ corpus: Corpus, _ language: Language) -> [UInt8] {
    var sheet = NewSheet(
      name: corpus.texts.text("publish.sheet", language),
      columns: columns.map { NewSheet.Column(width: $0.width, style: .text) })
    sheet.rows = [
      [(.text(title), .title)], [(.text(head), .plain)],
      columns.map { (.text($0.heading), .heading) },
    ]
    sheet.rows += rows.map { row in row.map { ($0.isEmpty ? .empty : .text($0), .text) } }
    sheet.rows += remarks.map { [(.text($0), .plain)] }
    sheet.headerRows = 3
    sheet.pageTitle = title
    let firstRemark = 3 + rows.count
    sheet.spanningRows = Set([1, 2] + remarks.indices.map { firstRemark + $0 + 1 })
    var writer = ListTemplate(corpus: corpus, language: language, list: .demands).writer
    writer.sheets = [sheet]
    return writer.write()
  }

  /// As one page that needs nothing else: A4 landscape on paper, heads on every sheet, readable on a
  /// phone.
  package func page(_ corpus: Corpus, _ language: Language) -> String {
    let heads = columns.map { "<th scope=\"col\">\(XMLText.encoded($0.heading))</th>" }
    let lines = rows.map { row in
      let cells = zip(columns, row).map { column, text in
        let name = DemandSheet.isCode(text) ? " class=\"n\"" : ""
        return "<td data-head=\"\(XMLText.encoded(column.heading))\"\(name)>"
          + "\(DemandSheet.escaped(text))</td>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    let notes = remarks.map { "<li>\(DemandSheet.escaped($0))</li>" }
    let widths = columns.reduce(0) { $0 + $1.width }
    let cols = columns.map { column in
      "<col style=\"width:\(max(1, column.width * 100 / max(1, widths)))%\">"
    }
    return """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(XMLText.encoded(title))</title>
      <style>\(DemandSheet.style)</style></head><body>
      <h1>\(XMLText.encoded(title))</h1>
      <p class="head">\(XMLText.encoded(head))</p>
      <table\(widths > DemandSheet.wide ? " class=\"wide\"" : "")><colgroup>\(cols.joined())</colgroup>
      <thead><tr>\(heads.joined())</tr></thead>
      <tbody>
      \(lines.joined(separator: "\n"))
      </tbody></table>
      <ul class="remarks">\(notes.joined())</ul>
      </body></html>

      """
  }

  /// Beyond so many characters a page needs smaller letters.
  private static let wide = 200

  /// Numbers and days, which are not to be broken.
  private static func isCode(_ text: String) -> Bool {
    (1...16).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  private static func escaped(_ text: String) -> String {
    XMLText.encoded(text).split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "<br>")
  }

  private static let style = """
    @page{size:A4 landscape;margin:12mm 10mm}
    body{font-family:"PingFang SC","PingFang HK","Hiragino Sans GB","Microsoft YaHei","Microsoft JhengHei",\
    "Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","WenQuanYi Micro Hei",SimSun,Arial,sans-serif;\
    font-size:10.5pt;line-height:1.45;color:#1a1a1a;margin:1.2em;background:#fff}
    h1{font-size:17pt;text-align:center;margin:.2em 0}
    .head{text-align:center;color:#444;margin:.2em 0 .8em}
    table{border-collapse:collapse;width:100%;table-layout:fixed}
    thead{display:table-header-group}
    tr{break-inside:avoid}
    th,td{border:1px solid #b5b5b5;padding:3px 5px;vertical-align:top;text-align:left;\
    overflow-wrap:anywhere;font-size:9pt}
    .n{white-space:nowrap}
    .wide{table-layout:auto}
    .wide th,.wide td{font-size:7pt;padding:2px 3px;overflow-wrap:break-word}
    th{background:#e6eef7;text-align:center}
    .remarks{font-size:9pt;color:#333;padding-left:1.2em}
    @media print{body{margin:0}}
    @media screen and (max-width:760px){table,tbody,tr,td{display:block;width:auto}
    thead,colgroup{display:none}tr{border:1px solid #b5b5b5;margin:0 0 .8em;padding:.3em .5em}
    td{border:0;padding:2px 0;font-size:10.5pt}td:empty{display:none}
    td::before{content:attr(data-head) "：";color:#555}}
    """
}
