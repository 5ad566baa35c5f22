/// One requirement against what the line states for its key, inside one envelope.
package enum SpecCriterion {
  /// The outcome of each requirement, a group of alternatives as its best member.
  static func evaluate(_ context: EvaluationContext, envelope: Envelope?) -> [Outcome] {
    var out: [Outcome] = []
    var groups: [String: Int] = [:]
    for (index, requirement) in context.ask.requirements.enumerated() {
      let outcome = evaluate(requirement, index: index, context, envelope: envelope)
      guard let group = requirement.group else {
        out.append(outcome)
        continue
      }
      if let place = groups[group] {
        out[place] = better(outcome, out[place])
      } else {
        groups[group] = out.count
        out.append(outcome)
      }
    }
    return out
  }

  /// The better of two alternatives; each bound is the best of both, and it holds while both hold.
  private static func better(_ left: Outcome, _ right: Outcome) -> Outcome {
    var best = isBetter(left, right) ? left : right
    best.degree.low = max(left.degree.low, right.degree.low)
    best.degree.expected = max(left.degree.expected, right.degree.expected)
    best.degree.high = max(left.degree.high, right.degree.high)
    for other in [left, right] { best.hold(until: other.holdsUntil) }
    return best
  }

  private static func isBetter(_ left: Outcome, _ right: Outcome) -> Bool {
    func rank(_ outcome: Outcome) -> Int {
      switch outcome.failure {
      case .final: 0
      case .finite: 1
      case nil: outcome.pending == nil ? 3 : 2
      }
    }
    return (rank(left), left.degree.expected, left.degree.low)
      > (rank(right), right.degree.expected, right.degree.low)
  }

  private static func evaluate(
    _ requirement: Requirement, index: Int, _ context: EvaluationContext, envelope: Envelope?
  ) -> Outcome {
    let specs = stated(requirement.key, context.line.line, envelope)
    var candidates = specs.map { compare(requirement, $0, index, context) }
    if candidates.isEmpty { candidates = [unstated(requirement, index, context)] }
    var best = candidates[0]
    for candidate in candidates.dropFirst() { best = better(candidate, best) }
    best.weight = requirement.strictness == .info ? 0 : context.stage.weights.specs[index]
    best.asked = requirement.written
    best.readFrom = requirement.provenance.readFrom
    best.visibility = requirement.visibility
    best.facts.unit = context.corpus.registry[requirement.key].unit
    return best
  }

  /// The specs of a key that hold in an envelope: its own, else those outside all envelopes.
  private static func stated(_ key: KeyID, _ line: ServiceLine, _ envelope: Envelope?) -> [Spec] {
    let own = envelope?.specs.filter { $0.key == key } ?? []
    return own.isEmpty ? line.specs.filter { $0.key == key } : own
  }

  private static func unstated(
    _ requirement: Requirement, _ index: Int, _ context: EvaluationContext
  ) -> Outcome {
    if denies(requirement, context.line.line) { return denied(requirement, "spec.denied", nil) }
    return unknown(requirement, index, "spec.unknown", context)
  }

  private static func compare(
    _ requirement: Requirement, _ spec: Spec, _ index: Int, _ context: EvaluationContext
  ) -> Outcome {
    var outcome: Outcome
    switch spec.claim {
    case .unknown: outcome = unstated(requirement, index, context)
    case .denied: outcome = denied(requirement, "spec.denied", spec)
    case .notApplicable: outcome = denied(requirement, "spec.notApplicable", spec)
    case .stated(let value, let provenance):
      if let until = provenance.validUntil, until < context.asOf {
        outcome = unknown(requirement, index, "spec.lapsed", context)
        outcome.facts.date = until
      } else {
        outcome = compare(requirement, spec, value, index, context)
        outcome.hold(until: provenance.validUntil.map { $0 + 1 })
        if provenance.inferred { confirmInferred(&outcome, provenance) }
      }
    }
    outcome.has = spec.written
    outcome.provenance = spec.claim.provenance ?? context.line.line.provenance
    return outcome
  }

  private static func compare(
    _ requirement: Requirement, _ spec: Spec, _ value: Spec.Value, _ index: Int,
    _ context: EvaluationContext
  ) -> Outcome {
    let key = context.corpus.registry[requirement.key]
    let comparison = SpecComparison(key: key)
    let complete = spec.complete
    let result = comparison.compare(requirement.asked, value, complete: complete)
    let degree = comparison.degree(result, tolerance: requirement.tolerance)
    switch result {
    case .met(let margin):
      var outcome = known(requirement, .satisfied, Degree.one, "spec.met")
      outcome.margin = margin
      return outcome
    case .missing: return denied(requirement, "spec.missing", spec)
    case .open:
      if denies(requirement, context.line.line) { return denied(requirement, "spec.denied", spec) }
      return unknown(requirement, index, "spec.notFar", context)
    case .short(let gap, let margin, _, let isPartial):
      var outcome = short(requirement, value, gap, margin, degree ?? 0, comparison, context)
      if isPartial {
        let expected = outcome.degree.high * context.stage.priors[index] / Degree.one
        outcome.degree.low = 0
        outcome.degree.expected = expected
      }
      return outcome
    }
  }

  private static func short(
    _ requirement: Requirement, _ value: Spec.Value, _ gap: Double, _ margin: Double?,
    _ degree: Int64, _ comparison: SpecComparison, _ context: EvaluationContext
  ) -> Outcome {
    if requirement.strictness == .hard, isWithinLimit(requirement, value, comparison) {
      var outcome = known(requirement, .relaxed, degree, "spec.relaxed")
      outcome.margin = margin
      outcome.gap = gap
      return outcome
    }
    var outcome = known(requirement, .short, degree, "spec.short")
    outcome.margin = margin
    outcome.fail(
      gap: gap, share: shareOfAsked(requirement, margin) ?? gap, groupGap: gap,
      cause: "spec:\(comparison.id)", strongLimit: context.policy.strongLimit)
    return outcome
  }

  /// The missing part of the asked value, which the strong limit is a share of; nil for intervals.
  private static func shareOfAsked(_ requirement: Requirement, _ margin: Double?) -> Double? {
    guard let margin else { return nil }
    switch requirement.asked {
    case .atLeast(let asked) where asked != 0, .atMost(let asked) where asked != 0:
      return margin.magnitude / asked.magnitude
    default: return nil
    }
  }

  /// Whether the stated value still meets the negotiable limit.
  private static func isWithinLimit(
    _ requirement: Requirement, _ value: Spec.Value, _ comparison: SpecComparison
  ) -> Bool {
    guard let limit = requirement.limit else { return false }
    let relaxed: Requirement.Asked
    switch requirement.asked {
    case .atLeast(let asked) where limit < asked: relaxed = .atLeast(limit)
    case .atMost(let asked) where limit > asked: relaxed = .atMost(limit)
    default: return false
    }
    if case .met = comparison.compare(relaxed, value, complete: true) { return true }
    return false
  }

  private static func known(
    _ requirement: Requirement, _ state: Outcome.State, _ degree: Int64, _ message: String
  ) -> Outcome {
    Outcome(
      .spec(requirement.key), .technical, requirement.strictness, state, Degree(degree), message)
  }

  private static func denied(_ requirement: Requirement, _ message: String, _ spec: Spec?)
    -> Outcome
  {
    var outcome = known(requirement, .denied, 0, message)
    if requirement.strictness == .hard {
      outcome.failure = .final(cause: "spec:\(requirement.key.ordinal)")
    }
    return outcome
  }

  private static func unknown(
    _ requirement: Requirement, _ index: Int, _ message: String, _ context: EvaluationContext
  ) -> Outcome {
    var outcome = Outcome(
      .spec(requirement.key), .technical, requirement.strictness, .unknown,
      Degree(unknownWithPrior: context.stage.priors[index]), message)
    outcome.await(Causes.spec(requirement, context.corpus))
    return outcome
  }

  /// What the platform denies in so many words: the key, or every term that would serve.
  private static func denies(_ requirement: Requirement, _ line: ServiceLine) -> Bool {
    if line.denials.contains(where: { $0.key == requirement.key }) { return true }
    func isDenied(_ term: TermID) -> Bool { line.denials.contains { $0.terms.contains(term) } }
    switch requirement.asked {
    case .oneOfTerms(let terms): return terms.allSatisfy(isDenied)
    case .allOfTerms(let terms): return terms.contains(where: isDenied)
    default: return false
    }
  }

  /// Read from prose: meeting a hard requirement waits for a person; missing it is a finite failure
  /// only when its quote is one clause with the number, and never a final one.
  private static func confirmInferred(_ outcome: inout Outcome, _ provenance: Provenance) {
    guard outcome.state != .unknown else { return }
    outcome.degree.low = 0
    outcome.degree.high = Degree.one
    if case .finite = outcome.failure, isClause(provenance.quote) { return }
    outcome.failure = nil
    outcome.state = .unknown
    outcome.message = "spec.inferred"
    if case .spec(let key) = outcome.criterion { outcome.await("spec:\(key.ordinal)") }
  }
}

