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

  init(_ frame: Frame) {
    self.frame = frame
    judge = PairJudge(corpus: frame.corpus, before: frame.before)
    labels = CriterionLabels(corpus: frame.corpus)
  }

  private var oldSetting: PairJudge.Setting {
    PairJudge.Setting(day: frame.old.asOf, hasOldPolicy: !frame.samePolicy)
  }

  private var newSetting: PairJudge.Setting {
    PairJudge.Setting(day: frame.new.asOf, hasOldPolicy: false)
  }

  /// The change with its cause.
  func change(_ delta: PairDelta) -> NightChange {
    let old = pair(delta, frame.old, "old")
    let new = pair(delta, frame.new, "new")
    let then = old.flatMap {
      judge.judge(
        $0.demand, stage: delta.pair.stage, $0.platform, line: delta.pair.line, oldSetting)
    }
    let now = new.flatMap {
      judge.judge(
        $0.demand, stage: delta.pair.stage, $0.platform, line: delta.pair.line, newSetting)
    }
    guard let old, let new, let then, let now else {
      return existence(delta, isNew: then == nil)
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
    return NightChange(
      delta, kind, before, after, causes(delta, (old, then), (new, now), before))
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

  private typealias Sides = (demand: PairJudge.Version, platform: PairJudge.Version)

  private func pair(_ delta: PairDelta, _ past: RecordPast, _ name: String) -> Sides? {
    guard let demand = past.record(delta.pair.demand), let platform = past.record(delta.platform)
    else { return nil }
    return (
      PairJudge.Version(id: delta.pair.demand, record: demand, name: name),
      PairJudge.Version(id: delta.platform, record: platform, name: name)
    )
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
  private func existence(_ delta: PairDelta, isNew: Bool) -> NightChange {
    let cause =
      appearance(delta.pair.demand, .demand, isNew: isNew)
      ?? appearance(delta.platform, .platform, isNew: isNew)
      ?? part(delta, isNew: isNew)
    return NightChange(
      delta, isNew ? .new : .lost, delta.before, delta.after, [cause])
  }

  /// Why a record stands now and did not, or the other way round; nil when it stands in both.
  private func appearance(_ id: String, _ side: NightCause.Side, isNew: Bool) -> NightCause? {
    let isThere = (frame.old.record(id) != nil, frame.new.record(id) != nil)
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
    guard let old = pair(delta, frame.old, "old"), let new = pair(delta, frame.new, "new") else {
      return NightCause(unexplained)
    }
    let (here, setting) = isNew ? (old, oldSetting) : (new, newSetting)
    if !judge.hasStage(here.demand, delta.pair.stage, setting) {
      let field = delta.pair.stage.map { "stages[\($0)]" } ?? "stages"
      return NightCause(
        .edited, side: .demand, record: delta.pair.demand, field: field,
        seq: frame.new.version(delta.pair.demand)?.seq)
    }
    if !judge.hasLine(here.platform, delta.pair.line, setting) {
      return NightCause(
        .edited, side: .platform, record: delta.platform, field: "lines[\(delta.pair.line)]",
        seq: frame.new.version(delta.platform)?.seq)
    }
    return NightCause(unexplained)
  }

  private var unexplained: NightCause.Kind { frame.sameTables ? .program : .corpus }

  // MARK: Both are there

  private func causes(
    _ delta: PairDelta, _ old: (sides: Sides, result: Evaluation),
    _ new: (sides: Sides, result: Evaluation), _ before: NightStanding
  ) -> [NightCause] {
    let criterion = criterion(old.result, new.result)
    // The run before said otherwise than the same records, day and policy give now.
    let isOther =
      old.result.verdict != before.verdict || old.result.judgment.group != before.group
    let rest = isOther ? [NightCause(unexplained, criterion: criterion)] : []
    let isScore =
      old.result.verdict == new.result.verdict
      && old.result.judgment.group == new.result.judgment.group
    if isOther, isScore { return rest }
    let atoms = atoms(old.sides, new.sides, line: delta.pair.line)
    let target = State(new.result, withScore: isScore)
    let search = CauseSearch<State?>(count: atoms.count) { [judge] chosen in
      let (sides, setting) = self.sides(old.sides, new.sides, atoms, chosen)
      return judge.judge(
        sides.demand, stage: delta.pair.stage, sides.platform, line: delta.pair.line, setting
      ).map { State($0, withScore: isScore) }
    }
    let found = search.causes(from: State(old.result, withScore: isScore), to: target)
    let causes = found.map { cause(atoms[$0], delta, criterion) }
    let all = rest + causes
    return all.isEmpty ? [NightCause(unexplained, criterion: criterion)] : all
  }

  private func atoms(_ old: Sides, _ new: Sides, line: String) -> [Atom] {
    var atoms: [Atom] = []
    atoms += FieldPath.differing(old.demand.record, new.demand.record).map { .demand($0) }
    atoms += FieldPath.differing(old.platform.record, new.platform.record, line: line)
      .map { .platform($0) }
    if !frame.samePolicy { atoms.append(.policy) }
    if frame.old.asOf != frame.new.asOf { atoms.append(.day) }
    return atoms
  }

  /// The records and the setting with some changes in force.
  private func sides(
    _ old: Sides, _ new: Sides, _ atoms: [Atom], _ chosen: Set<Int>
  ) -> (Sides, PairJudge.Setting) {
    var demand = old.demand.record
    var platform = old.platform.record
    var (day, hasOldPolicy) = (frame.old.asOf, !frame.samePolicy)
    var names = (demand: old.demand.name, platform: old.platform.name)
    for place in chosen.sorted() {
      switch atoms[place] {
      case .demand(let path):
        demand = path.taking(from: new.demand.record, into: demand)
        names.demand += "+\(path)"
      case .platform(let path):
        platform = path.taking(from: new.platform.record, into: platform)
        names.platform += "+\(path)"
      case .day: day = frame.new.asOf
      case .policy: hasOldPolicy = false
      }
    }
    return (
      (
        PairJudge.Version(id: old.demand.id, record: demand, name: names.demand),
        PairJudge.Version(id: old.platform.id, record: platform, name: names.platform)
      ), PairJudge.Setting(day: day, hasOldPolicy: hasOldPolicy)
    )
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
    let records = [frame.old.record(id), frame.new.record(id)].compactMap { $0 }
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
