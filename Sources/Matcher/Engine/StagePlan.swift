import Matcher
import MatcherIndex

/// A stage made ready for one index: criteria with graders, weights and bits, terms as the index
/// numbers them. Nothing in it refers to lines.
/// `@unchecked`: the unmanaged references are to its own immutable criteria.
final class StagePlan: @unchecked Sendable {
  /// The places of criterion bits: the first ones are the same in every stage.
  enum Bit: Int {
    case openness
    case status
    case border
    case exclusion
    case process
    case service
    case window
    case price
    case place
    case lot
    /// Certificates, then requirements, from here on.
    case first

    var mask: UInt64 { 1 << UInt64(rawValue) }
  }

  let stage: ResolvedStage
  /// The index it was made for: its lines' numbers and words are this one's.
  let home: LineIndex
  /// Terms that the stage asks and no line of the home states.
  let unknown: [String]
  let gates: GateGrader
  let criteria: [Criterion]
  /// The places of the criteria, hard ones first.
  let byHardness: [Int]
  /// The criteria, hard ones first, without counting references: `criteria` keeps them alive.
  let hardFirst: [Unmanaged<Criterion>]
  /// Criteria of one group, by their places; the group stands where its first member does.
  let groups: [[Int]]
  /// Whether a criterion belongs to a group.
  let isGrouped: [Bool]
  let services: [Int]
  let serviceWeight: Int64
  /// Cells that every line adds: what could not be read of the demand.
  let base: Cell
  let causes: GateCauses
  /// Folded names and ids that must not be shown the demand.
  let excludedNames: Set<String>
  /// Their lines, ascending.
  let excluded: [UInt32]
  let text: TextPlan?
  /// Σ w without text and without groups of alternatives, which weigh as their best member.
  let weight: Int64
  let textWeight: Int64
  /// Whether anything of the stage was read from words.
  let hasRead: Bool
  let isServiceRead: Bool
  let isBorderRead: Bool
  /// The criterion of each bit.
  let names: [CriterionID]

  struct GateCauses: Sendable {
    let openness: UInt64
    let status: UInt64
    let border: UInt64
    let process: UInt64
    let service: UInt64
    let date: UInt64
  }

  final class TextPlan: Sendable {
    let query: PostingQuery
    /// The same words, for an index that numbers them another way.
    let words: TextQuery
    let best: Double
    /// The policy's curve: shares, ascending, and the degrees there.
    private let shares: Column<Double>
    private let degrees: Column<Double>

    init(_ words: TextQuery, _ index: LineIndex) {
      self.words = words
      query = StagePlan.query(words, index)
      best = words.best
      shares = Column(words.curve.map(\.share))
      degrees = Column(words.curve.map(\.degree))
    }

    /// The curve in plain numbers, for loops; valid while the plan is alive.
    var curve: TextCurve {
      TextCurve(best: best, shares: shares.base, degrees: degrees.base, count: shares.count)
    }

    func degree(sum: Double) -> Int64 { curve.degree(sum: sum) }
  }

  /// The policy's curve in plain numbers, so that a row costs no reference counting.
  struct TextCurve {
    let best: Double
    let shares: UnsafePointer<Double>
    let degrees: UnsafePointer<Double>
    let count: Int

    /// The degree of Σ weight × impact in millionths. As `TextQuery.share` and `degree`.
    func degree(sum: Double) -> Int64 {
      let share = min(4_294_967_295, Elementary.rounded(sum / best * 4_294_967_296))
      let x = share / 4_294_967_296
      for place in 1..<max(1, count) where x <= shares[place] {
        let t = (x - shares[place - 1]) / (shares[place] - shares[place - 1])
        return Degree.millionths(degrees[place - 1] + t * (degrees[place] - degrees[place - 1]))
      }
      return Degree.millionths(count > 0 ? degrees[count - 1] : 1)
    }
  }

