/// How much of what the demand's words could reach the line's words reach. Only when both sides
/// have any.
enum TextCriterion {
  static func evaluate(_ context: EvaluationContext) -> Outcome? {
    guard let query = context.stage.text, !context.line.text.isEmpty else { return nil }
    let degree = query.degree(share: query.share(of: context.line.text))
    var outcome = Outcome(
      .text, .technical, .soft, degree == Degree.one ? .satisfied : .short, Degree(degree),
      "text.share")
    outcome.weight = context.weight(.text, .soft)
    outcome.facts.amount = Double(degree) / 10_000
    return outcome
  }
}
