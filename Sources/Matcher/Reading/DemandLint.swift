/// What is wrong with a demand that could be read: too vague to match, or asking against itself.
public struct DemandLint {
  let corpus: Corpus

  public init(corpus: Corpus) {
    self.corpus = corpus
  }

  public func check(_ demand: Demand) -> [RecordIssue] {
    var issues: [RecordIssue] = []
    func warn(_ field: String, got: String, expected: String, hint: String) {
      issues.append(
        RecordIssue(
          .warning, file: "", record: demand.id, field: field, got: got, expected: expected,
          hint: hint))
    }
    for stage in demand.stages {
      let prefix = stage.id.map { "stages[\($0)]." } ?? ""
      if stage.ask.services.isEmpty {
        warn(
          prefix + "services", got: "nothing", expected: "the service asked",
          hint: "every line must then be asked about; see inspect services")
      }
      if stage.ask.requirements.isEmpty, stage.ask.certificates.isEmpty {
        warn(
          prefix + "requirements", got: "nothing",
          expected: "at least one number, material or standard",
          hint: "without one the demand is too vague to tell lines apart")
      }
      for group in mixedGroups(stage.ask) {
        warn(
          prefix + "requirements", got: "group '\(group)' of several strictnesses",
          expected: "one strictness in a group",
          hint: "the best member counts, so a soft one can hide a hard one")
      }
      for (field, got) in contradictions(stage.ask) {
        warn(
          prefix + field, got: got, expected: "requirements that one line can meet",
          hint: "check the two values")
      }
    }
    return issues
  }

  private func mixedGroups(_ ask: Ask) -> [String] {
    let groups = Dictionary(grouping: ask.requirements.filter { $0.group != nil }) {
      $0.group ?? ""
    }
    return groups.filter { Set($0.value.map(\.strictness)).count > 1 }.map(\.key).sorted()
  }

  /// Hard requirements of one key that no value meets.
  private func contradictions(_ ask: Ask) -> [(field: String, got: String)] {
    var found: [(field: String, got: String)] = []
    let hard = ask.requirements.filter { $0.strictness == .hard && $0.group == nil }
    for (index, one) in hard.enumerated() {
      for two in hard.dropFirst(index + 1) where two.key == one.key {
        if case .atLeast(let low) = one.asked, case .atMost(let high) = two.asked, low > high {
          let isOpen = one.visibility == .everyone && two.visibility == .everyone
          found.append(
            (
              field: corpus.registry[one.key].id,
              got: isOpen ? "≥ \(one.written) and ≤ \(two.written)" : "sealed values"
            ))
        }
        if case .flag(let a) = one.asked, case .flag(let b) = two.asked, a != b {
          found.append((field: corpus.registry[one.key].id, got: "yes and no"))
        }
      }
    }
    return found
  }
}
