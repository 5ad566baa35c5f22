import Matcher

/// One thing that happened: who did what, when, to which record, out of which file.
package struct Entry: Sendable, Equatable {
  /// What entries are about. Other parts add their own kinds; a kind's body is that part's matter.
  package struct Kind: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// A version of a demand or of a platform's profile: the body is a `RecordVersion`.
    package static let demand = Kind(rawValue: "demand")
    package static let platform = Kind(rawValue: "platform")
    /// A park and the contact that it shows.
    package static let park = Kind(rawValue: "park")
    /// A run of the night with its manifest.
    package static let run = Kind(rawValue: "run")
    /// A version of the policy.
    package static let policy = Kind(rawValue: "policy")
    /// A person was erased from `contact`.
    package static let erasure = Kind(rawValue: "erasure")
  }

  /// 1…, in the one order in which things happened; never reused.
  package let seq: Int64
  package let at: Instant
  package let who: String
  package let kind: Kind
  /// The record it is about.
  package let subject: String
  /// SHA-256 of the file it came from.
  package let source: String?
  /// JSON on one line.
  package let body: String
  /// SHA-256 over the hash before it and all of the above.
  package let hash: String

  package var json: JSONValue? { JSONText.value(body) }

  /// As `isWhole(after:_:)`, for a single entry.
  func isWhole(after previous: String) -> Bool {
    var bytes: [UInt8] = []
    return isWhole(after: previous, &bytes)
  }

  /// Whether the hash is that of the content behind an entry with the hash `previous` (empty for the first).
  ///
  /// - Parameter bytes: memory that is used again from entry to entry.
  func isWhole(after previous: String, _ bytes: inout [UInt8]) -> Bool {
    hash
      == Entry.hash(
        after: previous, seq: seq, at: at, who: who, kind: kind, subject: subject, source: source,
        body: body, &bytes)
  }

  /// The hash of an entry that follows one with the hash `previous` (empty for the first).
  static func hash(
    after previous: String, seq: Int64, at: Instant, who: String, kind: Kind, subject: String,
    source: String?, body: String
  ) -> String {
    var bytes: [UInt8] = []
    return hash(
      after: previous, seq: seq, at: at, who: who, kind: kind, subject: subject, source: source,
      body: body, &bytes)
  }

  private static func hash(
    after previous: String, seq: Int64, at: Instant, who: String, kind: Kind, subject: String,
    source: String?, body: String, _ bytes: inout [UInt8]
  ) -> String {
    // Each part with its length before it, so that no two lists of parts read alike.
    bytes.removeAll(keepingCapacity: true)
    for part in [
      previous, String(seq), at.description, who, kind.rawValue, subject, source ?? "", body,
    ] {
      bytes.append(contentsOf: "\(part.utf8.count):".utf8)
      bytes.append(contentsOf: part.utf8)
    }
    return SHA256.hex(bytes)
  }
}
