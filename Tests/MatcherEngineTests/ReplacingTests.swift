import Matcher
import MatcherTestSupport
import Testing

@testable import MatcherEngine

/// An engine with platforms replaced is the same as one over all platforms.
@Suite struct ReplacingTests {
  private static func byID(_ platforms: some Sequence<Platform>) -> [Platform] {
    platforms.sorted { $0.id < $1.id }
  }

  private static func options(_ asOf: CivilDate, step: Int) -> MatchOptions {
    var options = MatchOptions(asOf: asOf)
    options.top = [3, 10, 1000][step % 3]
    options.rows = step % 2 == 0 ? .platform : .line
    options.includesConflict = step % 4 == 3
    options.includesOverseas = step % 5 != 4
    return options
  }

  @Test("Random histories: platforms change, come and leave, step after step", arguments: 0..<3)
  func histories(seed: Int) {
    var history = History(seed: UInt64(7500 + seed))
    let (corpus, asOf, worker) = (TestCorpus.shared, history.asOf, Worker())
    // Others that stay, so that what changes is little beside them.
    var others = World.random(seed: UInt64(7600 + seed), platforms: 60)
    others.platforms = others.platforms.enumerated().map { History.renamed($1, "Z\($0)") }
    var world = history.platforms
    for platform in others.read().platforms { world[platform.id] = platform }
    var engine = ColumnEngine(
      corpus: corpus, platforms: Self.byID(world.values), asOf: asOf)
    var beside = 0
    for step in 0..<9 {
      let before = history.platforms
      let changed = Set(history.step().changed.map(\.id))
      let left = Set(before.keys).subtracting(history.platforms.keys)
      for id in left { world[id] = nil }
      for id in changed { world[id] = history.platforms[id] }
      engine = engine.replacing(
        changed.union(left), by: Self.byID(changed.compactMap { history.platforms[$0] }))
      beside += engine.lines.segments.count - 1
      let anew = ColumnEngine(corpus: corpus, platforms: Self.byID(world.values), asOf: asOf)
      let options = Self.options(asOf, step: step)
      let (own, wanted) = (engine, anew)
      #expect(own.count == wanted.count)
      let told = SnapshotTests.lines(history.demands, options) {
        own.match($0, options: options, worker: worker)
      }
      let all = SnapshotTests.lines(history.demands, options) {
        wanted.match($0, options: options, worker: worker)
      }
      let first = zip(told, all).first { $0 != $1 }
      #expect(first == nil && told.count == all.count, "step \(step)")
      for platform in world.values {
        for line in platform.lines {
          #expect(engine.line(line.id).map(engine.platform) == platform.id)
        }
      }
      #expect(engine.line("none") == nil)
    }
    #expect(beside > 3, "the columns were made anew at nearly every step")
  }

  @Test("Ids of lines that meet across platforms: the smaller platform's line counts")
  func twins() throws {
    let world = World.random(seed: 91, platforms: 30)
    let asOf = world.asOf
    let taken = try #require(world.platforms[20].list("lines").first?["id"])
    var changed = world.platforms[3]
    changed["lines"] = .array(
      changed.list("lines").enumerated().map { place, line in
        var line = line
        if place == 0 { line["id"] = taken }
        return line
      })
    let before = Self.byID(world.read().platforms)
    // Read alone: among the others an id that stands twice is refused.
    let now = World.read(demand: world.demand, platforms: [changed]).platforms
    let (corpus, id, other) = (TestCorpus.shared, "P4", before[0].id)
    let after = Self.byID(before.filter { $0.id != id } + now)
    let engine = ColumnEngine(corpus: corpus, platforms: before, asOf: asOf)
      .replacing([id], by: now)
    let anew = ColumnEngine(corpus: corpus, platforms: after, asOf: asOf)
    // Taken back, and another platform after it.
    let back = engine.replacing([id], by: before.filter { $0.id == id })
      .replacing([other], by: before.filter { $0.id == other })
    let first = ColumnEngine(corpus: corpus, platforms: before, asOf: asOf)
    let (options, worker) = (Self.options(asOf, step: 2), Worker())
    let demands = world.read().demands
    for (own, wanted) in [(engine, anew), (back, first)] {
      let told = SnapshotTests.lines(demands, options) {
        own.match($0, options: options, worker: worker)
      }
      let all = SnapshotTests.lines(demands, options) {
        wanted.match($0, options: options, worker: worker)
      }
      #expect(told == all)
      #expect(own.count == wanted.count)
    }
  }
}
