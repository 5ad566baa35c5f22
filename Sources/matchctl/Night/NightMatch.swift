import Matcher

/// A listed pair as a run keeps it: what was decided, without the words, which are made again from the
/// records (`NightData.evaluation`). Values asked or had are not in it, so nothing sealed can be.
package struct NightMatch: Sendable, Equatable {
  /// What became of one criterion.
  package struct Finding: Sendable, Equatable {
    package enum Kind: String, Sendable {
      /// Missed by a gap that can be closed.
      case finite
      case final
      /// Missed or waiting, and no more may be said.
      case sealed
      /// Waits for an answer.
      case pending
      /// Missed within the negotiable limit.
      case relaxed
    }

    /// `spec:wafer_diameter`, `certificate:CNAS`, `window`, …, as in `MatchRecord`.
    package let criterion: String
    package let kind: Kind
    /// On the key's scale in millionths, at most 1,000,000; nil where nothing was measured or it is
    /// sealed.
    package let gap: Int?
    /// Equal for what one answer settles; the criterion where it stands alone.
    package let cause: String

    package init(criterion: String, kind: Kind, gap: Int?, cause: String) {
      self.criterion = criterion
      self.kind = kind
      self.gap = gap
      self.cause = cause
    }
  }

  package struct Question: Sendable, Equatable {
    package let criterion: String
    package let to: Addressee

    package init(criterion: String, to: Addressee) {
      self.criterion = criterion
      self.to = to
    }
  }

  /// The smallest set of changes that lifts the pair; never of a sealed criterion.
  package struct Relaxation: Sendable, Equatable {
    package let criteria: [String]
    /// The rank group after it.
    package let group: Int
    /// In millionths, 0….
    package let price: Int

    package init(criteria: [String], group: Int, price: Int) {
      self.criteria = criteria
      self.group = group
      self.price = price
    }
  }

  package let demand: String
  /// nil for a demand without stages of its own.
  package let stage: String?
  /// 1….
  package var rank: Int
  package let platform: String
  package let line: String
  package let verdict: Verdict
  /// 1…6.
  package let group: Int
  /// In millionths.
  package let low: Int
  package let expected: Int
  package let high: Int
  /// The known share of the weight, in thousandths.
  package let coverage: Int
  /// Strong criteria that are missed without being failures.
  package let shortfalls: Int
  package let failures: [Finding]
  package let pending: [Finding]
  package let relaxed: [Finding]
  package let questions: [Question]
  package let relaxation: Relaxation?
  /// Ids of texts: a stale record, made-up data.
  package let warnings: [String]
  /// The first day on which any of this can change by itself.
  package let holdsUntil: CivilDate?

  package var standing: NightStanding {
    NightStanding(verdict: verdict, group: group, rank: rank)
  }
}

/// Where a pair stands in a run's list.
package struct NightStanding: Sendable, Equatable {
  package let verdict: Verdict
  /// 1…6.
  package let group: Int
  /// 1…; 0 where the pair is not listed.
  package let rank: Int

  package init(verdict: Verdict, group: Int, rank: Int) {
    self.verdict = verdict
    self.group = group
    self.rank = rank
  }
}

/// A stage of a demand with a line, by their ids.
package struct NightPair: Sendable, Hashable, Comparable {
  package let demand: String
  package let stage: String?
  package let line: String

  package init(demand: String, stage: String?, line: String) {
    self.demand = demand
    self.stage = stage
    self.line = line
  }

  package static func < (left: NightPair, right: NightPair) -> Bool {
    (left.demand, left.stage ?? "", left.line) < (right.demand, right.stage ?? "", right.line)
  }
}
