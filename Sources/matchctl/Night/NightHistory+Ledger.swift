import Brokerage
import Ledger
import Matcher

extension NightHistory {
  /// Kinds that are kept elsewhere: records stand in the world, runs and policies in manifests.
  private static let apart: Set<Entry.Kind> = [.demand, .platform, .run, .policy]

  init(_ reader: LedgerReader, _ world: StandingWorld) throws {
    self.init(
      entries: try reader.entries(besides: NightHistory.apart, upTo: world.seq),
      others: world.others,
      firstPublished: try reader.firstDays(.demand, in: .published, upTo: world.seq))
  }

  /// The last answer about each record.
  var answers: [String: Int64] {
    var out: [String: Int64] = [:]
    for entry in entries where entry.kind == .answer { out[entry.subject] = entry.seq }
    return out
  }
}
