/// One asked certificate: a single entry must cover every scope and the whole time; scopes of
/// several do not add up.
enum CertificateCriterion {
  static func evaluate(_ context: EvaluationContext) -> [Outcome] {
    context.ask.certificates.enumerated().map { index, requirement in
      evaluate(requirement, index, context)
    }
  }

  private static func evaluate(
    _ requirement: CertificateRequirement, _ index: Int, _ context: EvaluationContext
  ) -> Outcome {
    let line = context.line.line
    let held = line.certificates.filter { requirement.acceptedSchemes.contains($0.scheme) }
    let judged = held.map { judge($0, requirement, index, context) }
    var outcome = judged.min { rank($0) < rank($1) } ?? absent(requirement, index, context)
    for other in judged { outcome.hold(until: other.holdsUntil) }
    let scope = requirement.scopeTexts.joined(separator: ", ")
    outcome.asked = scope.isEmpty ? requirement.schemeText : "\(requirement.schemeText) (\(scope))"
    outcome.visibility = max(requirement.visibility, context.ask.window?.visibility ?? .everyone)
    outcome.weight = requirement.strictness == .info ? 0 : context.stage.weights.certificate
    outcome.provenance = line.provenance
    return outcome
  }

  /// Satisfied before unknown before missed.
  private static func rank(_ outcome: Outcome) -> Int {
    switch outcome.state {
    case .satisfied: 0
    case .unknown: 1
    default: 2
    }
  }

  /// The last day on which it must be valid: the window's end, or the as-of date.
  private static func end(_ context: EvaluationContext) -> CivilDate {
    max(context.asOf, context.stage.deadline.finish ?? context.asOf)
  }

  private static func judge(
    _ held: Certificate, _ requirement: CertificateRequirement, _ index: Int,
    _ context: EvaluationContext
  ) -> Outcome {
    let end = end(context)
    let start = max(context.asOf, context.ask.window?.start ?? context.asOf)
    var outcome: Outcome
    if let scopes = held.scopes,
      !requirement.acceptedScopes.allSatisfy({ !$0.isDisjoint(with: scopes) })
    {
      outcome = missed("certificate.otherScope", requirement, index, context)
    } else if let until = held.validUntil, until < end {
      outcome = missed("certificate.lapses", requirement, index, context)
      outcome.facts.days = end - until
    } else if let from = held.validFrom, from > start {
      outcome = missed("certificate.startsLate", requirement, index, context)
      outcome.facts.days = from - start
    } else if held.scopes == nil, !requirement.acceptedScopes.isEmpty {
      outcome = unknown("certificate.scopeUnstated", requirement, index, context)
    } else if held.validUntil == nil {
      outcome = unknown("certificate.expiryUnstated", requirement, index, context)
    } else {
      outcome = known(.satisfied, Degree.one, "certificate.valid", requirement, index)
    }
    describe(held, &outcome, context)
    return outcome
  }

  private static func describe(
    _ held: Certificate, _ outcome: inout Outcome, _ context: EvaluationContext
  ) {
    let scope = held.scopeTexts.joined(separator: ", ")
    outcome.has = scope.isEmpty ? held.schemeText : "\(held.schemeText) (\(scope))"
    outcome.facts.date = held.validUntil
    outcome.facts.until = end(context)
    for day in [
      held.validUntil.map { $0 + 1 }, held.validFrom, context.stage.deadline.finish.map { $0 + 1 },
    ] {
      if let day, day > context.asOf { outcome.hold(until: day) }
    }
    guard outcome.state == .satisfied, let until = held.validUntil else { return }
    let warns = until + -context.policy.certificateWarningDays
    if warns <= context.asOf {
      outcome.notes.append("certificate.soon")
    } else {
      outcome.hold(until: warns)
    }
  }

  /// No entry of the scheme: denied in so many words, missing from a complete list, or not known.
  private static func absent(
    _ requirement: CertificateRequirement, _ index: Int, _ context: EvaluationContext
  ) -> Outcome {
    let line = context.line.line
    if line.denials.contains(where: { requirement.acceptedSchemes.contains($0.scheme) }) {
      return denied("certificate.denied", requirement, index, context)
    }
    if line.certificatesComplete, !requirement.isOnlyNamed {
      return denied("certificate.notListed", requirement, index, context)
    }
    return unknown("certificate.unknown", requirement, index, context)
  }

  private static func known(
    _ state: Outcome.State, _ degree: Int64, _ message: String,
    _ requirement: CertificateRequirement, _ index: Int
  ) -> Outcome {
    Outcome(
      .certificate(index), .technical, requirement.strictness, state, Degree(degree), message)
  }

  /// A certificate that lapsed or is of other scope can be cured, whatever the scheme.
  private static func missed(
    _ message: String, _ requirement: CertificateRequirement, _ index: Int,
    _ context: EvaluationContext
  ) -> Outcome {
    var outcome = known(.short, 0, message, requirement, index)
    let gap = context.policy.curableGap
    outcome.fail(
      gap: gap, groupGap: gap, cause: "certificate:\(requirement.scheme.id)",
      strongLimit: .infinity)
    return outcome
  }

  private static func denied(
    _ message: String, _ requirement: CertificateRequirement, _ index: Int,
    _ context: EvaluationContext
  ) -> Outcome {
    var outcome = known(.denied, 0, message, requirement, index)
    guard requirement.strictness == .hard else { return outcome }
    let cause = "certificate:\(requirement.scheme.id)"
    let isCurable = context.corpus.lexicon.isCurable(requirement.scheme)
    outcome.failure =
      isCurable ? .finite(gap: context.policy.curableGap, cause: cause) : .final(cause: cause)
    if isCurable { outcome.gap = context.policy.curableGap }
    return outcome
  }

  private static func unknown(
    _ message: String, _ requirement: CertificateRequirement, _ index: Int,
    _ context: EvaluationContext
  ) -> Outcome {
    let prior = Degree.millionths(context.policy.certificatePrior)
    var outcome = Outcome(
      .certificate(index), .technical, requirement.strictness, .unknown,
      Degree(unknownWithPrior: prior), message)
    outcome.await(requirement.cause)
    return outcome
  }
}
