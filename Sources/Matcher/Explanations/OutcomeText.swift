/// The words about one outcome, in one language. A rendering: it adds nothing to the record.
package struct OutcomeText {
  let corpus: Corpus
  let language: Language

  package init(corpus: Corpus, language: Language) {
    self.corpus = corpus
    self.language = language
  }

  /// The localized name of a criterion.
  package func name(_ outcome: Outcome) -> String {
    switch outcome.criterion {
    case .spec(let key): corpus.registry[key].name.text(language)
    case .certificate:
      outcome.visibility == .everyone
        ? outcome.asked : corpus.texts.text("name.certificate", language)
    case .unread: corpus.texts.text("name.unread", language)
    case .openness: corpus.texts.text("name.openness", language)
    case .status: corpus.texts.text("name.status", language)
    case .border: corpus.texts.text("name.border", language)
    case .exclusion: corpus.texts.text("name.exclusion", language)
    case .service: corpus.texts.text("name.service", language)
    case .process: corpus.texts.text("name.process", language)
    case .window: corpus.texts.text("name.window", language)
    case .price: corpus.texts.text("name.price", language)
    case .place: corpus.texts.text("name.place", language)
    case .lot: corpus.texts.text("name.lot", language)
    case .text: corpus.texts.text("name.text", language)
    }
  }

  /// The finding as a clause.
  func finding(_ outcome: Outcome, _ evaluation: Evaluation) -> String {
    var id = outcome.message
    if id == "spec.met", outcome.margin == nil { id = "spec.met.plain" }
    if outcome.asked.isEmpty, corpus.texts.localized(id + ".any") != nil { id += ".any" }
    if isYesOrNo(outcome, evaluation) { id = flagged(outcome.message) ?? id }
    return corpus.texts.text(id, language, values(outcome, evaluation))
  }

  func question(_ outcome: Outcome, _ evaluation: Evaluation) -> String {
    var id = "ask.\(outcome.message)"
    if isYesOrNo(outcome, evaluation) { id = flagged(id) ?? id }
    return corpus.texts.text(id, language, values(outcome, evaluation))
  }

  /// What to ask about a restricted requirement: what is there, without what is asked.
  func sealedQuestion(_ outcome: Outcome) -> String {
    corpus.texts.text(
      Addressee.of(outcome) == .platform ? "ask.sealed" : "explain.sealed", language,
      ["name": name(outcome)])
  }

  /// A requirement that is met by having something.
  private func isYesOrNo(_ outcome: Outcome, _ evaluation: Evaluation) -> Bool {
    requirement(outcome, evaluation)?.asked == .flag(true)
  }

  private func flagged(_ id: String) -> String? {
    corpus.texts.localized(id + ".flag") == nil ? nil : id + ".flag"
  }

  /// What the demand side could give, exactly to what the line has.
  func give(_ outcome: Outcome, _ evaluation: Evaluation) -> String {
    corpus.texts.text("give.\(outcome.message)", language, values(outcome, evaluation))
  }

  /// What the line side would have to reach.
  func gain(_ outcome: Outcome, _ evaluation: Evaluation) -> String {
    corpus.texts.text("gain.\(outcome.message)", language, values(outcome, evaluation))
  }

  /// What the placeholders of a text about this outcome stand for.
  func values(_ outcome: Outcome, _ evaluation: Evaluation) -> [String: String] {
    let facts = outcome.facts
    var values = [
      "name": name(outcome), "asked": asked(outcome, evaluation), "has": has(outcome, evaluation),
      "unit": facts.unit,
    ]
    if let days = facts.days { values["days"] = String(days) }
    if let count = facts.count { values["count"] = String(count) }
    if let date = facts.date { values["date"] = date.description }
    if let until = facts.until { values["until"] = until.description }
    if let amount = facts.amount { values["amount"] = number(amount, outcome) }
    if let other = facts.other { values["other"] = number(other, outcome) }
    if let margin = outcome.margin { values["margin"] = marginText(margin, outcome) }
    values["gap"] = gapText(outcome, evaluation)
    values["reach"] = reach(outcome, evaluation) ?? values["has"]
    if let id = facts.instrument {
      values["instrument"] =
        corpus.policy.instruments.first { $0.id == id }?.name.text(language) ?? id
    }
    return values
  }

  private func asked(_ outcome: Outcome, _ evaluation: Evaluation) -> String {
    switch outcome.criterion {
    case .service:
      let names = evaluation.stage.ask.services.map { corpus.taxonomy[$0].name.text(language) }
      return names.joined(separator: " / ")
    case .spec:
      let requirement = requirement(outcome, evaluation)
      return requirement.map { sign($0) + written(outcome.asked) } ?? outcome.asked
    case .place: return places(evaluation.stage.ask.place?.allowed ?? []) ?? outcome.asked
    case .price: return outcome.facts.other.map { NumberText.money($0, language) } ?? outcome.asked
    default: return outcome.asked
    }
  }

  private func has(_ outcome: Outcome, _ evaluation: Evaluation) -> String {
    let unstated = corpus.texts.text("unstated", language)
    if outcome.criterion == .place, let place = evaluation.line.line.site.place {
      return corpus.places.shortName(place, language)
    }
    guard outcome.criterion == .service else {
      return outcome.has.isEmpty ? unstated : written(outcome.has)
    }
    let line = evaluation.line.line
    let names = (line.services + line.broadServices).map { corpus.taxonomy[$0].name.text(language) }
    return names.isEmpty ? unstated : names.joined(separator: " / ")
  }

  /// What the line reaches, as the demand would have to ask it: `≥ 400 ℃`.
  private func reach(_ outcome: Outcome, _ evaluation: Evaluation) -> String? {
    guard let margin = outcome.margin, let requirement = requirement(outcome, evaluation) else {
      return nil
    }
    let unit = outcome.facts.unit
    switch requirement.asked {
    case .atLeast(let asked): return "≥ \(NumberText.plain(asked + margin)) \(unit)"
    case .atMost(let asked): return "≤ \(NumberText.plain(asked - margin)) \(unit)"
    default: return nil
    }
  }

  private func requirement(_ outcome: Outcome, _ evaluation: Evaluation) -> Requirement? {
    guard case .spec(let key) = outcome.criterion else { return nil }
    return evaluation.stage.ask.requirements.first { $0.key == key && $0.written == outcome.asked }
  }

  private func written(_ text: String) -> String {
    switch text {
    case "true": corpus.texts.text("yes", language)
    case "false": corpus.texts.text("no", language)
    default: text
    }
  }

  private func places(_ ids: [PlaceID]) -> String? {
    let names = ids.map { corpus.places[$0].name.text(language) }
    return names.isEmpty ? nil : corpus.texts.list(names, language)
  }

  private func sign(_ requirement: Requirement) -> String {
    switch requirement.asked {
    case .atLeast: "≥ "
    case .atMost: "≤ "
    default: ""
    }
  }

  private func number(_ value: Double, _ outcome: Outcome) -> String {
    switch outcome.criterion {
    case .price: NumberText.money(value, language)
    case .place: NumberText.plain(value) + " km"
    case .text: NumberText.percent(value / 100)
    case .lot: NumberText.plain(value) + " " + outcome.facts.unit
    default: NumberText.plain(value)
    }
  }

  private func marginText(_ margin: Double, _ outcome: Outcome) -> String {
    switch outcome.criterion {
    case .price: (margin < 0 ? "−" : "+") + NumberText.money(margin.magnitude, language)
    case .window, .status:
      (margin < 0 ? "−" : "+")
        + corpus.texts.text("days", language, ["n": NumberText.plain(margin.magnitude)])
    case .place: NumberText.signed(margin) + " km"
    default:
      NumberText.signed(margin) + (outcome.facts.unit.isEmpty ? "" : " " + outcome.facts.unit)
    }
  }

  /// The missing amount with its unit and, where a ratio says something, its share of what is
  /// asked.
  private func gapText(_ outcome: Outcome, _ evaluation: Evaluation) -> String {
    guard let margin = outcome.margin else {
      return outcome.gap.map { NumberText.percent(min($0, 99)) } ?? ""
    }
    var plain = marginText(margin, outcome)
    if margin < 0 { plain = String(plain.dropFirst()) }
    guard let share = share(margin, outcome, evaluation) else { return plain }
    return corpus.texts.text(
      "text.gap", language, ["amount": plain, "share": NumberText.percent(share)])
  }

  private func share(_ margin: Double, _ outcome: Outcome, _ evaluation: Evaluation) -> Double? {
    switch outcome.criterion {
    case .price: return outcome.facts.other.map { margin.magnitude / $0 }
    case .spec(let key) where [.ratio, .log].contains(corpus.registry[key].scale):
      switch requirement(outcome, evaluation)?.asked {
      case .atLeast(let asked), .atMost(let asked):
        return asked == 0 ? nil : margin.magnitude / asked.magnitude
      case .cover(let a, let b) where a == b && a != 0: return margin.magnitude / a.magnitude
      default: return nil
      }
    default: return nil
    }
  }
}
