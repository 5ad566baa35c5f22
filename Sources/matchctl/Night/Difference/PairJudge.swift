import Matcher

/// Decides pairs of records that may never have stood together: the old record on the new day, the new
/// one with a single member as it was. For one thread.
final class PairJudge {
  /// A pair of a stage and a line whose records may differ.
  struct Pair {
    let demand: RecordPair<Demand>
    let stage: String?
    let platform: RecordPair<Platform>
    let line: String
  }

  /// What a pair is judged under.
  struct Setting: Hashable {
    let day: CivilDate
    /// Whether the policy of the run before holds.
    let hasOldPolicy: Bool
  }

  /// Which changes of both records are in force, and under what.
  struct Choice {
    let demand: ChangeSet
    let platform: ChangeSet
    let setting: Setting
  }

  private let corpus: Corpus
  private let before: Corpus
  private let samePolicy: Bool
  private var readers: [Bool: RecordReader] = [:]
  private var demands: [Key: Demand?] = [:]
  private var stages: [StageKey: ResolvedStage?] = [:]
  private var lines: [Key: ResolvedLine?] = [:]

  /// A version of a record, or of one of its lines, as a policy reads it.
  private struct Key: Hashable {
    let record: String
    let line: String?
    let version: ChangeSet
    let hasOldPolicy: Bool
  }

  private struct StageKey: Hashable {
    let demand: Key
    let stage: String?
    let day: CivilDate
  }

  /// What was made of whole records: of their words most versions share one.
  private var wholeStages: [String: [ResolvedStage]] = [:]
  private var wholeLines: [String: [ResolvedLine]] = [:]

  /// Versions remembered at most; pairs of one changed record come together, so that few are wanted
  /// again later.
  private static let room = 1024

  /// - Parameter before: the corpus with the policy of the run before.
  init(corpus: Corpus, before: Corpus, samePolicy: Bool) {
    self.corpus = corpus
    self.before = before
    self.samePolicy = samePolicy
  }

  /// nil when the records do not hold such a stage or line, or cannot be read.
  func judge(_ pair: Pair, _ choice: Choice) -> Evaluation? {
    guard let (stage, line) = resolved(pair, choice) else { return nil }
    return Evaluator(corpus: corpus(choice.setting.hasOldPolicy)).evaluate(stage, line)
  }

  /// Verdict and group alone, as `judge` gives them.
  func standing(_ pair: Pair, _ choice: Choice) -> (verdict: Verdict, group: Int)? {
    guard let (stage, line) = resolved(pair, choice) else { return nil }
    return Evaluator(corpus: corpus(choice.setting.hasOldPolicy)).standing(stage, line)
  }

  private func resolved(_ pair: Pair, _ choice: Choice) -> (ResolvedStage, ResolvedLine)? {
    guard let stage = stage(pair.demand, pair.stage, choice.demand, choice.setting),
      let line = line(pair.platform, pair.line, choice.platform, choice.setting)
    else { return nil }
    return (stage, line)
  }

  private func corpus(_ hasOldPolicy: Bool) -> Corpus { hasOldPolicy ? before : corpus }

  func stage(
    _ demand: RecordPair<Demand>, _ stage: String?, _ version: ChangeSet, _ setting: Setting
  ) -> ResolvedStage? {
    let record = Key(
      record: demand.id, line: nil, version: version, hasOldPolicy: setting.hasOldPolicy)
    let key = StageKey(demand: record, stage: stage, day: setting.day)
    if let known = stages[key] { return known }
    if stages.count >= PairJudge.room { (stages, wholeStages) = ([:], [:]) }
    let name = "\(demand.id) \(stage ?? "") \(setting.hasOldPolicy)"
    let resolved = self.demand(demand, record).flatMap { read in
      read.stages.first { $0.id == stage }.map {
        Evaluator(corpus: corpus(setting.hasOldPolicy))
          .resolve(read, $0, asOf: setting.day, like: wholeStages[name] ?? [])
      }
    }
    stages[key] = .some(resolved)
    if let resolved, version.isEmpty || version.isWhole {
      wholeStages[name, default: []].append(resolved)
    }
    return resolved
  }

  private func demand(_ pair: RecordPair<Demand>, _ key: Key) -> Demand? {
    if let whole = whole(pair, key) { return whole }
    if let known = demands[key] { return known }
    if demands.count >= PairJudge.room { demands = [:] }
    let read = reading(key.hasOldPolicy) { reader in
      reader.add(demand: pair.json(key.version), file: pair.id)
      return reader.demands.first
    }
    demands[key] = .some(read)
    return read
  }

  func line(
    _ platform: RecordPair<Platform>, _ line: String, _ version: ChangeSet, _ setting: Setting
  ) -> ResolvedLine? {
    let key = Key(
      record: platform.id, line: line, version: version, hasOldPolicy: setting.hasOldPolicy)
    if let known = lines[key] { return known }
    if lines.count >= PairJudge.room { (lines, wholeLines) = ([:], [:]) }
    let name = "\(line) \(key.hasOldPolicy)"
    let read =
      whole(platform, key)
      ?? reading(key.hasOldPolicy) { reader in
        reader.add(platform: platform.json(version), file: platform.id)
        return reader.platforms.first
      }
    let resolved = read.flatMap { read in
      read.lines.first { $0.id == line }.map {
        Evaluator(corpus: corpus(key.hasOldPolicy))
          .resolve(read, $0, like: wholeLines[name] ?? [])
      }
    }
    lines[key] = .some(resolved)
    if let resolved, version.isEmpty || version.isWhole {
      wholeLines[name, default: []].append(resolved)
    }
    return resolved
  }

  /// The record as one of both worlds read it, where the policy is the one that it was read with.
  private func whole<Record>(_ pair: RecordPair<Record>, _ key: Key) -> Record? {
    if key.version.isWhole, samePolicy || !key.hasOldPolicy { return pair.new.record }
    if key.version.isEmpty, samePolicy || key.hasOldPolicy { return pair.old.record }
    return nil
  }

  private func reading<T>(_ hasOldPolicy: Bool, _ body: (inout RecordReader) -> T) -> T {
    // Words were read when the world was: the records hold what they say.
    var reader =
      readers.removeValue(forKey: hasOldPolicy) ?? RecordReader(corpus: corpus(hasOldPolicy))
    reader.removeAll()
    let out = body(&reader)
    readers[hasOldPolicy] = reader
    return out
  }
}
