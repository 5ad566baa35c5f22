/// The few pieces of HTML that reports are made of. Everything that comes from a record goes through
/// `escaped`.
enum HTMLText {
  static func escaped(_ text: String) -> String {
    var out = ""
    out.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "&": out += "&amp;"
      case "\"": out += "&quot;"
      case "\n": out += "<br>"
      case _ where scalar.value < 0x20: out += " "
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  static func paragraph(_ text: String, _ kind: String = "") -> String {
    text.isEmpty ? "" : "<p\(attribute(kind))>\(escaped(text))</p>\n"
  }

  static func heading(_ text: String, level: Int = 2) -> String {
    "<h\(level)>\(escaped(text))</h\(level)>\n"
  }

  static func attribute(_ kind: String) -> String {
    kind.isEmpty ? "" : " class=\"\(kind)\""
  }

  /// A table whose heading is repeated on every printed page and whose cells carry their column's
  /// title, so that a phone can stack them.
  ///
  /// - Parameters:
  ///   - limit: rows shown; what is left out is said by `more`.
  ///   - facts: unit, cut-off and source, said above it.
  static func table(
    _ table: ReportTable, facts: String, limit: Int = .max, more: (Int) -> String = { _ in "" }
  ) -> String {
    let isWide = table.columns.count > 3
    var out = "<figure class=\"table\"><figcaption><b>\(escaped(table.title))</b>"
    out += "<span>\(escaped(facts))</span></figcaption>\n"
    out += "<table\(attribute(isWide ? "wide" : ""))><thead><tr>"
    for column in table.columns {
      out += "<th\(attribute(kind(column)))>\(escaped(column.title))</th>"
    }
    out += "</tr></thead>\n<tbody>\n"
    for row in table.rows.prefix(limit) {
      out += "<tr>"
      for (column, cell) in zip(table.columns, row) {
        out += "<td\(attribute(kind(column))) data-t=\"\(escaped(column.title))\">"
        out += "\(escaped(cell))</td>"
      }
      out += "</tr>\n"
    }
    out += "</tbody></table>\n"
    let left = max(0, table.rows.count - limit) + table.left
    if left > 0 { out += paragraph(more(left), "more") }
    return out + paragraph(table.note, "note") + "</figure>\n"
  }

  private static func kind(_ column: ReportTable.Column) -> String {
    column.isNumber ? "n" : column.isShort ? "s" : ""
  }
}
