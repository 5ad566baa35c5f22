import Foundation
import MatcherIndex

/// What one benchmark asks of the engine: an index from its files, and the ten best for a query.
///
/// Both peers are mappings of a benchmark's own scoring on `MatcherIndex`; they hold no searching of
/// their own.
protocol PeerEngine: AnyObject, Sendable {
  /// How the engine answers, in a sentence.
  var note: String { get }
  var queryCount: Int { get }
  var byteCount: Int { get }
  init(data: String, workers: Workers) throws
  /// The ten best of a query, numbered in file order. Any thread, with a scratch of its own.
  func best(_ query: Int, scratch: PeerScratch) -> [Hit]
}

/// The working memory of a thread that answers queries.
final class PeerScratch {
  let postings = PostingScratch()
  private var buffers: [BitmapBuffer] = []

  /// The set of a number, kept from query to query with whatever it holds.
  func buffer(_ number: Int, limit: Int) -> BitmapBuffer {
    while buffers.count <= number { buffers.append(BitmapBuffer(limit: limit)) }
    return buffers[number]
  }
}

/// The line protocol of the peers' benchmark: one request a line in, one JSON value a line out.
enum PeerCommand {
  static let kinds = ["lexical", "hybrid"]

  static func run(_ kind: String, data: String) {
    switch kind {
    case "lexical": PeerServer<LexicalPeer>(data: data).serve()
    case "hybrid": PeerServer<HybridPeer>(data: data).serve()
    default: MatcherBench.fail("no peer '\(kind)'; there are \(kinds.joined(separator: ", "))")
    }
  }

  /// All cores of this machine.
  static let workers = Workers(count: ProcessInfo.processInfo.activeProcessorCount) { parts, body in
    DispatchQueue.concurrentPerform(iterations: parts, execute: body)
  }
}

/// Answers requests for one engine until the input ends.
final class PeerServer<Engine: PeerEngine> {
  private let data: String
  private var engine: Engine?
  private let scratch = PeerScratch()

  init(data: String) {
    self.data = data
  }

  func serve() {
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      guard words.first != "quit" else { return }
      let line: String
      do { line = try answer(words) } catch { line = "{\"error\": \"\(error)\"}" }
      FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
  }

  private func answer(_ words: [String]) throws -> String {
    let numbers = words.dropFirst().map { Int($0) ?? 0 }
    switch (words.first, numbers.count) {
    case ("build", 0): return try build()
    case ("lat", 1): return try latencies(numbers[0])
    case ("batch", 2): return try batch(threads: max(1, numbers[0]), numbers[1])
    case ("res", 1): return try results(numbers[0])
    default: throw PeerError.request
    }
  }

  private func build() throws -> String {
    let (start, used) = (PeerClock.wall(), PeerClock.process())
    let engine = try Engine(data: data, workers: PeerCommand.workers)
    let (seconds, cpu) = (PeerClock.wall() - start, PeerClock.process() - used)
    let peak = PeerClock.memory("VmHWM")
    self.engine = engine
    for query in 0..<min(3, engine.queryCount) { _ = engine.best(query, scratch: scratch) }
    return "{\"build_s\": \(seconds), \"build_cpu_s\": \(cpu), \"index_mb\": "
      + "\(Double(engine.byteCount) / 1e6), \"rss_mb\": \(peak), \"note\": \"\(engine.note)\"}"
  }

  private func ready() throws -> Engine {
    guard let engine, engine.queryCount > 0 else { throw PeerError.notBuilt }
    return engine
  }

  private func latencies(_ count: Int) throws -> String {
    let engine = try ready()
    var (wall, cpu): ([Double], [Double]) = ([], [])
    for number in 0..<count {
      let (start, used) = (PeerClock.wall(), PeerClock.thread())
      _ = engine.best(number % engine.queryCount, scratch: scratch)
      cpu.append((PeerClock.thread() - used) * 1e3)
      wall.append((PeerClock.wall() - start) * 1e3)
    }
    let figures = [("cpu_p", cpu), ("p", wall)].flatMap { name, values in
      [50, 95, 99].map { "\"\(name)\($0)\": \(Self.percentile($0, values))" }
    }
    return "{\(figures.joined(separator: ", "))}"
  }

  private func batch(threads: Int, _ count: Int) throws -> String {
    let engine = try ready()
    let (start, used) = (PeerClock.wall(), PeerClock.process())
    PeerThreads.run(threads, count) { number, scratch in
      _ = engine.best(number % engine.queryCount, scratch: scratch)
    }
    let (seconds, cpu) = (PeerClock.wall() - start, PeerClock.process() - used)
    return "{\"qps\": \(Double(count) / seconds), \"cpu_ms\": \(cpu / Double(count) * 1e3), "
      + "\"cores\": \(cpu / seconds), \"rss_now\": \(PeerClock.memory("VmRSS"))}"
  }

  private func results(_ count: Int) throws -> String {
    let engine = try ready()
    let all = (0..<count).map { number in
      let hits = engine.best(number % engine.queryCount, scratch: scratch)
      let scores = hits.map { String($0.score) }.joined(separator: ", ")
      return "[[\(hits.map { String($0.document) }.joined(separator: ", "))], [\(scores)]]"
    }
    return "[\(all.joined(separator: ", "))]"
  }

  /// The linearly interpolated percentile.
  private static func percentile(_ percent: Int, _ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard sorted.count > 1 else { return sorted.first ?? 0 }
    let place = Double(percent) / 100 * Double(sorted.count - 1)
    let low = min(Int(place), sorted.count - 2)
    return sorted[low] + (sorted[low + 1] - sorted[low]) * (place - Double(low))
  }
}

enum PeerError: Error {
  case request
  case notBuilt
  case unreadable(String)
}
