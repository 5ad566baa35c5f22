extension DemandLint {
  /// At most this many things are asked for at once.
  private static let asked = 3

  /// What is missing, and words that say no number.
  func vagueness(_ view: LintView) -> [DemandProblem] {
    if isEmpty(view) {
      return [problem("too_vague", view, part: "text")].compactMap(\.self) + vagueWords(view)
    }
    var found = view.demand.stages.flatMap { missing($0, view) }
    if view.text != nil {
      found += [missingQuantity(view), missingTime(view)].compactMap(\.self)
    }
    return found + vagueWords(view)
  }

  /// Whether nothing of it can be held to a line. A record whose words are not read is not judged.
  private func isEmpty(_ view: LintView) -> Bool {
    view.text != nil && view.demand.refusedFields == 0
      && view.demand.stages.allSatisfy { stage in
        stage.ask.services.isEmpty && stage.ask.requirements.isEmpty
          && stage.ask.certificates.isEmpty
      }
  }

  private func missing(_ stage: Stage, _ view: LintView) -> [DemandProblem] {
    var found: [DemandProblem?] = []
    let ask = stage.ask
    if ask.services.isEmpty {
      found.append(problem("service_unclear", view, part: "services", stage: stage))
    }
    if ask.requirements.isEmpty, ask.certificates.isEmpty {
      found.append(missingConditions(stage, view))
    }
    return found.compactMap(\.self)
  }

  /// Asks for what demands for this service usually state.
  private func missingConditions(_ stage: Stage, _ view: LintView) -> DemandProblem? {
    let keys = usualKeys(stage.ask.services)
    guard let service = stage.ask.services.first, !keys.isEmpty else {
      return problem("no_condition_plain", view, part: "requirements", stage: stage)
    }
    let names = keys.map(named)
    return problem(
      "no_condition", view, part: "requirements", stage: stage,
      ["service": corpus.taxonomy[service].name, "keys": list(names)])
  }

  /// The weightiest keys of the service's own rows, then of its field and sector.
  private func usualKeys(_ services: [ServiceID]) -> [KeyID] {
    var keys: [KeyID] = []
    var current = services.first
    while let node = current, keys.count < DemandLint.asked {
      let own = (corpus.reading.typical[node] ?? []).map(\.key).enumerated().sorted { one, other in
        let (a, b) = (corpus.registry[one.element].weight, corpus.registry[other.element].weight)
        return (b, one.offset) < (a, other.offset)
      }
      for (_, key) in own where !keys.contains(key) { keys.append(key) }
      current = corpus.taxonomy.node(corpus.taxonomy[node].parent)
    }
    return Array(keys.prefix(DemandLint.asked))
  }

  /// The key with its unit, as one asks for it.
  private func named(_ key: KeyID) -> LocalizedName {
    let row = corpus.registry[key]
    guard row.kind == .number, row.domain != "ratio" || row.unit == "%", row.unit != "1",
      let pattern = corpus.texts.localized("problem.key")
    else { return row.name }
    func text(_ language: Language) -> String {
      Texts.filled(
        pattern.text(language), ["name": row.name.text(language), "unit": row.unit])
    }
    return LocalizedName(
      simplified: text(.simplified), traditional: text(.traditional), english: text(.english))
  }

  private func missingQuantity(_ view: LintView) -> DemandProblem? {
    guard view.demand.stages.allSatisfy({ $0.ask.quantity == nil }) else { return nil }
    return problem("no_quantity", view, part: "quantity")
  }

  private func missingTime(_ view: LintView) -> DemandProblem? {
    hasTime(view) ? nil : problem("no_time", view, part: "window")
  }

  private func hasTime(_ view: LintView) -> Bool {
    if view.demand.stages.contains(where: { $0.ask.window != nil }) { return true }
    guard let text = view.text else { return false }
    return text.quantities.contains { quantity in
      if case .days = quantity.value { return true }
      return ["d", "wk", "mo"].contains(quantity.unit)
        && text.has(.duration, in: text.clause(at: quantity.span.lowerBound))
    }
  }

  // MARK: Words without a number

  private func vagueWords(_ view: LintView) -> [DemandProblem] {
    guard let text = view.text else { return [] }
    var seen: Set<Int> = []
    return corpus.lint.vagueWords.found(in: text.loose).compactMap { word in
      let row = corpus.lint.vague[word.row]
      guard !seen.contains(word.row), !isPartOfName(word.part, text), !text.isWaived(word.range),
        !isAnswered(row, word.range, view, text)
      else { return nil }
      seen.insert(word.row)
      return problem(
        "vague_word", view, part: row.part, at: word.range,
        ["word": LocalizedName(plain: text.quote(word.range)), "question": row.question])
    }
  }

  /// Whether a longer name of the corpus holds it: 超低温 in 超低温冰箱.
  private func isPartOfName(_ part: Range<Int>, _ text: ReadText) -> Bool {
    text.mentions.contains { mention in
      mention.part.lowerBound <= part.lowerBound && part.upperBound <= mention.part.upperBound
        && mention.targets.contains { if case .cue = $0 { false } else { true } }
    }
  }

  private func isAnswered(
    _ row: LintTables.Vague, _ range: Range<Int>, _ view: LintView, _ text: ReadText
  ) -> Bool {
    switch row.part {
    case "window": return hasTime(view)
    case "budget":
      return view.demand.totalBudget != nil || view.demand.stages.contains { $0.ask.budget != nil }
    case "quantity": return view.demand.stages.contains { $0.ask.quantity != nil }
    default: break
    }
    if row.kinds.isEmpty {
      let sentence = text.sentence(at: range.lowerBound)
      return text.quantities.contains { sentence.contains($0.span.lowerBound) }
    }
    let isStated = view.demand.stages.contains { stage in
      stage.ask.requirements.contains { row.kinds.contains(corpus.registry[$0.key].domain) }
    }
    return isStated
      || text.quantities.contains { quantity in
        corpus.registry.units.quantities(of: quantity.unit).contains(where: row.kinds.contains)
      }
  }
}
