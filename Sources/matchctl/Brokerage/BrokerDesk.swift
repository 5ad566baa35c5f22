import Ledger
import Matcher
import RecordFiles

/// A broker's standing demands, with the world to match them in.
package struct BrokerDesk: Sendable {
  /// In the order of their ids; those that are closed are left out.
  package let demands: [Demand]
  package let matches: StandingMatches

  /// - Parameter only: of the broker's demands these alone; empty: all.
  /// - Throws: `CommandError` for a demand that is not the broker's.
  /// - Complexity: O(world).
  package static func read(
    _ reader: LedgerReader, broker: String, corpus: Corpus, asOf: CivilDate, only: [String] = []
  ) throws -> BrokerDesk {
    let own = try Grant.demands(of: broker, reader)
    if let other = only.first(where: { !own.contains($0) }) {
      throw CommandError.input(
        "demand '\(other)' is not with '\(broker)'; give it: matchctl assign \(other) --broker \(broker)"
      )
    }
    let open = Set(
      try Todo.read(reader, broker: broker, corpus: corpus, asOf: asOf).items
        .filter(\.isOpen).map(\.demand))
    let wanted = Set(only.isEmpty ? own : only).intersection(open)
    let world = try StandingWorld.read(reader, corpus: corpus, asOf: asOf)
    let declined = try Declined.read(reader, corpus: corpus, asOf: asOf)
    return BrokerDesk(
      demands: world.demands.filter { wanted.contains($0.id) },
      matches: StandingMatches(world, declined: declined, corpus: corpus))
  }
}