extension SpecCriterion {
  /// Whether a quote is one clause that holds a digit.
  package static func isClause(_ quote: String?) -> Bool {
    guard let quote, quote.contains(where: \.isNumber) else { return false }
    return !quote.contains { "，,。；;！!？?\n".contains($0) }
  }
}

/// Names for what one answer settles.
package enum Causes {
  /// An unknown spec; a single term (a test standard) shares its cause with the certificate scope
  /// of the same name.
  package static func spec(_ requirement: Requirement, _ corpus: Corpus) -> String {
    switch requirement.asked {
    case .oneOfTerms(let terms) where terms.count == 1: "term:\(terms[0].id)"
    case .allOfTerms(let terms) where terms.count == 1: "term:\(terms[0].id)"
    default: "spec:\(requirement.key.ordinal)"
    }
  }

  static func scope(_ text: String, _ corpus: Corpus) -> String {
    let scope = corpus.lexicon.scopes.resolve(text, fold: corpus.folding)
    let standards = corpus.registry.vocabularies[Corpus.standardVocabulary] ?? Vocabulary()
    for name in [text] + (corpus.lexicon.scopes.name(scope)?.all ?? []) {
      let term = standards.resolve(name, fold: corpus.folding)
      if term.isRegistered { return "term:\(term.id)" }
    }
    return "scope:\(scope.id)"
  }
}
