/// What the codes of a row together make of it.
enum ListVerdict {
  static func action(_ findings: [ListFinding], _ words: ListWords) -> ListRow.Action {
    if findings.isEmpty { return .accept }
    var effect = ListCode.Effect.info
    var groups: [String: Set<String>] = [:]
    for finding in findings {
      let code = words.table.codes[finding.code]
      effect = max(effect, finding.effect ?? code?.effect ?? .warning)
      if let group = code?.group, !group.isEmpty { groups[group, default: []].insert(finding.code) }
    }
    // Two things of one row that cannot be: none of its numbers can be trusted.
    if effect < .reject, groups.contains(where: { $0.value.count >= 2 }) { effect = .reject }
    switch effect {
    case .info: return .accept
    case .warning: return .acceptWithWarning
    case .reject: return .reject
    case .skip: return .skip
    }
  }
}
