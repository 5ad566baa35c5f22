import Ledger

/// What a record was in a run, without its content: equal marks are equal records.
struct RecordMark: Sendable, Equatable {
  /// The version's entry.
  let seq: Int64
  /// SHA-256 of the record as it was matched, where that is not what the version states: with what its
  /// words say, which the day may read another way, or answers over it.
  let read: String?
  /// SHA-256 of what it states besides its names, by which duplicates are found; a function of `seq`.
  let content: String?
  /// Of a platform its lines' ids: a line goes to the first platform that states its id.
  let lines: [String]
}
