/// Pieces of inline SVG, in units of about a pixel of a phone.
enum Picture {
  static func svg(width: Int, height: Int, label: String, _ body: String) -> String {
    "<svg viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-label=\"\(HTMLText.escaped(label))\">\n"
      + "<title>\(HTMLText.escaped(label))</title>\n\(body)</svg>\n"
  }

  static func rect(
    _ x: Int, _ y: Int, _ width: Int, _ height: Int, fill: String, opacity: Int = 100
  ) -> String {
    let shade = opacity < 100 ? " fill-opacity=\"0.\(opacity < 10 ? "0" : "")\(opacity)\"" : ""
    return "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" rx=\"2\" "
      + "fill=\"\(fill)\"\(shade)/>\n"
  }

  static func text(
    _ text: String, _ x: Int, _ y: Int, size: Int = 14, anchor: String = "start",
    fill: String = "#1c2733", bold: Bool = false
  ) -> String {
    let weight = bold ? " font-weight=\"600\"" : ""
    return "<text x=\"\(x)\" y=\"\(y)\" font-size=\"\(size)\" text-anchor=\"\(anchor)\" "
      + "fill=\"\(fill)\"\(weight)>\(HTMLText.escaped(text))</text>\n"
  }

  /// The picture with its title, and unit, cut-off and source below.
  static func figure(_ title: String, _ svg: String, facts: String, isWide: Bool = false) -> String
  {
    let kind = isWide ? "scroll wide-picture" : ""
    return "<figure class=\"picture\"><figcaption><b>\(HTMLText.escaped(title))</b>"
      + "<span>\(HTMLText.escaped(facts))</span></figcaption>\n"
      + "<div\(HTMLText.attribute(kind))>\(svg)</div></figure>\n"
  }

  /// Horizontal bars, each with its label above it and its number behind it.
  static func bars(
    _ bars: [(label: String, count: Int, shown: String, color: String)], label: String
  ) -> String {
    let most = max(1, bars.map(\.count).max() ?? 1)
    var body = ""
    for (place, bar) in bars.enumerated() {
      let top = place * 44
      body += text(bar.label, 0, top + 15)
      let width = max(bar.count > 0 ? 3 : 0, bar.count * 300 / most)
      body += rect(0, top + 22, 300, 14, fill: "#eef3f8")
      body += rect(0, top + 22, width, 14, fill: bar.color)
      body += text(bar.shown, 308, top + 34, bold: true)
    }
    return svg(width: 400, height: max(1, bars.count) * 44, label: label, body)
  }

  /// Cuts a label so that it takes at most so many half-widths.
  static func cut(_ text: String, _ width: Int) -> String {
    var used = 0
    var out = ""
    for character in text {
      let wide = character.unicodeScalars.first.map { $0.value >= 0x1100 } ?? false
      used += wide ? 2 : 1
      if used > width { return out + "…" }
      out.append(character)
    }
    return out
  }
}
