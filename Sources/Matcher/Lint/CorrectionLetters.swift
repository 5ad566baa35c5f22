/// What one firm has to correct or answer: one message for all its demands.
public struct CorrectionLetter: Sendable, Equatable {
  /// As the first of its demands has it; nil for demands whose firm is not stated.
  public let firm: String?
  public let park: String
  /// Ids of the demands, in the order of the list.
  public let demands: [String]
  public let text: String
}

/// Writes the messages by which a park asks its firms to correct their demands (补正通知).
///
/// A message says nothing of demands of other firms, and nothing of a demand that is not public but
/// its id and how many points it has: who may read it is asked for elsewhere.
public struct CorrectionLetters: Sendable {
  let corpus: Corpus
  let language: Language
  private let problems: ProblemText

  public init(corpus: Corpus, language: Language) {
    self.corpus = corpus
    self.language = language
    problems = ProblemText(corpus)
  }

  /// One message for each firm, in the order in which firms come first; demands without problems
  /// are left out. A firm is known by its name without blanks and marks, within one park.
  ///
  /// - Parameter asOf: The day of the message.
  public func letters(
    _ judged: [(demand: Demand, problems: [DemandProblem])], asOf: CivilDate
  ) -> [CorrectionLetter] {
    var order: [String] = []
    var groups: [String: [(demand: Demand, problems: [DemandProblem])]] = [:]
    for one in judged where !one.problems.isEmpty {
      let name = corpus.folding.name(one.demand.enterpriseName ?? "")
      let group = corpus.folding.name(one.demand.park) + "\n" + name
      if groups[group] == nil { order.append(group) }
      groups[group, default: []].append(one)
    }
    return order.compactMap { groups[$0].flatMap { letter($0, asOf) } }
  }

  private func letter(
    _ group: [(demand: Demand, problems: [DemandProblem])], _ asOf: CivilDate
  ) -> CorrectionLetter? {
    guard let first = group.first?.demand else { return nil }
    let firm = first.enterpriseName.flatMap { $0.isEmpty ? nil : $0 }
    var lines = [
      t("correction.subject", ["count": String(group.count)]), "",
      firm.map { t("correction.greeting", ["firm": $0]) } ?? t("correction.greeting.plain"),
      t("correction.body"),
    ]
    for (place, one) in group.enumerated() {
      lines += [
        "", t("correction.demand", ["number": String(place + 1), "title": title(one.demand)]),
      ]
      lines += points(one.problems)
    }
    lines += ["", t("correction.close"), closing(first, asOf)]
    return CorrectionLetter(
      firm: firm, park: first.park, demands: group.map(\.demand.id),
      text: lines.joined(separator: "\n"))
  }

  /// What must be corrected first, then what would help.
  private func points(_ found: [DemandProblem]) -> [String] {
    let hidden = found.filter(\.isWithheld)
    let shown = found.filter { !$0.isWithheld }
    var texts: [String] = []
    for problem in shown {
      let ask = problems.ask(problem, language)
      let text =
        problem.severity == .note ? t("correction.optional", ["point": ask]) : ask
      if !texts.contains(text) { texts.append(text) }
    }
    if !hidden.isEmpty { texts.append(t("correction.withheld", ["count": String(hidden.count)])) }
    return texts.enumerated().map { "  (\($0 + 1)) \($1)" }
  }

  private func closing(_ demand: Demand, _ asOf: CivilDate) -> String {
    let date = t("letter.date", ["date": asOf.description])
    return demand.park.isEmpty ? date : "\(demand.park)\n\(date)"
  }

  /// The title and id; of a demand that not everyone may read, its id alone.
  private func title(_ demand: Demand) -> String {
    guard demand.visibility == .everyone, !demand.title.isEmpty else { return demand.id }
    return t("correction.title", ["title": demand.title, "id": demand.id])
  }

  private func t(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}
