import Matcher
import MatcherEngine

/// From the bytes of records to lines of JSON: read, indexed, matched, the best ten of each demand made whole and written.
enum EndToEndStage: Stage {
  static let name = "endToEnd"

  static func prepare(_ workload: Workload) { _ = workload.world.platformBytes }

  static func run(_ workload: Workload) -> [(String, Int)] {
    let world = workload.world
    let reader = world.read()
    let engine = ColumnEngine(
      corpus: world.corpus, platforms: reader.platforms, asOf: WorldLoad.asOf)
    let worker = Worker()
    let record = MatchRecord(corpus: world.corpus, language: .english)
    var matches = 0
    var bytes = 0
    for demand in reader.demands {
      let results = engine.match(demand, options: WorldLoad.options(10), worker: worker)
      for result in results {
        for (place, match) in result.matches.enumerated() {
          bytes += JSONWriter.line(record.json(match, rank: place + 1)).utf8.count
          matches += 1
        }
      }
    }
    return [
      ("bytesRead", world.platformBytes.count + world.demandBytes.count),
      ("lines", engine.count), ("demands", reader.demands.count),
      ("matches", matches), ("bytesWritten", bytes),
    ]
  }
}
