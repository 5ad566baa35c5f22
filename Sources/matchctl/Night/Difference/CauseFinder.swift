import Brokerage
import Matcher

/// Finds what made a pair stand otherwise: by judging it with single changes taken back.
final class CauseFinder {
  /// What both runs were made with.
  struct Frame: Sendable {
    let old: RecordPast
    let new: RecordPast
    let corpus: Corpus
    /// The corpus with the policy of the run before.
    let before: Corpus
    let samePolicy: Bool
    let sameTables: Bool
    let sameProgram: Bool
    /// The last answer by whom it is about.
    let answers: [String: Int64]
    /// Pairs that were left out of the lists then, and that are now.
    var declinedThen = Declined.none
    var declinedNow = Declined.none
  }

  private enum Atom {
    case demand(FieldPath)
    case platform(FieldPath)
    case day
    case policy
  }

  /// What a search tells apart: where a pair stands, and by how much.
  private struct State: Equatable {
    let verdict: Verdict
    let group: Int
    /// Left out where standing alone is asked for.
    let score: Score?
    let coverage: [Int64]

    init(_ verdict: Verdict, _ group: Int) {
      (self.verdict, self.group) = (verdict, group)
      (score, coverage) = (nil, [])
    }

    init(_ evaluation: Evaluation, withScore: Bool) {
      verdict = evaluation.verdict
      group = evaluation.judgment.group
      score = withScore ? evaluation.score : nil
      coverage =
        withScore
        ? [
          evaluation.coverage.known, evaluation.coverage.weight,
          Int64(evaluation.questions.count),
        ] : []
    }
  }

  private let frame: Frame
  private let judge: PairJudge
  private let labels: CriterionLabels
  private let asked: AskedChanges
  private var demands: [String: RecordPair<Demand>?] = [:]
  private var platforms: [PlatformKey: RecordPair<Platform>?] = [:]

  private struct PlatformKey: Hashable {
    let platform: String
    let line: String
  }

  /// Records whose differences are remembered at most.
  private static let room = 1024

  init(_ frame: Frame) {
    self.frame = frame
    judge = PairJudge(corpus: frame.corpus, before: frame.before, samePolicy: frame.samePolicy)
    labels = CriterionLabels(corpus: frame.corpus)
    asked = AskedChanges(frame.corpus.registry)
  }

  private var oldSetting: PairJudge.Setting {
    PairJudge.Setting(day: frame.old.asOf, hasOldPolicy: !frame.samePolicy)
  }

  private var newSetting: PairJudge.Setting {
    PairJudge.Setting(day: frame.new.asOf, hasOldPolicy: false)
  }

  /// The change with its cause.
  func change(_ delta: PairDelta) -> NightChange {
    guard let pair = pair(delta), let (then, now) = evaluations(pair) else {
      return existence(delta)
    }
    let before = delta.before ?? standing(then)
    let after = delta.after ?? standing(now)
    let kind = kind(delta, before, after)
    if before.verdict == after.verdict, before.group == after.group,
      State(then, withScore: true) == State(now, withScore: true)
    {
      let cause = hiding(delta) ?? NightCause(.ranking, record: delta.other)
      return NightChange(delta, kind, before, after, [cause])
    }
    if let cause = hiding(delta) { return NightChange(delta, kind, before, after, [cause]) }
    return NightChange(delta, kind, before, after, causes(delta, pair, then, now, before))
  }

  /// The pair as it was and as it is; nil where a stage or a line is in one of both alone.
  private func evaluations(_ pair: PairJudge.Pair) -> (then: Evaluation, now: Evaluation)? {
    guard let then = judge.judge(pair, choice(pair, isNew: false)) else { return nil }
    let isSame = pair.demand.paths.isEmpty && pair.platform.paths.isEmpty && frame.samePolicy
    let day = frame.new.asOf
    if isSame, day >= frame.old.asOf, then.holdsUntil.map({ day < $0 }) ?? true {
      return (then, then)
    }
    return judge.judge(pair, choice(pair, isNew: true)).map { (then, $0) }
  }

