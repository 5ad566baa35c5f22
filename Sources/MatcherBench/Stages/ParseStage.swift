import Matcher

/// JSON Lines into records, units converted and checked.
enum ParseStage: Stage {
  static let name = "parse"

  static func run(_ workload: Workload) -> [(String, Int)] {
    let reader = workload.read()
    return [
      ("bytes", workload.platformBytes.count + workload.demandBytes.count),
      ("platforms", reader.platforms.count), ("demands", reader.demands.count),
      ("issues", reader.issues.count),
    ]
  }
}
