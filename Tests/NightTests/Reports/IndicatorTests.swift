import Brokerage
import Ledger
import Matcher
import MatcherTestSupport
import Testing

@testable import Night

// 1. figures over random ledgers are those of simple loops, for parks, for all, and for periods
// 2. parks add up to the total and the twins it leaves out
// 3. a match, a message or a one-sided step is no contact; drafts, returned and withdrawn are in no figure
// 4. one registration number counts once; an unknown amount is not 0
// 5. a closed period keeps its figures; a count made later that differs is said with both
// 6. shares are rounded half to even; out of nothing there is none
@Suite("Rates of parks")
struct IndicatorTests {
  static let policy = TestCorpus.shared.indicators
  static let start = CivilDate(dayNumber: 0)

  private func plain(_ figures: IndicatorFigures) -> RandomLedger.Plain {
    var out = RandomLedger.Plain()
    out.valid = figures["contact"]?.denominator.count ?? -1
    out.standing = figures["match"]?.denominator.count ?? -1
    out.full = figures["match"]?.numerator.count ?? -1
    out.contacted = figures["contact"]?.numerator.count ?? -1
    out.contracted = figures["contract"]?.numerator.count ?? -1
    out.completed = figures["completion"]?.numerator.count ?? -1
    out.contracts = figures.contracts.count
    out.amount = figures.contracts.amount
    out.unknown = figures.contracts.unknown
    out.twins = figures.twins
    return out
  }

