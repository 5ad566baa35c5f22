import Ledger
import Matcher

extension Entry.Kind {
  /// A step of an introduction; the subject is the demand, the body a `Decision`.
  package static let decision = Entry.Kind(rawValue: "decision")
  /// What was shown to whom, at which rank; the subject is the demand, the body a `Shown`.
  package static let shown = Entry.Kind(rawValue: "shown")
  /// A question that was sent; the subject is who is asked, the body an `Asked`.
  package static let asked = Entry.Kind(rawValue: "asked")
  /// A reply as a claim; the subject is who replied, the body an `Answer`.
  package static let answer = Entry.Kind(rawValue: "answer")
}

/// What became of a demand with a line: one step of an introduction, as a person recorded it.
package struct Decision: Sendable, Equatable {
  /// The steps, in the order they usually come.
  package enum Step: String, Sendable, CaseIterable {
    case shown, asked, answered
    case noReply = "no_reply"
    /// Both sides spoke: what the contact rate counts.
    case contacted
    case declined, visited
    /// 意向: an intent was signed.
    case intent
    case quoted, contracted, completed
    case solvedElsewhere = "solved_elsewhere"
    case outcome
  }

  /// A contract as registered.
  package struct Contract: Sendable, Equatable {
    /// The registration number; the same number counts once.
    package var number: String?
    /// 技术开发, 技术服务, …: a code of `Corpus/policy`.
    package var kind: String?
    package var date: CivilDate?
    /// In yuan; nil is unknown, which is not 0.
    package var amount: Int64?
    /// 其中技术交易额, in yuan.
    package var technologyAmount: Int64?
    /// SHA-256 of the evidence.
    package var evidence: String?

    package init() {}
  }

  package var demand: String
  package var stage: String?
  package var platform: String?
  package var line: String?
  package var step: Step
  /// When it happened, as the person says.
  package var day: CivilDate
  /// For `declined`: a code of `Corpus/policy/decline-reasons.tsv`.
  package var reason: String?
  /// For `declined`: the field whose change brings the pair back (`spec:implant_temperature`, `price`, …).
  package var field: String?
  package var contract: Contract?
  package var note: String?

  package init(demand: String, step: Step, day: CivilDate) {
    self.demand = demand
    self.step = step
    self.day = day
  }
}
