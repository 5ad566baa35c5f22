extension DemandLint {
  /// At most this many things are asked for at once.
  private static let asked = 3

  /// What is missing, and words that say no number. A number that is there and wrong is not missing.
  func vagueness(_ view: LintView, besides numbers: [DemandProblem]) -> [DemandProblem] {
    if isEmpty(view) {
      return [problem("too_vague", view, part: "text")].compactMap(\.self) + vagueWords(view)
    }
    var found = view.demand.stages.flatMap { missing($0, view, numbers) }
    let words = vagueWords(view)
    guard view.text != nil else { return found + words }
    // 尽快 is asked about already.
    let isAsked = words.contains { $0.part == "window" }
    found += [missingQuantity(view), isAsked ? nil : missingTime(view)].compactMap(\.self)
    return found + words
  }

  /// Whether nothing of it can be held to a line: no service that it names, no condition, no number
  /// of anything. A record whose words are not read is not judged so.
  private func isEmpty(_ view: LintView) -> Bool {
    guard let text = view.text, view.demand.refusedFields == 0, !hasMeasure(text) else {
      return false
    }
    return !namesService(view, text)
      && view.demand.stages.allSatisfy {
        $0.ask.requirements.isEmpty && $0.ask.certificates.isEmpty && $0.ask.quantity == nil
      }
  }

  /// Whether the record states a service, or the text has a name or telling word of one. Words that
  /// a text merely shares with some service's names do not say what is to be done.
  private func namesService(_ view: LintView, _ text: ReadText) -> Bool {
    let isStated = view.demand.stages.contains {
      !$0.ask.services.isEmpty && !$0.ask.servicesProvenance.inferred
    }
    return isStated || tools.services.services(in: text).contains { $0.isNamed }
  }

  /// Whether a class, or a number of a known unit but for money and time, stands in the text.
  private func hasMeasure(_ text: ReadText) -> Bool {
    text.quantities.contains { quantity in
      if case .days = quantity.value { return false }
      if case .rank = quantity.value { return true }
      let units = corpus.registry.units
      return units.unit(quantity.unit, of: "duration") == nil
        && !units.quantities(of: quantity.unit).isEmpty && tools.asks.currency(quantity) == nil
        && !text.has(.past, in: text.clause(at: quantity.span.lowerBound))
    }
  }

  private func missing(
    _ stage: Stage, _ view: LintView, _ numbers: [DemandProblem]
  ) -> [DemandProblem] {
    var found: [DemandProblem?] = []
    let ask = stage.ask
    if ask.services.isEmpty, !hasChoice(view) {
      found.append(problem("service_unclear", view, part: "services", stage: stage))
    }
    if ask.requirements.isEmpty, ask.certificates.isEmpty, numbers.isEmpty {
      found.append(missingConditions(stage, view))
    }
    return found.compactMap(\.self)
  }

  /// Whether the words leave a few services to choose from, which is asked instead.
  private func hasChoice(_ view: LintView) -> Bool {
    view.services.isEmpty && view.text.flatMap { tools.serviceQuestion(in: $0, corpus) } != nil
  }

  /// Asks for what demands for this service usually state.
  private func missingConditions(_ stage: Stage, _ view: LintView) -> DemandProblem? {
    let keys = usualKeys(stage.ask.services)
    guard let service = stage.ask.services.first, keys.count > 1 else {
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
    guard view.demand.stages.allSatisfy({ $0.ask.quantity == nil }),
      !(view.text.map { mayHoldLot($0, view) } ?? false)
    else { return nil }
    return problem("no_quantity", view, part: "quantity")
  }

  /// Whether a count, mass or length of the text that no key explains may be the lot.
  private func mayHoldLot(_ text: ReadText, _ view: LintView) -> Bool {
    let units = corpus.registry.units
    return text.quantities.enumerated().contains { index, quantity in
      let kinds = units.quantities(of: quantity.unit) + units.quantities(of: quantity.unitText)
      if units.lotKinds.contains(where: kinds.contains) { return true }
      return !quantity.unitText.isEmpty && quantity.unit.hasPrefix("{")
        || ["mass", "volume", "length", "area"].contains(where: kinds.contains)
          && !view.specs.contains { $0.quantity == index }
    }
  }

  private func missingTime(_ view: LintView) -> DemandProblem? {
    hasTime(view) ? nil : problem("no_time", view, part: "window")
  }

  /// Whether the demand says a day, or any number of days, weeks, months or years.
  private func hasTime(_ view: LintView) -> Bool {
    if view.demand.stages.contains(where: { $0.ask.window != nil }) { return true }
    guard let text = view.text else { return false }
    return text.quantities.contains { quantity in
      if case .days = quantity.value { return true }
      return ["d", "wk", "mo", "a"].contains(quantity.unit) || quantity.unit.contains("workday")
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
    case "certificates": return view.demand.stages.contains { !$0.ask.certificates.isEmpty }
    case "quantity": return view.demand.stages.contains { $0.ask.quantity != nil }
    default: break
    }
    if row.kinds.isEmpty {
      let clause = text.clause(at: range.lowerBound)
      return text.quantities.contains { clause.contains($0.span.lowerBound) }
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
