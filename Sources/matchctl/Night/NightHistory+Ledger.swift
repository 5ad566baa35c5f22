import Brokerage
import Ledger
import Matcher

extension NightHistory {
  /// Kinds that are kept elsewhere: records stand in the world, runs and policies in manifests.
  private static let apart: Set<Entry.Kind> = [.demand, .platform, .run, .policy]

  /// What the ledger alone says of it.
  struct Past {
    let entries: [Entry]
    let firstPublished: [String: CivilDate]

    init(_ reader: LedgerReader, upTo seq: Int64) throws {
      entries = try reader.entries(besides: NightHistory.apart, upTo: seq)
      firstPublished = try reader.firstDays(.demand, in: .published, upTo: seq)
    }
  }

  init(_ past: Past, _ world: StandingWorld) {
    self.init(
      entries: past.entries, others: world.others, firstPublished: past.firstPublished)
  }

  /// The last answer about each record.
  var answers: [String: Int64] {
    var out: [String: Int64] = [:]
    for entry in entries where entry.kind == .answer { out[entry.subject] = entry.seq }
    return out
  }
}
