/// Widths of text on a terminal: 2 columns for wide characters, 0 for marks that combine.
enum DisplayWidth {
  static func of(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  /// After Unicode's East Asian Width (UAX 11): wide and full-width ranges.
  static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F, 0xFEFF: 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      2
    default: 1
    }
  }

  /// The text padded with blanks to a width.
  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - of(text)))
  }

  /// The text, cut with `…` if it is wider than `limit`.
  static func cut(_ text: String, _ limit: Int) -> String {
    guard of(text) > limit else { return text }
    var out = ""
    var used = 0
    for character in text {
      let next = String(character).unicodeScalars.reduce(0) { $0 + width($1) }
      if used + next > limit - 1 { break }
      out.append(character)
      used += next
    }
    return out + "…"
  }
}
