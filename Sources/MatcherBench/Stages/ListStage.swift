import Matcher
import TableFiles

/// Bytes of a park list of 100,000 rows (small: 10,000) into rows with codes and demand records.
enum ListStage: Stage {
  static let name = "list"

  private final class Counter {
    var actions: [ListRow.Action: Int] = [:]
    /// Rows told to be like an earlier one.
    var twins = 0
  }

  static func prepare(_ workload: Workload) { _ = workload.list }

  static func run(_ workload: Workload) -> [(String, Int)] {
    let list = workload.list
    let counter = Counter()
    var reader = ListReader(
      corpus: workload.corpus, options: .init(asOf: CivilDate(dayNumber: 20_779))
    ) { row in
      counter.actions[row.action, default: 0] += 1
      if row.findings.contains(where: { $0.code.hasSuffix("twin") }) { counter.twins += 1 }
    }
    var start = 0
    let source: ByteSource = {
      guard start < list.bytes.count else { return nil }
      let end = min(list.bytes.count, start + 1 << 20)
      defer { start = end }
      return Array(list.bytes[start..<end])
    }
    do {
      let file = try TableFile.open(source, name: "list.csv", corpus: workload.corpus)
      _ = try file.read(into: &reader)
    } catch {
      MatcherBench.fail("reading the generated list stopped: \(error)")
    }
    return [("bytes", list.bytes.count), ("rows", list.rows), ("twins", counter.twins)]
      + ListRow.Action.allCases.map { ($0.rawValue, counter.actions[$0] ?? 0) }
  }
}
