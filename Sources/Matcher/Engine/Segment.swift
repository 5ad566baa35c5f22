import Matcher
import MatcherIndex

/// Lines that came together as an index of their own. The first of a run's segments is the base;
/// the others are what changed since, with the words numbered as the base has them.
struct Segment: Sendable {
  let index: LineIndex
  /// Whether it states a unit or a currency that the base does not: then no plan of the base
  /// serves it.
  let isForeign: Bool
  /// A line whole, by its ordinal.
  let records: ColumnEngine.Lines
  /// The index on the run's day.
  private(set) var matching: Matching
  /// By slot, not 0 where a line is no longer there; nil while all are.
  private(set) var gone: Column<UInt8>?

  init(
    base index: LineIndex, _ corpus: Corpus, _ asOf: CivilDate,
    _ records: @escaping ColumnEngine.Lines
  ) {
    self.init(base: Matching(index, corpus: corpus, asOf: asOf), records)
  }

  /// All lines of an index on a day.
  init(base matching: Matching, _ records: @escaping ColumnEngine.Lines) {
    index = matching.index
    self.records = records
    isForeign = false
    self.matching = matching
  }

  /// What changed; the lines' ids are different.
  init(_ lines: [ResolvedLine], base: Matching) {
    let corpus = base.corpus
    if let own = LineIndex(lines, home: base.index, corpus: corpus) {
      index = own
      isForeign = false
      matching = Matching(own, like: base)
    } else {
      index = LineIndex(lines, corpus: corpus, after: base.index)
      isForeign = true
      matching = Matching(index, corpus: corpus, asOf: base.asOf)
    }
    let sorted = lines.sorted { $0.line.id < $1.line.id }
    records = { sorted[Int($0)] }
  }

  /// Lines that were stored with a run.
  init(
    _ index: LineIndex, isForeign: Bool, gone: Column<UInt8>?, base: Matching,
    _ records: @escaping ColumnEngine.Lines
  ) {
    self.index = index
    self.isForeign = isForeign
    self.gone = gone
    self.records = records
    matching =
      isForeign
      ? Matching(index, corpus: base.corpus, asOf: base.asOf) : Matching(index, like: base)
  }

  /// The same on another day.
  mutating func move(to base: Matching) {
    if isForeign || index === base.index {
      matching = index === base.index ? base : Matching(matching, asOf: base.asOf)
    } else {
      matching = Matching(index, like: base, distances: matching.distances)
    }
  }

  /// Marks lines as no longer there.
  mutating func remove(_ slots: [UInt32]) {
    guard !slots.isEmpty else { return }
    var marks = gone.map { Array($0.buffer) } ?? [UInt8](repeating: 0, count: index.count)
    for slot in slots { marks[Int(slot)] = 1 }
    gone = Column(marks)
  }

  /// A base without the lines that went.
  mutating func restore(gone: Column<UInt8>?) {
    self.gone = gone
  }

  /// The index's sections with the records of its platforms.
  var stored: Sections {
    if !index.sections.part("records.").all.isEmpty { return index.sections }
    var platforms: [Platform] = []
    var seen: Set<UInt32> = []
    for line in 0..<UInt32(index.count)
    where seen.insert(index.platformOf[Int(line)]).inserted {
      if let record = records(line) { platforms.append(record.platform) }
    }
    var sections = index.sections
    PlatformRecords.store(platforms, index, into: &sections)
    return sections
  }

  /// The plan of a stage that serves here: the one for the base, or one of its own where the base
  /// has no number for what both sides state. nil as for `StagePlan`.
  func plan(_ plan: StagePlan) -> StagePlan? {
    guard isForeign || index.statesOwn(plan.unknown) else { return plan }
    return StagePlan(plan.stage, matching)
  }
}
