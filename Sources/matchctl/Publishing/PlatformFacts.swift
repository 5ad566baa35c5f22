import Ledger
import Matcher

/// What a profile says of the platform as a whole beside its lines: how it is recognised, when it is
/// free, how old what it says is.
package struct PlatformFacts: Sendable {
  /// A day from which the platform takes work, and the day on which it said so.
  package struct Earliest: Sendable, Equatable {
    package let date: CivilDate
    package let stated: CivilDate

    package init(date: CivilDate, stated: CivilDate) {
      self.date = date
      self.stated = stated
    }

    /// Whether it still counts: such a day is soon out of date.
    package func counts(on day: CivilDate, corpus: Corpus) -> Bool {
      day - stated <= Int(corpus.listSetting("earliest_days", 30))
    }
  }

  /// A code of `Corpus/lists/levels.tsv`.
  package let level: String?
  package let earliest: Earliest?
  /// A date was stated and cannot be read.
  package let unreadEarliest: String?
  /// When somebody last looked whether it is so.
  package let verified: CivilDate?

  /// - Parameter received: The day on which the profile was handed in, for a date without a day of its own.
  init(_ record: JSONObject, received: CivilDate, corpus: Corpus) {
    let source = record["source"]?.object
    verified = source?["verified_at"]?.string.flatMap { CivilDate(iso: $0) }
    let fields = corpus.publishing.profileFields
    func stated(_ field: String) -> JSONValue? {
      (fields[field] ?? []).lazy.compactMap { record[$0] }.first { $0 != .null }
    }
    level = FieldChange.shown(stated("level")).flatMap { corpus.recognition(in: $0)?.code }
    let value = stated("earliest")
    let text = value?.object?["date"]?.string ?? value?.string ?? ""
    let date = PlatformFacts.day(text)
    let day = value?.object?["stated"]?.string.flatMap { CivilDate(iso: $0) }
    earliest = date.map { Earliest(date: $0, stated: day ?? received) }
    unreadEarliest = date == nil && !text.isEmpty ? text : nil
  }

  /// A day of year, month and day in figures, whatever stands between them.
  static func day(_ text: String) -> CivilDate? {
    let parts = text.split { !("0"..."9").contains($0) }.compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    return CivilDate(year: parts[0], month: parts[1], day: parts[2])
  }

  /// What is kept in the version's notes.
  var notes: JSONObject {
    JSONObject(stating: [
      ("level", level.map { .string($0) }),
      (
        "earliest",
        earliest.map {
          .object(
            JSONObject([
              ("date", .string("\($0.date)")), ("stated", .string("\($0.stated)")),
            ]))
        }
      ),
    ])
  }
}

extension RecordVersion {
  /// A platform's earliest free day as it was stated; nil where none was.
  package var earliest: PlatformFacts.Earliest? {
    guard let object = notes["earliest"]?.object,
      let date = object["date"]?.string.flatMap({ CivilDate(iso: $0) }),
      let stated = object["stated"]?.string.flatMap({ CivilDate(iso: $0) })
    else { return nil }
    return PlatformFacts.Earliest(date: date, stated: stated)
  }

  /// The level at which a platform is recognised: a code of `Corpus/lists/levels.tsv`.
  package var recognition: String? { notes["level"]?.string }

  /// Whether what a profile says was last looked at longer ago than the policy allows, or never.
  package func isStale(on day: CivilDate, corpus: Corpus) -> Bool {
    let text = record["source"]?.object?["verified_at"]?.string
    guard let verified = text.flatMap({ CivilDate(iso: $0) }) else { return true }
    return day - verified > corpus.policy.staleDays
  }
}