  @Test("figures of random ledgers are those of simple loops", arguments: UInt64(0)..<120)
  func equalsLoops(seed: UInt64) {
    let random = RandomLedger(seed: seed)
    let ledger = random.ledger
    let all = IndicatorRange(name: "all", from: nil, to: random.asOf)
    for park in [nil, "A", "B", "C"] {
      #expect(
        plain(ledger.figures(park: park, all, IndicatorTests.policy))
          == random.plain(park, IndicatorTests.start...random.asOf), "park \(park ?? "*")")
      for period in [IndicatorPolicy.Period.month, .quarter, .year] {
        let range = IndicatorRange(period, around: random.asOf + -Int(seed))
        let from = range.from ?? random.asOf
        #expect(
          plain(ledger.figures(park: park, range, IndicatorTests.policy))
            == random.plain(park, from...range.to), "park \(park ?? "*"), \(range.name)")
      }
    }
    for (park, scope) in ledger.byPark {
      #expect(
        scope.figures(park: nil, all, IndicatorTests.policy)
          == ledger.figures(park: park, all, IndicatorTests.policy))
    }
  }

  @Test("parks add up to the total and the twins across them", arguments: UInt64(0)..<60)
  func parksAddUp(seed: UInt64) {
    let random = RandomLedger(seed: seed)
    let all = IndicatorRange(name: "all", from: nil, to: random.asOf)
    let total = random.ledger.figures(park: nil, all, IndicatorTests.policy)
    let parks = ["A", "B", "C"].map {
      random.ledger.figures(park: $0, all, IndicatorTests.policy)
    }
    let sum = parks.reduce(0) { $0 + ($1["contact"]?.denominator.count ?? 0) }
    let inside = parks.reduce(0) { $0 + $1.twins }
    #expect(sum + inside == random.demands.count)
    #expect(sum == (total["contact"]?.denominator.count ?? 0) + total.twins - inside)
    for figure in total.figures {
      #expect(Set(figure.numerator).isSubset(of: figure.denominator))
    }
  }

  @Test("only a recorded contact of both sides is a contact; only valid demands count")
  func contactRate() throws {
    let sample = try ReportSample()
    let asOf = ReportScenery.asOf
    try sample.on(asOf + -30) { writer in
      try writer.publish("HP-1", park: "HP")
      try writer.publish("HP-2", park: "HP", until: asOf + -1)
      try writer.publish("HP-3", park: "HP", state: .draft)
      try writer.publish("HP-4", park: "HP", state: .returned)
      try writer.publish("HP-5", park: "HP")
      try writer.publish("HP-5", park: "HP", state: .withdrawn)
      try writer.publish("NS-1", park: "NS", twinOf: "HP-1")
      try writer.publish("HP-6", park: "HP", ["title": "x", "synthetic": true])
      for step in [Decision.Step.shown, .asked, .answered, .noReply, .visited] {
        try writer.decide(Decision(demand: "HP-1", step: step, day: asOf + -9))
      }
      for id in ["HP-2", "HP-3", "HP-4", "HP-5", "HP-6"] {
        try writer.decide(Decision(demand: id, step: .contacted, day: asOf + -9))
      }
    }
    let view = ReportView(try sample.data(asOf: asOf), ReportOptions())
    let all = IndicatorRange(name: "all", from: nil, to: asOf)
    let park = view.ledger.figures(park: "HP", all, IndicatorTests.policy)
    #expect(park["contact"]?.denominator == ["HP-1", "HP-2"])
    #expect(park["contact"]?.numerator == ["HP-2"])
    #expect(park.uncontacted == ["HP-1"])
    let total = view.ledger.figures(park: nil, all, IndicatorTests.policy)
    #expect(total["contact"]?.denominator == ["HP-1", "HP-2"])
    #expect(total.twins == 1)
    #expect(view.ledger.figures(park: "NS", all, IndicatorTests.policy).twins == 0)
    let left = try #require(view.ledger.leftOut["HP"])
    #expect([left.draft, left.returned, left.withdrawn, left.synthetic] == [1, 1, 1, 1])
  }

  @Test("one registration number counts once, and an unknown amount is not 0")
  func contracts() {
    func signed(_ demand: String, _ number: String?, _ amount: Int64?) -> Decision {
      var decision = Decision(demand: demand, step: .contracted, day: CivilDate(dayNumber: 20_700))
      var contract = Decision.Contract()
      contract.number = number
      contract.amount = amount
      decision.contract = contract
      return decision
    }
    let decisions = [
      signed("D1", "HT 01", 100), signed("D2", "ht01", 90), signed("D2", "HT-2", nil),
      signed("D3", nil, nil), signed("D1", "HT01", 120),
    ]
    let day = CivilDate(dayNumber: 20_600)
    let ledger = IndicatorLedger(
      demands: ["D1", "D2", "D3"].map {
        IndicatorDemand(id: $0, park: "A", title: nil, published: day, stands: true)
      }, twins: TwinLinks(),
      steps: decisions.enumerated().map {
        IndicatorLedger.Step(seq: Int64($0.offset), decision: $0.element)
      })
    let range = IndicatorRange(name: "all", from: nil, to: CivilDate(dayNumber: 20_779))
    let figures = ledger.figures(park: "A", range, IndicatorTests.policy)
    #expect(figures["contract"]?.numerator == ["D1", "D2", "D3"])
    #expect(figures.contracts.count == 3)
    #expect(figures.contracts.amount == 120)
    #expect(figures.contracts.unknown == 2)
    #expect(figures.contracts.unregistered == 1)
    #expect(figures.contracts.contradicted == 1)
  }

  @Test("a closed period keeps its figures, and a later count is said beside them")
  func closedPeriods() throws {
    let sample = try ReportSample()
    let asOf = CivilDate(dayNumber: 20_759)  // 2 November 2026
    try sample.on(asOf + -20) { writer in
      for number in 1...4 { try writer.publish("HP-\(number)", park: "HP") }
      try writer.decide(Decision(demand: "HP-1", step: .contacted, day: asOf + -18))
    }
    let first = NightReports.closing(try sample.data(asOf: asOf))
    #expect(first.map(\.subject) == ["2026-10/*", "2026-10/HP"])
    #expect(first.allSatisfy { PeriodFigures(.object($0.json)) == $0 })
    let contact = PeriodFigures.Figure(id: "contact", numerator: 1, denominator: 4)
    #expect(first[1].figures.first == contact)
    try sample.on(asOf) { writer in
      for period in first { try writer.append(.period, period.subject, period.json) }
    }
    #expect(NightReports.closing(try sample.data(asOf: asOf)).isEmpty)
    try sample.on(asOf + 3) { writer in
      try writer.decide(Decision(demand: "HP-2", step: .contacted, day: asOf + -5))
      // A contact after the period's end is not in it.
      try writer.decide(Decision(demand: "HP-3", step: .contacted, day: asOf))
    }
    let later = ReportView(try sample.data(asOf: asOf + 3), ReportOptions())
    #expect(later.book.closing.isEmpty)
    let differences = later.book.differences.filter { $0.id == "contact" }
    #expect(differences.map(\.closed.subject) == ["2026-10/*", "2026-10/HP"])
    #expect(differences.allSatisfy { $0.then == contact && $0.now.numerator == 2 })
    let words = ReportWords(corpus: ReportSample.corpus, language: .simplified)
    let scope = try #require(later.ledger.byPark["HP"])
    let table = IndicatorTables(later, words, park: "HP", scope: scope).periods
    #expect(table.rows.first?[2] == "1 / 4")
    #expect(table.rows.first?.last == "锁定 1 / 4，现在 2 / 4（其后有补登记、撤回等）")
  }

  @Test("shares are rounded half to even, and there is none out of nothing")
  func shares() {
    #expect(IndicatorFigure.permille(1, of: 3) == 333)
    #expect(IndicatorFigure.permille(2, of: 3) == 667)
    #expect(IndicatorFigure.permille(1, of: 2000) == 0)
    #expect(IndicatorFigure.permille(3, of: 2000) == 2)
    #expect(IndicatorFigure.permille(0, of: 0) == nil)
    #expect(IndicatorFigure.percent(625) == "62.5 %")
    #expect(IndicatorFigure.percent(nil) == "—")
  }
}
