/// An amount as a cell of a money column writes it.
struct MoneyCell: Sendable, Equatable {
  /// In units of the currency; of a range both ends.
  var low: Double
  var high: Double
  /// The cell's own currency, else nil.
  var currency: String?
  /// The cell names its own unit, so the heading's is not multiplied in.
  var hasUnit = false
  /// 约, 左右, ≤, 以内: words around the number.
  var hasWords = false
  /// 1.8万/片: a price for one.
  var isPerUnit = false

  var isRange: Bool { low != high }

  /// Reads the folded text of a cell; nil when it is no amount and nothing else.
  ///
  /// - Parameter unit: The heading's unit.
  static func read(
    _ folded: [UInt32], heading unit: ListVocabulary.MoneyUnit?, _ words: ListWords
  ) -> MoneyCell? {
    var reader = Reader(
      text: folded.filter { $0 > 0x20 && $0 != 0x2C && $0 != 0xFF0C }, words: words)
    return reader.cell(unit)
  }

  private struct Reader {
    let text: [UInt32]
    let words: ListWords
    var index = 0

    init(text: [UInt32], words: ListWords) {
      self.text = text
      self.words = words
    }

    mutating func cell(_ heading: ListVocabulary.MoneyUnit?) -> MoneyCell? {
      var hasWords = skipWords(words.amountBefore)
      let leading = currencySign()
      hasWords = skipWords(words.amountBefore) || hasWords
      guard let first = number() else { return nil }
      let firstUnit = unit()
      var second: Double?
      var secondUnit: ListVocabulary.MoneyUnit?
      if skipRangeMark() {
        _ = currencySign()
        guard let number = number() else { return nil }
        second = number
        secondUnit = unit()
      }
      hasWords = skipWords(words.amountAfter) || hasWords
      let isPerUnit = skipPer()
      guard index == text.count else { return nil }
      let own = secondUnit ?? firstUnit
      // `HK$46` under 万元: the sign changes the currency, the heading's multiplier stays.
      let scale = own?.factor ?? heading?.factor ?? 1
      let firstScale = firstUnit?.factor ?? scale
      let (a, b) = (first * firstScale, (second ?? first) * (second == nil ? firstScale : scale))
      guard a.isFinite, b.isFinite else { return nil }
      var cell = MoneyCell(low: min(a, b), high: max(a, b))
      cell.currency = own.flatMap { isBare ? nil : $0.currency } ?? leading
      cell.hasUnit = own != nil
      cell.hasWords = hasWords
      cell.isPerUnit = isPerUnit
      return cell
    }

    /// The unit read last named no currency of its own (万, w).
    private var isBare = false

    private mutating func number() -> Double? {
      if let number = wholeNumber() { return number }
      let start = index
      var digits = ""
      if next == 0x2D || next == 0x2B {
        digits = next == 0x2D ? "-" : ""
        index += 1
      }
      while let value = next, (0x30...0x39).contains(value) || value == 0x2E {
        digits.unicodeScalars.append(Unicode.Scalar(UInt8(value)))
        index += 1
      }
      if let number = Double(digits) { return number }
      index = start
      return ChineseNumber.read(text, &index)
    }

    /// Up to fifteen digits without a point, whose number is exact.
    private mutating func wholeNumber() -> Double? {
      var end = index
      var number = 0
      while end < text.count, end < index + 16, (0x30...0x39).contains(text[end]) {
        number = number * 10 + Int(text[end]) - 0x30
        end += 1
      }
      guard end > index, end < index + 16, end == text.count || text[end] != 0x2E else {
        return nil
      }
      index = end
      return Double(number)
    }

    /// The longest unit of money that stands here.
    private mutating func unit() -> ListVocabulary.MoneyUnit? {
      var end = min(text.count, index + 12)
      while end > index {
        let spelling = ListVocabulary.compact(Array(text[index..<end]))
        if let unit = Self.multipliers[spelling] ?? words.table.money[spelling] {
          let isPlain = Self.multipliers[spelling] != nil || ["万", "亿", "w"].contains(spelling)
          isBare = isPlain
          index = end
          return unit
        }
        end -= 1
      }
      return nil
    }

    private static let multipliers: [String: ListVocabulary.MoneyUnit] = [
      "k": .init(currency: "", factor: 1e3), "m": .init(currency: "", factor: 1e6),
      "mn": .init(currency: "", factor: 1e6), "million": .init(currency: "", factor: 1e6),
      "thousand": .init(currency: "", factor: 1e3), "百万": .init(currency: "", factor: 1e6),
      "千": .init(currency: "", factor: 1e3), "千万": .init(currency: "", factor: 1e7),
    ]

    private mutating func currencySign() -> String? {
      guard let next, words.moneyBeginnings.mayContain(next) else { return nil }
      var end = min(text.count, index + 6)
      while end > index {
        let spelling = ListVocabulary.compact(Array(text[index..<end]))
        if let unit = words.table.money[spelling], unit.factor == 1, spelling != "元" {
          index = end
          return unit.currency
        }
        end -= 1
      }
      return nil
    }

    private mutating func skipRangeMark() -> Bool {
      let start = index
      while let value = next, Reader.isRangeMark(value) { index += 1 }
      return index > start
    }

    private static func isRangeMark(_ value: UInt32) -> Bool {
      switch value {
      case 0x2D, 0x7E, 0xFF5E, 0x301C, 0x81F3, 0x5230, 0x2014: true
      default: false
      }
    }

    private mutating func skipPer() -> Bool {
      let length = words.amountPer.length(in: text, at: index)
      guard length > 0, text.count - index <= 8 else { return false }
      index = text.count
      return true
    }

    private mutating func skipWords(_ table: WordTable) -> Bool {
      let start = index
      var length = table.length(in: text, at: index)
      while length > 0 {
        index += length
        length = table.length(in: text, at: index)
      }
      return index > start
    }

    private var next: UInt32? { index < text.count ? text[index] : nil }
  }
}