  /// nil for a stage with more criteria or causes than there are bits; the reference evaluator does
  /// those.
  init?(_ stage: ResolvedStage, _ matching: Matching) {
    let index = matching.index
    self.stage = stage
    home = index
    let ask = stage.ask
    var bits = CauseBits()
    if stage.demand.refusedFields > 0 {
      var base = Cell.nothing
      base.causes = bits.pending(.unread)
      self.base = base
    } else {
      base = Cell.nothing
    }
    causes = GateCauses(
      openness: bits.pending(.openness), status: bits.pending(.status),
      border: bits.pending(.border), process: bits.pending(.process),
      service: bits.pending(.service), date: bits.failure(.date))
    gates = GateGrader(
      start: Day.of(stage.deadline.start), overseas: ask.place?.overseas,
      processes: ask.processes.map { index.term($0.id) })
    services = ask.services.map { Int($0.ordinal) }
    serviceWeight = ask.services.isEmpty ? 0 : stage.weights.weight(.service, .hard)
    let maker = CriterionMaker(stage, matching)
    let made = maker.make(&bits)
    let isKnown =
      made.criteria.allSatisfy(\.isKnown) && !gates.processes.contains(StringTable.absent)
    unknown = isKnown ? [] : maker.unknownTerms()
    criteria = made.criteria
    let places = made.criteria.indices
    byHardness =
      places.filter { made.criteria[$0].isHard } + places.filter { !made.criteria[$0].isHard }
    hardFirst = byHardness.map { Unmanaged.passUnretained(made.criteria[$0]) }
    groups = made.groups
    isGrouped = criteria.indices.map { place in made.groups.contains { $0.contains(place) } }
    names = made.names
    guard !bits.isFull, names.count <= 57 else { return nil }
    textWeight = stage.weights.weight(.text, .soft)
    text = stage.text.map { TextPlan($0, index) }
    weight = zip(criteria, isGrouped).reduce(serviceWeight) {
      $0 + ($1.1 ? 0 : $1.0.weighing.weight)
    }
    isServiceRead = ask.readFrom(.service) != nil
    isBorderRead = ask.readFrom(.border) != nil
    hasRead = criteria.contains { $0.isRead } || isServiceRead || isBorderRead
    excludedNames = stage.excluded
    excluded = StagePlan.excluded(stage.excluded, index)
  }

  /// The stage's words as an index numbers them.
  static func query(_ words: TextQuery, _ index: LineIndex) -> PostingQuery {
    PostingQuery(terms: words.terms, weights: words.weights, in: index.text.dictionary)
  }

  /// The lines of an index that a stage must not be shown to, ascending.
  static func excluded(_ names: Set<String>, _ index: LineIndex) -> [UInt32] {
    guard !names.isEmpty else { return [] }
    var lines: Set<UInt32> = []
    for name in names {
      let number = index.identities.find(name)
      guard number != StringTable.absent else { continue }
      let from = Int(index.identityStarts[Int(number)])
      let to = Int(index.identityStarts[Int(number) + 1])
      for place in from..<to { lines.insert(index.identityLines[place]) }
    }
    return lines.sorted()
  }
}

/// Makes the criteria of a stage.
private final class CriterionMaker {
  let stage: ResolvedStage
  let matching: Matching
  let index: LineIndex
  let money: Money
  let setting: Setting
  private var names: [CriterionID] = [
    .openness, .status, .border, .exclusion, .process, .service, .window, .price, .place, .lot,
  ]
  private var criteria: [Criterion] = []

  init(_ stage: ResolvedStage, _ matching: Matching) {
    self.stage = stage
    self.matching = matching
    index = matching.index
    money = matching.money
    setting = matching.setting
  }

  /// The terms that the stage asks and no line of the index states.
  func unknownTerms() -> [String] {
    let ask = stage.ask
    let asked =
      ask.processes
      + ask.requirements.flatMap { requirement -> [TermID] in
        switch requirement.asked {
        case .oneOfTerms(let terms), .allOfTerms(let terms): terms
        default: []
        }
      }
      + ask.certificates.flatMap { $0.acceptedSchemes + $0.acceptedScopes.flatMap { $0 } }
    return asked.map(\.id).filter { index.term($0) == StringTable.absent }
  }

