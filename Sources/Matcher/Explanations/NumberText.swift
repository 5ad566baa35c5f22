/// Numbers as people read them. Everything shown comes from an evaluation record.
enum NumberText {
  /// At most `digits` significant digits, no trailing zeros, thousands not grouped.
  static func plain(_ value: Double, digits: Int = 6) -> String {
    guard value.isFinite, value != 0 else { return "0" }
    let magnitude = (Elementary.ln(value.magnitude) / 2.302_585_092_994_046).rounded(.down)
    let places = max(0, min(12, digits - 1 - Int(magnitude)))
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    return JSONValue.text(of: Elementary.rounded(value * scale) / scale)
  }

  /// With its sign, `±0` as `0`.
  static func signed(_ value: Double) -> String {
    let text = plain(value.magnitude, digits: 4)
    return text == "0" ? "0" : (value < 0 ? "−" : "+") + text
  }

  /// A share as a whole percentage.
  static func percent(_ share: Double) -> String {
    "\(plain(Elementary.rounded(share * 100))) %"
  }

  /// CNY: in 万元 from 10,000 on in Chinese, grouped by thousands in English.
  static func money(_ cny: Double, _ language: Language) -> String {
    switch language {
    case .english: return "CNY " + grouped(cny)
    case .simplified:
      return cny.magnitude >= 10_000 ? plain(cny / 10_000) + " 万元" : plain(cny) + " 元"
    case .traditional:
      return cny.magnitude >= 10_000
        ? "人民幣 " + plain(cny / 10_000) + " 萬元" : "人民幣 " + plain(cny) + " 元"
    }
  }

  private static func grouped(_ value: Double) -> String {
    let text = plain(value.magnitude, digits: 15)
    let parts = text.split(separator: ".", maxSplits: 1)
    let whole = Array(parts.first ?? "0")
    var out = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { out.append(",") }
      out.append(digit)
    }
    if parts.count > 1 { out += "." + parts[1] }
    return value < 0 ? "−" + out : out
  }

  /// Hundredths of a point as `72.5`.
  static func points(_ hundredths: Int64) -> String {
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return String(whole) }
    let digits = rest < 10 ? "0\(rest)" : String(rest)
    return "\(whole).\(digits.hasSuffix("0") ? String(digits.dropLast()) : digits)"
  }
}

/// Numbers in words for callers outside the library.
public enum NumberShown {
  /// An amount in CNY: in 万元 from 10,000 on in Chinese, grouped by thousands in English.
  public static func money(_ cny: Double, _ language: Language) -> String {
    NumberText.money(cny, language)
  }
}
