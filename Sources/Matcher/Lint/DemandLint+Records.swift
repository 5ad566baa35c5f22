extension DemandLint {
  /// Requirements that no line meets together, and groups that hide a hard one.
  func recordContradictions(_ view: LintView) -> [DemandProblem] {
    view.demand.stages.flatMap { stage in
      mixedGroups(stage, view) + exclusions(stage, view)
    }
  }

  private func mixedGroups(_ stage: Stage, _ view: LintView) -> [DemandProblem] {
    let groups = Dictionary(grouping: stage.ask.requirements.filter { $0.group != nil }) {
      $0.group ?? ""
    }
    return groups.filter { Set($0.value.map(\.strictness)).count > 1 }.sorted { $0.key < $1.key }
      .compactMap { name, members in
        let visibility = members.map(\.visibility).max() ?? .everyone
        return problem(
          "mixed_group", view, part: "requirements", stage: stage, visibility: visibility,
          ["value": LocalizedName(plain: name)])
      }
  }

  /// Hard requirements of one key that no value meets. Several terms or sizes of one key are no
  /// contradiction: one line may have them all.
  private func exclusions(_ stage: Stage, _ view: LintView) -> [DemandProblem] {
    let hard = stage.ask.requirements.filter { $0.strictness == .hard && $0.group == nil }
    var found: [DemandProblem?] = []
    for (index, one) in hard.enumerated() {
      for two in hard.dropFirst(index + 1) where two.key == one.key && excludes(one, two) {
        found.append(
          problem(
            "values_exclude", view, part: "requirements", stage: stage, key: one.key,
            at: view.range(of: one.provenance.quote),
            visibility: max(one.visibility, two.visibility),
            ["value": written(one), "other": written(two)]))
      }
    }
    return found.compactMap(\.self)
  }

  private func excludes(_ one: Requirement, _ two: Requirement) -> Bool {
    switch (one.asked, two.asked) {
    case (.atLeast(let low), .atMost(let high)), (.atMost(let high), .atLeast(let low)): low > high
    case (.flag(let first), .flag(let second)): first != second
    default: false
    }
  }

  /// With its sign, as the record has it.
  private func written(_ requirement: Requirement) -> LocalizedName {
    switch requirement.asked {
    case .atLeast: LocalizedName(plain: "≥ " + requirement.written)
    case .atMost: LocalizedName(plain: "≤ " + requirement.written)
    case .flag(let flag):
      corpus.texts.localized(flag ? "problem.yes" : "problem.no")
        ?? LocalizedName(plain: requirement.written)
    default: LocalizedName(plain: requirement.written)
    }
  }
}
