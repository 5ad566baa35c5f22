import Matcher

/// JSON as text, member by member, as `JSONWriter` writes it.
struct LineText {
  private(set) var bytes: [UInt8] = []

  mutating func raw(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func string(_ text: String) {
    var text = text
    let isPlain = text.withUTF8 { utf8 in
      utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }
    }
    guard isPlain else {
      bytes.append(contentsOf: JSONWriter.line(.string(text)).utf8)
      return
    }
    bytes.append(0x22)
    text.withUTF8 { bytes.append(contentsOf: $0) }
    bytes.append(0x22)
  }

  mutating func number(_ value: Int) {
    bytes.append(contentsOf: String(value).utf8)
  }

  /// A number of millionths as a decimal.
  mutating func millionths(_ value: Int) {
    let (whole, part) = value.quotientAndRemainder(dividingBy: 1_000_000)
    // Numbers that the writer gives an exponent, and what is no share.
    guard value >= 0, whole > 0 || part == 0 || part >= 100, whole < 1000 else {
      bytes.append(
        contentsOf: JSONWriter.line(.number(Double(value) / 1_000_000)).utf8)
      return
    }
    number(whole)
    guard part > 0 else { return }
    bytes.append(0x2E)
    var (rest, unit) = (part, 100_000)
    while rest > 0 {
      bytes.append(0x30 + UInt8(rest / unit))
      (rest, unit) = (rest % unit, unit / 10)
    }
  }

  mutating func member(_ name: StaticString, _ value: Int) {
    self.name(name)
    number(value)
  }

  mutating func member(_ name: StaticString, _ value: String) {
    self.name(name)
    string(value)
  }

  mutating func list<Element>(
    _ name: StaticString, _ elements: [Element], _ each: (inout LineText, Element) -> Void
  ) {
    self.name(name)
    bytes.append(0x5B)
    for (place, element) in elements.enumerated() {
      if place > 0 { bytes.append(0x2C) }
      each(&self, element)
    }
    bytes.append(0x5D)
  }

  mutating func endLine() {
    bytes.append(10)
  }

  private mutating func name(_ name: StaticString) {
    raw(",\"")
    raw(name)
    raw("\":")
  }
}
