import Matcher

/// The words about the best ten pairs of a demand, in three languages.
enum ExplainStage: Stage {
  static let name = "explain"

  static func run(_ workload: Workload) -> [(String, Int)] {
    let options = MatchOptions(asOf: CivilDate(dayNumber: 20_779))
    guard let demand = workload.records.demands.first else { return [] }
    var sentences = 0
    var characters = 0
    for match in workload.engine.match(demand, options: options).flatMap(\.matches) {
      for language in Language.allCases {
        let explanation = Explanation(match, corpus: workload.corpus, language: language)
        for text in explanation.reasons + explanation.against + explanation.open {
          sentences += 1
          characters += text.utf8.count
        }
      }
    }
    return [("sentences", sentences), ("bytes", characters)]
  }
}
