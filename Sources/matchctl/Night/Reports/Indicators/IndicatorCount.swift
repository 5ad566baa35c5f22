import Brokerage
import Matcher

/// Counts the figures of one scope over one range.
struct IndicatorCount {
  private let range: IndicatorRange
  /// Twins inside the scope are one.
  private let groups: [IndicatorGroup]
  /// Steps recorded until the cut-off, by the group's first id, in the order they were recorded.
  private let steps: [String: [IndicatorLedger.Step]]
  /// Which group a registration number counts for.
  private let owners: [String: String]
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
    var owners: [String: String] = [:]
    for step in ledger.steps where step.decision.day <= range.to {
      guard let id = first[step.decision.demand] else { continue }
      steps[id, default: []].append(step)
      if let number = IndicatorCount.number(step.decision), owners[number] == nil {
        owners[number] = id
      }
    }
    self.steps = steps
    self.owners = owners
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
      range: range, policy: policy.version, figures: figures, contracts: contracts, twins: twins,
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
        names.contains(step.decision.step.rawValue) && isOwn(step.decision, of: group)
      }
    }
  }

  /// A contract counts for the demand that recorded its number first.
  private func isOwn(_ decision: Decision, of group: IndicatorGroup) -> Bool {
    IndicatorCount.number(decision).flatMap { owners[$0] }.map { $0 == group.first.id } ?? true
  }

  /// Further on than a contact, without one being recorded.
  private func isUncontacted(_ group: IndicatorGroup) -> Bool {
    let taken = Set((steps[group.first.id] ?? []).map(\.decision.step))
    return !taken.contains(.contacted)
      && !taken.isDisjoint(with: [.visited, .intent, .quoted, .contracted, .completed])
  }

  // MARK: Contracts

  /// The registration number without blanks and in capitals; nil for another step or without one.
  static func number(_ decision: Decision) -> String? {
    guard decision.step == .contracted, let number = decision.contract?.number else { return nil }
    let folded = String(number.filter { !$0.isWhitespace }).uppercased()
    return folded.isEmpty ? nil : folded
  }

  private var contracts: ContractCount {
    var amounts: [String: Amounts] = [:]
    var count = ContractCount()
    for group in groups {
      for step in steps[group.first.id] ?? [] where step.decision.step == .contracted {
        guard let number = IndicatorCount.number(step.decision) else {
          count.unregistered += 1
          count.add(Amounts(step.decision))
          continue
        }
        guard owners[number] == group.first.id else { continue }
        amounts[number, default: Amounts()].update(step.decision)
      }
    }
    for (_, amount) in amounts.sorted(by: { $0.key < $1.key }) { count.add(amount) }
    return count
  }
}

/// What is known of one contract's money.
private struct Amounts {
  var total: Int64?
  var technology: Int64?
  var isContradicted = false

  init() {}

  init(_ decision: Decision) {
    update(decision)
  }

  /// A later statement counts; one without an amount takes none away.
  mutating func update(_ decision: Decision) {
    if let amount = decision.contract?.amount {
      if let total, total != amount { isContradicted = true }
      total = amount
    }
    technology = decision.contract?.technologyAmount ?? technology
  }
}

extension ContractCount {
  fileprivate mutating func add(_ amounts: Amounts) {
    count += 1
    contradicted += amounts.isContradicted ? 1 : 0
    amount = ContractCount.sum(amount, amounts.total ?? 0)
    unknown += amounts.total == nil ? 1 : 0
    technology = ContractCount.sum(technology, amounts.technology ?? 0)
    technologyUnknown += amounts.technology == nil ? 1 : 0
  }

  /// No amount is so large that a sum turns negative.
  private static func sum(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, isOver) = left.addingReportingOverflow(right)
    return isOver ? .max : sum
  }
}
