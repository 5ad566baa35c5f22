/// Why bytes are not JSON: what was expected, and where.
public struct JSONError: Error, Equatable, Sendable {
  /// Bytes before the place, from 0.
  public let offset: Int
  public let got: String
  public let expected: String
}

/// Reads one JSON text (RFC 8259) from UTF-8 bytes.
///
/// Stricter than the RFC where data would be lost silently: a repeated member name, a number beyond
/// the range of a double, an unpaired surrogate and bytes that are not UTF-8 are errors. Lists and
/// objects nest at most 128 deep. O(*n*) time and memory.
public struct JSONParser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0

  public static func parse(_ bytes: some Collection<UInt8>) throws(JSONError) -> JSONValue {
    let copy = ContiguousArray(bytes)
    let result = copy.withUnsafeBufferPointer { buffer -> Result<JSONValue, JSONError> in
      var parser = JSONParser(bytes: buffer)
      do throws(JSONError) {
        return .success(try parser.document())
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  private mutating func document() throws(JSONError) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    let value = try value()
    skipBlanks()
    guard position == bytes.count else { throw error(expected: "the end of the text") }
    return value
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    skipBlanks()
    switch peek {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case let byte? where byte == UInt8(ascii: "-") || isDigit(byte): return try number()
    default: throw error(expected: "a JSON value")
    }
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    try enter()
    var object = JSONObject()
    var names = MemberNames()
    skipBlanks()
    if !take(UInt8(ascii: "}")) {
      repeat {
        skipBlanks()
        guard peek == UInt8(ascii: "\"") else { throw error(expected: "a member name in quotes") }
        let start = position
        let name = try string()
        guard names.isNew(name, in: object) else {
          throw JSONError(
            offset: start, got: "'\(name)' a second time", expected: "each member name once")
        }
        skipBlanks()
        guard take(UInt8(ascii: ":")) else { throw error(expected: "':'") }
        object.append(name, try value())
        skipBlanks()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "}")) else { throw error(expected: "',' or '}'") }
    }
    depth -= 1
    return .object(object)
  }

  /// Tells names that an object has already: among a few by looking, else by a set.
  private struct MemberNames {
    private static let few = 16
    private var names: Set<String> = []

    mutating func isNew(_ name: String, in object: JSONObject) -> Bool {
      let count = object.members.count
      if count < MemberNames.few {
        for place in 0..<count where object.members[place].name == name { return false }
        return true
      }
      if count == MemberNames.few { names = Set(object.members.map(\.name)) }
      return names.insert(name).inserted
    }
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    try enter()
    var values: [JSONValue] = []
    skipBlanks()
    if !take(UInt8(ascii: "]")) {
      repeat {
        values.append(try value())
        skipBlanks()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { throw error(expected: "',' or ']'") }
    }
    depth -= 1
    return .array(values)
  }

  private mutating func enter() throws(JSONError) {
    position += 1
    depth += 1
    guard depth <= 128 else { throw error(expected: "at most 128 levels of nesting") }
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      position += 1
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    let text = String(
      decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw JSONError(offset: start, got: text, expected: "a number within ±1.8e308")
    }
    return .number(value, text: text)
  }

  private mutating func digits() throws(JSONError) {
    guard let first = peek, isDigit(first) else { throw error(expected: "a digit") }
    while let byte = peek, isDigit(byte) { position += 1 }
  }

  private mutating func string() throws(JSONError) -> String {
    position += 1
    let start = position
    var all: UInt8 = 0
    while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      all |= byte
      position += 1
    }
    if peek == UInt8(ascii: "\"") {
      let text = try text(start..<position, isASCII: all < 0x80)
      position += 1
      return text
    }
    return try escapedString(from: start)
  }

  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var out = Array(bytes[start..<position])
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        guard let text = String(validating: out, as: UTF8.self) else { throw notUTF8(start) }
        return text
      case UInt8(ascii: "\\"): try escape(into: &out)
      case 0..<0x20: throw error(expected: "no control character inside text")
      default:
        out.append(byte)
        position += 1
      }
    }
    throw error(expected: "a closing '\"'")
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSONError) {
    position += 1
    guard let byte = peek else { throw error(expected: "an escaped character") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "b"): out.append(8)
    case UInt8(ascii: "f"): out.append(12)
    case UInt8(ascii: "n"): out.append(10)
    case UInt8(ascii: "r"): out.append(13)
    case UInt8(ascii: "t"): out.append(9)
    case UInt8(ascii: "u"):
      let scalar = try unicodeEscape()
      out.append(contentsOf: String(Character(scalar)).utf8)
    default:
      position -= 1
      throw error(expected: "one of \" \\ / b f n r t u after '\\'")
    }
  }

  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let high = try hexUnit()
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard (0xD800..<0xDC00).contains(high), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      throw error(expected: "a pair of surrogates")
    }
    let low = try hexUnit()
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw error(expected: "a pair of surrogates") }
    return scalar
  }

  private mutating func hexUnit() throws(JSONError) -> UInt32 {
    guard position + 4 <= bytes.count,
      let value = UInt32(
        String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16),
      bytes[position] != UInt8(ascii: "+"), bytes[position] != UInt8(ascii: "-")
    else { throw error(expected: "four hexadecimal digits") }
    position += 4
    return value
  }

  private func text(_ range: Range<Int>, isASCII: Bool) throws(JSONError) -> String {
    let part = UnsafeBufferPointer(rebasing: bytes[range])
    if isASCII { return String(decoding: part, as: UTF8.self) }
    guard let text = String(validating: part, as: UTF8.self) else {
      throw notUTF8(range.lowerBound)
    }
    return text
  }

  private func notUTF8(_ start: Int) -> JSONError {
    JSONError(offset: start, got: "bytes that are not UTF-8", expected: "UTF-8 text")
  }

  private mutating func literal(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else {
      throw error(expected: "a JSON value")
    }
    position += word.utf8.count
    return value
  }

  private var peek: UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private func error(expected: String) -> JSONError {
    let end = min(bytes.count, position + 12)
    let next = String(decoding: bytes[position..<end], as: UTF8.self)
    return JSONError(
      offset: position, got: position >= bytes.count ? "the end of the text" : "'\(next)'",
      expected: expected)
  }
}
