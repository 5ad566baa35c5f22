/// Looks at the characters of one sentence, one after another.
struct SentenceScan {
  private(set) var signs: RowReadings.Signs = []
  private var digits = 0
  private var beforeDigits: UInt32 = 0
  private var previous: UInt32 = 0
  private var hasPercent = false
  private var hasPower = false

  @inline(__always)
  mutating func take(_ value: UInt32) {
    if (0x30...0x39).contains(value) || (0xFF10...0xFF19).contains(value) {
      digit(value & 0xF)
    } else if value == 0x2C, digits > 0 {
      // 1,200,000
    } else {
      other(value)
      digits = 0
      beforeDigits = value
    }
    previous = value
  }

  /// Takes a character that says nothing and ends a number.
  @inline(__always)
  mutating func pass(_ value: UInt32) {
    digits = 0
    beforeDigits = value
    previous = value
  }

  /// Whether `take` of this character is `pass`, whatever stood before.
  static func isPlain(_ value: UInt32) -> Bool {
    !(0x30...0x39).contains(value) && !(0xFF10...0xFF19).contains(value) && value != 0x2C
      && !telling.mayContain(value)
  }

  private mutating func digit(_ value: UInt32) {
    digits += 1
    signs.insert(.numeral)
    if digits >= 5 || (digits >= 3 && (beforeDigits == 0x2D || beforeDigits == 0x2212)) {
      signs.insert(.large)
    }
    if hasPower, previous | 0x20 == 0x65 || previous == 0x2B { signs.insert(.large) }
    // 20xx; Q1.
    if value == 0, previous & 0xF == 2, digits >= 2 { signs.insert(.date) }
    if (1...4).contains(value), previous | 0x20 == 0x71 { signs.insert(.date) }
  }

  @inline(__always)
  private mutating func other(_ value: UInt32) {
    if !SentenceScan.telling.mayContain(value) { return }
    sign(value)
  }

  private mutating func sign(_ value: UInt32) {
    switch value {
    case 0x24, 0xA5, 0xA3, 0x20AC, 0xFFE5, 0xFF04: signs.insert(.money)
    // 元 in 60元, 几十万元, 美元; not in 单元 or 元素.
    case 0x5143, 0x5713, 0x5706: if digits > 0 || isBeforeYuan(previous) { signs.insert(.money) }
    case 0x4E07, 0x842C: signs.formUnion([.multiplier, .numeral])
    case 0x4EBF, 0x5104, 0x5146: signs.formUnion([.multiplier, .large, .numeral])
    case 0x5E74, 0x6708, 0x65E5, 0x5B63, 0x65EC: signs.insert(.date)
    case 0x5E, 0xFF0D: signs.insert(.large)
    case 0x25, 0xFF05: if hasPower || signs.contains(.multiplier) { signs.insert(.large) }
    case 0x65, 0x45: hasPower = hasPower || digits > 0
    default: if SentenceScan.isNumeral(value) { signs.insert(.numeral) }
    }
  }

  /// The characters that `sign` looks at.
  private static let telling: ScalarSet = {
    var set = ScalarSet()
    let signs: [UInt32] = [
      0x24, 0xA5, 0xA3, 0x20AC, 0xFFE5, 0xFF04, 0x5143, 0x5713, 0x5706, 0x4E07, 0x842C, 0x4EBF,
      0x5104, 0x5146, 0x5E74, 0x6708, 0x65E5, 0x5B63, 0x65EC, 0x5E, 0xFF0D, 0x25, 0xFF05, 0x65,
      0x45,
    ]
    for value in signs { set.insert(value) }
    for value in UInt32(0x3007)...0x9FFF where isNumeral(value) { set.insert(value) }
    return set
  }()

  private func isBeforeYuan(_ value: UInt32) -> Bool {
    switch value {
    case 0x20, 0x4E07, 0x842C, 0x4EBF, 0x5104, 0x7F8E, 0x6E2F, 0x6FB3, 0x6B27, 0x65E5, 0x4F59,
      0x591A, 0x51E0, 0x5E01, 0x5E63, 0x6574, 0xFF09, 0x29, 0x2F, 0xFF0F, 0x5347, 0x95E8, 0x9580,
      0x6BCF:
      true
    default: SentenceScan.isNumeral(value)
    }
  }

  private static func isNumeral(_ value: UInt32) -> Bool {
    value >= 0x3007 && (ChineseNumber.value(value) != nil || ChineseNumber.scale(value) != nil)
      || value == 0x534A || value == 0x842C
  }
}
