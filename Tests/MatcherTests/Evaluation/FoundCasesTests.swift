// Cases that the properties or a reading against DESIGN found, made small. Each proves one
// sentence:
//  1. a group's unknown member keeps its high; 2. several entries of one scheme all count for
// holds-until;
//  3. inferred values are worth 0 to 1 whether they meet or miss; 4. a half-known interval; 5. a
// lot with one end;
//  6. a lot price in batches holds as long as the lot; 7. a relaxation of one thing that moves
// another;
//  8. a late start is measured to the first free slot.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct FoundCasesTests {
  private let day = CivilDate(dayNumber: 20_500)

  private func pair(_ demand: JSONValue, _ line: JSONValue) -> Pair {
    var (demand, line) = (demand, line)
    demand["id"] = "D-1"
    line["id"] = "P1/L1"
    return Pair(demand: demand, platform: ["id": "P1", "lines": [line]], asOf: day)
  }

  private func score(_ demand: JSONValue, _ line: JSONValue) -> [Int64] {
    let score = pair(demand, line).evaluations()[0].score
    return [score.low, score.expected, score.high].map { $0 / max(1, score.weight) }
  }

  @Test("an alternative that is unknown keeps a group's high at 1")
  func group() {
    let demand: JSONValue = [
      "requirements": [
        ["key": "cleanroom_class", "value": "ISO 5", "strictness": "soft", "group": "a"],
        ["key": "dew_point", "value": -40, "unit": "℃", "strictness": "soft", "group": "a"],
      ]
    ]
    let line: JSONValue = ["specs": [["key": "cleanroom_class", "value": "ISO 6"]]]
    #expect(score(demand, line) == [500_000, 500_000, 1_000_000])
  }

  @Test("a certificate that starts later is seen by holds-until behind one that lapsed")
  func certificates() {
    let demand: JSONValue = ["certificates": [["scheme": "CMA", "strictness": "hard"]]]
    let line: JSONValue = [
      "certificates": [
        ["scheme": "CMA", "valid_until": .day(day + -10)],
        ["scheme": "CMA", "valid_from": .day(day + 5), "valid_until": .day(day + 900)],
      ]
    ]
    let now = pair(demand, line).evaluations()[0]
    let later = pair(demand, line).evaluations(asOf: day + 5)[0]
    #expect(now.verdict == .nearMiss && later.verdict != .nearMiss)
    #expect(now.holdsUntil == day + 5)
  }

  @Test(
    "an inferred value that misses is as uncertain as one that meets", arguments: ["hard", "soft"])
  func inferred(strictness: String) {
    let demand: JSONValue = [
      "requirements": [
        ["key": "specimen_mass", "value": 100, "unit": "kg", "strictness": .string(strictness)]
      ]
    ]
    func line(_ max: Int) -> JSONValue {
      ["specs": [["key": "specimen_mass", "max": .integer(max), "unit": "kg", "inferred": true]]]
    }
    let (narrow, wide) = (score(demand, line(90)), score(demand, line(110)))
    #expect(zip(narrow, wide).allSatisfy { $0 <= $1 }, "\(narrow) \(wide)")
  }

  @Test("the missing end of an interval that misses at the other end can still be known")
  func halfKnown() {
    let demand: JSONValue = [
      "requirements": [
        ["key": "film_stress", "value": [-100, 100], "unit": "MPa", "strictness": "soft"]
      ]
    ]
    let half = score(demand, ["specs": [["key": "film_stress", "max": 50, "unit": "MPa"]]])
    let full = score(
      demand, ["specs": [["key": "film_stress", "min": 0, "max": 50, "unit": "MPa"]]])
    #expect(half[0] <= full[0], "\(half) \(full)")
  }

  @Test("widening an interval of one end does not make it unknown")
  func halfOpen() {
    let demand: JSONValue = [
      "requirements": [["key": "dew_point", "op": "overlap", "value": -58, "unit": "℃"]]
    ]
    func line(_ max: Int) -> JSONValue {
      ["specs": [["key": "dew_point", "max": .integer(max), "unit": "℃"]]]
    }
    let (narrow, wide) = (score(demand, line(-66)), score(demand, line(-50)))
    #expect(zip(narrow, wide).allSatisfy { $0 <= $1 }, "\(narrow) \(wide)")
  }

  @Test("a stated lot is complete: without a largest lot there is no limit")
  func lot() {
    let demand: JSONValue = ["quantity": ["value": 60, "unit": "片", "strictness": "soft"]]
    #expect(score(demand, ["lot": ["min": 6, "unit": "片"]]) == [1_000_000, 1_000_000, 1_000_000])
  }

  @Test("a price in batches holds no longer than the lot it is counted in")
  func batches() {
    let demand: JSONValue = [
      "budget": ["max": 100, "quantity": 60, "unit": "片", "strictness": "hard"]
    ]
    let line: JSONValue = [
      "lot": ["max": 50, "unit": "片", "valid_until": .day(day + 5)],
      "price": ["min": 300, "per": "批"],
    ]
    let now = pair(demand, line).evaluations()[0]
    let later = pair(demand, line).evaluations(asOf: day + 6)[0]
    #expect(now.verdict != later.verdict)
    #expect(now.holdsUntil == day + 6)
  }

  @Test("a capacity holds no longer than its statement")
  func capacity() {
    let demand: JSONValue = [
      "quantity": ["value": 60, "unit": "片", "per": "month", "strictness": "hard"]
    ]
    let line: JSONValue = [
      "capacity": ["value": 10, "unit": "片", "per": "month", "valid_until": .day(day + 5)]
    ]
    #expect(pair(demand, line).evaluations()[0].holdsUntil == day + 6)
  }

  @Test("a larger lot that breaks the budget is no relaxation")
  func coupled() {
    let demand: JSONValue = [
      "services": ["ic.sic"], "quantity": ["value": 6, "unit": "片", "strictness": "hard"],
      "budget": ["max": 10_000, "strictness": "hard"],
    ]
    let line: JSONValue = [
      "services": ["ic.sic"], "lot": ["min": 8, "unit": "片"], "price": ["min": 1500, "per": "片"],
    ]
    let promised = pair(demand, line).evaluations()[0].relaxation?.group
    var larger = demand
    larger["quantity"]?["value"] = 8
    let reached = pair(larger, line).evaluations()[0].judgment.group
    #expect(
      promised == nil || promised == reached, "promised \(promised ?? 0), reached \(reached)")
  }

  @Test("a later finish at which a certificate has lapsed is no relaxation")
  func coupledCertificate() {
    let demand: JSONValue = [
      "services": ["ic.sic"], "window": ["finish": .day(day + 30), "strictness": "hard"],
      "certificates": [["scheme": "CNAS", "strictness": "hard"]],
    ]
    let line: JSONValue = [
      "services": ["ic.sic"], "certificates": [["scheme": "CNAS", "valid_until": .day(day + 60)]],
      "lead_time": ["days": 90], "calendar": [["from": .day(day), "to": .day(day + 300)]],
    ]
    let promised = pair(demand, line).evaluations()[0].relaxation?.group
    var later = demand
    later["window"]?["finish"] = .day(day + 90)
    let reached = pair(later, line).evaluations()[0].judgment.group
    #expect(
      promised == nil || promised == reached, "promised \(promised ?? 0), reached \(reached)")
  }

  @Test(
    "a start is late by the days to the first free slot, and open while the calendar is unknown")
  func lateToSlot() {
    let demand: JSONValue = ["window": ["latest_start": .day(day + 10), "strictness": "hard"]]
    var line: JSONValue = ["lead_time": ["days": 20]]
    let open = pair(demand, line).evaluations()[0].outcomes.first { $0.criterion == .window }
    #expect(open?.facts.days == 10 && open?.pending == "window")
    line["calendar"] = [["from": .day(day + 50), "to": .day(day + 90)]]
    let known = pair(demand, line).evaluations()[0].outcomes.first { $0.criterion == .window }
    #expect(known?.facts.days == 40 && known?.facts.date == day + 50 && known?.pending == nil)
  }

  @Test("a status that is unclear leaves the window open")
  func unclear() {
    let demand: JSONValue = ["window": ["finish": .day(day + 60), "strictness": "soft"]]
    var line: JSONValue = [
      "lead_time": ["days": 5], "calendar": [["from": .day(day), "to": .day(day + 400)]],
      "status": ["state": "unclear"],
    ]
    let open = score(demand, line)
    line["status"] = ["state": "building", "from": .day(day + 150)]
    let known = score(demand, line)
    #expect(open[0] <= known[0], "\(open) \(known)")
  }
}
