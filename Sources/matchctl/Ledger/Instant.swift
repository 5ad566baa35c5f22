import Foundation
import Matcher

/// A moment, in milliseconds since 1970 (UTC).
package struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  package static var now: Instant {
    Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }

  /// Reads what `description` writes: `2026-11-22T09:44:16.123Z`; nil for anything else.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 24, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":"), bytes[19] == UInt8(ascii: "."),
      bytes[23] == UInt8(ascii: "Z"),
      let day = CivilDate(iso: text.prefix(10)), let hour = Instant.number(bytes[11..<13]),
      let minute = Instant.number(bytes[14..<16]), let second = Instant.number(bytes[17..<19]),
      let milli = Instant.number(bytes[20..<23]), hour < 24, minute < 60, second < 60
    else { return nil }
    let seconds = (hour * 60 + minute) * 60 + second
    milliseconds = (Int64(day.dayNumber) * 86_400 + seconds) * 1000 + milli
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    for digit in digits {
      guard case 48...57 = digit else { return nil }
      value = value * 10 + Int64(digit - 48)
    }
    return value
  }

  package var description: String {
    let second = (milliseconds - (milliseconds % 1000 + 1000) % 1000) / 1000
    let day = Int((second - (second % 86_400 + 86_400) % 86_400) / 86_400)
    let rest = Int(second - Int64(day) * 86_400)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let milli = Int((milliseconds % 1000 + 1000) % 1000)
    let text = String(repeating: "0", count: max(0, 3 - "\(milli)".count)) + "\(milli)"
    return
      "\(CivilDate(dayNumber: day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
      + ".\(text)Z"
  }

  /// The civil day at this moment in a zone so many seconds east of Greenwich; Shanghai's is 28,800.
  package func day(secondsEast: Int = 28_800) -> CivilDate {
    let shifted = milliseconds + Int64(secondsEast) * 1000
    let day = (shifted - (shifted % 86_400_000 + 86_400_000) % 86_400_000) / 86_400_000
    return CivilDate(dayNumber: Int(day))
  }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }
}
