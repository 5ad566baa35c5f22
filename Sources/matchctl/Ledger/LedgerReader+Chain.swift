/// Why an entry does not continue the chain of hashes.
enum ChainFault: Equatable {
  /// Its hash is not that of its content behind the entry before.
  case otherContent
  /// Entries are missing: it stands where the one with this number should.
  case follows(expected: Int64)
}

extension LedgerReader {
  /// Whether the chain of hashes holds up to an entry: every byte that was written is as it was.
  ///
  /// - Throws: `LedgerError` `.damaged` naming the first entry that is another.
  /// - Complexity: O(bytes of the entries).
  package func verifyChain(upTo: Int64 = .max) throws {
    try walkChain(upTo: upTo) { entry, faults in
      guard faults.isEmpty else {
        throw LedgerError.damaged(
          db.configuration.label ?? "ledger", "entry \(entry.seq) is not what was written")
      }
    }
  }

  /// Visits the entries in their order, each with what is wrong with its place in the chain.
  func walkChain(upTo: Int64 = .max, _ visit: (Entry, [ChainFault]) throws -> Void) throws {
    var previous = ""
    var expected: Int64 = 1
    var bytes: [UInt8] = []
    try forEachEntry(upTo: upTo) { entry in
      var faults: [ChainFault] = []
      if !entry.isWhole(after: previous, &bytes) { faults.append(.otherContent) }
      if entry.seq != expected { faults.append(.follows(expected: expected)) }
      try visit(entry, faults)
      previous = entry.hash
      expected = entry.seq + 1
    }
  }
}
