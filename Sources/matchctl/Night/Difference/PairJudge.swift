import Matcher

/// Decides pairs of records that may never have stood together: the old record on the new day, the new
/// one with a single member as it was. For one thread.
final class PairJudge {
  /// A record of one side, as some world has it.
  struct Version {
    let id: String
    let record: JSONObject
    /// Names the version among those of the record, so that it is read once.
    let name: String
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
  private var stages: [Key: ResolvedStage?] = [:]
  private var lines: [Key: ResolvedLine?] = [:]

  /// A stage or a line of a version of a record.
  private struct Key: Hashable {
    let record: String
    let part: String?
    let version: String
    let setting: Setting
  }

  /// Versions remembered at most; pairs come in the order of their demands, so that few are wanted again
  /// later.
  private static let room = 4096

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
    let key = Key(record: demand.id, part: stage, version: demand.name, setting: setting)
    if let known = stages[key] { return known }
    if stages.count >= PairJudge.room { stages = [:] }
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
    stages[key] = .some(resolved)
    return resolved
  }

  private func line(
    _ platform: Version, _ line: String, _ setting: Setting
  ) -> ResolvedLine? {
    let key = Key(record: platform.id, part: line, version: platform.name, setting: setting)
    if let known = lines[key] { return known }
    if lines.count >= PairJudge.room { lines = [:] }
    let corpus = corpus(setting)
    let read = reading(setting) { reader in
      reader.add(platform: platform.record, file: platform.id)
      return reader.platforms.first
    }
    let resolved = read.flatMap { read in
      read.lines.first { $0.id == line }.map { Evaluator(corpus: corpus).resolve(read, $0) }
    }
    lines[key] = .some(resolved)
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
