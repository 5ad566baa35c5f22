import Matcher

/// Prose into quantities on one core: the texts of the synthetic catalogue and the sample demands,
/// and the phrases of the golden cases.
///
/// Not measured: reading the files. Allocations are counted from outside, see the README.
enum QuantityStage: Stage {
  static let name = "quantity"

  static func prepare(_ workload: Workload) { _ = workload.prose }

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
}
