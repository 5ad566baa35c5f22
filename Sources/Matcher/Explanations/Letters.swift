/// How a text that leaves the house is worded.
public enum TextRegister: String, Sendable, CaseIterable {
  /// For a chat: plain, at most 300 characters, numbered, answerable by number.
  case message
  /// For an A4 page.
  case letter
}

/// Texts made for one addressee.
///
/// A platform never sees the firm's name, contact, budget, exclusions or rivals; a firm sees no
/// score. Sealed criteria are left out for everyone but the file.
public struct Letters {
  static let messageLimit = 300

  let corpus: Corpus
  let language: Language
  private let words: OutcomeText

  public init(corpus: Corpus, language: Language) {
    self.corpus = corpus
    self.language = language
    words = OutcomeText(corpus: corpus, language: language)
  }

  /// The text about pairs of one demand (enterprise, file) or one line (platform); in their order.
  public func text(
    _ evaluations: [Evaluation], for addressee: Addressee, in register: TextRegister
  ) -> String {
    guard let first = evaluations.first else { return "" }
    return mark(evaluations, addressee, register)
      + body(evaluations, first, for: addressee, in: register)
  }

  /// Says that made-up records are in it; a platform never gets one. A message carries it in its
  /// head.
  private func mark(
    _ evaluations: [Evaluation], _ addressee: Addressee, _ register: TextRegister
  ) -> String {
    guard isMadeUp(evaluations), addressee != .platform else { return "" }
    let isHead = addressee == .enterprise && register == .message
    return isHead ? "" : "【\(t("table.synthetic"))】\n"
  }

  private func isMadeUp(_ evaluations: [Evaluation]) -> Bool {
    evaluations.contains { $0.warnings.contains("warning.synthetic") }
  }

  private func body(
    _ evaluations: [Evaluation], _ first: Evaluation, for addressee: Addressee,
    in register: TextRegister
  ) -> String {
    switch (addressee, register) {
    case (.platform, .message): return platformMessage(first)
    case (.platform, .letter): return platformLetter(first)
    case (.enterprise, .message): return enterpriseMessage(evaluations)
    case (.enterprise, .letter): return enterpriseLetter(evaluations)
    case (.file, _): return evaluations.map(fileNote).joined(separator: "\n\n")
    }
  }

  private func platformMessage(_ evaluation: Evaluation) -> String {
    let line = evaluation.line.line.name.text(language)
    let head = t("message.platform.open", ["line": line])
    return fitted(head, numbered(platformQuestions(evaluation)), t("message.platform.close"))
  }

  private func platformLetter(_ evaluation: Evaluation) -> String {
    let platform = evaluation.line.platform.name.text(language)
    let line = evaluation.line.line.name.text(language)
    var parts = [
      t("letter.platform.subject", ["line": line]), "",
      t("letter.platform.greeting", ["platform": platform]), t("letter.platform.body"), "",
      t("letter.platform.need"),
    ]
    parts += needs(evaluation).map { "  · \($0)" }
    parts += ["", t("explain.questions")]
    parts += numbered(platformQuestions(evaluation)).map { "  \($0)" }
    parts += [
      "", t("letter.platform.close"), t("letter.date", ["date": evaluation.asOf.description]),
    ]
    return parts.joined(separator: "\n")
  }

  /// What the demand needs, without anything that says who it is: services, open technical
  /// requirements, time, quantity.
  private func needs(_ evaluation: Evaluation) -> [String] {
    let ask = evaluation.stage.ask
    var lines = [
      ask.services.map { corpus.taxonomy[$0].name.text(language) }.joined(separator: " / ")
    ]
    for outcome in evaluation.outcomes where outcome.visibility == .everyone {
      switch outcome.criterion {
      case .spec:
        let asked = words.values(outcome, evaluation)["asked"] ?? ""
        lines.append(
          t(
            "letter.need",
            [
              "name": words.name(outcome), "asked": asked,
              "strictness": t("strictness.\(outcome.strictness.rawValue)"),
            ]))
      case .certificate: lines.append(words.name(outcome))
      case .lot: lines.append("\(words.name(outcome)) \(outcome.asked)")
      default: break
      }
    }
    if let window = ask.window, window.visibility == .everyone,
      let finish = evaluation.stage.deadline.finish
    {
      let start = window.start.flatMap { $0 <= finish ? $0.description : nil }
      lines.append(
        t(
          start == nil ? "letter.window" : "letter.window.from",
          ["start": start ?? "", "finish": finish.description]))
    }
    return lines.filter { !$0.isEmpty }
  }

