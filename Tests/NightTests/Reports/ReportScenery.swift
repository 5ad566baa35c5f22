import Brokerage
import Foundation
import Ledger
import Matcher
import MatcherTestSupport

@testable import Night

/// A ledger as a province has it, small: the sample demands spread over parks, cities and months, the
/// catalogue, brokers and their decisions, some demands restricted, some twice.
enum ReportScenery {
  static let asOf = CivilDate(dayNumber: 20_779)  // Sunday, 22 November 2026
  static let monday = asOf + 1
  /// Stands in fields that must never be shown.
  static let sealed = "绝密甲"
  static let firm = "粤海芯原科技有限公司"

  static func jsonl(_ path: String) -> [JSONValue] {
    let bytes = CorpusFiles.bytes(path) ?? []
    return bytes.split(separator: 10).compactMap { try? JSONParser.parse($0) }
  }

  static func make(platforms limit: Int = .max) throws -> ReportSample {
    let sample = try ReportSample()
    let demands = jsonl("lists/sample_demands.jsonl")
    let platforms = jsonl("catalogue/real.jsonl") + jsonl("catalogue/synthetic.jsonl")
    try sample.on(asOf + -320) { writer in
      for platform in platforms.prefix(limit) { try writer.platform(platform) }
      for (id, name) in [("HP", "黄埔集成电路园"), ("NS", "南沙新材料园"), ("GM", "光明生命科学园")] {
        try writer.append(.park, id, JSONObject([("name", .string(name))]))
      }
    }
    let cities = ["广东/广州", "广东/深圳", "广东/东莞", "广东/佛山", "香港", "广东/珠海"]
    var random = SeededGenerator(seed: 7)
    for number in 0..<60 {
      let park = ["HP", "NS", "GM"][number % 3]
      var record = demands[number % demands.count]
      record["enterprise"] = [
        "name": .string(firm), "place": .string(cities[number % 7 == 0 ? 4 : number % 6]),
      ]
      record["synthetic"] = .bool(number % 20 == 3)
      if number % 9 == 4 { seal(&record) }
      try sample.on(asOf + -300 + number * 5) { writer in
        try writer.publish(
          id(number), park: park, record, state: number % 15 == 14 ? .returned : .published,
          until: number % 11 == 5 ? asOf + -3 : number % 7 == 2 ? asOf + 9 : nil,
          twinOf: number % 13 == 12 ? id(number - 12) : nil)
      }
    }
    try sample.on(asOf + -1) { writer in try record(writer, &random) }
    return sample
  }

  static func id(_ number: Int) -> String {
    "\(["HP", "NS", "GM"][number % 3])-2026-00\(number < 10 ? "0" : "")\(number)"
  }

  private static func seal(_ record: inout JSONValue) {
    record["visibility"] = "named"
    record["title"] = .string("\(sealed)项目")
    record["text"] = .string("\(sealed)要求")
  }

  private static func record(_ writer: LedgerWriter, _ random: inout SeededGenerator) throws {
    let steps: [Decision.Step] = [.asked, .contacted, .intent, .contracted, .completed]
    for number in 0..<60 {
      try writer.append(
        Entry.Kind(rawValue: "grant"), id(number),
        JSONObject([("broker", .string(number % 2 == 0 ? "陈志明" : "李嘉欣"))]))
      for step in steps.prefix(random.int(0...5)) {
        var decision = Decision(demand: id(number), step: step, day: asOf + -20)
        decision.platform = "S00\(random.int(1...9))"
        if step == .contracted {
          var contract = Decision.Contract()
          contract.number = "2026-\(random.int(1...30))"
          contract.amount = random.chance(60) ? Int64(random.int(1...90)) * 10_000 : nil
          decision.contract = contract
        }
        try writer.decide(decision)
      }
    }
    try writer.append(
      .asked, "S001",
      Asked(
        addressee: "S001", line: nil, slot: "spec:implant_temperature", demands: [id(0), id(2)],
        text: ""
      ).json)
  }

  static func data(_ sample: ReportSample) throws -> NightData {
    try sample.data(
      asOf: monday,
      previous: NightPrevious(
        run: "\(asOf)-1", asOf: asOf, seq: 100, manifest: JSONObject(), verdicts: [:]),
      changes: changes)
  }

  /// Some of the pairs that are listed, as if they had changed.
  static func changes(_ stages: [NightStage]) -> [NightChange] {
    let causes: [NightCause] = [
      NightCause(
        .edited, side: .platform, record: "S001", field: "lines[S001-L1].specs[implant_temperature]"
      ),
      NightCause(.published, side: .demand), NightCause(.day, criterion: "window"),
      NightCause(.answered, side: .platform, field: "price"),
      NightCause(.expired, side: .demand), NightCause(.ranking),
    ]
    var number = 0
    return stages.flatMap { stage in
      stage.matches.prefix(2).map { match in
        number += 1
        let kind = NightChange.Kind.allCases[number % 4]
        let before = NightStanding(verdict: .nearMiss, group: 3, rank: 4)
        return NightChange(
          pair: NightPair(demand: match.demand, stage: match.stage, line: match.line),
          platform: match.platform, kind: kind, before: kind == .new ? nil : before,
          after: kind == .lost ? nil : match.standing, causes: [causes[number % causes.count]])
      }
    }
  }
}
