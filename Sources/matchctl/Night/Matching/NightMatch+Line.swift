import Matcher

extension NightMatch {
  /// Appends `json(asOf:)` as text, byte for byte: a run writes hundreds of thousands of pairs.
  func append(asOf: CivilDate, to line: inout LineText) {
    line.raw(#"{"type":"match","demand":"#)
    line.string(demand)
    if let stage { line.member("stage", stage) }
    line.member("rank", rank)
    line.member("platform", platform)
    line.member("line", self.line)
    line.member("verdict", verdict.rawValue)
    line.member("group", group)
    line.raw(#","score":{"low":"#)
    line.millionths(low)
    line.raw(#","expected":"#)
    line.millionths(expected)
    line.raw(#","high":"#)
    line.millionths(high)
    line.raw(#"},"coverage":"#)
    line.millionths(coverage * 1000)
    line.list("failures", failures) { $1.append(to: &$0) }
    line.list("relaxed", relaxed) { $1.append(to: &$0) }
    line.list("pending", pending) { $1.append(to: &$0) }
    line.member("shortfalls", shortfalls)
    line.list("questions", questions) { line, question in
      line.raw(#"{"criterion":"#)
      line.string(question.criterion)
      line.member("to", question.to.rawValue)
      line.raw("}")
    }
    relaxation?.append(to: &line)
    if !warnings.isEmpty { line.list("warnings", warnings) { $0.string($1) } }
    line.member("as_of", asOf.description)
    if let holdsUntil { line.member("holds_until", holdsUntil.description) }
    line.raw("}")
  }
}

extension NightMatch.Finding {
  fileprivate func append(to line: inout LineText) {
    line.raw(#"{"criterion":"#)
    line.string(criterion)
    switch kind {
    case .finite, .final: line.member("failure", kind.rawValue)
    case .sealed: line.raw(#","failure":"failed","sealed":true"#)
    case .pending, .relaxed: break
    }
    if let gap {
      line.raw(#","gap":"#)
      line.millionths(gap)
    }
    line.raw("}")
  }
}

extension NightMatch.Relaxation {
  fileprivate func append(to line: inout LineText) {
    line.raw(#","relaxation":{"group":"#)
    line.number(group)
    line.raw(#","price":"#)
    line.millionths(price)
    line.list("criteria", criteria) { $0.string($1) }
    line.raw("}")
  }
}
