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
    /// The listed lines and their expected scores.
    var check: UInt64 = 0
    /// Verdicts, and all that is given out of the listed pairs and the best one.
    var whole: UInt64 = 0

    mutating func add(_ scores: StageScores) {
      pairs += scores.verdicts.values.reduce(0, +)
      evaluated += scores.evaluated
      fitting += scores.matches.count
      for match in scores.matches {
        check = (check ^ UInt64(bitPattern: match.expected) ^ UInt64(match.line)) &* 0x100_0000_01B3
      }
      for verdict in Verdict.allCases { mix(Int64(scores.verdicts[verdict] ?? 0)) }
      for match in scores.matches + [scores.best].compactMap({ $0 }) { mix(match) }
      mix(Int64(scores.overseas))
    }

    private mutating func mix(_ match: PairScore) {
      mix(match.low)
      mix(match.expected)
      mix(match.high)
      mix(match.known)
      mix(match.weight)
      mix(Int64(match.line))
      mix(Int64(match.group) << 8 | Int64(match.questions))
    }

    private mutating func mix(_ value: Int64) {
      whole = (whole ^ UInt64(bitPattern: value)) &* 0x100_0000_01B3
    }

    mutating func add(_ other: Counts) {
      pairs += other.pairs
      evaluated += other.evaluated
      fitting += other.fitting
      check = (check ^ other.check) &* 0x100_0000_01B3
      mix(Int64(bitPattern: other.whole))
    }
  }

  func run() {
    let corpus = Corpus(.folder(options.corpus))
    let world = WorldP(seed: options.seed, corpus: corpus, folder: options.corpus)
    let (platforms, parse) = timed { () -> [Platform] in
      read(corpus, count: options.lines) { world.platform($0) }.platforms
    }
    let evaluator = Evaluator(corpus: corpus)
    let (lines, resolve) = timed {
      platforms.flatMap { platform in platform.lines.map { evaluator.resolve(platform, $0) } }
    }
    let (index, build) = timed { LineIndex(lines, corpus: corpus) }
    let (demands, parseDemands) = timed { () -> [Demand] in
      self.demands(0..<options.demands, corpus, world)
    }
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
    if wants("pairs") {
      work(stages, matching)
      for _ in 0..<options.passes {
        for threads in threads { match(stages, matching, threads) }
      }
    }
    if wants("reverse") { reverse(demands, matching, world, corpus) }
    if wants("change") { change(demands, platforms, world, corpus, asOf) }
    if wants("snapshot") { snapshot(platforms, demands, corpus, asOf) }
    stream(matching, world, corpus)
  }

  /// Whether a stage is to be run: all are, unless one is named.
  private func wants(_ stage: String) -> Bool {
    options.stage == nil || options.stage == stage
  }

  private var threads: [Int] {
    options.threads == 0 ? [1, 2] : [options.threads]
  }

  /// A new line against all standing demands.
  private func reverse(
    _ demands: [Demand], _ matching: Matching, _ world: WorldP, _ corpus: Corpus
  ) {
    let (standing, ready) = timed {
      StandingDemands(demands, home: matching, workers: .threads(2))
    }
    report("standing", ready, [("demands", standing.count)])
    let lines = (0..<20).map { number in
      read(corpus, count: 1) { _ in world.platform(options.lines + number) }.platforms[0]
    }
    for threads in threads {
      var hits = 0
      let before = PeerClock.process()
      let (_, seconds) = timed {
        for line in lines { hits += standing.hits(line, workers: .threads(threads)).count }
      }
      report(
        "reverse", seconds / Double(lines.count),
        [
          ("threads", threads), ("demands", standing.count), ("hits", hits / lines.count),
          ("cpuMicroseconds", Int((PeerClock.process() - before) * 1e6) / lines.count),
        ])
    }
  }

  /// One per cent of the lines and of the demands changed, a day on, against all made anew.
  private func change(
    _ demands: [Demand], _ platforms: [Platform], _ world: WorldP, _ corpus: Corpus,
    _ asOf: CivilDate
  ) {
    let before = PeerClock.process()
    let (run, full) = timed {
      StandingRun(
        demands: demands, platforms: platforms, corpus: corpus, asOf: asOf, workers: .threads(2))
    }
    let fullCPU = PeerClock.process() - before
    report(
      "full", full,
      [
        ("lines", platforms.count), ("demands", demands.count),
        ("cpuMilliseconds", Int(fullCPU * 1000)),
      ])
    func step(_ name: String, _ changed: [Platform], _ ids: Set<String>, _ day: CivilDate) {
      let before = PeerClock.process()
      var work = StandingRun.Work()
      let (_, seconds) = timed {
        work = run.advance(changed: changed, demands: (demands, ids), asOf: day)
      }
      let cpu = PeerClock.process() - before
      report(
        name, seconds,
        [
          ("lines", changed.count), ("demands", ids.count), ("scanned", work.scanned),
          ("touched", work.touched), ("compared", work.compared),
          ("cpuMilliseconds", Int(cpu * 1000)), ("permilleOfFull", Int(seconds / full * 1000)),
          ("permilleOfFullCPU", Int(cpu / fullCPU * 1000)),
        ])
    }
    let ids = Set(demands.indices.filter { $0 % 100 == 0 }.map { demands[$0].id })
    step("change", changed(platforms, world, corpus, from: 0), ids, asOf + 1)
    step("changeDay", [], [], asOf + 2)
    step("changeLines", changed(platforms, world, corpus, from: 1), [], asOf + 2)
    step("changeDemands", [], ids, asOf + 2)
  }

  /// One per cent of the platforms as others.
  private func changed(
    _ platforms: [Platform], _ world: WorldP, _ corpus: Corpus, from: Int
  ) -> [Platform] {
    let count = max(1, platforms.count / 100)
    return (0..<count).map { number -> Platform in
      let old = platforms[(from + number * 97) % platforms.count]
      var platform = read(corpus, count: 1) { _ in
        world.platform(options.lines + from * count + number)
      }.platforms[0]
      platform.id = old.id
      platform.lines[0].id = old.lines[0].id
      return platform
    }
  }

  /// Written, mapped, one demand answered.
  private func snapshot(
    _ platforms: [Platform], _ demands: [Demand], _ corpus: Corpus, _ asOf: CivilDate
  ) {
    let path = NSTemporaryDirectory() + "world-\(getpid()).snap"
    defer { unlink(path) }
    let files = Corpus.Files.folder(options.corpus)
    let (snapshot, build) = timed { Snapshot(platforms, corpus: corpus, files: files) }
    let (_, write) = timed { try? snapshot.write(to: path) }
    report("snapshotBuild", build, [("lines", platforms.count)])
    let bytes = snapshot.index.sections.all.reduce(0) { $0 + $1.bytes.count }
    report("snapshotWrite", write, [("bytes", bytes)])
    for verify in [false, true] {
      var found = 0
      let (_, open) = timed {
        guard
          let opened = try? Snapshot(
            opening: path, files: nil, verify: verify, workers: .threads(2))
        else { return }
        let engine = opened.engine(corpus, asOf: asOf)
        var options = MatchOptions(asOf: asOf)
        options.top = 10
        let results = engine.match(demands[0], options: options, worker: Worker())
        found = results.reduce(0) { $0 + $1.matches.count }
      }
      report("snapshotOpen", open, [("verified", verify ? 1 : 0), ("found", found)])
    }
  }

  /// Demands as text, read, matched and written as lines of JSON, in order.
  private func stream(_ matching: Matching, _ world: WorldP, _ corpus: Corpus) {
    let count = options.stream
    guard count > 0 else { return }
    let path = NSTemporaryDirectory() + "world-\(getpid()).jsonl"
    defer { unlink(path) }
    guard FileManager.default.createFile(atPath: path, contents: nil) else { return }
    guard let file = FileHandle(forWritingAtPath: path) else { return }
    var options = MatchOptions(asOf: matching.asOf)
    options.top = 20
    options.rows = .line
    let wanted = options
    let written = Atomic(0)
    let (_, seconds) = timed {
      Workers.threads(2).ordered(
        count, chunk: 4096, state: { Worker() },
        work: { range, worker in
          let demands = demands(range, corpus, world)
          var rows = [String](repeating: "", count: demands.count)
          matching.match(
            demands.map { matching.resolve($0, $0.stages[0]) }, options: wanted, counts: false,
            worker: worker
          ) { place, scores in
            guard let scores else { return }
            var out = "{\"demand\":\"\(demands[place].id)\",\"matches\":["
            for (place, match) in scores.matches.enumerated() {
              out += place == 0 ? "[" : ",["
              out += "\"\(matching.index.id(match.line))\",\"\(match.verdict.rawValue)\","
              out += "\(match.low),\(match.expected),\(match.high),\(match.weight)]"
            }
            rows[place] = out + "]}\n"
          }
          let out = rows.joined()
          return Data(out.utf8)
        },
        emit: { data in
          file.write(data)
          written.add(data.count, ordering: .relaxed)
          return true
        })
    }
    try? file.close()
    report(
      "stream", seconds,
      [
        ("demands", count), ("lines", matching.index.count),
        ("bytes", written.load(ordering: .relaxed)), ("peakMB", Int(PeerClock.memory("VmHWM"))),
      ])
  }

  /// Some demands, made and read.
  private func demands(_ range: Range<Int>, _ corpus: Corpus, _ world: WorldP) -> [Demand] {
    var reader = RecordReader(corpus: corpus)
    var text: [UInt8]? = range.flatMap { Array(world.demand($0).utf8) }
    try? reader.readDemands(
      {
        defer { text = nil }
        return text
      }, file: "demands.jsonl")
    return reader.demands
  }

  /// What the pairs cost in criteria and postings: counted in a pass of its own, as counting takes time.
  private func work(_ stages: [ResolvedStage], _ matching: Matching) {
    var options = MatchOptions(asOf: matching.asOf)
    options.top = 20
    options.rows = .line
    let wanted = options
    let all = Mutex(Worker.Counts())
    let (_, seconds) = timed {
      Workers.threads(2).ordered(
        stages.count, chunk: 64, state: { 0 },
        work: { range, _ in
          let worker = Worker.counting()
          for stage in stages[range] {
            _ = matching.match(stage, options: wanted, counts: false, worker: worker)
          }
          return worker.counts ?? Worker.Counts()
        },
        emit: { counts in
          all.withLock {
            $0.criteria += counts.criteria
            $0.postings += counts.postings
          }
          return true
        })
    }
    let counts = all.withLock { $0 }
    report(
      "pairsWork", seconds,
      [
        ("stages", stages.count), ("criteria", counts.criteria), ("postings", counts.postings),
      ])
  }

  private func match(_ stages: [ResolvedStage], _ matching: Matching, _ threads: Int) {
    var options = MatchOptions(asOf: matching.asOf)
    options.top = 20
    options.rows = .line
    let wanted = options
    let each = Mutex([Counts](repeating: Counts(), count: stages.count))
    let before = PeerClock.process()
    let (_, seconds) = timed {
      matching.match(stages, options: wanted, counts: false, workers: .threads(threads)) {
        place, scores in
        guard let scores else { return }
        var counts = Counts()
        counts.add(scores)
        each.withLock { $0[place] = counts }
      }
    }
    let cpu = PeerClock.process() - before
    let counts = each.withLock { $0.reduce(into: Counts()) { $0.add($1) } }
    report(
      "pairs", seconds,
      [
        ("threads", threads), ("pairs", counts.pairs), ("evaluated", counts.evaluated),
        ("kept", counts.fitting), ("pairsPerSecond", Int(Double(counts.pairs) / seconds)),
        ("cpuNanosecondsPerEvaluated", Int(cpu * 1e9 / Double(counts.evaluated))),
        ("evaluatedPerSecond", Int(Double(counts.evaluated) / seconds)),
        ("check", Int(truncatingIfNeeded: counts.check & 0xFFFF_FFFF)),
        ("checkWhole", Int(truncatingIfNeeded: counts.whole & 0xFFFF_FFFF)),
      ])
  }

  private func read(
    _ corpus: Corpus, count: Int, _ record: @escaping (Int) -> String
  ) -> RecordReader {
    var reader = RecordReader(corpus: corpus)
    var number = 0
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
