import Matcher

/// A page in three languages in one file, without a script and without anything from elsewhere: the
/// language is switched by radio buttons, and paper gets the one that is chosen.
struct ReportPage {
  /// By language: the title and what stands below it, as HTML.
  let contents: [(language: Language, title: String, body: String)]

  var bytes: [UInt8] { Array(html.utf8) }

  private var html: String {
    let first = contents.first
    var out = "<!DOCTYPE html>\n<html lang=\"\(first?.language.rawValue ?? "zh-Hans")\">\n<head>\n"
    out += "<meta charset=\"utf-8\">\n"
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    out += "<meta name=\"robots\" content=\"noindex\">\n"
    out += "<title>\(HTMLText.escaped(first?.title ?? ""))</title>\n"
    out += "<style>\n\(ReportStyle.sheet)</style>\n</head>\n<body>\n"
    for (index, content) in contents.enumerated() {
      let id = content.language.rawValue
      let isFirst = index == 0 ? " checked" : ""
      out += "<input type=\"radio\" name=\"language\" id=\"\(id)\"\(isFirst)>"
      out += "<label for=\"\(id)\" lang=\"\(id)\">\(ReportPage.name(content.language))</label>\n"
    }
    for content in contents {
      out += "<main lang=\"\(content.language.rawValue)\">\n"
      out += "<h1>\(HTMLText.escaped(content.title))</h1>\n\(content.body)</main>\n"
    }
    return out + "</body>\n</html>\n"
  }

  private static func name(_ language: Language) -> String {
    switch language {
    case .simplified: "简体"
    case .traditional: "繁體"
    case .english: "English"
    }
  }
}
