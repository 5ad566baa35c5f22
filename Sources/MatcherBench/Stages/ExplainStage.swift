import Matcher

/// The words about the best ten pairs of a demand, in three languages.
enum ExplainStage: Stage {
  static let name = "explain"

  static func prepare(_ workload: Workload) { _ = workload.world.best }

  static func run(_ workload: Workload) -> [(String, Int)] {
    var sentences = 0
    var characters = 0
    for match in workload.world.best {
      for language in Language.allCases {
        let explanation = Explanation(match, corpus: workload.corpus, language: language)
        for text in explanation.reasons + explanation.against + explanation.open {
          sentences += 1
          characters += text.utf8.count
        }
      }
    }
    return [("pairs", workload.world.best.count), ("sentences", sentences), ("bytes", characters)]
  }
}
