/// Whole numbers in Chinese numerals, formal ones included: 二十五, 壹佰, 二〇二七, 三十.
enum ChineseNumber {
  /// Reads the numerals at `index` and moves it behind them; nil when none stand there. 万 and 亿 are
  /// left for the unit.
  static func read(_ text: [UInt32], _ index: inout Int) -> Double? {
    var total = 0
    var digit: Int?
    var digits: [Int] = []
    var hasScale = false
    let start = index
    while index < text.count, index - start < 12 {
      if let value = value(text[index]) {
        digit = value
        digits.append(value)
      } else if let scale = scale(text[index]) {
        total += (digit ?? 1) * scale
        digit = nil
        hasScale = true
      } else {
        break
      }
      index += 1
    }
    guard index > start else { return nil }
    if hasScale { return Double(total + (digit ?? 0)) }
    return Double(digits.reduce(0) { $0 * 10 + $1 })
  }

  static func value(_ scalar: UInt32) -> Int? {
    switch scalar {
    case 0x3007, 0x96F6, 0x25CB: 0
    case 0x4E00, 0x58F9: 1
    case 0x4E8C, 0x8D30, 0x4E24, 0x8CB3: 2
    case 0x4E09, 0x53C1: 3
    case 0x56DB, 0x8086: 4
    case 0x4E94, 0x4F0D: 5
    case 0x516D, 0x9646: 6
    case 0x4E03, 0x67D2: 7
    case 0x516B, 0x634C: 8
    case 0x4E5D, 0x7396: 9
    default: nil
    }
  }

  static func scale(_ scalar: UInt32) -> Int? {
    switch scalar {
    case 0x5341, 0x62FE: 10
    case 0x767E, 0x4F70: 100
    case 0x5343, 0x4EDF: 1000
    default: nil
    }
  }
}
