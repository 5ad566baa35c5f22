import Matcher
import MatcherIndex

/// A run as a file beside its snapshot, so that the next night goes on in a new process. Specified
/// in `Matcher.docc/SnapshotFormat.md`.
///
/// The container is the snapshot's (`SectionFile`): written whole or not at all, each section with
/// its checksum.
extension StandingRun {
  /// The number of the layout; a reader of another number refuses the file.
  static let layout: UInt64 = 1

  /// Writes the state: an old one stays until the new one is whole.
  ///
  /// - Parameter position: what it is a state of beside the snapshot, such as the ledger's position;
  ///   `init(opening:…)` must be given the same.
  /// - Parameter withRecords: whether the demands' records are in the file; without them it says nothing
  ///   of what is asked, and whoever opens it must have them.
  /// - Throws: `StandingStateError.noSnapshot` when the base is in memory: `rebase(on:)` one first.
  /// - Complexity: O(pairs that are remembered + records of demands and of changed lines).
  public func save(
    to path: String, position: String, withRecords: Bool = true
  ) throws(StandingStateError) {
    guard let snapshot else { throw .noSnapshot }
    var sections = Sections()
    sections.add(
      "standing.head",
      [
        StandingRun.layout, snapshot, UInt64(bitPattern: Int64(asOf.dayNumber)), UInt64(top),
        UInt64(reserve), UInt64(compaction), UInt64(lines.segments.count),
      ])
    sections.add("standing.position", Array(position.utf8))
    sections.add("standing.policy", Array(corpus.policy.version.utf8))
    storeLines(into: &sections)
    storeStages(into: &sections, withRecords)
    do {
      try SectionFile.write(sections, to: path)
    } catch {
      throw .file(error)
    }
  }

  private func storeLines(into sections: inout Sections) {
    sections.add(
      "lines.places",
      lines.places.map { UInt64(UInt32(bitPattern: $0.segment)) << 32 | UInt64($0.ordinal) })
    sections.add("lines.foreign", lines.segments.map { UInt8($0.isForeign ? 1 : 0) })
    for (number, segment) in lines.segments.enumerated() {
      sections.add("gone.\(number)", segment.gone ?? Column())
      if number > 0 { sections.add(segment.stored, prefix: "segment.\(number).") }
    }
  }

  private func storeStages(into sections: inout Sections, _ withRecords: Bool) {
    var demands = StoredTexts()
    var (ids, names) = (StoredTexts(), StoredTexts())
    var heads: [UInt32] = []
    var services: [UInt32] = []
    var (ranks, pairs): ([Int64], [UInt64]) = ([], [])
    pairs.reserveCapacity(
      stages.reduce(0) { $0 + $1.kept.count + 1 } * PairScore.words)
    var last: StandingDemand?
    for stage in stages {
      if last !== stage.demand {
        if withRecords { demands.add(stage.demand.json) }
        ids.add(Array(stage.demand.id.utf8))
        last = stage.demand
      }
      let stored = stage.stored
      names.add(Array((stage.id ?? "").utf8))
      let flags: UInt32 =
        (stored.isBeyond ? 1 : 0) | (stored.startMoves ? 2 : 0) | (stored.bound == nil ? 0 : 4)
        | (stage.id == nil ? 0 : 8)
      heads += [
        UInt32(ids.count - 1), UInt32(stage.number), UInt32(stage.services.count), flags,
        UInt32(stored.kept.count), UInt32(stored.codes.count),
      ]
      services += stage.services.map { UInt32($0) }
      ranks += (0..<4).map { Int64(stored.ranks[$0]) }
      for score in stored.kept { score.store(into: &pairs) }
      stored.bound?.store(into: &pairs)
    }
    if withRecords { demands.store(into: &sections, "demands.record") }
    ids.store(into: &sections, "demands.id")
    names.store(into: &sections, "stages.id")
    sections.add("stages.head", heads)
    sections.add("stages.services", services)
    sections.add("stages.ranks", ranks)
    sections.add("stages.pairs", pairs)
    sections.add("stages.codes", codes())
  }

  /// The codes of all stages, one behind the other.
  private func codes() -> Column<UInt16> {
    let count = stages.reduce(0) { $0 + $1.codes.reduce(0) { $0 + $1.count } }
    let memory = Memory(uninitializedBytes: max(1, count * 2))
    let base = memory.bound(to: UInt16.self)
    var place = 0
    for stage in stages {
      for codes in stage.codes {
        codes.withUnsafeBufferPointer { codes in
          if let from = codes.baseAddress {
            (base + place).initialize(from: from, count: codes.count)
          }
        }
        place += codes.count
      }
    }
    return Column(memory, count: count)
  }
}

/// Texts one behind the other, each with where it begins.
struct StoredTexts {
  private var starts: [UInt64] = [0]
  private var bytes: [UInt8] = []

  var count: Int { starts.count - 1 }

  mutating func add(_ text: [UInt8]) {
    bytes += text
    starts.append(UInt64(bytes.count))
  }

  func store(into sections: inout Sections, _ name: String) {
    sections.add("\(name).starts", starts)
    sections.add("\(name).bytes", bytes)
  }
}

/// Why a run cannot be saved, or a state cannot be taken up.
public enum StandingStateError: Error {
  case file(SectionFileError)
  case sections(String, SectionError)
  /// It is laid out as another version of the program has it, or is not a run's state.
  case layout(String, found: String)
  /// It was saved beside another snapshot than the one that is given.
  case otherSnapshot(String)
  /// It is the state of another position than the one that is asked for.
  case otherPosition(String, expected: String, found: String)
  /// It was decided by another version of the policy.
  case otherPolicy(String, expected: String, found: String)
  /// The base is in memory.
  case noSnapshot
  /// The snapshot holds other lines than the run.
  case otherLines
}
