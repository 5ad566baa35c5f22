// Proves the rules of `Concurrency.md`, on threads that hold one another until all are at work:
// 1. The same bytes for 1, 2 and 8 threads that share an index, a matching and its distances.
// 2. Readers go on, each with the snapshot it took, while a writer publishes the next at the same
//    path; whoever opens the path gets one whole snapshot or the other.
// 3. Stopping hands out nothing more and begins no further chunk.
// 4. A file is verified by several threads as by one, and all read its mapping at once.
//
// `.ci/soak tsan` runs this under the thread sanitizer; SOAK_SCALE makes it longer (1: a hundredfold).

import Foundation
import Matcher
import MatcherIndex
import MatcherTestSupport
import Synchronization
import Testing

@testable import MatcherEngine

@Suite struct ConcurrencyTests {
  private static let scale =
    ProcessInfo.processInfo.environment["SOAK_SCALE"].flatMap(Double.init) ?? 0.01
  private static let corpus = TestCorpus.shared

  private static func scaled(_ full: Int, least: Int) -> Int {
    max(least, Int(Double(full) * scale))
  }

  // MARK: The same bytes

  /// Demands of many worlds against the platforms of some.
  private struct Market: Sendable {
    let platforms: [Platform]
    let demands: [Demand]
    let asOf: CivilDate

    init(seed: UInt64, platforms: Int, demands: Int) {
      let world = World.random(seed: seed, platforms: platforms)
      self.platforms = world.read().platforms
      asOf = world.asOf
      self.demands = (0..<UInt64(demands)).flatMap { number in
        World.random(seed: seed &+ 1 &+ number, platforms: 0).read().demands
      }
    }
  }

  /// What one worker keeps: its memory, and whether it has met the others.
  private final class Station {
    let worker = Worker()
    var hasMet = false
  }

  /// Every pair of every demand, and the explained best, as text in the order of the demands.
  ///
  /// No worker goes on from its first chunk before all have begun theirs.
  private static func results(
    _ market: Market, _ index: LineIndex, _ lines: @escaping ColumnEngine.Lines, threads: Int
  ) -> [String] {
    let matching = Matching(index, corpus: corpus, asOf: market.asOf)
    let engine = ColumnEngine(matching, lines: lines)
    let meeting = Barrier(threads)
    let all = Mutex<[String]>([])
    let workers = threads == 1 ? Workers.one : OverlappingThreads.workers(threads)
    let wasWhole = workers.ordered(
      market.demands.count, chunk: 3, state: { Station() },
      work: { range, station in
        if !station.hasMet { meeting.wait() }
        station.hasMet = true
        return range.map { text(market.demands[$0], engine, market.asOf, station.worker) }
      },
      emit: { texts in
        all.withLock { $0 += texts }
        return true
      })
    #expect(wasWhole)
    return all.withLock { $0 }
  }

  private static func text(
    _ demand: Demand, _ engine: ColumnEngine, _ asOf: CivilDate, _ worker: Worker
  ) -> String {
    var options = MatchOptions(asOf: asOf)
    options.top = 1000
    options.rows = .line
    options.includesConflict = true
    let matching = engine.matching
    var text = ""
    for stage in demand.stages {
      let scores = matching.match(
        matching.resolve(demand, stage), options: options, counts: true, worker: worker)
      for score in scores?.matches ?? [] { text += "\(score)\n" }
      for removed in (scores?.removed ?? [:]).map({ "\($0) \($1)" }).sorted() { text += removed }
    }
    options.top = 2
    let record = MatchRecord(corpus: corpus, language: .english)
    for result in engine.match(demand, options: options, worker: worker) {
      for (place, match) in result.matches.enumerated() {
        text += JSONWriter.line(record.fullJSON(match, rank: place + 1)) + "\n"
      }
    }
    return text
  }

  @Test("the same bytes for 1, 2 and 8 threads", arguments: [UInt64(1), 20_000])
  func sameBytes(seed: UInt64) {
    let market = Market(
      seed: seed, platforms: 24, demands: Self.scaled(20_000, least: 200))
    let evaluator = MatchEngine(corpus: Self.corpus, platforms: market.platforms)
    let index = LineIndex(evaluator.lines, corpus: Self.corpus)
    let byID = Dictionary(evaluator.lines.map { ($0.line.id, $0) }) { first, _ in first }
    let lines: ColumnEngine.Lines = { byID[index.id($0)] }
    let wanted = Self.results(market, index, lines, threads: 1)
    #expect(wanted.count == market.demands.count && wanted.allSatisfy { !$0.isEmpty })
    for threads in [2, 8] {
      let found = Self.results(market, index, lines, threads: threads)
      let first = zip(wanted, found).enumerated().first { $1.0 != $1.1 }?.offset
      #expect(found.count == wanted.count && first == nil, "\(threads) threads, seed \(seed)")
    }
  }

  // MARK: Readers and a writer

  private static func snapshot(_ market: Market, _ name: String) -> Snapshot {
    Snapshot(
      market.platforms, corpus: corpus, files: .folder(CorpusFiles.root.path),
      notes: [("generation", name)])
  }