  /// The decision that took a pair out of the list, or no longer keeps it out; nil for others.
  private func hiding(_ delta: PairDelta) -> NightCause? {
    func pair(_ declined: Declined) -> Declined.Pair? {
      declined.pair(
        demand: delta.pair.demand, stage: delta.pair.stage, platform: delta.platform,
        line: delta.pair.line)
    }
    if delta.after == nil, let pair = pair(frame.declinedNow), pair.seq > frame.old.seq {
      return NightCause(.declined, record: delta.pair.line, seq: pair.seq)
    }
    if delta.before == nil, let was = pair(frame.declinedThen), pair(frame.declinedNow) == nil {
      return NightCause(
        .returned, record: delta.pair.line, field: was.decision.field, seq: was.seq)
    }
    return nil
  }

  // MARK: Standing

  /// Both records with their differences; nil where one of them stands in one run alone.
  private func pair(_ delta: PairDelta) -> PairJudge.Pair? {
    guard let demand = demand(delta.pair.demand),
      let platform = platform(delta.platform, delta.pair.line)
    else { return nil }
    return PairJudge.Pair(
      demand: demand, stage: delta.pair.stage, platform: platform, line: delta.pair.line)
  }

  private func demand(_ id: String) -> RecordPair<Demand>? {
    if let known = demands[id] { return known }
    if demands.count >= CauseFinder.room { demands = [:] }
    let pair = frame.old.demand(id).flatMap { old in
      frame.new.demand(id).map { RecordPair(id: id, old: old, new: $0) }
    }
    demands[id] = .some(pair)
    return pair
  }

  private func platform(_ id: String, _ line: String) -> RecordPair<Platform>? {
    let key = PlatformKey(platform: id, line: line)
    if let known = platforms[key] { return known }
    if platforms.count >= CauseFinder.room { platforms = [:] }
    let pair = frame.old.platform(id).flatMap { old in
      frame.new.platform(id).map { RecordPair(id: id, old: old, new: $0, line: line) }
    }
    platforms[key] = .some(pair)
    return pair
  }

  /// All changes in force, or none.
  private func choice(_ pair: PairJudge.Pair, isNew: Bool) -> PairJudge.Choice {
    let (demand, platform) = (pair.demand.paths.count, pair.platform.paths.count)
    return PairJudge.Choice(
      demand: isNew ? .all(of: demand) : .none(of: demand),
      platform: isNew ? .all(of: platform) : .none(of: platform),
      setting: isNew ? newSetting : oldSetting)
  }

  private func standing(_ evaluation: Evaluation) -> NightStanding {
    NightStanding(verdict: evaluation.verdict, group: evaluation.judgment.group, rank: 0)
  }

  private func kind(
    _ delta: PairDelta, _ before: NightStanding, _ after: NightStanding
  ) -> NightChange.Kind {
    if delta.before == nil, before.verdict == .conflict { return .new }
    if delta.after == nil, after.verdict == .conflict { return .lost }
    if before.group != after.group { return after.group < before.group ? .risen : .fallen }
    if before.verdict != after.verdict { return after.verdict > before.verdict ? .risen : .fallen }
    return delta.before == nil ? .new : .lost
  }

  // MARK: One side is not there

  /// The pair is new or gone because a record, a stage or a line is.
  private func existence(_ delta: PairDelta) -> NightChange {
    let isNew = !stood(delta)
    let cause =
      appearance(delta.pair.demand, .demand, isNew: isNew)
      ?? appearance(delta.platform, .platform, isNew: isNew)
      ?? part(delta, isNew: isNew)
    return NightChange(
      delta, isNew ? .new : .lost, delta.before, delta.after, [cause])
  }

  /// Whether the pair was there in the run before.
  private func stood(_ delta: PairDelta) -> Bool {
    guard let demand = frame.old.demand(delta.pair.demand),
      let platform = frame.old.platform(delta.platform)
    else { return false }
    return demand.record.stages.contains { $0.id == delta.pair.stage }
      && platform.record.lines.contains { $0.id == delta.pair.line }
  }

