/// A number of a spreadsheet as a person reads it.
///
/// Works on the digits in the file, not on the binary value. Fractions are rounded to the 15
/// digits that spreadsheets keep; whole numbers keep every digit that the file has and are never
/// written with an exponent, so that one with more than 15 digits shows that digits were lost.
struct NumberText {
  private var isNegative = false
  /// Digits without leading zeros; the value is 0.digits × 10^exponent.
  private var digits: [UInt8] = []
  private var exponent = 0

  /// Reads a decimal number, with or without exponent; nil for anything else.
  init?(_ raw: String) {
    var rest = Array(raw.utf8)[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
      isNegative = rest.removeFirst() == UInt8(ascii: "-")
    }
    var sawDigit = false
    var sawPoint = false
    while let byte = rest.first {
      if byte == UInt8(ascii: "."), !sawPoint {
        sawPoint = true
      } else if (0x30...0x39).contains(byte) {
        sawDigit = true
        if !digits.isEmpty || byte != 0x30 {
          digits.append(byte)
          if !sawPoint { exponent += 1 }
        } else if sawPoint {
          exponent -= 1
        }
      } else {
        break
      }
      rest.removeFirst()
    }
    guard sawDigit, digits.count < 400 else { return nil }
    if let byte = rest.first {
      guard byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E"),
        let power = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), abs(power) < 400
      else { return nil }
      exponent += power
    }
    while digits.last == 0x30 { digits.removeLast() }
    if digits.isEmpty {
      isNegative = false
      exponent = 0
    }
  }

  /// The same number times a power of ten.
  func shifted(_ places: Int) -> NumberText {
    var copy = self
    if !digits.isEmpty { copy.exponent += places }
    return copy
  }

  /// Plain digits; an exponent only below 10⁻¹⁵ and from 10⁴⁰.
  var text: String {
    let (digits, exponent) = rounded
    guard !digits.isEmpty else { return "0" }
    let sign = isNegative ? "-" : ""
    let word = String(decoding: digits, as: UTF8.self)
    guard (-14...40).contains(exponent) else {
      let fraction = word.dropFirst().isEmpty ? "" : "." + word.dropFirst()
      return "\(sign)\(word.prefix(1))\(fraction)E\(exponent - 1)"
    }
    if exponent <= 0 { return sign + "0." + String(repeating: "0", count: -exponent) + word }
    if exponent >= digits.count {
      return sign + word + String(repeating: "0", count: exponent - digits.count)
    }
    return sign + word.prefix(exponent) + "." + word.dropFirst(exponent)
  }

  private var rounded: ([UInt8], Int) {
    guard digits.count > 15, digits.count > exponent else { return (digits, exponent) }
    var kept = Array(digits.prefix(max(15, exponent)))
    var exponent = exponent
    if kept.count < digits.count, digits[kept.count] >= 0x35 {
      var place = kept.count - 1
      while place >= 0, kept[place] == 0x39 {
        kept[place] = 0x30
        place -= 1
      }
      if place >= 0 {
        kept[place] += 1
      } else {
        kept.insert(0x31, at: 0)
        exponent += 1
      }
    }
    while kept.last == 0x30 { kept.removeLast() }
    return (kept, exponent)
  }
}
