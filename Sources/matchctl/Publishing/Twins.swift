import Ledger
import Matcher

/// Demands that several parks publish: one need of one firm, linked and not doubled.
///
/// A demand that repeats an earlier one of another park names it in its version's notes (`twin_of`). A
/// park counts its own; sheets of a city or province count each group of twins once.
package struct Twins {
  static let note = "twin_of"

  private let root: [String: String]

  /// - Parameter records: All demands, whatever their state.
  package init(_ records: [StoredRecord]) {
    let next = Dictionary(
      records.compactMap { record in
        record.version.notes[Twins.note]?.string.map { (record.id, $0) }
      }, uniquingKeysWith: { $1 })
    var root: [String: String] = [:]
    for record in records {
      var (id, seen): (String, Set<String>) = (record.id, [])
      while let other = next[id], seen.insert(id).inserted { id = other }
      root[record.id] = id
    }
    self.root = root
  }

  /// The demand by which a group of twins goes; its own id for a demand without twins.
  package func group(of id: String) -> String {
    root[id] ?? id
  }

  /// The demands to count, in the order given, each group once by its first, and those left out.
  ///
  /// - Parameter standing: Those that count at all, for example those that stand on a day.
  package func countedOnce(
    _ standing: [StoredRecord]
  ) -> (counted: [StoredRecord], leftOut: [StoredRecord]) {
    var seen: Set<String> = []
    var counted: [StoredRecord] = []
    var leftOut: [StoredRecord] = []
    for record in standing {
      if seen.insert(group(of: record.id)).inserted {
        counted.append(record)
      } else {
        leftOut.append(record)
      }
    }
    return (counted, leftOut)
  }
}

/// Finds a demand among those of other parks.
struct TwinFinder {
  private let corpus: Corpus
  private let threshold: Double
  private var others: [String: [StandingDemand]] = [:]

  /// - Parameter others: Demands of other parks that were not withdrawn.
  init(_ others: [StandingDemand], corpus: Corpus) {
    self.corpus = corpus
    threshold = corpus.listSetting("near_twin_same_firm", 0.5)
    for demand in others {
      for key in demand.firm.keys { self.others[key, default: []].append(demand) }
    }
  }

  /// The demand of the same firm whose words are most alike, the earliest of equals; nil for none.
  func twin(of row: SubmittedRow) -> String? {
    var best: (like: Double, demand: StandingDemand)?
    for key in row.firm.keys {
      for demand in others[key] ?? [] where demand.firm.isSame(row.firm) {
        let like = demand.shape.likeness(row.shape)
        guard like >= threshold else { continue }
        if let known = best, (known.like, demand.id) >= (like, known.demand.id) { continue }
        best = (like, demand)
      }
    }
    // A chain of links stays as short as it can.
    return best.map { $0.demand.stored.version.notes[Twins.note]?.string ?? $0.demand.id }
  }
}
