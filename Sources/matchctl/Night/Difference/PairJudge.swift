import Matcher

/// Decides pairs of records that may never have stood together: the old record on the new day, the new
/// one with a single member as it was. For one thread.
final class PairJudge {
  /// A record of one side, as some world has it.
  struct Version {
    let id: String
    let record: JSONObject
    /// Names the version among those of the record, so that it is read once; nil for one of many.
    let name: String?
  }

  /// What a pair is judged under.
  struct Setting: Hashable {
    let day: CivilDate
    /// Whether the policy of the run before holds.
    let hasOldPolicy: Bool
  }

  private let corpus: Corpus
  private let before: Corpus
  private var readers: [Setting: RecordReader] = [:]
  private var stages: [String: ResolvedStage?] = [:]
  private var lines: [String: ResolvedLine?] = [:]

  /// - Parameter before: the corpus with the policy of the run before.
  init(corpus: Corpus, before: Corpus) {
    self.corpus = corpus
    self.before = before
  }

  /// nil when the records do not hold such a stage or line, or cannot be read.
  func judge(
    _ demand: Version, stage: String?, _ platform: Version, line: String, _ setting: Setting
  ) -> Evaluation? {
    guard let resolved = self.stage(demand, stage, setting),
      let offered = self.line(platform, line, setting)
    else { return nil }
    return Evaluator(corpus: corpus(setting)).evaluate(resolved, offered)
  }

  func hasStage(_ demand: Version, _ stage: String?, _ setting: Setting) -> Bool {
    self.stage(demand, stage, setting) != nil
  }

  func hasLine(_ platform: Version, _ line: String, _ setting: Setting) -> Bool {
    self.line(platform, line, setting) != nil
  }

  private func corpus(_ setting: Setting) -> Corpus { setting.hasOldPolicy ? before : corpus }

  private func stage(
    _ demand: Version, _ stage: String?, _ setting: Setting
  ) -> ResolvedStage? {
    let key = "\(demand.id)\u{1F}\(stage ?? "")\u{1F}\(demand.name ?? "")\u{1F}\(setting)"
    if demand.name != nil, let known = stages[key] { return known }
    let corpus = corpus(setting)
    let read = reading(setting) { reader in
      reader.add(demand: demand.record, file: demand.id)
      return reader.demands.first
    }
    let resolved = read.flatMap { read in
      read.stages.first { $0.id == stage }.map {
        Evaluator(corpus: corpus).resolve(read, $0, asOf: setting.day)
      }
    }
    if demand.name != nil { stages[key] = .some(resolved) }
    return resolved
  }

  private func line(
    _ platform: Version, _ line: String, _ setting: Setting
  ) -> ResolvedLine? {
    let key = "\(line)\u{1F}\(platform.name ?? "")\u{1F}\(setting)"
    if platform.name != nil, let known = lines[key] { return known }
    let corpus = corpus(setting)
    let read = reading(setting) { reader in
      reader.add(platform: platform.record, file: platform.id)
      return reader.platforms.first
    }
    let resolved = read.flatMap { read in
      read.lines.first { $0.id == line }.map { Evaluator(corpus: corpus).resolve(read, $0) }
    }
    if platform.name != nil { lines[key] = .some(resolved) }
    return resolved
  }

  private func reading<T>(_ setting: Setting, _ body: (inout RecordReader) -> T) -> T {
    // Words were read when the world was: the records hold what they say.
    var reader = readers.removeValue(forKey: setting) ?? RecordReader(corpus: corpus(setting))
    reader.removeAll()
    let out = body(&reader)
    readers[setting] = reader
    return out
  }
}
