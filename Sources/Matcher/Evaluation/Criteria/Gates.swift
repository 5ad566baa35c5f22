/// The gates: openness, status, border, exclusions, permitted processes. They stand first, are
/// always hard, and weigh nothing.
enum Gates {
  static func evaluate(_ context: EvaluationContext) -> [Outcome] {
    [
      unread(context), openness(context), status(context), border(context), exclusion(context),
      process(context),
    ].compactMap { $0 }
  }

  /// What could not be read of the demand may be a hard requirement: nothing fits until it is
  /// mended.
  private static func unread(_ context: EvaluationContext) -> Outcome? {
    guard context.stage.demand.refusedFields > 0 else { return nil }
    var outcome = context.gate(.unread, .unknown, "gate.unread")
    outcome.facts.count = context.stage.demand.refusedFields
    outcome.await("unread")
    return outcome
  }

  private static func openness(_ context: EvaluationContext) -> Outcome {
    let openness = context.line.line.openness
    switch openness.state {
    case .closed, .groupOnly:
      var outcome = context.gate(.openness, .denied, "gate.openness.closed")
      outcome.failure = .final(cause: "openness")
      outcome.has = openness.text
      return outcome
    case .ownProduction, .members:
      let message =
        openness.state == .members ? "gate.openness.members" : "gate.openness.production"
      var outcome = context.gate(.openness, .unknown, message)
      outcome.await("openness")
      outcome.has = openness.text
      return outcome
    case .open:
      var outcome = context.gate(.openness, .satisfied, "gate.openness.open")
      outcome.has = openness.text
      return outcome
    case .unstated: return context.gate(.openness, .satisfied, "gate.openness.unstated")
    }
  }

  private static func status(_ context: EvaluationContext) -> Outcome {
    let status = context.line.line.status
    var outcome: Outcome
    switch status.state {
    case .open: outcome = context.gate(.status, .satisfied, "gate.status.open")
    case .unstated: outcome = context.gate(.status, .satisfied, "gate.status.unstated")
    case .suspended:
      outcome = context.gate(.status, .denied, "gate.status.suspended")
      outcome.failure = .final(cause: "status")
    case .unclear:
      outcome = context.gate(.status, .unknown, "gate.status.unclear")
      outcome.await("status")
    case .preparing, .building, .planned, .full: outcome = later(status, context)
    }
    outcome.has = status.text
    return outcome
  }

  /// Not working yet, or full: decided by the date it states.
  private static func later(_ status: Status, _ context: EvaluationContext) -> Outcome {
    guard let from = status.from else {
      guard status.state != .full else {
        var outcome = context.gate(.status, .unknown, "gate.status.full")
        outcome.await("status")
        return outcome
      }
      var outcome = context.gate(.status, .denied, "gate.status.noDate")
      outcome.failure = .final(cause: "status")
      return outcome
    }
    guard from >= context.asOf else {
      var outcome = context.gate(.status, .unknown, "gate.status.passed")
      outcome.facts.date = from
      outcome.await("status")
      return outcome
    }
    let limit = context.stage.deadline.start ?? context.asOf
    let days = from - limit
    var outcome = context.gate(.status, days > 0 ? .short : .satisfied, "gate.status.later")
    outcome.facts.date = from
    outcome.facts.until = context.stage.deadline.start
    outcome.visibility = context.ask.window?.visibility ?? .everyone
    outcome.hold(until: from + 1)
    if days > 0 {
      outcome.message = "gate.status.tooLate"
      outcome.facts.days = days
      outcome.margin = Double(-days)
      outcome.gap = Double(days) / Double(context.policy.dateLimitDays)
      outcome.failure = .finite(gap: context.dateGap(days), cause: "date")
      if context.stage.deadline.start == nil { outcome.hold(until: context.asOf + 1) }
    }
    return outcome
  }

  private static func border(_ context: EvaluationContext) -> Outcome? {
    guard context.line.isInside == false else { return nil }
    switch context.ask.place?.overseas {
    case true?: return context.gate(.border, .satisfied, "gate.border.allowed")
    case false?:
      var outcome = context.gate(.border, .denied, "gate.border.forbidden")
      outcome.failure = .final(cause: "border")
      return outcome
    case nil:
      var outcome = context.gate(.border, .unknown, "gate.border.silent")
      outcome.await("border")
      return outcome
    }
  }

  private static func exclusion(_ context: EvaluationContext) -> Outcome? {
    guard !context.stage.excluded.isEmpty,
      context.line.identities.contains(where: context.stage.excluded.contains)
    else { return nil }
    var outcome = context.gate(.exclusion, .denied, "gate.exclusion")
    outcome.failure = .final(cause: "exclusion")
    outcome.visibility = .named
    return outcome
  }

  /// A line licensed for stated purposes, against the processes the demand names.
  private static func process(_ context: EvaluationContext) -> Outcome? {
    guard let permitted = context.line.line.permitted, !context.ask.processes.isEmpty else {
      return nil
    }
    let missing = context.ask.processes.filter { !permitted.terms.contains($0) }
    var outcome: Outcome
    if missing.isEmpty {
      outcome = context.gate(.process, .satisfied, "gate.process.permitted")
    } else if permitted.complete {
      outcome = context.gate(.process, .denied, "gate.process.notPermitted")
      outcome.failure = .final(cause: "process")
    } else {
      outcome = context.gate(.process, .unknown, "gate.process.unstated")
      outcome.await("process")
    }
    outcome.has = permitted.texts.joined(separator: ", ")
    let vocabulary = context.corpus.registry.vocabularies[Corpus.processVocabulary]
    let shown = missing.isEmpty ? context.ask.processes : missing
    outcome.asked = shown.map {
      vocabulary?.name($0)?.simplified ?? String($0.id.drop(while: { $0 == "~" }))
    }
    .joined(separator: ", ")
    return outcome
  }
}
