import Matcher

/// A random demand and random platforms as JSON records, read through `RecordReader` like any list.
///
/// The same seed gives the same world. Values lie around one base value a key, so that all verdicts
/// occur.
package struct World {
  package let seed: UInt64
  package var asOf: CivilDate
  package var demand: JSONValue
  /// Each with its lines.
  package var platforms: [JSONValue]
  /// The broker's weights.
  package var preferred: [String: Int]

  package static func random(seed: UInt64, platforms count: Int = 4) -> World {
    var maker = RecordMaker(seed: seed)
    let demand = maker.demand()
    let platforms = (0..<count).map {
      maker.platform(number: $0 + 1, lines: maker.random.int(1...2))
    }
    var preferred: [String: Int] = [:]
    if maker.random.chance(30) {
      for part in ["service", "specs", "window", "price", "dew_point"] where maker.random.chance(50)
      {
        preferred[part] = maker.random.int(0...60)
      }
    }
    return World(
      seed: seed, asOf: maker.asOf, demand: demand, platforms: platforms, preferred: preferred)
  }

  /// The demand with each line alone, its platform around it.
  package var pairs: [Pair] {
    platforms.flatMap { platform in
      platform.list("lines").map { line in
        var alone = platform
        alone["lines"] = .array([line])
        return Pair(demand: demand, platform: alone, asOf: asOf, preferred: preferred)
      }
    }
  }

  package func read() -> RecordReader {
    World.read(demand: demand, platforms: platforms)
  }

  /// Every stage against every line, by stage, in ranking order; `records` are the world's own if
  /// already read.
  package func results(
    of records: RecordReader? = nil, _ change: (inout MatchOptions) -> Void = { _ in }
  ) -> [StageResult] {
    var options = MatchOptions(asOf: asOf)
    options.top = 1_000_000
    options.rows = .line
    options.includesConflict = true
    options.preferred = preferred
    change(&options)
    let reader = records ?? read()
    let engine = MatchEngine(corpus: TestCorpus.shared, platforms: reader.platforms)
    return reader.demands.flatMap { engine.match($0, options: options) }
  }

  package static func read(demand: JSONValue, platforms: [JSONValue]) -> RecordReader {
    var reader = RecordReader(
      corpus: TestCorpus.shared, options: RecordReader.Options(), tools: TestCorpus.tools)
    var demands: [UInt8]? = Array(JSONWriter.line(demand).utf8)
    try? reader.readDemands(
      {
        defer { demands = nil }
        return demands
      }, file: "demands.jsonl")
    var lines: [UInt8]? = Array(platforms.map { JSONWriter.line($0) + "\n" }.joined().utf8)
    try? reader.readPlatforms(
      {
        defer { lines = nil }
        return lines
      }, file: "platforms.jsonl")
    return reader
  }
}

/// One demand and one platform with one line.
package struct Pair {
  package var demand: JSONValue
  package var platform: JSONValue
  package var asOf: CivilDate
  package var preferred: [String: Int]

  package init(
    demand: JSONValue, platform: JSONValue, asOf: CivilDate, preferred: [String: Int] = [:]
  ) {
    self.demand = demand
    self.platform = platform
    self.asOf = asOf
    self.preferred = preferred
  }

  /// The line's record; setting it replaces the platform's only line.
  package var line: JSONValue {
    get { platform.list("lines").first ?? .null }
    set { platform["lines"] = .array([newValue]) }
  }

  package func with(line: JSONValue) -> Pair {
    var copy = self
    copy.line = line
    return copy
  }

  package func with(demand: JSONValue) -> Pair {
    var copy = self
    copy.demand = demand
    return copy
  }

  /// One evaluation a stage, in the demand's order.
  package func evaluations(asOf date: CivilDate? = nil) -> [Evaluation] {
    let world = World(
      seed: 0, asOf: date ?? asOf, demand: demand, platforms: [platform], preferred: preferred)
    return world.results().flatMap(\.matches)
  }

  /// Both records on two lines, for a failure's report.
  package var text: String {
    JSONWriter.line(demand) + "\n" + JSONWriter.line(platform) + "\nas of \(asOf)"
  }
}
