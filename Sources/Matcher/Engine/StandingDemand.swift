import Matcher
import MatcherIndex

/// The record of a demand that stands: in memory, or read again when it is needed.
final class StandingDemand: Sendable {
  private enum Source: Sendable {
    case memory(Demand)
    /// The JSON object it was read from, in a state's file.
    case stored(Column<UInt8>, Corpus)
    /// Nowhere: it is of no use before another takes its place.
    case gone
  }

  let id: String
  private let source: Source

  init(_ demand: Demand) {
    id = demand.id
    source = .memory(demand)
  }

  /// A demand whose record was not given again.
  init(gone id: String) {
    self.id = id
    source = .gone
  }

  init(id: String, stored bytes: Column<UInt8>, _ corpus: Corpus) {
    self.id = id
    source = .stored(bytes, corpus)
  }

  /// The record; nil when it cannot be read again. O(its size) for one that is stored.
  func read() -> Demand? {
    switch source {
    case .memory(let demand): demand
    case .stored(let bytes, let corpus): Demand(rereading: Array(bytes.buffer), corpus: corpus)
    case .gone: nil
    }
  }

  /// Its JSON object.
  var json: [UInt8] {
    switch source {
    case .memory(let demand): Array(JSONWriter.line(demand.raw).utf8)
    case .stored(let bytes, _): Array(bytes.buffer)
    case .gone: []
    }
  }
}
