import Matcher
import MatcherTestSupport
import Testing

@testable import MatcherEngine

/// What is folded, hidden and counted beside a list is what is left of the whole ranking, whoever ranks.
@Suite struct ListingTests {
  @Test(
    "Random worlds: lists with leads folded and pairs hidden are cut from the whole ranking",
    arguments: 0..<4)
  func listsOfWorlds(part: Int) {
    for number in 0..<12 {
      let seed = UInt64(7000 + part * 100 + number)
      let whole = World.random(seed: seed, platforms: number % 4 == 0 ? 30 : 6)
      let world = number % 2 == 0 ? whole : ListingTests.sparse(whole)
      let records = world.read()
      let corpus = TestCorpus.shared
      let reference = MatchEngine(corpus: corpus, platforms: records.platforms)
      let columns = ColumnEngine(corpus: corpus, platforms: records.platforms, asOf: world.asOf)
      let worker = Worker()
      for (place, demand) in records.demands.enumerated() {
        var options = MatchOptions(asOf: world.asOf)
        options.preferred = world.preferred
        options.top = [1, 2, 4, 50][place % 4]
        options.rows = (place + number) % 2 == 0 ? .line : .platform
        options.foldsLeads = number % 3 != 0
        options.countsUnlisted = true
        let hides: StageResult.Hides? =
          number % 4 < 2 ? nil : { _, _, line in line.utf8.reduce(0) { $0 &+ Int($1) } % 3 == 0 }
        let own = columns.match(demand, options: options, worker: worker, hides: hides)
        let other = reference.match(demand, options: options, hides: hides)
        var all = options
        (all.top, all.rows, all.foldsLeads) = (.max, .line, false)
        for (place, whole) in reference.match(demand, options: all).enumerated() {
          let wanted = ListingTests.cut(whole, options, hides)
          #expect(ListingTests.shown(own[place]) == wanted, "columns, seed \(seed), \(demand.id)")
          #expect(
            ListingTests.shown(other[place]) == wanted, "reference, seed \(seed), \(demand.id)")
        }
      }
    }
  }

  @Test("Where nothing but bare leads is there, five stand; with others, none")
  func bareLeads() {
    var (alone, beside) = (0, 0)
    for seed in 7500..<7540 {
      let world = ListingTests.sparse(
        World.random(seed: UInt64(seed), platforms: 12), whole: seed % 2 == 0)
      let records = world.read()
      let engine = MatchEngine(corpus: TestCorpus.shared, platforms: records.platforms)
      var options = MatchOptions(asOf: world.asOf)
      (options.top, options.rows, options.foldsLeads) = (100, .line, true)
      for result in records.demands.flatMap({ engine.match($0, options: options) }) {
        let bare = result.matches.count(where: \.isBareLead)
        #expect(bare == 0 || (bare == result.matches.count && bare <= 5))
        if bare > 0 { alone += 1 } else if result.folded > 0 { beside += 1 }
      }
    }
    #expect(alone > 0 && beside > 0, "\(alone) lists of leads alone, \(beside) with others")
  }

  /// The world with three platforms of four, or `whole` with all, stating nothing but lines and their
  /// services.
  private static func sparse(_ world: World, whole: Bool = false) -> World {
    var world = world
    for place in world.platforms.indices where whole || place % 4 != 0 {
      var platform = kept(["id", "name", "source", "lines"], of: world.platforms[place])
      platform["lines"] = .array(
        platform.list("lines").map { kept(["id", "name", "services"], of: $0) })
      world.platforms[place] = platform
    }
    return world
  }

  private static func kept(_ names: [String], of record: JSONValue) -> JSONValue {
    .object(JSONObject(names.compactMap { name in record[name].map { (name, $0) } }))
  }

  /// The list that the options ask for, from the ranking of all lines.
  private static func cut(
    _ whole: StageResult, _ options: MatchOptions, _ hides: StageResult.Hides?
  ) -> [String] {
    let visible = whole.matches.filter {
      hides?(whole.stage, $0.line.platform.id, $0.line.line.id) != true
    }
    var seen: Set<String> = []
    let rows = visible.filter {
      options.rows == .line || seen.insert($0.line.platform.id).inserted
    }
    let known = options.foldsLeads ? rows.filter { !$0.isBareLead } : rows
    let kept = known.isEmpty ? Array(rows.prefix(5)) : known
    return kept.prefix(options.top).map(\.line.line.id) + [
      "\(max(0, kept.count - options.top)) more", "\(rows.count - kept.count) folded",
      "\(whole.matches.count - visible.count) hidden",
    ]
  }

  private static func shown(_ result: StageResult) -> [String] {
    result.matches.map(\.line.line.id) + [
      "\(result.unlisted) more", "\(result.folded) folded", "\(result.hidden) hidden",
    ]
  }
}
