/// One stage of a demand with everything that does not depend on a line worked out once: weights,
/// priors, text.
public struct ResolvedStage: Sendable {
  public let demand: Demand
  public let stage: Stage
  public let sector: String
  package let asOf: CivilDate
  /// Applied weights as integers over a common multiple, so that shares are exact.
  public let weights: StageWeights
  /// By place among the stage's requirements.
  package let priors: [Int64]
  package let text: TextQuery?
  /// Folded names and ids that must not be shown the demand.
  package let excluded: Set<String>
  package let deadline: Deadline
  /// The window's start follows the as-of date, because the stages before it do.
  package let startMoves: Bool
  public var ask: Ask { stage.ask }

  /// - Parameter known: stages of the same corpus; one with the same words shares what they weigh.
  init(
    _ demand: Demand, _ stage: Stage, corpus: Corpus, asOf: CivilDate, preferred: [String: Int],
    like known: [ResolvedStage] = []
  ) {
    let (stage, moves) = StageOrder(demand: demand, asOf: asOf).shifted(stage)
    self.demand = demand
    self.stage = stage
    startMoves = moves
    self.asOf = asOf
    let home = stage.ask.services.first.map { corpus.taxonomy.sector(of: $0) } ?? ""
    sector = home
    weights = StageWeights(
      stage.ask, registry: corpus.registry, policy: corpus.policy, preferred: preferred)
    priors = stage.ask.requirements.map {
      corpus.priors.prior($0, sector: home, registry: corpus.registry, policy: corpus.policy)
    }
    let words = ResolvedStage.words(demand, stage)
    if let same = known.first(where: { ResolvedStage.words($0.demand, $0.stage) == words }) {
      text = same.text
    } else {
      text = TextQuery(
        WeighedTerms(words, reader: corpus.termReader, statistics: corpus.statistics),
        curve: corpus.policy.textCurve)
    }
    excluded = Set(demand.exclusions.map(corpus.folding.name))
    deadline = Deadline(stage.ask.window)
  }

  /// The words of a stage that are compared with a line's.
  private static func words(_ demand: Demand, _ stage: Stage) -> String {
    demand.title + "\n" + stage.title + "\n" + demand.text
  }
}

extension ResolvedStage {
  /// The same stage with another ask of the same shape: requirements and certificates keep their
  /// places.
  init(_ other: ResolvedStage, asking ask: Ask) {
    var stage = other.stage
    stage.ask = ask
    self.init(
      demand: other.demand, stage: stage, sector: other.sector, asOf: other.asOf,
      weights: other.weights, priors: other.priors, text: other.text, excluded: other.excluded,
      deadline: Deadline(ask.window), startMoves: other.startMoves)
  }

  private init(
    demand: Demand, stage: Stage, sector: String, asOf: CivilDate, weights: StageWeights,
    priors: [Int64], text: TextQuery?, excluded: Set<String>, deadline: Deadline, startMoves: Bool
  ) {
    self.demand = demand
    self.stage = stage
    self.sector = sector
    self.asOf = asOf
    self.weights = weights
    self.priors = priors
    self.text = text
    self.excluded = excluded
    self.deadline = deadline
    self.startMoves = startMoves
  }
}

/// The days of a window that lines are held to.
package struct Deadline: Sendable {
  /// The last day on which the work may start; nil without a window.
  package let start: CivilDate?
  /// The last day of the work.
  package let finish: CivilDate?
  package let duration: Int

  init(_ window: Window?) {
    duration = max(1, window?.durationDays ?? 1)
    finish = window?.finish ?? window?.latestStart.map { [duration] in $0 + (duration - 1) }
    let byFinish = window?.finish.map { [duration] in $0 + (1 - duration) }
    start = [window?.latestStart, byFinish].compactMap { $0 }.min()
  }
}

/// The weights of one stage: what the policy suggests, what the broker prefers, what is applied.
public struct StageWeights: Sendable {
  public let suggested: [String: Int]
  public let preferred: [String: Int]
  /// The policy's weights with the broker's in their place; parts that the demand does not state
  /// are 0.
  public let applied: [Policy.Part: Int]
  /// The common multiple over which the shares of specs and certificates are whole numbers.
  package let multiple: Int64
  /// By place among the requirements: its share; members of one group share theirs.
  package let specs: [Int64]
  package let certificate: Int64

  init(_ ask: Ask, registry: SpecRegistry, policy: Policy, preferred: [String: Int]) {
    self.preferred = preferred
    suggested = Dictionary(uniqueKeysWithValues: policy.weights.map { ($0.key.rawValue, $0.value) })
    var applied: [Policy.Part: Int] = [:]
    for part in Policy.Part.allCases where StageWeights.states(ask, part) {
      applied[part] = preferred[part.rawValue] ?? policy.weights[part] ?? 0
    }
    self.applied = applied
    let own = ask.requirements.map { requirement in
      requirement.strictness == .info
        ? 0 : preferred[registry[requirement.key].id] ?? requirement.weight
    }
    let shares = StageWeights.groupShares(ask.requirements, own)
    let total = max(1, shares.total)
    let certificates = max(1, ask.certificates.filter { $0.strictness != .info }.count)
    let multiple = StageWeights.leastCommonMultiple(total, certificates)
    self.multiple = Int64(multiple)
    specs = shares.members.map { Int64((applied[.specs] ?? 0) * (multiple / total) * $0) }
    certificate = Int64((applied[.certificates] ?? 0) * (multiple / certificates))
  }

  package func weight(_ part: Policy.Part, _ strictness: Strictness) -> Int64 {
    strictness == .info ? 0 : Int64(applied[part] ?? 0) * multiple
  }

  /// A group of alternatives weighs as its heaviest member, once.
  private static func groupShares(
    _ requirements: [Requirement], _ own: [Int]
  ) -> (members: [Int], total: Int) {
    var groups: [String: Int] = [:]
    var total = 0
    for (requirement, weight) in zip(requirements, own) {
      if let group = requirement.group {
        groups[group] = max(groups[group] ?? 0, weight)
      } else {
        total += weight
      }
    }
    let members = zip(requirements, own).map { requirement, weight in
      requirement.group.flatMap { groups[$0] } ?? weight
    }
    return (members, total + groups.values.reduce(0, +))
  }

  private static func states(_ ask: Ask, _ part: Policy.Part) -> Bool {
    switch part {
    case .service: !ask.services.isEmpty
    case .specs: ask.requirements.contains { $0.strictness != .info }
    case .window: ask.window != nil
    case .price: ask.budget != nil
    case .certificates: ask.certificates.contains { $0.strictness != .info }
    case .place: ask.place.map { !$0.allowedTexts.isEmpty || $0.withinKilometers != nil } ?? false
    case .lot: ask.quantity != nil
    case .text: true
    }
  }

  private static func leastCommonMultiple(_ a: Int, _ b: Int) -> Int {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return a / x * b
  }
}
