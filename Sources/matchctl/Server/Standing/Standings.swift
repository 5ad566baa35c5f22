import Foundation
import Ledger
import Logging
import Matcher
import Synchronization

/// Keeps the published `Standing` and makes the next one beside running readers.
///
/// Readers take it once a request and keep it; publishing swaps one reference under a lock that is held
/// for nothing else. What is entered about demands, decisions and accounts is taken over at once; the
/// columns of lines are made anew in the background when a line changed, on a thread that gives way to
/// requests.
final class Standings: Sendable {
  private let ledger: Ledger
  private let tools: CorpusTools
  private let today: @Sendable () -> CivilDate
  private let logger: Logger
  private let metrics: Metrics
  private let current: Mutex<Standing>
  /// What stood before, until no request has it any more: giving a catalogue's memory back takes a while,
  /// and no request should be the one to do it.
  private let retired = Mutex<[(standing: Standing, at: ContinuousClock.Instant)]>([])
  private static let rest = Duration.seconds(5)
  /// Held while the next one is made, never by readers.
  private let making = Mutex(())
  /// Held while columns are made, so that older ones never follow newer ones.
  private let renewal = Mutex(())
  private let background: BackgroundThread
  private let renewing = Atomic(false)

  /// Whether columns are being made anew.
  var isRenewing: Bool { renewing.load(ordering: .relaxed) }

  /// Reads all of it. O(size of the records).
  convenience init(
    _ ledger: Ledger, corpus: Corpus, today: @escaping @Sendable () -> CivilDate, logger: Logger,
    metrics: Metrics
  ) throws {
    let (tools, asOf) = (CorpusTools(corpus), today())
    let first = try ledger.read { view in
      let reader = StandingReader(reader: view, tools: tools, asOf: asOf)
      return try reader.standing(Standing.Lines(reader.lines(), after: nil, corpus))
    }
    self.init(ledger, first, today, logger, metrics)
    gauges(first)
  }

  private init(
    _ ledger: Ledger, _ first: Standing, _ today: @escaping @Sendable () -> CivilDate,
    _ logger: Logger, _ metrics: Metrics
  ) {
    self.ledger = ledger
    tools = first.tools
    self.today = today
    self.logger = logger
    self.metrics = metrics
    current = Mutex(first)
    background = BackgroundThread(every: 0.5)
  }

  /// What stands now.
  func acquire() -> Standing {
    current.withLock { $0 }
  }

  /// Takes over what was entered since, but for lines, which follow in the background.
  func catchUp() throws {
    try making.withLock { _ in
      let before = acquire()
      guard before.asOf == today() else { return }
      let next = try ledger.read { view in
        try view.lastSeq() > before.generation
          ? reading(view, before.asOf).standing(after: before) : nil
      }
      if let next { publish(next) }
    }
  }

  /// Makes the columns anew if a line changed or a day has passed. Readers go on with the old ones.
  ///
  /// One at a time: who comes while they are made waits, and then sees what is still to be done.
  func renewLines() throws {
    try renewal.withLock { _ in try renew() }
  }

  private func renew() throws {
    let before = acquire()
    let asOf = today()
    let isDue = try ledger.read { view in
      try asOf != before.asOf || reading(view, asOf).changesLines(after: before.lines.seq)
    }
    guard isDue else { return }
    let start = ContinuousClock.now
    renewing.store(true, ordering: .relaxed)
    defer { renewing.store(false, ordering: .relaxed) }
    let read = try ledger.read { view in
      let reader = reading(view, asOf)
      return try asOf == before.asOf ? reader.lines(after: before.lines) : reader.lines()
    }
    // Outside of the view: columns take longer than reading, and a view holds a connection.
    let lines = Standing.Lines(read, after: before.lines, tools.corpus)
    try making.withLock { _ in
      let before = acquire()
      publish(
        try ledger.read { view in
          let reader = reading(view, asOf)
          guard asOf == before.asOf else { return try reader.standing(lines) }
          return try reader.standing(after: before).with(lines)
        })
    }
    let seconds = start.duration(to: .now) / .seconds(1)
    metrics.set("matchctl_lines_renewed_seconds", seconds)
    metrics.count("matchctl_lines_renewed_total")
    logger.info(
      "lines renewed",
      metadata: ["lines": "\(lines.engine.count)", "seconds": "\(seconds)"])
  }

  /// Watches the ledger until `stop`, for what this and other processes enter.
  func start() {
    background.start { [self] in
      do {
        try catchUp()
        try renewLines()
        letGo()
      } catch {
        metrics.count("matchctl_refresh_failures_total")
        logger.error("the ledger cannot be read now", metadata: ["kind": "\(type(of: error))"])
      }
    }
  }

  func stop() {
    background.stop()
    retired.withLock { $0 = [] }
  }

  /// Lets go of what stood long ago, outside of the lock.
  private func letGo() {
    let limit = ContinuousClock.now - Standings.rest
    var old: [Standing] = []
    retired.withLock { retired in
      old = retired.prefix { $0.at < limit }.map(\.standing)
      retired.removeFirst(old.count)
    }
    old.removeAll()
  }

  /// Has lines that changed taken over, waiting for it at most two seconds: a large catalogue goes on in the
  /// background.
  func settle() throws {
    guard background.isRunning else { return try renewLines() }
    let asOf = acquire().asOf
    var turns = 200
    while turns > 0,
      try ledger.read({ try reading($0, asOf).changesLines(after: acquire().lines.seq) })
    {
      background.wake()
      Thread.sleep(forTimeInterval: 0.01)
      turns -= 1
    }
  }

  private func reading(_ view: LedgerReader, _ asOf: CivilDate) -> StandingReader {
    StandingReader(reader: view, tools: tools, asOf: asOf)
  }

  private func publish(_ next: Standing) {
    let before = current.withLock { current in
      defer { current = next }
      return current
    }
    if background.isRunning { retired.withLock { $0.append((before, .now)) } }
    metrics.count("matchctl_snapshots_published_total")
    gauges(next)
  }

  private func gauges(_ standing: Standing) {
    metrics.set("matchctl_generation", Double(standing.generation))
    metrics.set("matchctl_lines", Double(standing.lines.engine.count))
    metrics.set("matchctl_demands", Double(standing.standingDemands))
  }
}