  private func enterpriseMessage(_ evaluations: [Evaluation]) -> String {
    let demand = evaluations[0].stage.demand
    let sample = isMadeUp(evaluations) ? "【\(t("table.synthetic"))】" : ""
    let head =
      sample
      + t(
        "message.enterprise.open", ["title": title(demand), "count": String(evaluations.count)])
    let items = evaluations.map { evaluation in
      t(
        "message.item",
        [
          "item": t(
            "message.enterprise.item",
            ["line": evaluation.line.line.name.text(language), "place": place(evaluation)]),
          "verdict": verdict(evaluation),
        ])
    }
    let asks = evaluations.flatMap { questions($0, to: .enterprise) }
    return fitted(head, numbered(items + unique(asks)), t("message.enterprise.close"))
  }

  private func enterpriseLetter(_ evaluations: [Evaluation]) -> String {
    let demand = evaluations[0].stage.demand
    var parts = [
      t("letter.enterprise.subject", ["title": title(demand)]), "", t("letter.enterprise.greeting"),
      t("letter.enterprise.body"),
    ]
    for evaluation in evaluations {
      let explanation = Explanation(evaluation, corpus: corpus, language: language)
      let line = evaluation.line.line.name.text(language)
      let platform = evaluation.line.platform.name.text(language)
      let item =
        line == platform
        ? line : t("letter.enterprise.line", ["line": line, "platform": platform])
      parts += ["", t("message.item", ["item": item, "verdict": explanation.verdict])]
      parts += explanation.reasons.map { "  · \($0)" }
      parts += explanation.against.map { "  · \($0)" }
      if !explanation.open.isEmpty {
        parts += [t("letter.enterprise.open")] + explanation.open.map { "  · \($0)" }
      }
    }
    let asks = unique(evaluations.flatMap { questions($0, to: .enterprise) })
    if !asks.isEmpty { parts += ["", t("explain.questions")] + numbered(asks).map { "  \($0)" } }
    parts += [
      "", t("letter.enterprise.close"), t("letter.date", ["date": evaluations[0].asOf.description]),
    ]
    return parts.joined(separator: "\n")
  }

  private func fileNote(_ evaluation: Evaluation) -> String {
    let explanation = Explanation(evaluation, corpus: corpus, language: language)
    var parts = [
      t(
        "letter.file.subject",
        ["demand": evaluation.stage.demand.id, "line": evaluation.line.line.id]),
      "\(explanation.verdict) · \(explanation.score) · \(explanation.coverage)",
    ]
    parts += (explanation.against + explanation.open + explanation.reasons).map { "  · \($0)" }
    parts.append(
      t("explain.asOf", ["date": evaluation.asOf.description, "policy": evaluation.policyVersion]))
    return parts.joined(separator: "\n")
  }

  private func verdict(_ evaluation: Evaluation) -> String {
    Explanation(evaluation, corpus: corpus, language: language).verdict
  }

  private func questions(_ evaluation: Evaluation, to addressee: Addressee) -> [String] {
    evaluation.questions.filter {
      Addressee.of($0) == addressee && $0.visibility == .everyone
    }.map { words.question($0, evaluation) }
  }

  /// What to ask the platform; where nothing is open, whether it can take the job.
  private func platformQuestions(_ evaluation: Evaluation) -> [String] {
    let open = questions(evaluation, to: .platform)
    return open.isEmpty ? [t("ask.available")] : open
  }

  private func place(_ evaluation: Evaluation) -> String {
    let site = evaluation.line.line.site
    return site.place.map { corpus.places.shortName($0, language) } ?? site.placeText
  }

  private func title(_ demand: Demand) -> String {
    demand.title.isEmpty ? demand.id : demand.title
  }

  private func numbered(_ texts: [String]) -> [String] {
    texts.enumerated().map { "\($0 + 1). \($1)" }
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  /// Head, as many items as fit with it and the close into 300 characters, how many more there are,
  /// close.
  private func fitted(_ head: String, _ items: [String], _ close: String) -> String {
    let room = Letters.messageLimit - head.count - close.count - 1
    let all = items.reduce(0) { $0 + $1.count + 1 }
    guard all > room else { return ([head] + items + [close]).joined(separator: "\n") }
    var left = room - t("message.more", ["count": "99"]).count - 1
    let kept = items.prefix { item in
      left -= item.count + 1
      return left >= 0
    }
    let more = t("message.more", ["count": String(items.count - kept.count)])
    return ([head] + kept + [more, close]).joined(separator: "\n")
  }

  private func t(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}