  @Test("readers keep what they took while a writer publishes at the same path")
  func publishing() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("catalogue.snapshot")
    let markets = [9, 90].map { Market(seed: UInt64($0), platforms: $0 / 9 + 3, demands: 4) }
    let snapshots = zip(markets, ["even", "odd"]).map { Self.snapshot($0, $1) }
    let (demands, asOf) = (markets[0].demands, markets[0].asOf)
    let answer: @Sendable (Snapshot, Worker) -> [String] = { snapshot, worker in
      let engine = snapshot.engine(Self.corpus, asOf: asOf)
      return demands.map { Self.text($0, engine, asOf, worker) }
    }
    let wanted = snapshots.map { answer($0, Worker()) }
    #expect(wanted[0] != wanted[1])
    try snapshots[0].write(to: path)
    let published = Mutex(try Snapshot(opening: path, files: nil, verify: true))
    let isDone = Atomic(false)
    let problems = Mutex<[String]>([])
    let reads = Atomic(0)
    let rounds = Self.scaled(2_000, least: 24)
    OverlappingThreads.run(4) { part in
      do {
        if part == 0 {
          defer { isDone.store(true, ordering: .releasing) }
          for round in 1...rounds {
            try snapshots[round % 2].write(to: path)
            let next = try Snapshot(opening: path, files: nil, verify: false)
            published.withLock { $0 = next }
          }
          return
        }
        let worker = Worker()
        repeat {
          let taken = published.withLock { $0 }
          let opened = try Snapshot(opening: path, files: nil, verify: true)
          for snapshot in [taken, opened, taken] {
            let place = snapshot.manifest["generation"] == "even" ? 0 : 1
            if answer(snapshot, worker) != wanted[place] {
              problems.withLock { $0.append("another answer of generation \(place)") }
            }
          }
          reads.wrappingAdd(1, ordering: .relaxed)
        } while !isDone.load(ordering: .acquiring)
      } catch {
        problems.withLock { $0.append("part \(part): \(error)") }
      }
    }
    #expect(problems.withLock { $0 } == [])
    #expect(reads.load(ordering: .relaxed) >= 3)
    #expect(folder.names == ["catalogue.snapshot"])
  }

  // MARK: Stopping

  @Test("stopping hands out nothing more and begins no further chunk", arguments: [1, 2, 8])
  func stopping(threads: Int) {
    let workers = threads == 1 ? Workers.one : OverlappingThreads.workers(threads)
    let isStopped = Atomic(false)
    let begun = Atomic(0)
    let handed = Mutex<[Int]>([])
    let wasWhole = workers.ordered(
      100_000, chunk: 5, state: { 0 },
      work: { range, _ in
        begun.wrappingAdd(1, ordering: .relaxed)
        // What lies far ahead ends only when all is stopped, so that nobody can run through it.
        while range.lowerBound >= 320, !isStopped.load(ordering: .acquiring) { sched_yield() }
        return range.lowerBound
      },
      emit: { first in
        let count = handed.withLock { handed in
          handed.append(first)
          return handed.count
        }
        guard count == 10 else { return true }
        isStopped.store(true, ordering: .releasing)
        return false
      })
    #expect(!wasWhole)
    #expect(handed.withLock { $0 } == (0..<10).map { $0 * 5 })
    #expect(begun.load(ordering: .relaxed) <= 64 + threads)
  }

  @Test("results come in order, never two at a time, however long each takes")
  func order() {
    let handed = Mutex<[Int]>([])
    let inside = Atomic(0)
    OverlappingThreads.workers(8).ordered(
      500, chunk: 7, state: { 0 },
      work: { range, _ in
        for _ in 0..<(range.lowerBound * 7919 % 64) { sched_yield() }
        return Array(range)
      },
      emit: { items in
        #expect(inside.wrappingAdd(1, ordering: .relaxed).newValue == 1)
        handed.withLock { $0 += items }
        inside.wrappingSubtract(1, ordering: .relaxed)
        return true
      })
    #expect(handed.withLock { $0 } == Array(0..<500))
  }

  // MARK: One mapping

  @Test("several threads verify a file as one does")
  func verifying() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("catalogue.snapshot")
    let market = Market(seed: 5, platforms: 6, demands: 1)
    try Self.snapshot(market, "one").write(to: path)
    let eight = OverlappingThreads.workers(8)
    let whole = try SectionFile.open(path, verify: true, workers: eight)
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let last = whole.sections.all.filter { $0.count > 0 }.suffix(3)
    for section in last {
      bytes.withUnsafeMutableBytes { all in
        guard let start = section.bytes.baseAddress, let first = whole.sections.all.first,
          let base = first.bytes.baseAddress
        else { return }
        // The sections lie in one mapping.
        all[base.distance(to: start) + Self.begin(all)] ^= 1
      }
    }
    let broken = try folder.file("broken", bytes)
    for workers in [Workers.one, eight] {
      do throws(SectionFileError) {
        _ = try SectionFile.open(broken, verify: true, workers: workers)
        Issue.record("a damaged file was opened")
      } catch {
        #expect(error == .damaged(broken, part: last.first?.name ?? ""))
      }
    }
  }

  /// Where the first section of a file begins.
  private static func begin(_ file: UnsafeMutableRawBufferPointer) -> Int {
    Int(file.loadUnaligned(fromByteOffset: 64 + 24, as: UInt64.self))
  }
}
