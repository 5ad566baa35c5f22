import Brokerage
import Matcher
import MatcherTestSupport

@testable import Night

/// Random demands of random parks with twins, and random steps, also of demands that are not valid.
struct RandomLedger {
  var demands: [IndicatorDemand] = []
  var links: [(String, String)] = []
  var steps: [IndicatorLedger.Step] = []
  let asOf = CivilDate(dayNumber: 20_779)

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for number in 0..<random.int(0...40) {
      let verdict: Verdict? = random.chance(80) ? random.pick(Verdict.allCases) : nil
      demands.append(
        IndicatorDemand(
          id: "D\(number)", park: random.pick(["A", "B", "C"]), title: "t",
          published: asOf + -random.int(0...400), stands: verdict != nil,
          isRestricted: random.chance(20), verdict: verdict))
      if number > 0, random.chance(25) {
        links.append(("D\(number)", "D\(random.int(0...number))"))
      }
    }
    for seq in 0..<random.int(0...120) {
      // Some are of demands that are drafts or gone.
      var decision = Decision(
        demand: "D\(random.int(0...45))", step: random.pick(Decision.Step.allCases),
        day: asOf + -random.int(-5...300))
      if decision.step == .contracted {
        var contract = Decision.Contract()
        contract.number = random.chance(85) ? " ht-\(random.int(1...8)) " : nil
        contract.amount = random.chance(50) ? Int64(random.int(0...9)) : nil
        decision.contract = contract
      }
      steps.append(IndicatorLedger.Step(seq: Int64(seq), decision: decision))
    }
  }

  var ledger: IndicatorLedger {
    var twins = TwinLinks()
    for (one, other) in links { twins.link(one, other) }
    return IndicatorLedger(demands: demands, twins: twins, steps: steps)
  }

  // MARK: The same by simple loops

  /// Which demand stands for each, by going along links until nothing changes.
  private func sameAs(_ ids: [String]) -> [String: Set<String>] {
    var groups = Dictionary(uniqueKeysWithValues: (0...45).map { ("D\($0)", Set(["D\($0)"])) })
    var isChanged = true
    while isChanged {
      isChanged = false
      for (one, other) in links {
        let both = (groups[one] ?? []).union(groups[other] ?? [])
        for id in both where groups[id] != both {
          groups[id] = both
          isChanged = true
        }
      }
    }
    return groups.mapValues { $0.intersection(ids) }
  }

  struct Plain: Equatable {
    var valid = 0
    var standing = 0
    var contacted = 0
    var contracted = 0
    var completed = 0
    var full = 0
    var contracts = 0
    var unknown = 0
    var amount: Int64 = 0
    var twins = 0
  }

  /// Counts a park's demands, or all, first published on a day of the range.
  func plain(_ park: String?, _ range: ClosedRange<CivilDate>) -> Plain {
    let own = demands.filter { park == nil || $0.park == park }
    let groups = Set(sameAs(own.map(\.id)).values.filter { !$0.isEmpty })
    var out = Plain()
    var contracts: [(owner: String, number: String?, amount: Int64?)] = []
    for decision in steps.map(\.decision) where decision.step == .contracted {
      guard decision.day <= range.upperBound, own.contains(where: { $0.id == decision.demand })
      else { continue }
      let (number, amount) = (decision.contract?.number, decision.contract?.amount)
      let known = contracts.firstIndex { number != nil && $0.number == number }
      let loose = contracts.firstIndex { $0.owner == decision.demand && $0.number == nil }
      if let known, contracts[known].owner != decision.demand {
        contracts[known].amount = contracts[known].amount ?? amount
      } else if let place = known ?? loose {
        contracts[place].number = number
        contracts[place].amount = amount ?? contracts[place].amount
      } else {
        contracts.append((decision.demand, number, amount))
      }
    }
    for group in groups {
      let members = own.filter { group.contains($0.id) }
      guard let day = members.map(\.published).min(), range.contains(day) else { continue }
      let mine = steps.map(\.decision).filter {
        group.contains($0.demand) && $0.day <= range.upperBound
      }
      let signed = contracts.filter { group.contains($0.owner) }
      out.valid += 1
      out.twins += members.count - 1
      out.standing += members.contains(where: \.stands) ? 1 : 0
      out.full += members.contains { $0.stands && $0.verdict == .full } ? 1 : 0
      out.contacted += mine.contains { $0.step == .contacted } ? 1 : 0
      out.contracted += signed.isEmpty ? 0 : 1
      out.completed += !signed.isEmpty && mine.contains { $0.step == .completed } ? 1 : 0
      out.contracts += signed.count
      out.amount += signed.reduce(0) { $0 + ($1.amount ?? 0) }
      out.unknown += signed.count { $0.amount == nil }
    }
    return out
  }
}
