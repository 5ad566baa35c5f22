extension DemandLint {
  /// Words that have to be asked about, that should not be public, or that no vocabulary knows.
  func words(_ view: LintView) -> [DemandProblem] {
    guard let text = view.text else { return [] }
    return doubts(view, text) + open(view, text) + confidential(view, text)
      + unknownTerms(view, text)
  }

  /// What the words ask and nobody could hold a line to: one of several services, a certificate that no
  /// scheme is called, an amount in a month or a year of which they do not say whose it is.
  private func open(_ view: LintView, _ text: ReadText) -> [DemandProblem] {
    let asks = view.demand.stages.map(\.ask)
    let questions = tools.asks.openQuestions(
      in: text, certificates: asks.flatMap(\.certificates).allSatisfy { $0.provenance.inferred },
      quantity: asks.contains { $0.quantity != nil })
    let service =
      asks.contains { !$0.services.isEmpty && !$0.servicesProvenance.inferred }
      ? nil : tools.serviceQuestion(in: text, corpus)
    return ([service].compactMap(\.self) + questions).compactMap { question in
      problem(question.code, view, part: question.part, at: question.range, question.values)
    }
  }

  private func doubts(_ view: LintView, _ text: ReadText) -> [DemandProblem] {
    text.doubts.filter { isOpen($0, view, text) }.compactMap { doubt in
      func asked(_ language: Language) -> String {
        QuantityRecord(corpus: corpus, language: language).sentence(doubt, in: text.text)
      }
      let question = LocalizedName(
        simplified: asked(.simplified), traditional: asked(.traditional), english: asked(.english))
      return problem("doubt", view, part: "text", at: doubt.span, ["question": question])
    }
  }

  /// Whether more than one reading is left for a demand. A day that has passed is none, and what
  /// reaches from the title into the text is no writing of one thing.
  private func isOpen(_ doubt: QuantityDoubt, _ view: LintView, _ text: ReadText) -> Bool {
    let span = doubt.span
    if span.lowerBound < text.titleEnd, span.upperBound > text.titleEnd { return false }
    guard let asOf = view.asOf else { return true }
    return doubt.readings.count { !isPast($0, asOf) } > 1
  }

  private func isPast(_ reading: [WrittenQuantity], _ asOf: CivilDate) -> Bool {
    !reading.isEmpty
      && reading.allSatisfy { quantity in
        guard case .days(let from, let to) = quantity.value, let last = to ?? from else {
          return false
        }
        return last < asOf
      }
  }

  // MARK: Confidential

  private func confidential(_ view: LintView, _ text: ReadText) -> [DemandProblem] {
    guard view.isOpen, let words = corpus.lint.words[.confidential] else { return [] }
    let found = words.found(in: text.loose).first { !isDenied($0.range, text) }
    return [found.flatMap { problem("confidential_words", view, part: "visibility", at: $0.range) }]
      .compactMap(\.self)
  }

  /// Whether 不, no or a waiver stands right before it.
  private func isDenied(_ range: Range<Int>, _ text: ReadText) -> Bool {
    if text.isWaived(range) { return true }
    guard let not = corpus.lint.words[.not] else { return false }
    return not.found(in: text.loose).contains {
      (0...1).contains(range.lowerBound - $0.range.upperBound)
    }
  }

  // MARK: Terms

  /// Behind `衬底：` stands a word that the key's vocabulary does not know.
  private func unknownTerms(_ view: LintView, _ text: ReadText) -> [DemandProblem] {
    let usual = tools.specs.usual(for: view.services)
    return text.mentions.compactMap { mention in
      guard let key = termKey(mention, usual, view), let chunk = answer(behind: mention, text),
        !text.mentions.contains(where: { $0.range.overlaps(chunk) && !isCue($0) }),
        !text.quantities.contains(where: { $0.span.overlaps(chunk) })
      else { return nil }
      return problem(
        "unknown_term", view, part: "requirements", key: key, at: chunk,
        ["value": LocalizedName(plain: text.quote(chunk))])
    }
  }

  private func isCue(_ mention: Mention) -> Bool {
    mention.targets.allSatisfy { if case .cue = $0 { true } else { false } }
  }

  private func termKey(
    _ mention: Mention, _ usual: [KeyID: Bool], _ view: LintView
  ) -> KeyID? {
    for target in mention.targets {
      switch target {
      case .key(let key), .localKey(let key, _):
        if corpus.registry[key].kind == .terms, usual[key] != nil { return key }
      default: continue
      }
    }
    return nil
  }

  /// The few words between a colon right behind the name and the next mark.
  private func answer(behind mention: Mention, _ text: ReadText) -> Range<Int>? {
    let bytes = Array(text.text.utf8)
    var start = mention.range.upperBound
    let colons = [Array("：".utf8), Array(":".utf8)]
    guard start < bytes.count, let colon = colons.first(where: { bytes[start...].starts(with: $0) })
    else { return nil }
    start += colon.count
    let clause = text.clause(at: start)
    guard clause.lowerBound <= start else { return nil }
    let marks: Set<Character> = ["，", ",", "。", "；", ";", "、", ".", "\n"]
    var words = text.quote(start..<clause.upperBound)
    while let last = words.last, marks.contains(last) { words.removeLast() }
    guard !words.isEmpty, words.utf8.count <= 30 else { return nil }
    while start < bytes.count, bytes[start] == 0x20 { start += 1 }
    return start..<(start + words.utf8.count)
  }
}
