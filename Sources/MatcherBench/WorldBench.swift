import Dispatch
import Foundation
import Matcher
import MatcherEngine
import MatcherIndex
import Synchronization

/// World P from records to ranked pairs, with the counts beside the times.
struct WorldBench {
  let options: BenchOptions

  private struct Counts {
    var pairs = 0
    var evaluated = 0
    var fitting = 0
    var check: UInt64 = 0

    mutating func add(_ scores: StageScores) {
      pairs += scores.verdicts.values.reduce(0, +)
      evaluated += scores.evaluated
      fitting += scores.matches.count
      for match in scores.matches {
        check = (check ^ UInt64(bitPattern: match.expected) ^ UInt64(match.line)) &* 0x100_0000_01B3
      }
    }

    mutating func add(_ other: Counts) {
      pairs += other.pairs
      evaluated += other.evaluated
      fitting += other.fitting
      check = (check ^ other.check) &* 0x100_0000_01B3
    }
  }

  func run() {
    let corpus = Corpus(.folder(options.corpus))
    let world = WorldP(seed: options.seed, corpus: corpus, folder: options.corpus)
    let (platforms, parse) = timed { read(corpus) { world.platform($0) }.platforms }
    let evaluator = Evaluator(corpus: corpus)
    let (lines, resolve) = timed {
      platforms.flatMap { platform in platform.lines.map { evaluator.resolve(platform, $0) } }
    }
    let (index, build) = timed { LineIndex(lines, corpus: corpus) }
    let (demands, parseDemands) = timed { readDemands(corpus, world) }
    let asOf = CivilDate(dayNumber: 20_779)
    let matching = Matching(index, corpus: corpus, asOf: asOf)
    let (stages, resolveDemands) = timed {
      demands.map { matching.resolve($0, $0.stages[0]) }
    }
    report("parse", parse, [("lines", lines.count)])
    report("resolveLines", resolve, [("lines", lines.count)])
    report("build", build, [("lines", index.count), ("rows", index.rows)])
    report("parseDemands", parseDemands, [("demands", demands.count)])
    report("resolveDemands", resolveDemands, [("demands", stages.count)])
    for threads in [1, 2] { match(stages, matching, threads) }
  }

  private func match(_ stages: [ResolvedStage], _ matching: Matching, _ threads: Int) {
    var options = MatchOptions(asOf: matching.asOf)
    options.top = 20
    options.rows = .line
    let wanted = options
    let total = Mutex(Counts())
    let (_, seconds) = timed {
      Workers.threads(threads).ordered(
        stages.count, chunk: 16, state: { Worker() },
        work: { range, worker in
          var counts = Counts()
          for place in range {
            if let scores = matching.match(
              stages[place], options: wanted, counts: false, worker: worker)
            {
              counts.add(scores)
            }
          }
          return counts
        },
        emit: { counts in
          total.withLock { $0.add(counts) }
          return true
        })
    }
    let counts = total.withLock { $0 }
    report(
      "pairs", seconds,
      [
        ("threads", threads), ("pairs", counts.pairs), ("evaluated", counts.evaluated),
        ("kept", counts.fitting), ("pairsPerSecond", Int(Double(counts.pairs) / seconds)),
        ("evaluatedPerSecond", Int(Double(counts.evaluated) / seconds)),
        ("check", Int(truncatingIfNeeded: counts.check & 0xFFFF_FFFF)),
      ])
  }

  private func readDemands(_ corpus: Corpus, _ world: WorldP) -> [Demand] {
    var reader = RecordReader(corpus: corpus)
    var number = 0
    let count = options.demands
    try? reader.readDemands(
      {
        guard number < count else { return nil }
        defer { number += 1 }
        return Array(world.demand(number).utf8)
      }, file: "demands.jsonl")
    return reader.demands
  }

  private func read(_ corpus: Corpus, _ record: @escaping (Int) -> String) -> RecordReader {
    var reader = RecordReader(corpus: corpus)
    var number = 0
    let count = options.lines
    try? reader.readPlatforms(
      {
        guard number < count else { return nil }
        defer { number += 1 }
        return Array(record(number).utf8)
      }, file: "platforms.jsonl")
    if let issue = reader.issues.first { print("first issue:", issue) }
    return reader
  }

  private func timed<Value>(_ body: () -> Value) -> (Value, Double) {
    let clock = ContinuousClock()
    let begin = clock.now
    let value = body()
    let time = (clock.now - begin).components
    return (value, Double(time.seconds) + Double(time.attoseconds) / 1e18)
  }

  private func report(_ name: String, _ seconds: Double, _ counts: [(String, Int)]) {
    var object = JSONObject([
      ("type", .string("stage")), ("name", .string("worldP.\(name)")),
      ("seconds", .number((seconds * 1e4).rounded() / 1e4)),
    ])
    object["counts"] = .object(JSONObject(counts.map { ($0.0, .integer($0.1)) }))
    print(JSONWriter.line(.object(object)))
  }
}

extension Workers {
  /// Threads of the system's pool.
  static func threads(_ count: Int) -> Workers {
    Workers(count: count) { parts, body in
      DispatchQueue.concurrentPerform(iterations: parts, execute: body)
    }
  }
}
