import Ledger
import Matcher

/// Which facts were asked or answered already, so that nobody is asked the same twice.
package struct AskedFacts: Sendable {
  package enum State: Sendable, Equatable {
    /// Never asked, the answer has expired, or nobody answered in time.
    case open
    /// Asked and still in time; the last day of waiting.
    case waiting(since: CivilDate, until: CivilDate)
    /// Answered; the last day on which the answer counts, nil: until the record says otherwise.
    case answered(on: CivilDate, until: CivilDate?)
  }

  private struct Fact: Hashable {
    let addressee: String
    let line: String?
    let slot: FactSlot
  }

  private let answered: [Fact: State]
  private let waiting: [Fact: State]

  /// Reads what was asked and answered up to a day.
  ///
  /// - Complexity: O(questions and answers).
  package static func read(
    _ reader: LedgerReader, corpus: Corpus, asOf: CivilDate, upTo: Int64 = .max
  ) throws -> AskedFacts {
    var answered: [Fact: State] = [:]
    var last: [Fact: Int64] = [:]
    for entry in try reader.entries(.answer, upTo: upTo) {
      guard let given = GivenAnswer(entry), let fact = fact(given.answer, corpus) else { continue }
      last[fact] = entry.seq
      if given.stands(on: asOf) {
        answered[fact] = .answered(on: given.answer.day, until: given.answer.validUntil)
      }
    }
    var waiting: [Fact: State] = [:]
    let calendar = corpus.calendars["cn"]
    for entry in try reader.entries(.asked, upTo: upTo) {
      guard let asked = Asked(entry.json), let slot = FactSlot(asked.slot, corpus: corpus) else {
        continue
      }
      let fact = Fact(addressee: asked.addressee, line: asked.line, slot: slot.asked)
      if last[fact] ?? 0 > entry.seq {
        waiting[fact] = nil
        continue
      }
      let day = asked.day ?? entry.at.day()
      guard day <= asOf else { continue }
      let days = corpus.policy.replyDays
      let until = calendar?.adding(workingDays: days, to: day) ?? day + days
      waiting[fact] = asOf <= until ? .waiting(since: day, until: until) : nil
    }
    return AskedFacts(answered: answered, waiting: waiting)
  }

  /// How a fact stands. What was asked of or said by the whole platform holds for each line.
  package func state(_ addressee: String, line: String?, slot: FactSlot) -> State {
    let lines = line == nil ? [nil] : [line, nil]
    for line in lines {
      let fact = Fact(addressee: addressee, line: line, slot: slot.asked)
      if let state = answered[fact] ?? waiting[fact] { return state }
    }
    return .open
  }

  /// The questions of a pair that may be sent to someone now, in the evaluation's order.
  package func open(
    _ evaluation: Evaluation, to addressee: Addressee, corpus: Corpus
  ) -> [(slot: FactSlot, outcome: Outcome)] {
    evaluation.questions.compactMap { outcome in
      guard Addressee.of(outcome) == addressee,
        let slot = FactSlot(outcome, evaluation.stage.ask, corpus: corpus)
      else { return nil }
      let state =
        addressee == .platform
        ? state(evaluation.line.platform.id, line: evaluation.line.line.id, slot: slot)
        : state(evaluation.stage.demand.id, line: evaluation.stage.stage.id, slot: slot)
      return state == .open ? (slot, outcome) : nil
    }
  }

  private static func fact(_ answer: Answer, _ corpus: Corpus) -> Fact? {
    FactSlot(answer.slot, corpus: corpus).map {
      Fact(addressee: answer.addressee, line: answer.line, slot: $0.asked)
    }
  }
}
