/// Numbers that stand without a unit of their own: 幅宽600, 深宽比不低于25:1, 算力60P, 每片1.8万.
///
/// They mean something only beside the name of what they measure, in its usual unit; the quantity
/// reader rightly leaves them alone.
enum BareNumbers {
  /// The numbers outside quantities and names, as points of unit `1`, in the order of the text; what
  /// follows directly (`:1`, `P`, `万`) is their unit's text.
  static func find(
    in text: String, outside taken: [Range<Int>]
  ) -> [WrittenQuantity] {
    let bytes = Array(text.utf8)
    var found: [WrittenQuantity] = []
    var index = 0
    while index < bytes.count {
      guard isDigit(bytes[index]) else {
        index += 1
        continue
      }
      let start = index
      let end = numberEnd(bytes, start)
      index = end
      guard begins(bytes, start), !taken.contains(where: { $0.overlaps(start..<end) }),
        var value = Double(String(decoding: bytes[start..<end], as: UTF8.self))
      else { continue }
      let tail = unit(bytes, end)
      if tail == "万" || tail == "萬" { value *= 10_000 }
      let stop = end + tail.utf8.count
      index = stop
      if stop < bytes.count, tail.isEmpty, isLetter(bytes[stop]) || bytes[stop] == 0x2D { continue }
      if isRate(bytes, stop) || isEnumerator(bytes, start, end) { continue }
      found.append(
        WrittenQuantity(
          .interval(.init(low: value, high: value)), unit: "1", unitText: tail, span: start..<stop))
    }
    return found
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func numberEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    var end = start
    while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    if end + 1 < bytes.count, bytes[end] == 0x2E, isDigit(bytes[end + 1]) {
      end += 1
      while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    }
    return end
  }

  /// Not the digits of a model's name or of a larger number.
  private static func begins(_ bytes: [UInt8], _ start: Int) -> Bool {
    guard start > 0 else { return true }
    let before = bytes[start - 1]
    return !isLetter(before) && !isDigit(before)
      && ![0x2E, 0x2D, 0x2F, 0x5F, 0x2C].contains(before) && !isSecondEnd(bytes, start)
  }

  /// The 60 of -40~+60: one number without the other says something else.
  private static func isSecondEnd(_ bytes: [UInt8], _ start: Int) -> Bool {
    let sign = start > 0 && bytes[start - 1] == 0x2B ? start - 1 : start
    return ["~", "～", "至", "到"].contains { mark in
      ends(bytes, sign, with: mark).map { $0 > 0 && isDigit(bytes[$0 - 1]) } ?? false
    }
  }

  /// A unit that nobody knows, over another: `10 copies/mL` is no bare number.
  private static func isRate(_ bytes: [UInt8], _ end: Int) -> Bool {
    var place = end
    if place < bytes.count, bytes[place] == 0x20 { place += 1 }
    while place < bytes.count, isLetter(bytes[place]) { place += 1 }
    return place < bytes.count && place > end && bytes[place] == 0x2F
  }

  /// `（2）`, `2)`, `2、` and `2.` at the beginning of an item number it.
  private static func isEnumerator(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    var before = start
    let hasOpen = ends(bytes, before, with: "(") ?? ends(bytes, before, with: "（")
    before = hasOpen ?? before
    while before > 0, bytes[before - 1] == 0x20 { before -= 1 }
    let begins =
      before == 0
      || ["\n", ";", "；", "。", ":", "："].contains { ends(bytes, before, with: $0) != nil }
    guard begins else { return false }
    let marks = hasOpen == nil ? [")", "）", "、", ". "] : [")", "）"]
    return marks.contains { bytes[end...].starts(with: $0.utf8) }
  }

  /// Where a mark begins that ends at a place.
  private static func ends(_ bytes: [UInt8], _ end: Int, with mark: String) -> Int? {
    let start = end - mark.utf8.count
    return start >= 0 && bytes[start..<end].elementsEqual(mark.utf8) ? start : nil
  }

  private static func unit(_ bytes: [UInt8], _ end: Int) -> String {
    for tail in [":1", "：1", "∶1", "万", "萬"] where bytes[end...].starts(with: tail.utf8) {
      return tail
    }
    let letters = bytes[end...].prefix { isLetter($0) }
    return (1...6).contains(letters.count) ? String(decoding: letters, as: UTF8.self) : ""
  }
}
