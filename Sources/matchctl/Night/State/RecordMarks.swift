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

  /// O(records), and O(size) of those that are new or hold words.
  ///
  /// - Parameter known: of a run before, if any: what a version states is not worked out again.
  init(_ world: StandingWorld, known: RecordMarks, _ workers: Workers) {
    demands = RecordMarks.side(world, world.demands, known.demands, workers) { demand in
      (demand.id, demand.raw, demand.stated, [], RecordMarks.hasWords(demand))
    }
    platforms = RecordMarks.side(world, world.platforms, known.platforms, workers) { platform in
      (
        platform.id, platform.raw, platform.stated, platform.lines.map(\.id),
        RecordMarks.isProse(platform)
      )
    }
  }

  /// What a mark is made of.
  private typealias Parts = (
    id: String, raw: JSONValue, stated: JSONValue, lines: [String], hasWords: Bool
  )

  private static func side<Record: Sendable>(
    _ world: StandingWorld, _ records: [Record], _ known: [String: RecordMark],
    _ workers: Workers, _ parts: @escaping @Sendable (Record) -> Parts
  ) -> [String: RecordMark] {
    let found = workers.map(records) { record -> (String, RecordMark) in
      let part = parts(record)
      let seq = world.sources[part.id]?.seq ?? 0
      let isSame = seq > 0 && known[part.id]?.seq == seq
      // A record that goes by another id than its entry's subject is known by its content.
      let isRead = part.hasWords || seq == 0 || world.answered.contains(part.id)
      return (
        part.id,
        RecordMark(
          seq: seq, read: isRead ? SHA256.hex(JSONWriter.line(part.raw)) : nil,
          content: isSame
            ? known[part.id]?.content : NightQuality.Duplicate.content(part.stated),
          lines: part.lines)
      )
    }
    return Dictionary(found) { first, _ in first }
  }

  /// Whether free text was read, which may read otherwise on another day.
  private static func hasWords(_ demand: Demand) -> Bool {
    let stated = demand.stated.object
    return stated?["text"] != nil || stated?["title"] != nil || stated?["confirmation"] != nil
  }

  private static func isProse(_ platform: Platform) -> Bool {
    let stated = platform.stated.object
    return stated?["lines"] == nil && stated?["sites"] == nil
  }
}
