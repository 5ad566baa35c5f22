import Matcher

/// How a program shows a number: what its format code means for a reader.
enum NumberFormat: Equatable, Sendable {
  case general
  case percent
  /// Words that the format puts around the number: a currency, a unit.
  case worded(before: String, after: String)
  /// A day, with or without a clock time.
  case date
  /// A year and a month; the day of the serial number is not shown.
  case yearAndMonth
  case time

  /// The format of a built-in id; nil for an id that a file has to define.
  static func builtIn(_ id: Int) -> NumberFormat? {
    switch id {
    case 9, 10: .percent
    case 14...16, 22: .date
    case 17: .yearAndMonth
    case 18...21, 45...47: .time
    // What Chinese, Japanese and Korean programs use without defining it. 27 and 57 show a year
    // and a month in Chinese programs, a day in Japanese ones; 30 is a short date.
    case 27, 57: .yearAndMonth
    case 28...31, 36, 50...54, 58: .date
    case 32...35, 55, 56: .time
    case 0...49: .general
    default: nil
    }
  }

  /// Reads a format code such as `yyyy"年"m"月"`, `0.00%` or `#,##0"万元"`.
  init(code: String) {
    let scan = FormatCode(code)
    if scan.hasYear || scan.hasDay {
      self = scan.hasDay || !scan.hasMonth ? .date : .yearAndMonth
    } else if scan.hasClock {
      self = .time
    } else if scan.hasMonth {
      self = .date
    } else if scan.hasPercent {
      self = .percent
    } else if scan.hasDigits, !scan.isScaled, !(scan.before + scan.after).isEmpty {
      self = .worded(before: scan.before, after: scan.after)
    } else {
      self = .general
    }
  }
}

/// The first section of a format code, taken apart.
private struct FormatCode {
  var hasYear = false
  var hasMonth = false
  var hasDay = false
  var hasClock = false
  var hasPercent = false
  var hasDigits = false
  /// The shown number is not the value: thousands are dropped or a point is drawn into it.
  var isScaled = false
  var before = ""
  var after = ""

  private var rest: Substring.UnicodeScalarView

  init(_ code: String) {
    rest = Substring(code).unicodeScalars
    while let scalar = rest.popFirst(), scalar != ";" { take(scalar) }
    before = trimmedLiteral(before)
    after = trimmedLiteral(after)
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": quoted()
    case "\\", "!": literal(rest.popFirst())
    case "_", "*": _ = rest.popFirst()
    case "[": bracket()
    case "G", "g", "E", "e": letter(scalar)
    case "y", "Y": hasYear = true
    case "d", "D": hasDay = true
    case "a", "A": if rest.first == scalar { hasDay = true }
    case "h", "H", "s", "S": hasClock = true
    case "m", "M": hasMonth = true
    case "%": hasPercent = true
    case "0", "#", "?": hasDigits = true
    case ",": isScaled = isScaled || isThousandsScale
    case "¥", "￥", "$", "€", "£", "元", "℃", "°": literal(scalar)
    default: if scalar.value > 0x2E80 { literal(scalar) }
    }
  }

  /// A comma behind the last digit place divides by a thousand.
  private var isThousandsScale: Bool {
    guard hasDigits else { return false }
    return !(rest.first.map { "0#?".unicodeScalars.contains($0) } ?? false)
  }

  /// `General` is any number, `e` a year of an era unless digits stand before it (an exponent).
  private mutating func letter(_ scalar: Unicode.Scalar) {
    let word = "eneral"
    if Substring(rest).lowercased().hasPrefix(word) {
      rest.removeFirst(word.unicodeScalars.count)
      hasDigits = true
    } else if !hasDigits {
      hasYear = true
    }
  }

  private mutating func quoted() {
    while let scalar = rest.popFirst(), scalar != "\"" { literal(scalar) }
  }

  private mutating func literal(_ scalar: Unicode.Scalar?) {
    guard let scalar else { return }
    if scalar == "." || ("0"..."9").contains(scalar) { isScaled = true }
    if hasDigits {
      after.unicodeScalars.append(scalar)
    } else {
      before.unicodeScalars.append(scalar)
    }
  }

  /// `[$¥-804]` names a currency, `[h]` an elapsed time, `[Red]` and `[>=100]` nothing here.
  private mutating func bracket() {
    var inside = ""
    while let scalar = rest.popFirst(), scalar != "]" { inside.unicodeScalars.append(scalar) }
    if inside.hasPrefix("$") {
      for scalar in inside.dropFirst().prefix(while: { $0 != "-" }).unicodeScalars {
        literal(scalar)
      }
    } else if ["h", "hh", "m", "mm", "s", "ss"].contains(inside.lowercased()) {
      hasClock = true
    }
  }

  /// A sign alone is no word; blanks around a word are not part of it.
  private func trimmedLiteral(_ text: String) -> String {
    let word = text.drop { $0 == " " }
    let end = word.lastIndex { $0 != " " }
    let kept = end.map { String(word[...$0]) } ?? ""
    return kept.unicodeScalars.allSatisfy { "-+()（）".unicodeScalars.contains($0) } ? "" : kept
  }
}
