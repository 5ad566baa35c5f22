import Matcher
import Synchronization

/// Readings of lists that were asked for lately, so that paging through rows reads a file once. At most
/// `capacity`; a correction or another day makes a new one.
final class ListReadings: Sendable {
  private static let capacity = 8
  private let kept = Mutex<[(key: String, reading: ListReading)]>([])

  /// The reading of a list in the language asked; other work goes on meanwhile.
  func reading(_ list: KeptList, _ call: Call, _ spool: ListSpool) async throws -> ListReading {
    let key = [
      list.id, list.sha256, JSONWriter.line(.object(list.json)), call.language.rawValue,
      "\(call.standing.asOf)",
    ].joined(separator: "\n")
    if let found = kept.withLock({ $0.first { $0.key == key }?.reading }) { return found }
    let (tools, asOf, language) = (call.standing.tools, call.standing.asOf, call.language)
    let reading = try await Blocking.run {
      try ListReading.read(
        spool.bytes(list.id), list, tools: tools, asOf: asOf, language: language)
    }
    kept.withLock { kept in
      kept.append((key, reading))
      if kept.count > ListReadings.capacity { kept.removeFirst() }
    }
    return reading
  }
}
