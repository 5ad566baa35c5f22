import Brokerage
import Ledger
import Matcher
import MatcherIndex

/// The marks of all records of a run, by id.
struct RecordMarks: Sendable {
  let demands: [String: RecordMark]
  let platforms: [String: RecordMark]

  static let none = RecordMarks(demands: [:], platforms: [:])

  init(demands: [String: RecordMark], platforms: [String: RecordMark]) {
    self.demands = demands
    self.platforms = platforms
  }

  /// O(records), and O(size) of those that are new or not matched as they are stated.
  ///
  /// - Parameter known: of a run before, if any: what a version states is not worked out again.
  init(_ world: StandingWorld, known: RecordMarks, _ workers: Workers) {
    demands = RecordMarks.side(world, world.demands, known.demands, workers) { demand in
      Parts(id: demand.id, raw: demand.raw, stated: demand.stated, lines: [])
    }
    platforms = RecordMarks.side(world, world.platforms, known.platforms, workers) { platform in
      Parts(
        id: platform.id, raw: platform.raw, stated: platform.stated,
        lines: platform.lines.map(\.id))
    }
  }

  /// What a mark is made of.
  private struct Parts {
    let id: String
    let raw: JSONValue
    let stated: JSONValue
    let lines: [String]
  }

  private static func side<Record: Sendable>(
    _ world: StandingWorld, _ records: [Record], _ known: [String: RecordMark],
    _ workers: Workers, _ parts: @escaping @Sendable (Record) -> Parts
  ) -> [String: RecordMark] {
    let found = workers.map(records) { record -> (String, RecordMark) in
      let part = parts(record)
      let seq = world.sources[part.id]?.seq ?? 0
      let isSame = seq > 0 && known[part.id]?.seq == seq
      // A record that goes by another id than its entry's subject is known by its content.
      let isStated = seq > 0 && part.raw == part.stated
      return (
        part.id,
        RecordMark(
          seq: seq, read: isStated ? nil : SHA256.hex(JSONWriter.line(part.raw)),
          content: isSame
            ? known[part.id]?.content : NightQuality.Duplicate.content(part.stated),
          lines: part.lines)
      )
    }
    return Dictionary(found) { first, _ in first }
  }
}
