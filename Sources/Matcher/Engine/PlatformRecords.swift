import Matcher
import MatcherIndex
import Synchronization

/// The records of platforms, each as the JSON object it was read from.
struct PlatformRecords: Sendable {
  /// The names of the sections: where each record begins, their bytes, a checksum of each. The last may
  /// be missing.
  static let starts = "records.starts"
  static let bytes = "records.bytes"
  static let sums = "records.sums"

  private let starts: Column<UInt64>
  private let bytes: Column<UInt8>
  private let sums: Column<UInt64>?
  private let damage = Damage()

  /// Whether a record that was asked for was not as it was written.
  private final class Damage: Sendable {
    let isFound = Atomic(false)
  }

  init(opening sections: Sections) throws(SectionError) {
    starts = try sections.column(Self.starts)
    bytes = try sections.column(Self.bytes)
    guard sections.all.contains(where: { $0.name == Self.sums }) else {
      sums = nil
      return
    }
    let sums: Column<UInt64> = try sections.column(Self.sums)
    guard sums.count == starts.count - 1 else {
      throw .width(Self.sums, expected: starts.count - 1, found: sums.count)
    }
    self.sums = sums
  }

  /// In the order in which the index numbers platforms.
  static func store(
    _ platforms: [Platform], _ index: LineIndex, into sections: inout Sections,
    _ workers: Workers = .one
  ) {
    let places = Dictionary(zip(platforms.map(\.id), platforms.indices)) { first, _ in first }
    let order = (0..<UInt32(index.platformIDs.count)).map { places[index.platformIDs[$0]] }
    let texts = workers.map(order) { place in
      place.map { JSONWriter.line(platforms[$0].raw) } ?? ""
    }
    var starts: [UInt64] = [0]
    var sums: [UInt64] = []
    var bytes: [UInt8] = []
    bytes.reserveCapacity(texts.reduce(0) { $0 + $1.utf8.count })
    for text in texts {
      let start = bytes.count
      bytes += text.utf8
      starts.append(UInt64(bytes.count))
      sums.append(
        bytes.withUnsafeBytes { Checksum.of(UnsafeRawBufferPointer(rebasing: $0[start...])) })
    }
    sections.add(Self.starts, starts)
    sections.add(Self.bytes, bytes)
    sections.add(Self.sums, sums)
  }

  /// The lines of an index, each read again when it is asked for.
  func lines(_ index: LineIndex, _ corpus: Corpus) -> ColumnEngine.Lines {
    let evaluator = Evaluator(corpus: corpus)
    return { line in
      guard let platform = platform(index.platformOf[Int(line)], corpus: corpus) else {
        return nil
      }
      let id = index.id(line)
      return platform.lines.first { $0.id == id }.map { evaluator.resolve(platform, $0) }
    }
  }

  /// The platform of a number; nil when its record is damaged.
  func platform(_ number: UInt32, corpus: Corpus) -> Platform? {
    let (from, to) = (Int(starts[Int(number)]), Int(starts[Int(number) + 1]))
    let record = UnsafeRawBufferPointer(rebasing: bytes.bytes[from..<to])
    if let sums, Checksum.of(record) != sums[Int(number)] {
      damage.isFound.store(true, ordering: .relaxed)
      return nil
    }
    return Platform(rereading: Array(record), corpus: corpus)
  }

  /// Whether a record that was asked for was damaged.
  var isDamaged: Bool { damage.isFound.load(ordering: .relaxed) }
}
