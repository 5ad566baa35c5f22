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
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, let day = CivilDate(iso: parts[0]), parts[1].last == "Z" else {
      return nil
    }
    let time = parts[1].dropLast().split(whereSeparator: { ":.".contains($0) })
    guard time.count == 4, time.map(\.count) == [2, 2, 2, 3] else { return nil }
    let numbers = time.compactMap { Int64($0) }
    guard numbers.count == 4, numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else { return nil }
    let seconds = (numbers[0] * 60 + numbers[1]) * 60 + numbers[2]
    milliseconds = (Int64(day.dayNumber) * 86_400 + seconds) * 1000 + numbers[3]
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
