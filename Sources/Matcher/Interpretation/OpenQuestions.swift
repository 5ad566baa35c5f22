/// Something that a demand's words ask and that is not understood well enough to be held to a line.
struct OpenQuestion: Sendable {
  /// A row of `lists/problems.tsv`, which words it.
  let code: String
  /// The part of the demand that the answer belongs to.
  let part: String
  /// Of the text, UTF-8.
  let range: Range<Int>
  /// What is filled into the sentences.
  let values: [String: LocalizedName]

  /// What to ask, in one language.
  func sentence(_ corpus: Corpus, _ language: Language) -> String {
    let pattern = corpus.lint.problems[code]?.ask.text(language) ?? code
    return Texts.filled(pattern, values.mapValues { $0.text(language) })
  }
}

extension AskFinder {
  /// What has to be asked about certificates and amounts of a demand, besides doubts about numbers.
  ///
  /// - Parameters:
  ///   - certificates: Whether the demand's certificates, if it has any, are those of its words.
  ///   - quantity: Whether it says, anywhere, how much is to be made in all.
  func openQuestions(
    in text: ReadText, certificates: Bool, quantity: Bool
  ) -> [OpenQuestion] {
    let named = certificates ? names.found(in: text) : []
    let unknown = named.compactMap { found -> OpenQuestion? in
      if case .some(nil) = strictness(at: found.range, text) { return nil }
      return OpenQuestion(
        code: found.isOfProduct ? "certificate_whose" : "unknown_certificate", part: "certificates",
        range: found.range,
        values: ["value": LocalizedName(plain: found.name)])
    }
    return unknown + (quantity ? [] : openOutputs(text)) + excepted(text)
  }

  /// Places where the work may not be done, which no requirement can say.
  private func excepted(_ text: ReadText) -> [OpenQuestion] {
    text.mentions.compactMap { mention in
      guard mention.place != nil else { return nil }
      let clause = text.clause(at: mention.range.lowerBound)
      let around = PlaceWords(corpus: corpus, mention: mention, clause: clause, text: text)
      guard around.isExcepted else { return nil }
      return OpenQuestion(
        code: "place_except", part: "place", range: clause,
        values: ["value": LocalizedName(plain: text.quote(clause))])
    }
  }

  /// Amounts in a month or a year of which the words do not say whose they are. What is said of the
  /// writer's own works, and what stands beside another that is asked, is no question.
  private func openOutputs(_ text: ReadText) -> [OpenQuestion] {
    let outputs = outputs(in: text)
    guard !outputs.contains(where: \.isAsked),
      let first = outputs.first(where: { !$0.isBackground })
    else { return [] }
    let quantity = text.quantities[first.place]
    let clause = text.clause(at: quantity.span.lowerBound)
    return [
      OpenQuestion(
        code: "output_whose", part: "quantity", range: clause,
        values: ["value": LocalizedName(plain: text.quote(clause))])
    ]
  }
}

extension ReadingTools {
  /// Which of the services that a text may mean is meant; nil where it names one, or none at all.
  func serviceQuestion(in text: ReadText, _ corpus: Corpus) -> OpenQuestion? {
    let choices = services.choices(in: text)
    let ranges = Set(choices.flatMap(\.ranges)).sorted { $0.lowerBound < $1.lowerBound }
    guard choices.count > 1, let first = ranges.first else { return nil }
    let words = ranges.map(text.quote).withoutRepeats.joined(separator: "、")
    func names(_ language: Language) -> String {
      corpus.texts.list(choices.map { corpus.taxonomy[$0.service].name.text(language) }, language)
    }
    return OpenQuestion(
      code: "service_choice", part: "services", range: first,
      values: [
        "value": LocalizedName(plain: words),
        "services": LocalizedName(
          simplified: names(.simplified), traditional: names(.traditional), english: names(.english)
        ),
      ])
  }
}
