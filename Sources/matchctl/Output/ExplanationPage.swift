import Matcher

/// An evaluation as a page of sentences.
struct ExplanationPage {
  let corpus: Corpus
  let language: Language

  func write(_ evaluation: Evaluation) {
    let explanation = Explanation(evaluation, corpus: corpus, language: language)
    let line = evaluation.line
    let title = evaluation.stage.demand.shortTitle(corpus, language)
    let names = [line.platform.name.text(language), line.line.name.text(language)]
    let name = names[0] == names[1] ? names[0] : names.joined(separator: " · ")
    Output.line(
      text(
        "explain.title",
        [
          "demand": "\(evaluation.stage.demand.id) \(DisplayWidth.cut(title, 60))",
          "line": "\(line.line.id) \(name)",
        ]))
    Output.line("\(explanation.verdict) · \(explanation.score) · \(explanation.coverage)")
    Output.line(explanation.parts)
    if let envelope = explanation.envelope { Output.line(envelope) }
    section("explain.against", explanation.against)
    section("explain.open", explanation.open)
    section("explain.questions", explanation.questions, numbered: true)
    section("explain.relaxDemand", explanation.give)
    section("explain.relaxLine", explanation.gain)
    section("explain.reasons", explanation.reasons)
    section("explain.warnings", explanation.warnings)
    weights(evaluation)
    source(evaluation)
  }

  private func section(_ id: String, _ lines: [String], numbered: Bool = false) {
    guard !lines.isEmpty else { return }
    Output.line("")
    Output.line(text(id))
    for (index, line) in lines.enumerated() {
      Output.line(numbered ? "  \(index + 1). \(line)" : "  · \(line)")
    }
  }

  private func weights(_ evaluation: Evaluation) {
    let weights = evaluation.stage.weights
    Output.line("")
    Output.line(text("explain.weights"))
    let cells = Policy.Part.allCases.compactMap { part -> String? in
      guard let applied = weights.applied[part] else { return nil }
      let suggested = weights.suggested[part.rawValue].map(String.init) ?? "–"
      let preferred = weights.preferred[part.rawValue].map(String.init) ?? "–"
      return text(
        "explain.weightsLine",
        [
          "part": text("part.\(part.rawValue)"), "suggested": suggested, "preferred": preferred,
          "applied": String(applied),
        ])
    }
    for cell in cells { Output.line("  · \(cell)") }
  }

  private func source(_ evaluation: Evaluation) {
    let provenance = evaluation.line.line.provenance
    Output.line("")
    if !provenance.reference.isEmpty {
      let id = provenance.verifiedAt == nil ? "explain.sourceUndated" : "explain.source"
      Output.line(
        text(
          id, ["source": provenance.reference, "date": provenance.verifiedAt?.description ?? ""]))
    }
    Output.line(
      text(
        "explain.asOf", ["date": evaluation.asOf.description, "policy": evaluation.policyVersion]))
    if let until = evaluation.holdsUntil {
      Output.line(text("explain.holdsUntil", ["date": until.description]))
    }
  }

  private func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}
