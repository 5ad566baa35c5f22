/// Whether the line offers the asked service, by the taxonomy's typed relations.
enum ServiceCriterion {
  static func evaluate(_ context: EvaluationContext) -> Outcome {
    guard !context.ask.services.isEmpty else {
      var outcome = context.gate(.service, .unknown, "service.notAsked")
      outcome.await("service")
      return outcome
    }
    let (relation, broadly) = best(context)
    var outcome = outcome(relation, broadly, context)
    outcome.weight = context.weight(.service, .hard)
    return outcome
  }

  /// The closest relation of any offered to any asked service; `broadly` when only a broad
  /// statement gives it.
  private static func best(_ context: EvaluationContext) -> (ServiceRelation, broadly: Bool) {
    let taxonomy = context.corpus.taxonomy
    let line = context.line.line
    func closest(_ offered: [ServiceID]) -> ServiceRelation {
      var best = ServiceRelation.none
      for asked in context.ask.services {
        for service in offered {
          best = max(best, taxonomy.relation(asked: asked, offered: service))
        }
      }
      return best
    }
    let stated = closest(line.services)
    if stated >= .near { return (stated, false) }
    let broad = closest(line.broadServices)
    return broad > stated ? (broad, true) : (stated, false)
  }

  private static func outcome(
    _ relation: ServiceRelation, _ broadly: Bool, _ context: EvaluationContext
  ) -> Outcome {
    let line = context.line.line
    if line.services.isEmpty, line.broadServices.isEmpty {
      return open(.none, "service.unstated", context)
    }
    if line.isProse { return read(relation, context) }
    if relation == .none {
      var outcome = Outcome(.service, .technical, .hard, .denied, Degree(0), "service.other")
      outcome.failure = .final(cause: "service")
      return outcome
    }
    if broadly { return open(relation == .near ? .near : .broader, "service.broad", context) }
    switch relation {
    case .near: return open(.near, "service.near", context)
    case .broader: return open(.broader, "service.broader", context)
    default:
      return Outcome(.service, .technical, .hard, .satisfied, Degree(Degree.one), "service.same")
    }
  }

  /// Of a service read from prose a person must say that it is offered; what prose does not name
  /// may be offered all the same.
  private static func read(_ relation: ServiceRelation, _ context: EvaluationContext) -> Outcome {
    let policy = context.policy
    let named = Degree.millionths(policy.proseServicePrior)
    let prior: Int64 =
      switch relation {
      case .same, .narrower: named
      case .near, .broader:
        Degree.millionths(policy.servicePrior[relation] ?? policy.prior) * named / Degree.one
      case .none: Degree.millionths(policy.proseOtherPrior)
      }
    var outcome = Outcome(
      .service, .technical, .hard, .unknown, Degree(unknownWithPrior: prior),
      relation == .none ? "service.unread" : "service.inferred")
    outcome.await("service")
    return outcome
  }

  private static func open(
    _ relation: ServiceRelation, _ message: String, _ context: EvaluationContext
  ) -> Outcome {
    let prior = Degree.millionths(context.policy.servicePrior[relation] ?? context.policy.prior)
    var outcome = Outcome(
      .service, .technical, .hard, .unknown, Degree(unknownWithPrior: prior), message)
    outcome.await("service")
    return outcome
  }
}
