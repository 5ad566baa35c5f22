/// The value of a formula of constants: `=30*2`, `=(12+8)*1.5`. Nothing that looks at other cells.
enum FormulaValue {
  static func value(_ formula: String) -> Double? {
    var text = Array(formula.utf8.filter { $0 != 0x20 })
    if text.first == UInt8(ascii: "=") { text.removeFirst() }
    guard !text.isEmpty, text.count <= 200 else { return nil }
    var parser = Parser(text: text)
    guard let value = parser.sum(depth: 0), parser.index == text.count, value.isFinite else {
      return nil
    }
    return value
  }

  private struct Parser {
    let text: [UInt8]
    var index = 0

    private var next: UInt8? { index < text.count ? text[index] : nil }

    mutating func sum(depth: Int) -> Double? {
      guard var value = product(depth: depth) else { return nil }
      while let sign = next, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        index += 1
        guard let other = product(depth: depth) else { return nil }
        value = sign == UInt8(ascii: "+") ? value + other : value - other
      }
      return value
    }

    private mutating func product(depth: Int) -> Double? {
      guard var value = factor(depth: depth) else { return nil }
      while let sign = next, sign == UInt8(ascii: "*") || sign == UInt8(ascii: "/") {
        index += 1
        guard let other = factor(depth: depth) else { return nil }
        if sign == UInt8(ascii: "/"), other == 0 { return nil }
        value = sign == UInt8(ascii: "*") ? value * other : value / other
      }
      return value
    }

    private mutating func factor(depth: Int) -> Double? {
      guard depth < 20 else { return nil }
      if next == UInt8(ascii: "-") {
        index += 1
        return factor(depth: depth + 1).map { -$0 }
      }
      if next == UInt8(ascii: "(") {
        index += 1
        guard let value = sum(depth: depth + 1), next == UInt8(ascii: ")") else { return nil }
        index += 1
        return percent(value)
      }
      let start = index
      while let byte = next, (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".") {
        index += 1
      }
      return Double(String(decoding: text[start..<index], as: UTF8.self)).map { percent($0) }
    }

    private mutating func percent(_ value: Double) -> Double {
      guard next == UInt8(ascii: "%") else { return value }
      index += 1
      return value / 100
    }
  }
}
