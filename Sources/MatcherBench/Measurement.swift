import Foundation
import Matcher

/// One thing measured. The counts say what the time was for.
protocol Stage: SendableMetatype {
  static var name: String { get }
  /// Makes what the stage needs, outside the clock.
  static func prepare(_ workload: Workload)
  /// Runs once and gives counts, exact and the same every time.
  static func run(_ workload: Workload) -> [(String, Int)]
}

extension Stage {
  static func prepare(_ workload: Workload) {}
}

/// Times of a stage over several runs, beside its counts.
struct Measurement {
  let name: String
  let size: String
  let seconds: [Double]
  let counts: [(String, Int)]

  static func of(_ stage: any Stage.Type, _ workload: Workload) -> Measurement {
    stage.prepare(workload)
    var counts = stage.run(workload)
    var seconds: [Double] = []
    let clock = ContinuousClock()
    let begin = clock.now
    while seconds.count < 5 || (clock.now - begin < .seconds(2) && seconds.count < 50) {
      let time = clock.measure { counts = stage.run(workload) }
      seconds.append(Double(time.components.attoseconds) / 1e18 + Double(time.components.seconds))
      if seconds.count >= 3, clock.now - begin > .seconds(20) { break }
    }
    return Measurement(
      name: stage.name, size: workload.options.size, seconds: seconds.sorted(), counts: counts)
  }

  /// One JSON object: name.size, runs, minimum, median and maximum in seconds, counts.
  var json: String {
    var object = JSONObject([
      ("type", .string("stage")), ("name", .string("\(name).\(size)")),
      ("runs", .integer(seconds.count)), ("min", rounded(seconds.first)),
      ("p50", rounded(seconds[seconds.count / 2])), ("max", rounded(seconds.last)),
    ])
    object["counts"] = .object(JSONObject(counts.map { ($0.0, .integer($0.1)) }))
    return JSONWriter.line(.object(object))
  }

  private func rounded(_ seconds: Double?) -> JSONValue {
    .number(((seconds ?? 0) * 1e6).rounded() / 1e6)
  }
}
