import Matcher

/// Something a broker should know about what was recorded: an id of `texts/messages` and its values.
package struct BrokerNote: Sendable, Equatable {
  package let id: String
  package let values: [String: String]

  init(_ id: String, _ values: [String: String] = [:]) {
    self.id = id
    self.values = values
  }

  package func text(_ corpus: Corpus, _ language: Language) -> String {
    // Values that are texts themselves: the names of steps and states.
    let named = values.mapValues { value in
      value.hasPrefix("step.") || value.hasPrefix("state.")
        ? corpus.texts.text(value, language) : value
    }
    return corpus.texts.text(id, language, named)
  }
}
