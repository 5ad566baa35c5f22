import Ledger
import Matcher

/// An answer with the entry that keeps it.
package struct GivenAnswer: Sendable, Equatable {
  package let seq: Int64
  package let at: Instant
  package let who: String
  package let answer: Answer

  package init(seq: Int64, at: Instant, who: String, answer: Answer) {
    self.seq = seq
    self.at = at
    self.who = who
    self.answer = answer
  }

  init?(_ entry: Entry) {
    guard let answer = Answer(entry.json) else { return nil }
    self.init(seq: entry.seq, at: entry.at, who: entry.who, answer: answer)
  }

  /// Whether it counts on a day: given by then and not expired.
  package func stands(on day: CivilDate) -> Bool {
    answer.day <= day && answer.validUntil.map { day <= $0 } ?? true
  }

  /// The answers that count on a day, by who answered, each list in the order in which later ones
  /// replace earlier ones.
  ///
  /// - Parameter clearance: answers that fewer people may read are left out.
  package static func standing(
    _ reader: LedgerReader, on day: CivilDate, upTo: Int64 = .max, about subject: String? = nil,
    clearance: Visibility = .brokers
  ) throws -> [String: [GivenAnswer]] {
    let given = try reader.entries(.answer, about: subject, upTo: upTo).compactMap(GivenAnswer.init)
      .filter { $0.stands(on: day) && $0.isReadable(clearance) }
      .sorted { ($0.answer.day, $0.seq) < ($1.answer.day, $1.seq) }
    return Dictionary(grouping: given, by: \.answer.addressee)
  }

  private func isReadable(_ clearance: Visibility) -> Bool {
    Visibility(rawValue: answer.visibility).map { $0 <= clearance } ?? false
  }
}