  /// Why a record stands now and did not, or the other way round; nil when it stands in both.
  private func appearance(_ id: String, _ side: NightCause.Side, isNew: Bool) -> NightCause? {
    func stands(_ past: RecordPast) -> Bool {
      side == .demand ? past.demand(id) != nil : past.platform(id) != nil
    }
    let isThere = (stands(frame.old), stands(frame.new))
    guard isNew ? !isThere.0 : !isThere.1 else { return nil }
    let (then, now) = (frame.old.version(id), frame.new.version(id))
    if then?.seq == now?.seq {
      // The same version: only the day, or what the corpus makes of it, is another.
      let isDay = frame.old.asOf != frame.new.asOf
      let kind: NightCause.Kind = !isDay ? unexplained : isNew ? .day : .expired
      return NightCause(kind, side: side, record: id)
    }
    if isNew { return NightCause(.published, side: side, record: id, seq: now?.seq) }
    guard let version = now?.version else { return NightCause(unexplained) }
    let isExpired = version.state == .published && !version.stands(on: frame.new.asOf)
    let kind: NightCause.Kind =
      isExpired ? .expired : version.state == .published ? .edited : .withdrawn
    return NightCause(kind, side: side, record: id, seq: now?.seq)
  }

  /// A stage or a line that a record has in one version alone.
  private func part(_ delta: PairDelta, isNew: Bool) -> NightCause {
    let past = isNew ? frame.old : frame.new
    guard let demand = past.demand(delta.pair.demand), let platform = past.platform(delta.platform)
    else { return NightCause(unexplained) }
    if !demand.record.stages.contains(where: { $0.id == delta.pair.stage }) {
      let field = delta.pair.stage.map { "stages[\($0)]" } ?? "stages"
      return NightCause(
        .edited, side: .demand, record: delta.pair.demand, field: field,
        seq: frame.new.version(delta.pair.demand)?.seq)
    }
    if !platform.record.lines.contains(where: { $0.id == delta.pair.line }) {
      return NightCause(
        .edited, side: .platform, record: delta.platform, field: "lines[\(delta.pair.line)]",
        seq: frame.new.version(delta.platform)?.seq)
    }
    return NightCause(unexplained)
  }

  private var unexplained: NightCause.Kind { frame.sameTables ? .program : .corpus }

  // MARK: Both are there

  private func causes(
    _ delta: PairDelta, _ pair: PairJudge.Pair, _ old: Evaluation, _ new: Evaluation,
    _ before: NightStanding
  ) -> [NightCause] {
    let criterion = criterion(old, new)
    // The run before said otherwise than the same records, day and policy give now.
    let isOther = old.verdict != before.verdict || old.judgment.group != before.group
    let rest = isOther ? [NightCause(unexplained, criterion: criterion)] : []
    let isScore = old.verdict == new.verdict && old.judgment.group == new.judgment.group
    if isOther, isScore { return rest }
    let atoms = atoms(pair)
    // The specs of other keys weigh nothing and decide nothing.
    let candidates = isScore ? nil : asked.candidates(pair, atoms.count, [old, new])
    let search = CauseSearch<State?>(count: atoms.count, candidates: candidates) { [judge] chosen in
      let choice = self.choice(pair, chosen)
      guard !isScore else { return judge.judge(pair, choice).map { State($0, withScore: true) } }
      return judge.standing(pair, choice).map { State($0.verdict, $0.group) }
    }
    let found = search.causes(
      from: State(old, withScore: isScore), to: State(new, withScore: isScore))
    let causes = found.map { cause(atoms[$0], delta, criterion) }
    let all = rest + causes
    return all.isEmpty ? [NightCause(unexplained, criterion: criterion)] : all
  }

  /// All that changed: the demand's places, the platform's, the policy, the day.
  private func atoms(_ pair: PairJudge.Pair) -> [Atom] {
    var atoms = pair.demand.paths.map { Atom.demand($0) }
    atoms += pair.platform.paths.map { .platform($0) }
    if !frame.samePolicy { atoms.append(.policy) }
    if frame.old.asOf != frame.new.asOf { atoms.append(.day) }
    return atoms
  }

  /// What some of the changes make of the records and of the setting.
  private func choice(_ pair: PairJudge.Pair, _ chosen: ChangeSet) -> PairJudge.Choice {
    let demands = pair.demand.paths.count
    let records = demands + pair.platform.paths.count
    let isNewPolicy = frame.samePolicy || chosen.contains(records)
    let isNewDay = frame.old.asOf != frame.new.asOf && chosen.contains(chosen.count - 1)
    return PairJudge.Choice(
      demand: chosen.part(0..<demands), platform: chosen.part(demands..<records),
      setting: PairJudge.Setting(
        day: isNewDay ? frame.new.asOf : frame.old.asOf, hasOldPolicy: !isNewPolicy))
  }

