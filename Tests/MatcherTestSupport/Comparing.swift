import Matcher

extension Pair {
  /// Says what is wrong when this pair is compared with the same pair and another line: the first
  /// violation of a rule over all stages, with both records made as small as they get; nil when the
  /// rule holds.
  package func violation(
    with changed: JSONValue, _ rule: (Evaluation, Evaluation) -> String?
  ) -> String? {
    func first(_ demand: JSONValue, _ lines: [JSONValue]) -> String? {
      let before = with(demand: demand).with(line: lines[0]).evaluations()
      let after = with(demand: demand).with(line: lines[1]).evaluations()
      for (old, new) in zip(before, after) {
        if let problem = rule(old, new) { return problem }
      }
      return nil
    }
    guard first(demand, [line, changed]) != nil else { return nil }
    let small = Shrinking.shrink(demand, [line, changed]) { first($0, $1) != nil }
    let problem = first(small.demand, small.lines) ?? "does not happen a second time"
    let records = ([small.demand] + small.lines).map { JSONWriter.line($0) }
    return ([problem] + records).joined(separator: "\n") + "\nas of \(asOf)"
  }

  /// Says what is wrong with this pair by a rule of one evaluation; nil when the rule holds.
  package func violation(_ rule: (Evaluation) -> String?) -> String? {
    violation(with: line) { old, _ in rule(old) }
  }

  /// The same for a rule that looks at the pair itself.
  package func violation(ofPair rule: (Pair) -> String?) -> String? {
    func first(_ demand: JSONValue, _ lines: [JSONValue]) -> String? {
      rule(with(demand: demand).with(line: lines[0]))
    }
    guard first(demand, [line]) != nil else { return nil }
    let small = Shrinking.shrink(demand, [line]) { first($0, $1) != nil }
    let problem = first(small.demand, small.lines) ?? "does not happen a second time"
    return problem + "\n" + with(demand: small.demand).with(line: small.lines[0]).text
  }
}
