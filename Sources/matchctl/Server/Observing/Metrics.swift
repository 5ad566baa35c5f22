import Matcher
import Synchronization

/// Counters, gauges and times as Prometheus reads them. Labels are names of operations, roles and
/// codes: never anything that a record or a request states.
final class Metrics: Sendable {
  private struct Histogram {
    var counts = [Int](repeating: 0, count: Metrics.bounds.count)
    var sum = 0.0
    var count = 0
  }

  private struct State {
    var counters: [String: Int] = [:]
    var gauges: [String: Double] = [:]
    var times: [String: Histogram] = [:]
  }

  /// Upper bounds in seconds.
  private static let bounds = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ]
  private let state = Mutex(State())

  func count(_ name: String, _ labels: [(String, String)] = [], by amount: Int = 1) {
    let key = Metrics.key(name, labels)
    state.withLock { $0.counters[key, default: 0] += amount }
  }

  func set(_ name: String, _ value: Double) {
    state.withLock { $0.gauges[name] = value }
  }

  func add(_ name: String, _ amount: Double) {
    state.withLock { $0.gauges[name, default: 0] += amount }
  }

  func time(_ operation: String, seconds: Double) {
    state.withLock { state in
      var histogram = state.times[operation] ?? Histogram()
      for (place, bound) in Metrics.bounds.enumerated() where seconds <= bound {
        histogram.counts[place] += 1
      }
      histogram.sum += seconds
      histogram.count += 1
      state.times[operation] = histogram
    }
  }

  /// All of them as text, in one order.
  var text: String {
    let state = state.withLock { $0 }
    var lines: [String] = []
    var lastName = ""
    for (key, value) in state.counters.sorted(by: { $0.key < $1.key }) {
      let name = String(key.prefix { $0 != "{" })
      if name != lastName { lines.append("# TYPE \(name) counter") }
      lastName = name
      lines.append("\(key) \(value)")
    }
    for (name, value) in state.gauges.sorted(by: { $0.key < $1.key }) {
      lines += ["# TYPE \(name) gauge", "\(name) \(value)"]
    }
    let times = "matchctl_request_seconds"
    if !state.times.isEmpty { lines.append("# TYPE \(times) histogram") }
    for (operation, histogram) in state.times.sorted(by: { $0.key < $1.key }) {
      for (bound, count) in zip(Metrics.bounds, histogram.counts) {
        lines.append("\(times)_bucket{operation=\"\(operation)\",le=\"\(bound)\"} \(count)")
      }
      lines += [
        "\(times)_bucket{operation=\"\(operation)\",le=\"+Inf\"} \(histogram.count)",
        "\(times)_sum{operation=\"\(operation)\"} \(histogram.sum)",
        "\(times)_count{operation=\"\(operation)\"} \(histogram.count)",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func key(_ name: String, _ labels: [(String, String)]) -> String {
    if labels.isEmpty { return name }
    return name + "{" + labels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ",") + "}"
  }
}
