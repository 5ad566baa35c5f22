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

  /// One demand with what its firm has to correct in it.
  public struct Case: Sendable {
    public var firm: String?
    public var park: String
    public var id: String
    /// Empty for a demand that not everyone may read.
    public var title: String
    /// In the firm's language: what must be corrected first, then what would help.
    public var points: [String]
    /// How many points may not be named here.
    public var withheld = 0

    public init(firm: String?, park: String, id: String, title: String, points: [String]) {
      self.firm = firm
      self.park = park
      self.id = id
      self.title = title
      self.points = points
    }
  }

  /// One message for each firm, in the order in which firms come first; demands without problems
  /// are left out. A firm is known by its name without blanks and marks, within one park.
  ///
  /// - Parameter asOf: The day of the message.
  public func letters(
    _ judged: [(demand: Demand, problems: [DemandProblem])], asOf: CivilDate
  ) -> [CorrectionLetter] {
    letters(judged.map { self.case($0.demand, $0.problems) }, asOf: asOf)
  }

  /// The same for cases, to which points from elsewhere may have been added.
  public func letters(_ cases: [Case], asOf: CivilDate) -> [CorrectionLetter] {
    var order: [String] = []
    var groups: [String: [Case]] = [:]
    for one in cases where !one.points.isEmpty || one.withheld > 0 {
      let name = corpus.folding.name(one.firm ?? "")
      let group = corpus.folding.name(one.park) + "\n" + name
      if groups[group] == nil { order.append(group) }
      groups[group, default: []].append(one)
    }
    return order.compactMap { groups[$0].flatMap { letter($0, asOf) } }
  }

  /// A demand as a case.
  public func `case`(_ demand: Demand, _ problems: [DemandProblem]) -> Case {
    let isPublic = demand.visibility == .everyone
    var out = Case(
      firm: demand.enterpriseName.flatMap { $0.isEmpty ? nil : $0 }, park: demand.park,
      id: demand.id, title: isPublic ? demand.title : "", points: points(problems))
    out.withheld = problems.count(where: \.isWithheld)
    return out
  }

  private func letter(_ group: [Case], _ asOf: CivilDate) -> CorrectionLetter? {
    guard let first = group.first else { return nil }
    var lines = [
      t("correction.subject", ["count": String(group.count)]), "",
      first.firm.map { t("correction.greeting", ["firm": $0]) } ?? t("correction.greeting.plain"),
      t("correction.body"),
    ]
    for (place, one) in group.enumerated() {
      let title = one.title.isEmpty ? one.id : titled(one)
      lines += ["", t("correction.demand", ["number": String(place + 1), "title": title])]
      var points = one.points
      if one.withheld > 0 {
        points.append(t("correction.withheld", ["count": String(one.withheld)]))
      }
      lines += points.enumerated().map { "  (\($0 + 1)) \($1)" }
    }
    lines += ["", t("correction.close"), closing(first.park, asOf)]
    return CorrectionLetter(
      firm: first.firm, park: first.park, demands: group.map(\.id),
      text: lines.joined(separator: "\n"))
  }

  /// What must be corrected first, then what would help.
  private func points(_ found: [DemandProblem]) -> [String] {
    var texts: [String] = []
    for problem in found where !problem.isWithheld {
      let ask = problems.ask(problem, language)
      let text =
        problem.severity == .note ? t("correction.optional", ["point": ask]) : ask
      if !texts.contains(text) { texts.append(text) }
    }
    return texts
  }

  private func closing(_ park: String, _ asOf: CivilDate) -> String {
    let date = t("letter.date", ["date": asOf.description])
    return park.isEmpty ? date : "\(park)\n\(date)"
  }

  private func titled(_ one: Case) -> String {
    one.id.isEmpty ? one.title : t("correction.title", ["title": one.title, "id": one.id])
  }

  private func t(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}