  func make(
    _ bits: inout CauseBits
  ) -> (criteria: [Criterion], groups: [[Int]], names: [CriterionID]) {
    var groups: [String: [Int]] = [:]
    var order: [String] = []
    for (place, requirement) in stage.ask.requirements.enumerated() {
      if let group = requirement.group {
        if groups[group] == nil { order.append(group) }
        groups[group, default: []].append(criteria.count)
      }
      addSpec(requirement, place, &bits)
    }
    for (place, requirement) in stage.ask.certificates.enumerated() {
      addCertificate(requirement, place, &bits)
    }
    addParts(&bits)
    return (criteria, order.compactMap { groups[$0] }, names)
  }

  private func bit(_ name: CriterionID) -> UInt64 {
    names.append(name)
    return 1 << UInt64(min(57, names.count - 1))
  }

  private func addSpec(
    _ requirement: Requirement, _ place: Int, _ bits: inout CauseBits
  ) {
    let grader = SpecGrader(
      requirement, prior: stage.priors[place],
      setting.comparisons[Int(requirement.key.ordinal)], index)
    criteria.append(
      Criterion(
        grader: .spec(grader), family: Family.spec(requirement.key.ordinal),
        strictness: requirement.strictness,
        weight: requirement.strictness == .info ? 0 : stage.weights.specs[place],
        failure: bits.failure(.spec(requirement.key.ordinal)),
        pending: bits.pending(.of(requirement)),
        pendingOther: bits.pending(.spec(requirement.key.ordinal)),
        own: bit(.spec(requirement.key)), isRead: requirement.provenance.readFrom != nil))
  }

  private func addCertificate(
    _ requirement: CertificateRequirement, _ place: Int, _ bits: inout CauseBits
  ) {
    let grader = CertificateGrader(
      requirement, stage, isCurable: setting.corpus.lexicon.isCurable(requirement.scheme),
      index)
    criteria.append(
      Criterion(
        grader: .certificate(grader), family: Family.certificate.rawValue,
        strictness: requirement.strictness,
        weight: requirement.strictness == .info ? 0 : stage.weights.certificate,
        failure: bits.failure(.certificate(requirement.scheme)),
        pending: bits.pending(.of(requirement)), pendingOther: 0, own: bit(.certificate(place)),
        isRead: requirement.provenance.readFrom != nil))
  }

  private func addParts(_ bits: inout CauseBits) {
    let ask = stage.ask
    func add(
      _ grader: Criterion.Grader, _ family: Family, _ part: Policy.Part, _ strictness: Strictness,
      _ failure: Cause, _ pending: Cause, _ other: Cause, _ bit: StagePlan.Bit,
      _ provenance: Provenance
    ) {
      criteria.append(
        Criterion(
          grader: grader, family: family.rawValue, strictness: strictness,
          weight: stage.weights.weight(part, strictness), failure: bits.failure(failure),
          pending: bits.pending(pending), pendingOther: bits.pending(other), own: bit.mask,
          isRead: provenance.readFrom != nil))
    }
    if let grader = WindowGrader(stage), let window = ask.window {
      add(
        .window(grader), .window, .window, window.strictness, .date, .window, .status, .window,
        window.provenance)
    }
    if let grader = PriceGrader(stage, money, setting, asOf: matching.asOf),
      let budget = ask.budget
    {
      add(
        .price(grader), .price, .price, budget.strictness, .price, .price, .refund, .price,
        budget.provenance)
    }
    if let grader = PlaceGrader(stage, matching.distances, setting), let place = ask.place {
      add(
        .place(grader), .place, .place, place.strictness, .place, .place, .place, .place,
        place.provenance)
    }
    if let grader = LotGrader(stage, money, setting), let quantity = ask.quantity {
      add(
        .lot(grader), .lot, .lot, quantity.strictness, .lot, .lot, .lot, .lot,
        quantity.provenance)
    }
  }
}
