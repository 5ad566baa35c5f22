/// Reads the XML of office files token by token, in one pass, with the place of every token.
///
/// Names are compared without their prefix, since programs choose prefixes freely. Comments and
/// processing instructions are skipped. A document type declaration is refused, so that no entity
/// can be defined and none can expand. Memory: one token (at most 16 MiB) and a chunk.
///
/// - Note: A scanner of our own because patching a sheet needs the byte range of each tag, which
///   the parsers at hand do not tell.
struct XMLScanner {
  enum Token {
    case start
    case end
    case text
    case done
  }

  static let tokenLimit = 16 << 20

  private let source: () throws(TableFileError) -> [UInt8]?
  /// The part's name, for messages.
  let part: String
  private(set) var buffer: [UInt8] = []
  private var place = 0
  /// The part's offset at which `buffer` begins.
  private var base = 0
  private var sourceIsDone = false
  private var closesAtOnce = false
  private(set) var depth = 0
  /// In `buffer`: the token, the element's name without prefix, its attributes.
  private var token = 0..<0
  private(set) var name = 0..<0
  private var attributes = 0..<0
  private var isRaw = false

  init(part: String, _ source: @escaping () throws(TableFileError) -> [UInt8]?) {
    self.part = part
    self.source = source
  }

  init(part: String, bytes: [UInt8]) {
    var rest: [UInt8]? = bytes
    self.init(part: part) { () throws(TableFileError) in
      defer { rest = nil }
      return rest
    }
  }

  /// The token's bytes as offsets of the part. The end of `<a/>` is empty, behind its start.
  var range: Range<Int> { token.lowerBound + base..<token.upperBound + base }

  /// The start tag closes itself: `<a/>`.
  var isEmptyElement: Bool { closesAtOnce }

  mutating func next() throws(TableFileError) -> Token {
    if closesAtOnce {
      closesAtOnce = false
      depth -= 1
      token = token.upperBound..<token.upperBound
      return .end
    }
    while true {
      guard try fill(1) else {
        guard depth == 0 else { throw .damaged(part) }
        return .done
      }
      if buffer[place] != UInt8(ascii: "<") { return try characters() }
      guard try fill(2) else { throw .damaged(part) }
      switch buffer[place + 1] {
      case UInt8(ascii: "?"): try skip(to: "?>", from: 2)
      case UInt8(ascii: "!"):
        if try section() { return .text }
      case UInt8(ascii: "/"): return try endTag()
      default: return try startTag()
      }
    }
  }

  /// Skips to the end of the element whose start was the last token.
  mutating func skipElement() throws(TableFileError) {
    let outer = depth - 1
    while depth > outer {
      if try next() == .done { return }
    }
  }

  /// Whether the element's name without its prefix is this one.
  func isNamed(_ wanted: StaticString) -> Bool {
    matches(name, wanted)
  }

  /// The characters of a text token, entities replaced.
  var text: String {
    isRaw ? String(decoding: buffer[token], as: UTF8.self) : XMLText.decoded(buffer[token])
  }

  /// Whether the text token is nothing but blanks.
  var isBlankText: Bool {
    buffer[token].allSatisfy { $0 <= 0x20 }
  }

  /// The value of an attribute of the last start tag, entities replaced.
  ///
  /// - Parameter prefixed: look for `r:id` rather than `id`: any prefix will do.
  func attribute(_ wanted: StaticString, prefixed: Bool = false) -> String? {
    value(wanted, prefixed).map { XMLText.decoded(buffer[$0]) }
  }

  /// The value of an attribute as bytes of `buffer`.
  func value(_ wanted: StaticString, _ prefixed: Bool = false) -> Range<Int>? {
    var place = attributes.lowerBound
    while let (name, value, next) = attribute(at: place) {
      let colon = buffer[name].firstIndex(of: UInt8(ascii: ":"))
      let local = colon.map { $0 + 1..<name.upperBound } ?? name
      if (colon != nil) == prefixed, matches(local, wanted) { return value }
      place = next
    }
    return nil
  }

