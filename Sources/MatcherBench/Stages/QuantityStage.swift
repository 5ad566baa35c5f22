import Matcher

/// Prose into quantities on one core: the texts of the synthetic catalogue and the sample demands,
/// and the phrases of the golden cases.
///
/// Counts say how much text it was and how many blocks of memory were taken for it (`allocations`, and
/// per 1,024 bytes of text). Not measured: reading the files.
enum QuantityStage: Stage {
  static let name = "quantity"

  static func run(_ workload: Workload) -> [(String, Int)] {
    let reader = QuantityReader(corpus: workload.corpus)
    let asOf = CivilDate(dayNumber: 20_778)
    var quantities = 0
    var doubts = 0
    var bytes = 0
    func readAll() {
      for text in workload.prose {
        let reading = reader.read(text, asOf: asOf)
        quantities += reading.quantities.count
        doubts += reading.doubts.count
        bytes += text.utf8.count
      }
    }
    readAll()
    return [("bytes", bytes), ("quantities", quantities), ("doubts", doubts)]
  }

  /// Allocations of one pass and per KiB of text; outside the clock.
  static func extras(_ workload: Workload) -> [(String, Int)] {
    let reader = QuantityReader(corpus: workload.corpus)
    let asOf = CivilDate(dayNumber: 20_778)
    var bytes = 0
    let allocations = AllocationCounter.count {
      for text in workload.prose {
        _ = reader.read(text, asOf: asOf)
        bytes += text.utf8.count
      }
    }
    guard bytes > 0 else { return [] }
    return [("allocations", allocations), ("allocations_per_KiB", allocations * 1024 / bytes)]
  }
}
