import Synchronization

/// The frozen tables of relevance, read when a text is first weighed: most commands weigh none, and
/// the tables are the longest of the corpus.
///
/// Shared by all copies of a corpus; any thread. The first to ask reads, the others wait.
final class FrozenStatistics: Sendable {
  /// A table as its file holds it.
  struct Source: Sendable {
    let file: String
    let bytes: [UInt8]
  }

  private enum State {
    case unread(general: Source?, catalogue: Source?)
    case read(TextStatistics, issues: [RecordIssue])
  }

  private let state: Mutex<State>

  init(general: Source?, catalogue: Source?) {
    state = Mutex(.unread(general: general, catalogue: catalogue))
  }

  convenience init() {
    self.init(general: nil, catalogue: nil)
  }

  var tables: TextStatistics {
    read().tables
  }

  /// Rows of the tables that cannot be used.
  var issues: [RecordIssue] {
    read().issues
  }

  private func read() -> (tables: TextStatistics, issues: [RecordIssue]) {
    state.withLock { state in
      switch state {
      case .read(let tables, let issues): return (tables, issues)
      case .unread(let general, let catalogue):
        var tables = TextStatistics()
        var issues: [RecordIssue] = []
        if let general {
          let read = TermTable.read(general.bytes, file: general.file)
          tables.general = read.table
          issues += read.issues
        }
        if let catalogue {
          let read = TermTable.read(catalogue.bytes, file: catalogue.file)
          tables.catalogue = read.table
          issues += read.issues
        }
        state = .read(tables, issues: issues)
        return (tables, issues)
      }
    }
  }
}
