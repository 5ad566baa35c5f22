import Matcher

/// What is weak in the data, in the order of what mending it would settle.
package struct NightQuality: Sendable, Equatable {
  /// A fact of a line that nobody has stated.
  package struct Unknown: Sendable, Equatable {
    package let platform: String
    package let line: String
    package let criterion: String
    /// Listed pairs that wait for it alone, and all that wait for it.
    package let settles: Int
    package let waiting: Int
  }

  /// A record that was last confirmed too long ago, by the policy's days.
  package struct Stale: Sendable, Equatable {
    package let platform: String
    package let line: String
    package let verified: CivilDate
    package let days: Int
  }

  /// A certificate whose last day is near.
  package struct Lapse: Sendable, Equatable {
    package let platform: String
    package let line: String
    package let scheme: String
    package let until: CivilDate
    /// 0…60.
    package let days: Int
  }

  /// A record of which something could not be read, or is odd.
  package struct Anomaly: Sendable, Equatable {
    package let record: String
    package let issue: RecordIssue

    package static func == (left: Anomaly, right: Anomaly) -> Bool {
      left.record == right.record && left.issue.description == right.issue.description
    }
  }

  /// Records that state the same under several ids.
  package struct Duplicate: Sendable, Equatable {
    package let side: NightCause.Side
    /// Ascending, two or more.
    package let ids: [String]
  }

  /// By verdicts settled, most first.
  package var unknowns: [Unknown] = []
  package var stale: [Stale] = []
  /// Next first.
  package var lapses: [Lapse] = []
  package var anomalies: [Anomaly] = []
  package var duplicates: [Duplicate] = []

  package init() {}
}
