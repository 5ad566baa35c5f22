/// A day written in digits with its month: `2027年2月30日`, `2月30日`, `2027-02-30`, `2027/2/30`.
struct WrittenDay {
  let year: Int?
  let month: Int
  let day: Int
  /// UTF-8 offsets.
  let range: Range<Int>

  /// Whether the calendar has it; without a year, whether any year has it.
  var exists: Bool {
    CivilDate(year: year ?? 2024, month: month, day: day) != nil
  }

  /// The days of a text, in order.
  ///
  /// - Complexity: O(*n*).
  static func all(in text: String) -> [WrittenDay] {
    var scanner = Scanner(bytes: Array(text.utf8))
    var found: [WrittenDay] = []
    while let day = scanner.next() { found.append(day) }
    return found
  }

  private struct Scanner {
    let bytes: [UInt8]
    private var index = 0

    init(bytes: [UInt8]) {
      self.bytes = bytes
    }

    mutating func next() -> WrittenDay? {
      while index < bytes.count {
        let start = index
        guard let first = number(at: index), !isJoined(before: start) else {
          index = max(index + 1, number(at: index)?.end ?? 0)
          continue
        }
        index = first.end
        if let day = day(first, start) {
          index = day.range.upperBound
          return day
        }
      }
      return nil
    }

    private func day(_ first: (value: Int, end: Int), _ start: Int) -> WrittenDay? {
      if (1900...2100).contains(first.value), first.end - start == 4 {
        if let end = mark("年", at: first.end), let (month, day, end) = monthDay(at: end) {
          return WrittenDay(year: first.value, month: month, day: day, range: start..<end)
        }
        return separated(first.value, first.end, start)
      }
      guard let (month, day, end) = monthDay(at: start) else { return nil }
      return WrittenDay(year: nil, month: month, day: day, range: start..<end)
    }

    /// `2月30日`, `2月30号`.
    private func monthDay(at start: Int) -> (month: Int, day: Int, end: Int)? {
      guard let month = number(at: start), (1...99).contains(month.value),
        let middle = mark("月", at: month.end), let day = number(at: middle),
        day.value < 100,
        let end = mark("日", at: day.end) ?? mark("号", at: day.end) ?? mark("號", at: day.end)
      else { return nil }
      return (month.value, day.value, end)
    }

    /// `-02-30`, `/2/30`, `.2.30` behind a year, the same mark twice and nothing joined behind.
    private func separated(_ year: Int, _ end: Int, _ start: Int) -> WrittenDay? {
      guard end < bytes.count, "-/.".utf8.contains(bytes[end]) else { return nil }
      guard let month = number(at: end + 1), month.end - end <= 3, month.end < bytes.count,
        bytes[month.end] == bytes[end], let day = number(at: month.end + 1),
        day.end - month.end <= 3, !isJoined(behind: day.end)
      else { return nil }
      return WrittenDay(year: year, month: month.value, day: day.value, range: start..<day.end)
    }

    /// Digits, blanks before them skipped, at most six.
    private func number(at start: Int) -> (value: Int, end: Int)? {
      var place = start
      while place < bytes.count, bytes[place] == 0x20, place - start < 2 { place += 1 }
      var value = 0
      let first = place
      while place < bytes.count, (0x30...0x39).contains(bytes[place]), place - first < 6 {
        value = value * 10 + Int(bytes[place] - 0x30)
        place += 1
      }
      return place > first ? (value, place) : nil
    }

    private func mark(_ sign: String, at start: Int) -> Int? {
      var place = start
      while place < bytes.count, bytes[place] == 0x20, place - start < 2 { place += 1 }
      let sign = Array(sign.utf8)
      return bytes[place...].starts(with: sign) ? place + sign.count : nil
    }

    private func isJoined(before start: Int) -> Bool {
      guard start > 0 else { return false }
      let byte = bytes[start - 1]
      return (0x30...0x39).contains(byte) || "-/.".utf8.contains(byte)
        || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private func isJoined(behind end: Int) -> Bool {
      guard end < bytes.count else { return false }
      let byte = bytes[end]
      if byte == 0x2E || byte == 0x2D {
        return end + 1 < bytes.count && (0x30...0x39).contains(bytes[end + 1])
      }
      return (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte)
    }
  }
}
