/// Writes JSON as compact UTF-8: members in their order, only what must be escaped is escaped.
public enum JSONWriter {
  /// The value as one line without a line break at its end.
  public static func line(_ value: JSONValue) -> String {
    var out: [UInt8] = []
    append(value, to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// The value over several lines, indented by two blanks a level.
  public static func pretty(_ value: JSONValue) -> String {
    var out: [UInt8] = []
    appendPretty(value, indent: 0, to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  static func append(_ value: JSONValue, to out: inout [UInt8]) {
    switch value {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool(let flag): out.append(contentsOf: (flag ? "true" : "false").utf8)
    case .number(_, let text): out.append(contentsOf: text.utf8)
    case .string(let text): append(text, to: &out)
    case .array(let values):
      out.append(UInt8(ascii: "["))
      for (index, element) in values.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        append(element, to: &out)
      }
      out.append(UInt8(ascii: "]"))
    case .object(let object):
      out.append(UInt8(ascii: "{"))
      for (index, member) in object.members.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        append(member.name, to: &out)
        out.append(UInt8(ascii: ":"))
        append(member.value, to: &out)
      }
      out.append(UInt8(ascii: "}"))
    }
  }

  private static func appendPretty(_ value: JSONValue, indent: Int, to out: inout [UInt8]) {
    let inner = indent + 2
    switch value {
    case .array(let values) where !values.isEmpty:
      out.append(UInt8(ascii: "["))
      for (index, element) in values.enumerated() {
        newLine(inner, comma: index > 0, to: &out)
        appendPretty(element, indent: inner, to: &out)
      }
      newLine(indent, comma: false, to: &out)
      out.append(UInt8(ascii: "]"))
    case .object(let object) where !object.members.isEmpty:
      out.append(UInt8(ascii: "{"))
      for (index, member) in object.members.enumerated() {
        newLine(inner, comma: index > 0, to: &out)
        append(member.name, to: &out)
        out.append(contentsOf: ": ".utf8)
        appendPretty(member.value, indent: inner, to: &out)
      }
      newLine(indent, comma: false, to: &out)
      out.append(UInt8(ascii: "}"))
    default: append(value, to: &out)
    }
  }

  private static func newLine(_ indent: Int, comma: Bool, to out: inout [UInt8]) {
    if comma { out.append(UInt8(ascii: ",")) }
    out.append(UInt8(ascii: "\n"))
    out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
  }

  private static func append(_ text: String, to out: inout [UInt8]) {
    let hex = Array("0123456789abcdef".utf8)
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): out.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): out.append(contentsOf: "\\\\".utf8)
      case UInt8(ascii: "\n"): out.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): out.append(contentsOf: "\\r".utf8)
      case UInt8(ascii: "\t"): out.append(contentsOf: "\\t".utf8)
      case 0..<0x20, 0x7F:
        out.append(contentsOf: "\\u00".utf8)
        out.append(hex[Int(byte >> 4)])
        out.append(hex[Int(byte & 15)])
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
