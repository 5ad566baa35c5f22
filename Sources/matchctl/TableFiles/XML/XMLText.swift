/// Text in XML: entities read and written.
package enum XMLText {
  /// The characters of text or of an attribute's value; an entity that is not known stays as it is.
  static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var place = bytes.startIndex
    while place < bytes.endIndex {
      if bytes[place] == UInt8(ascii: "&"), let (scalar, end) = entity(bytes[place...]) {
        out += Array(String(Character(scalar)).utf8)
        place = end
      } else {
        out.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The character of the entity at the start of the bytes, and where it ends.
  static func entity(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
    guard let end = bytes.prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let body = bytes[bytes.startIndex + 1..<end]
    let scalar: Unicode.Scalar? =
      if body.first == UInt8(ascii: "#") { number(body.dropFirst()) } else { named(body) }
    return scalar.map { ($0, end + 1) }
  }

  private static func named(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
    switch String(decoding: name, as: UTF8.self) {
    case "lt": "<"
    case "gt": ">"
    case "amp": "&"
    case "quot": "\""
    case "apos": "'"
    default: nil
    }
  }

  /// The character of `#N` or `#xH`.
  private static func number(_ digits: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let isHex = digits.first == UInt8(ascii: "x") || digits.first == UInt8(ascii: "X")
    let text = String(decoding: isHex ? digits.dropFirst() : digits, as: UTF8.self)
    guard !text.isEmpty, !text.hasPrefix("+"), !text.hasPrefix("-") else { return nil }
    return UInt32(text, radix: isHex ? 16 : 10).flatMap(Unicode.Scalar.init)
  }

  /// The text as XML writes it, in an element or between double quotes. Characters that XML has no
  /// place for become blanks.
  package static func encoded(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "&": out += "&amp;"
      case "\"": out += "&quot;"
      case "\r": out += "&#13;"
      case "\n", "\t": out.unicodeScalars.append(scalar)
      default:
        let isLegal = scalar.value >= 0x20 && scalar.value & 0xFFFE != 0xFFFE
        out.unicodeScalars.append(isLegal ? scalar : " ")
      }
    }
    return out
  }

  /// The text of a spreadsheet cell: `_x000D_` stands for a character there.
  static func unescaped(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard text.utf8.contains(UInt8(ascii: "_")), text.contains("_x") else { return text }
    var out: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "_"), let scalar = escape(bytes, place) {
        out += Array(String(Character(scalar)).utf8)
        place += 7
      } else {
        out.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func escape(_ bytes: [UInt8], _ place: Int) -> Unicode.Scalar? {
    guard place + 6 < bytes.count, bytes[place + 1] == UInt8(ascii: "x"),
      bytes[place + 6] == UInt8(ascii: "_")
    else { return nil }
    let digits = String(decoding: bytes[place + 2..<place + 6], as: UTF8.self)
    guard digits.utf8.count == 4, !digits.hasPrefix("+"), !digits.hasPrefix("-") else { return nil }
    return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
  }
}