  /// An attribute as a whole number of at most nine digits.
  func integer(_ wanted: StaticString) -> Int? {
    guard let range = value(wanted), (1...9).contains(range.count) else { return nil }
    var number = 0
    for byte in buffer[range] {
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return number
  }

  /// An attribute that says yes: `1` or `true`.
  func flag(_ wanted: StaticString) -> Bool {
    guard let range = value(wanted) else { return false }
    return matches(range, "1") || matches(range, "true") || matches(range, "on")
  }

  func matches(_ range: Range<Int>, _ wanted: StaticString) -> Bool {
    guard range.count == wanted.utf8CodeUnitCount else { return false }
    return wanted.withUTF8Buffer { bytes in
      for offset in 0..<bytes.count where buffer[range.lowerBound + offset] != bytes[offset] {
        return false
      }
      return true
    }
  }

  private func attribute(
    at start: Int
  ) -> (name: Range<Int>, value: Range<Int>, next: Int)? {
    var place = start
    let end = attributes.upperBound
    while place < end, buffer[place] <= 0x20 { place += 1 }
    let nameStart = place
    while place < end, buffer[place] != UInt8(ascii: "="), buffer[place] > 0x20 { place += 1 }
    let name = nameStart..<place
    while place < end, buffer[place] <= 0x20 || buffer[place] == UInt8(ascii: "=") { place += 1 }
    guard place < end, buffer[place] == UInt8(ascii: "\"") || buffer[place] == UInt8(ascii: "'")
    else { return nil }
    let quote = buffer[place]
    place += 1
    let valueStart = place
    while place < end, buffer[place] != quote { place += 1 }
    guard place < end else { return nil }
    return (name, valueStart..<place, place + 1)
  }

  private mutating func characters() throws(TableFileError) -> Token {
    var end = place
    while true {
      while end < buffer.count, buffer[end] != UInt8(ascii: "<") { end += 1 }
      if end < buffer.count { break }
      let known = end - place
      guard try fill(known + 1) else { break }
      end = place + known
    }
    take(end - place)
    isRaw = false
    return .text
  }

  private mutating func startTag() throws(TableFileError) -> Token {
    let length = try tagLength()
    let start = place
    take(length)
    var end = start + length - 1
    closesAtOnce = buffer[end - 1] == UInt8(ascii: "/")
    if closesAtOnce { end -= 1 }
    setName(from: start + 1, to: end)
    depth += 1
    guard depth < 1000, !name.isEmpty else { throw .damaged(part) }
    return .start
  }

  private mutating func endTag() throws(TableFileError) -> Token {
    let length = try tagLength()
    let start = place
    take(length)
    setName(from: start + 2, to: start + length - 1)
    depth -= 1
    guard depth >= 0 else { throw .damaged(part) }
    return .end
  }

  private mutating func setName(from start: Int, to end: Int) {
    var place = start
    var local = start
    while place < end, buffer[place] > 0x20 {
      if buffer[place] == UInt8(ascii: ":") { local = place + 1 }
      place += 1
    }
    name = local..<place
    attributes = place..<max(place, end)
  }

  /// The length of the tag at `place`; a `>` inside a quoted value does not end it.
  private mutating func tagLength() throws(TableFileError) -> Int {
    var length = 1
    var quote: UInt8 = 0
    while true {
      while place + length < buffer.count {
        let byte = buffer[place + length]
        length += 1
        if quote != 0 {
          if byte == quote { quote = 0 }
        } else if byte == UInt8(ascii: ">") {
          return length
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
        } else if byte == UInt8(ascii: "<") {
          throw .damaged(part)
        }
      }
      guard try fill(length + 1) else { throw .damaged(part) }
    }
  }

  /// A comment is skipped; a CDATA section is a text token.
  private mutating func section() throws(TableFileError) -> Bool {
    if try begins(with: "<!--") {
      try skip(to: "-->", from: 4)
      return false
    }
    guard try begins(with: "<![CDATA[") else {
      throw TableFileError("file.declaration", ["what": part])
    }
    let length = try length(to: "]]>", from: 9)
    let start = place
    take(length)
    token = start + 9..<start + length - 3
    isRaw = true
    return true
  }

  private mutating func begins(with mark: StaticString) throws(TableFileError) -> Bool {
    guard try fill(mark.utf8CodeUnitCount) else { return false }
    return matches(place..<place + mark.utf8CodeUnitCount, mark)
  }

  private mutating func skip(to mark: StaticString, from start: Int) throws(TableFileError) {
    take(try length(to: mark, from: start))
  }

  private mutating func length(
    to mark: StaticString, from start: Int
  ) throws(TableFileError) -> Int {
    let size = mark.utf8CodeUnitCount
    var length = start
    while try fill(length + size) {
      if matches(place + length..<place + length + size, mark) { return length + size }
      length += 1
    }
    throw .damaged(part)
  }

  private mutating func take(_ length: Int) {
    token = place..<place + length
    place += length
  }

  /// Sees to it that `count` bytes stand from `place` on; false at the end of the part.
  private mutating func fill(_ count: Int) throws(TableFileError) -> Bool {
    while buffer.count - place < count {
      if sourceIsDone { return false }
      guard count <= XMLScanner.tokenLimit else { throw .tooLarge(part) }
      guard let chunk = try source() else {
        sourceIsDone = true
        return false
      }
      if base == 0, buffer.isEmpty { try refuseWide(chunk) }
      buffer.removeFirst(place)
      base += place
      place = 0
      buffer += chunk
    }
    return true
  }

  /// Office programs write UTF-8; a part in UTF-16 would be read as rubbish.
  private func refuseWide(_ chunk: [UInt8]) throws(TableFileError) {
    if chunk.starts(with: [0xFF, 0xFE]) || chunk.starts(with: [0xFE, 0xFF])
      || chunk.prefix(4).contains(0)
    {
      throw .damaged("\(part): UTF-16")
    }
  }
}
