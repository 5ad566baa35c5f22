// Proves of civil days and working days:
//  1. every day of 1583…9999 that is tried round-trips through its text and its parts;
//  2. weekdays are those of known dates, and follow one another;
//  3. what is no day is refused;
//  4. adding working days equals counting them one by one;
//  5. the first date whose working days lead beyond a day is the first: the date before does not yet.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct CivilDatePropertyTests {
  @Test("days round-trip", arguments: UInt64(0)..<200)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let date = CivilDate(dayNumber: random.int(-141_348...2_932_896))
      let (year, month, day) = date.components
      #expect(CivilDate(year: year, month: month, day: day) == date)
      #expect(CivilDate(iso: date.description) == date)
      #expect((date + 1).weekday == date.weekday % 7 + 1)
      let next = (date + 1).components
      let isSameMonth = next == (year, month, day + 1)
      #expect(isSameMonth || next == (year, month + 1, 1) || next == (year + 1, 1, 1))
    }
  }

  @Test("known dates have their weekday and number")
  func known() throws {
    let days = [
      ("1970-01-01", 4, 0), ("2000-02-29", 2, 11_016), ("2026-11-22", 7, 20_779),
      ("1949-10-01", 6, -7_397), ("2024-02-29", 4, 19_782), ("1900-03-01", 4, -25_508),
    ]
    for (text, weekday, number) in days {
      let date = try #require(CivilDate(iso: text))
      #expect(date.weekday == weekday && date.dayNumber == number, "\(text) \(date.dayNumber)")
    }
  }

  @Test("what is no day is refused")
  func refused() {
    let texts = [
      "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "26-01-01",
      "2026/01/01", "", "2026-01-01T00:00", "1582-12-31", "10000-01-01", "2026-01-0x", "+026-01-01",
      "2026-+1-01",
    ]
    for text in texts { #expect(CivilDate(iso: text) == nil, "\(text)") }
  }

  @Test("working days are counted one by one", arguments: UInt64(0)..<200)
  func workingDays(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let start = try #require(CivilDate(iso: "2025-09-01"))
    for region in ["cn", "hk", "mo"] {
      let calendar = try #require(TestCorpus.shared.calendars[region])
      let date = start + random.int(0...700)
      let count = random.int(0...90)
      var (current, left) = (date, count)
      while left > 0 {
        current = current + 1
        let rule = current.weekday < 6
        let working = calendar.isWorking(current)
        if working { left -= 1 }
        if working != rule { continue }
      }
      #expect(
        calendar.adding(workingDays: count, to: date) == current, "\(region) \(date) + \(count)")
    }
  }

  @Test("the first date that leads beyond a day", arguments: UInt64(0)..<200)
  func firstBeyond(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let start = try #require(CivilDate(iso: "2025-09-01"))
    for region in ["cn", "hk", "mo"] {
      let calendar = try #require(TestCorpus.shared.calendars[region])
      let day = start + random.int(0...700)
      let count = random.int(0...90)
      let first = calendar.first(with: count, after: day)
      #expect(calendar.adding(workingDays: count, to: first) > day, "\(region) \(day) - \(count)")
      #expect(calendar.adding(workingDays: count, to: first + -1) <= day)
    }
  }
}
