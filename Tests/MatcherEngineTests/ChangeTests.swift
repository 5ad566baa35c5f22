import Matcher
import MatcherTestSupport
import Testing

@testable import MatcherEngine

/// Time enters only through days that a pair names: until then it stays what it is.
@Suite struct ChangeTests {
  @Test("Until the day a pair names it stays, but for degrees that fall", arguments: 0..<8)
  func staysUntilItsDay(part: Int) throws {
    var checked = 0
    for number in 0..<12 {
      let world = World.random(seed: UInt64(7000 + part * 100 + number), platforms: 6)
      let records = world.read()
      let corpus = TestCorpus.shared
      let index = LineIndex(
        MatchEngine(corpus: corpus, platforms: records.platforms).lines, corpus: corpus)
      let demand = try #require(records.demands.first)
      for (place, stage) in demand.stages.enumerated() where stage.after.isEmpty {
        var before = Self.scores(demand, place, index, world.asOf)
        for days in 1...60 {
          let day = world.asOf + days * 7
          let now = Self.scores(demand, place, index, day)
          for (line, old) in before {
            let new = try #require(now[line])
            if day.dayNumber < Int(old.changes) {
              checked += 1
              if let difference = Self.difference(old, new) {
                Issue.record(
                  """
                  seed \(world.seed), \(index.id(line)) of \(day + -7), to change on \
                  \(old.changes), on \(day): \(difference)
                  """)
                return
              }
            }
          }
          before = now
        }
      }
    }
    #expect(checked > 1000)
  }

  private static func scores(
    _ demand: Demand, _ stage: Int, _ index: LineIndex, _ day: CivilDate
  ) -> [UInt32: PairScore] {
    let matching = Matching(index, corpus: TestCorpus.shared, asOf: day)
    var options = MatchOptions(asOf: day)
    options.top = 1000
    options.rows = .line
    options.includesConflict = true
    let scores = matching.match(
      matching.resolve(demand, demand.stages[stage]), options: options, counts: true,
      worker: Worker())
    return Dictionary(uniqueKeysWithValues: (scores?.matches ?? []).map { ($0.line, $0) })
  }

  /// What changed though the day had not come; nil if nothing did.
  private static func difference(_ old: PairScore, _ new: PairScore) -> String? {
    if old.verdict != new.verdict || old.group != new.group || old.failing != new.failing {
      return "\(old.verdict) \(old.group) became \(new.verdict) \(new.group)"
    }
    if old.questions != new.questions || old.known != new.known || old.weight != new.weight {
      return "\(old.questions) questions, \(old.known) of \(old.weight) known, became "
        + "\(new.questions), \(new.known) of \(new.weight)"
    }
    let (was, becomes) = ([old.low, old.expected, old.high], [new.low, new.expected, new.high])
    if old.declines {
      return zip(was, becomes).allSatisfy(>=) ? nil : "\(was) rose to \(becomes)"
    }
    return was == becomes ? nil : "\(was) became \(becomes)"
  }
}
