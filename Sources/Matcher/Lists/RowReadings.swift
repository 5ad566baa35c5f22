/// The quantities that a row's title and description state: read sentence by sentence, each at most
/// once, and only where a sentence may say what is looked for.
struct RowReadings {
  /// What a sentence may hold.
  struct Signs: OptionSet {
    let rawValue: UInt8
    /// An Arabic or Chinese numeral.
    static let numeral = Signs(rawValue: 1)
    /// A sign or word of money behind a numeral, or before one.
    static let money = Signs(rawValue: 2)
    /// 万 or 亿.
    static let multiplier = Signs(rawValue: 4)
    /// Part of a date.
    static let date = Signs(rawValue: 8)
    /// Long numbers, powers, large multipliers, deep cold.
    static let large = Signs(rawValue: 16)
  }

  private struct Sentence {
    let span: Range<Int>
    let signs: Signs
    var quantities: [WrittenQuantity]?
  }

  private let quantities: QuantityReader
  private let asOf: CivilDate
  private var sentences: [Sentence] = []
  private var language: QuantityReader.Language?
  /// The title, a line break, the description.
  private(set) var bytes: [UInt8] = []
  /// A character stands there that shows up where a text was read in a wrong encoding.
  private(set) var mayBeDamaged = false
  /// A long number, an @ or a colon stands there.
  private(set) var mayBePrivate = false
  /// Where the description begins.
  private(set) var textStart = 0

  init(quantities: QuantityReader, asOf: CivilDate) {
    self.quantities = quantities
    self.asOf = asOf
  }

  /// Takes another row.
  mutating func begin(title: String, text: String) {
    bytes.removeAll(keepingCapacity: true)
    sentences.removeAll(keepingCapacity: true)
    language = nil
    bytes.append(contentsOf: title.utf8)
    bytes.append(10)
    textStart = bytes.count
    bytes.append(contentsOf: text.utf8)
    split()
  }

  /// What the sentences state that `wanted` takes, in order.
  ///
  /// - Parameter wanted: Gets a sentence's signs and its bytes; `startIndex` tells where it stands.
  mutating func stated(where wanted: (Signs, ArraySlice<UInt8>) -> Bool) -> [WrittenQuantity] {
    var out: [WrittenQuantity] = []
    for index in sentences.indices
    where wanted(sentences[index].signs, bytes[sentences[index].span]) {
      out += read(index)
    }
    return out
  }

  /// The first sentence behind another that has these signs, with what it states; sentences behind it
  /// are left unread.
  mutating func firstStated(
    where signs: Signs, behind: Int = -1
  ) -> (sentence: Int, quantities: [WrittenQuantity])? {
    for index in sentences.indices where index > behind && sentences[index].signs.contains(signs) {
      return (index, read(index))
    }
    return nil
  }

  private mutating func read(_ index: Int) -> [WrittenQuantity] {
    if let known = sentences[index].quantities { return known }
    let span = sentences[index].span
    if sentences.count > 1, language == nil { language = quantities.language(of: bytes) }
    var found = quantities.read(utf8: Array(bytes[span]), asOf: asOf, language: language).quantities
    for place in found.indices { found[place] = found[place].moved(by: span.lowerBound) }
    sentences[index].quantities = found
    return found
  }

  // MARK: sentences and their signs

  private mutating func split() {
    let bytes = self.bytes
    var scan = SentenceScan()
    var start = 0
    var place = 0
    var run = 0
    var (isDamaged, isPrivate) = (false, false)
    defer { (mayBeDamaged, mayBePrivate) = (isDamaged, isPrivate) }
    while place < bytes.count {
      let (value, length) = RowReadings.scalar(bytes, place)
      place += length
      isDamaged = isDamaged || TextDamage.isSign(value)
      isPrivate = PrivateData.isSign(value, &run) || isPrivate
      if value == 0x0A || value == 0x3002 || value == 0xFF01 || value == 0xFF1F {
        close(start..<place, scan)
        scan = SentenceScan()
        start = place
      } else {
        scan.take(value)
      }
    }
    close(start..<place, scan)
  }

  private mutating func close(_ span: Range<Int>, _ scan: SentenceScan) {
    if !span.isEmpty { sentences.append(Sentence(span: span, signs: scan.signs)) }
  }

  /// The bytes are those of a `String`, so they are whole UTF-8.
  @inline(__always)
  private static func scalar(_ bytes: [UInt8], _ place: Int) -> (value: UInt32, length: Int) {
    let first = bytes[place]
    if first < 0x80 { return (UInt32(first), 1) }
    if first < 0xE0, place + 1 < bytes.count {
      return (UInt32(first & 0x1F) << 6 | UInt32(bytes[place + 1] & 0x3F), 2)
    }
    if first < 0xF0, place + 2 < bytes.count {
      let middle = UInt32(bytes[place + 1] & 0x3F) << 6
      return (UInt32(first & 0x0F) << 12 | middle | UInt32(bytes[place + 2] & 0x3F), 3)
    }
    return (0xFFFD, min(4, bytes.count - place))
  }
}

/// Looks at the characters of one sentence, one after another.
private struct SentenceScan {
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