  private static let capacity: Set<String> = ["calendar", "capacity", "lead_time", "lot"]

  private func cause(_ atom: Atom, _ delta: PairDelta, _ criterion: String?) -> NightCause {
    switch atom {
    case .day: NightCause(.day, criterion: criterion)
    case .policy: NightCause(.policy, criterion: criterion)
    case .demand(let path): cause(.demand, delta.pair.demand, path, criterion)
    case .platform(let path): cause(.platform, delta.platform, path, criterion)
    }
  }

  /// An edit of the record, unless both versions say the same there: then an answer was laid over it or
  /// fell away, or the words of the record say something else.
  private func cause(
    _ side: NightCause.Side, _ id: String, _ path: FieldPath, _ criterion: String?
  ) -> NightCause {
    let (then, now) = (frame.old.version(id)?.version.record, frame.new.version(id)?.version.record)
    let isSame = then.flatMap(path.value) == now.flatMap(path.value)
    guard isSame else {
      let isCapacity = side == .platform && path.has(member: CauseFinder.capacity)
      return NightCause(
        isCapacity ? .capacity : .edited, side: side, record: id, field: field(side, id, path),
        seq: frame.new.version(id)?.seq, criterion: criterion)
    }
    if let answer = frame.answers[id], then?["text"] == now?["text"] {
      let isNew = answer > frame.old.seq
      return NightCause(
        isNew ? .answered : .answerExpired, side: side, record: id, field: field(side, id, path),
        seq: answer, criterion: criterion)
    }
    guard then?["text"] != now?["text"] || then?["title"] != now?["title"] else {
      return NightCause(.day, side: side, record: id, criterion: criterion)
    }
    return NightCause(
      .edited, side: side, record: id, field: "text", seq: frame.new.version(id)?.seq,
      criterion: criterion)
  }

  /// The place of a change; of what is not public only the member that it lies in, as the name of an
  /// element may say what is asked.
  private func field(_ side: NightCause.Side, _ id: String, _ path: FieldPath) -> String {
    guard side == .demand else { return path.description }
    let records = [frame.old.demand(id)?.json, frame.new.demand(id)?.json].compactMap { $0 }
    let isPublic = records.allSatisfy { record in
      let parts = path.steps.indices.map { FieldPath(steps: Array(path.steps[...$0])) }
      let objects = [record] + parts.compactMap { $0.value(in: record)?.object }
      return objects.allSatisfy {
        $0["visibility"]?.string.map { $0 == Visibility.everyone.rawValue } ?? true
      }
    }
    return isPublic ? path.description : FieldPath(steps: Array(path.steps.prefix(1))).description
  }

  /// The first criterion that turned out otherwise in what counts for the verdict, else in its degree.
  private func criterion(_ old: Evaluation, _ new: Evaluation) -> String? {
    func name(_ outcome: Outcome, _ evaluation: Evaluation) -> String {
      labels.name(outcome.criterion, evaluation.stage.ask)
    }
    func signs(_ evaluation: Evaluation, _ sign: (Outcome) -> [String]) -> [String: [String]] {
      Dictionary(evaluation.outcomes.map { (name($0, evaluation), sign($0)) }) { $0 + $1 }
    }
    let kinds: [(Outcome) -> [String]] = [
      { ["\($0.failure.map { "\($0)" } ?? "")", $0.pending ?? ""] },
      { ["\($0.state)", "\($0.degree)"] },
    ]
    for sign in kinds {
      let (a, b) = (signs(old, sign), signs(new, sign))
      let names =
        new.outcomes.map { name($0, new) } + old.outcomes.map { name($0, old) }
      if let found = names.first(where: { a[$0] != b[$0] }) { return found }
    }
    return nil
  }
}

extension NightChange {
  init(
    _ delta: PairDelta, _ kind: Kind, _ before: NightStanding?, _ after: NightStanding?,
    _ causes: [NightCause]
  ) {
    self.init(
      pair: delta.pair, platform: delta.platform, kind: kind, before: before, after: after,
      causes: causes)
  }
}
