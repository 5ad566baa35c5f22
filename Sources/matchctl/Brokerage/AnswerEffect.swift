import Ledger
import Matcher

/// Which verdicts an answer changes.
package struct AnswerEffect: Sendable {
  /// A pair before and after.
  package struct Change: Sendable {
    package let before: Evaluation
    package let after: Evaluation
  }

  /// Pairs whose verdict, group or expected score is another, the greatest rise first.
  package let changes: [Change]
  /// Pairs that were compared.
  package let compared: Int
  /// Whether the record takes the answer at all; false where it states the fact later or otherwise.
  package let counts: Bool

  /// Compares the pairs that an answer concerns between two worlds.
  ///
  /// - Complexity: O(standing stages × the platform's lines), or O(stages × standing lines) for a
  ///   demand's answer.
  package static func between(
    _ before: StandingWorld, _ after: StandingWorld, of addressee: String, corpus: Corpus
  ) -> AnswerEffect {
    var options = MatchOptions(asOf: after.asOf)
    options.top = .max
    options.rows = .line
    options.includesConflict = true
    func evaluations(_ world: StandingWorld) -> [String: Evaluation] {
      let isDemand = world.demands.contains { $0.id == addressee }
      let demands = isDemand ? world.demands.filter { $0.id == addressee } : world.demands
      let platforms = isDemand ? world.platforms : world.platforms.filter { $0.id == addressee }
      let engine = MatchEngine(corpus: corpus, platforms: platforms)
      let matches = demands.flatMap { engine.match($0, options: options).flatMap(\.matches) }
      return Dictionary(matches.map { (key($0), $0) }) { first, _ in first }
    }
    func raw(_ world: StandingWorld) -> JSONValue? {
      world.platforms.first { $0.id == addressee }?.raw
        ?? world.demands.first { $0.id == addressee }?.raw
    }
    let (old, new) = (evaluations(before), evaluations(after))
    let changes = new.compactMap { key, now -> Change? in
      guard let then = old[key], differs(then, now) else { return nil }
      return Change(before: then, after: now)
    }
    return AnswerEffect(
      changes: changes.sorted(by: precedes), compared: new.count,
      counts: raw(before) != raw(after))
  }

  private static func key(_ match: Evaluation) -> String {
    [match.stage.demand.id, match.stage.stage.id ?? "", match.line.line.id]
      .joined(separator: "\u{1F}")
  }

  private static func differs(_ left: Evaluation, _ right: Evaluation) -> Bool {
    left.verdict != right.verdict || left.judgment.group != right.judgment.group
      || left.score != right.score
  }

  /// Changes of the verdict first, then of the group; the rest by id.
  private static func precedes(_ left: Change, _ right: Change) -> Bool {
    func rank(_ change: Change) -> (Int, Int, String, String) {
      (
        change.before.verdict == change.after.verdict ? 1 : 0,
        change.after.judgment.group - change.before.judgment.group, change.after.stage.demand.id,
        change.after.line.line.id
      )
    }
    return rank(left) < rank(right)
  }
}
