import Brokerage
import Matcher

/// Counts the figures of one scope over one range.
struct IndicatorCount {
  private let range: IndicatorRange
  /// Twins inside the scope are one.
  private let groups: [IndicatorGroup]
  /// Steps recorded until the cut-off, by the group's first id, in the order they were recorded.
  private let steps: [String: [IndicatorLedger.Step]]
  /// By group: the contracts that count for it, each registration number with the pair that recorded it
  /// first.
  private let contracts: [String: [ContractBook.Registered]]
  private let twins: Int

  init(_ ledger: IndicatorLedger, park: String?, range: IndicatorRange) {
    self.range = range
    let demands = ledger.demands.filter { park == nil || $0.park == park }
    let all = ledger.twins.groups(demands)
    groups = all.filter { range.contains($0.published) }
    twins = groups.reduce(0) { $0 + $1.members.count - 1 }
    var first: [String: String] = [:]
    for group in all { for member in group.members { first[member.id] = group.first.id } }
    var steps: [String: [IndicatorLedger.Step]] = [:]
    var book = ContractBook()
    for step in ledger.steps where step.decision.day <= range.to {
      guard let id = first[step.decision.demand] else { continue }
      steps[id, default: []].append(step)
      if step.decision.step == .contracted { book.add(step.decision, step.seq) }
    }
    self.steps = steps
    contracts = Dictionary(grouping: book.contracts) { first[$0.decision.demand] ?? "" }
  }

  func figures(_ policy: IndicatorPolicy) -> IndicatorFigures {
    var figures: [IndicatorFigure] = []
    for indicator in policy.indicators {
      let denominator = self.denominator(indicator.denominator, figures)
      let numerator = denominator.filter { counts($0, indicator.numerator) }
      figures.append(
        IndicatorFigure(
          id: indicator.id, numerator: numerator.map(\.first.id),
          denominator: denominator.map(\.first.id)))
    }
    return IndicatorFigures(
      range: range, policy: policy.version, figures: figures, contracts: contractCount,
      twins: twins,
      uncontacted: groups.filter(isUncontacted).map(\.first.id))
  }

  private func denominator(
    _ denominator: IndicatorPolicy.Denominator, _ earlier: [IndicatorFigure]
  ) -> [IndicatorGroup] {
    switch denominator {
    case .valid: return groups
    case .standing: return groups.filter(\.stands)
    case .counted(let id):
      let counted = Set(earlier.first { $0.id == id }?.numerator ?? [])
      return groups.filter { counted.contains($0.first.id) }
    }
  }

  private func counts(_ group: IndicatorGroup, _ numerator: IndicatorPolicy.Numerator) -> Bool {
    switch numerator {
    case .verdicts(let verdicts): return group.verdict.map(verdicts.contains) ?? false
    case .steps(let names):
      return (steps[group.first.id] ?? []).contains { step in
        guard step.decision.step == .contracted else {
          return names.contains(step.decision.step.rawValue)
        }
        return names.contains(Decision.Step.contracted.rawValue)
          && contracts[group.first.id] != nil
      }
    }
  }

  /// Further on than a contact, without one being recorded.
  private func isUncontacted(_ group: IndicatorGroup) -> Bool {
    let taken = Set((steps[group.first.id] ?? []).map(\.decision.step))
    return !taken.contains(.contacted)
      && !taken.isDisjoint(with: [.visited, .intent, .quoted, .contracted, .completed])
  }

  private var contractCount: ContractCount {
    var count = ContractCount()
    for group in groups {
      for registered in contracts[group.first.id] ?? [] { count.add(registered) }
    }
    return count
  }
}

extension ContractCount {
  fileprivate mutating func add(_ registered: ContractBook.Registered) {
    let contract = registered.contract
    count += 1
    unregistered += contract.number == nil ? 1 : 0
    amount = ContractCount.sum(amount, contract.amount ?? 0)
    unknown += contract.amount == nil ? 1 : 0
    technology = ContractCount.sum(technology, contract.technologyAmount ?? 0)
    technologyUnknown += contract.technologyAmount == nil ? 1 : 0
    let others = registered.linked.compactMap(\.decision.contract?.amount)
    contradicted += others.contains { $0 != contract.amount } ? 1 : 0
  }

  /// No amount is so large that a sum turns negative.
  private static func sum(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, isOver) = left.addingReportingOverflow(right)
    return isOver ? .max : sum
  }
}
