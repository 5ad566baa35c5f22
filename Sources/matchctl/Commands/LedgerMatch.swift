import ArgumentParser
import Brokerage
import Ledger
import Matcher
import MatcherEngine
import RecordFiles

/// Matches out of a ledger: what stands, with the answers that count and without declined pairs; and
/// records what was shown to whom, at which rank.
struct LedgerMatch {
  let ledger: Ledger
  /// Who sees the result.
  let viewer: String
  /// Empty: all that stand.
  let demands: [String]
  let corpus: Corpus
  let options: MatchOptions
  let language: Language

  /// Whether any demand has a match, and whether any has none.
  func run(_ writer: MatchWriter) throws -> (anyMatch: Bool, anyUnmatched: Bool) {
    let (world, declined) = try ledger.read { reader in
      (
        try StandingWorld.read(reader, corpus: corpus, asOf: options.asOf),
        try Declined.read(reader, corpus: corpus, asOf: options.asOf)
      )
    }
    let wanted = try chosen(world)
    let matches = StandingMatches(world, declined: declined, corpus: corpus)
    let worker = Worker()
    var writer = writer
    var (anyMatch, anyUnmatched, hidden) = (false, false, 0)
    writer.begin()
    // Nothing is shown before it is kept that it is: a transaction for some demands at a time.
    for start in stride(from: 0, to: wanted.count, by: 64) {
      let found = wanted[start..<min(start + 64, wanted.count)].map {
        matches.match($0, options: options, worker: worker)
      }
      try record(found.flatMap(\.results).map { row($0, writer.listed($0)) })
      for (results, declined) in found {
        hidden += declined
        for result in results {
          let fits = result.matches.contains { $0.verdict != .conflict }
          anyMatch = anyMatch || fits
          anyUnmatched = anyUnmatched || !fits
        }
        writer.write(results, asOf: options.asOf)
      }
    }
    writer.end(asOf: options.asOf)
    if hidden > 0 {
      Output.error(corpus.texts.text("match.declined", language, ["count": "\(hidden)"]))
    }
    return (anyMatch, anyUnmatched)
  }

  private func record(_ shown: [Shown]) throws {
    let seen = shown.filter { !$0.rows.isEmpty }
    guard !seen.isEmpty else { return }
    try ledger.write(by: viewer) { pen in
      for entry in seen { try pen.append(.shown, entry.demand, entry.json) }
    }
  }

  private func chosen(_ world: StandingWorld) throws -> [Demand] {
    guard !demands.isEmpty else {
      guard !world.demands.isEmpty else {
        throw CommandError.input("no published demand stands on \(options.asOf)")
      }
      return world.demands
    }
    return try demands.map { id in
      if let demand = world.demands.first(where: { $0.id == id }) { return demand }
      throw CommandError.input(
        "demand '\(id)' is not published on \(options.asOf); see matchctl history \(id)")
    }
  }

  private func row(_ result: StageResult, _ listed: [Evaluation]) -> Shown {
    Shown(
      demand: result.demand.id, stage: result.stage.id, to: viewer, run: nil,
      rows: listed.enumerated().map { place, match in
        Shown.Row(platform: match.line.platform.id, line: match.line.line.id, rank: place + 1)
      })
  }
}
