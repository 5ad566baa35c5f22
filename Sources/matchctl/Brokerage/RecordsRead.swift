import Ledger
import Matcher
import MatcherIndex

/// The records of stored versions, read by several workers as one reader would read them.
struct RecordsRead: Sendable {
  private(set) var platforms: [Platform] = []
  private(set) var demands: [Demand] = []
  private(set) var issues: [RecordIssue] = []

  /// From so many records on several workers are worth what each of them needs.
  private static let few = 512

  /// - Parameter tools: what reads free text; left out, made when needed.
  init(
    _ platforms: [StoredRecord], _ demands: [StoredRecord], _ corpus: Corpus,
    _ options: RecordReader.Options, _ tools: ReadingTools?, _ workers: Workers
  ) {
    let all = platforms.map { (true, $0) } + demands.map { (false, $0) }
    guard workers.count > 1, all.count > RecordsRead.few else {
      add(RecordsRead(all[...], RecordReader(corpus: corpus, options: options, tools: tools)))
      return
    }
    let shared = tools ?? ReadingTools(corpus: corpus)
    let parts = workers.map(Array(stride(from: 0, to: all.count, by: 256))) { start in
      RecordsRead(
        all[start..<min(start + 256, all.count)],
        RecordReader(corpus: corpus, options: options, tools: shared))
    }
    for part in parts { add(part) }
    // An id that is stated twice is refused where it comes second, which only one reader can see.
    if !isPlain {
      (self.platforms, self.demands, issues) = ([], [], [])
      add(RecordsRead(all[...], RecordReader(corpus: corpus, options: options, tools: shared)))
    }
  }

  private init(_ records: ArraySlice<(Bool, StoredRecord)>, _ reader: RecordReader) {
    var reader = reader
    for (isPlatform, stored) in records {
      if isPlatform {
        reader.add(platform: stored.version.record, file: stored.id)
      } else {
        reader.add(demand: stored.version.record, file: stored.id)
      }
    }
    platforms = reader.platforms
    demands = reader.demands
    issues = reader.issues
  }

  private mutating func add(_ other: RecordsRead) {
    platforms += other.platforms
    demands += other.demands
    issues += other.issues
  }

  /// Whether all ids are different.
  private var isPlain: Bool {
    func isPlain(_ ids: [String]) -> Bool { Set(ids).count == ids.count }
    return isPlain(demands.map(\.id)) && isPlain(platforms.map(\.id))
      && isPlain(platforms.flatMap { $0.lines.map(\.id) })
  }
}
