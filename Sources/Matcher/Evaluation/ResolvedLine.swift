/// One service line with everything that does not depend on a demand worked out once.
public struct ResolvedLine: Sendable {
  public let platform: Platform
  public let line: ServiceLine
  package let text: LineText
  /// Folded names, ids and groups by which a demand may exclude it.
  package let identities: [String]
  /// Whether it lies in mainland China, Hong Kong or Macao; nil when the place is unknown.
  public let isInside: Bool?
  package let calendar: WorkCalendar
  /// `cn`, `hk` or `mo`: whose working days count.
  package let region: String

  /// - Parameter known: lines of the same corpus; one with the same words shares what they weigh.
  init(
    _ platform: Platform, _ line: ServiceLine, corpus: Corpus, like known: [ResolvedLine] = []
  ) {
    self.platform = platform
    self.line = line
    let words = ResolvedLine.words(platform, line)
    text =
      known.first { ResolvedLine.words($0.platform, $0.line) == words }?.text
      ?? LineText(TextTerms(words, reader: corpus.termReader), statistics: corpus.statistics)
    identities =
      ([platform.id, line.id, platform.operatorName, platform.group] + platform.name.all)
      .filter { !$0.isEmpty }.map(corpus.folding.name)
    isInside = line.site.place.flatMap { corpus.places.isInside($0) }
    region = ResolvedLine.region(line.site.place, corpus.places)
    calendar = corpus.calendars[region] ?? WorkCalendar()
  }

  /// The words of a line that a demand's are compared with.
  static func words(_ platform: Platform, _ line: ServiceLine) -> String {
    // A record without a name goes by its id, which says nothing.
    let name = line.name.simplified == platform.id ? "" : line.name.simplified
    return name + "\n" + line.text
  }

  private static func region(_ place: PlaceID?, _ places: Places) -> String {
    var current = place
    while let id = current {
      let code = places[id].id
      if code == "hk" || code == "cn.hk" { return "hk" }
      if code == "mo" || code == "cn.mo" { return "mo" }
      current = places[id].parent
    }
    return "cn"
  }
}

/// What criteria may look at: one stage, one line, the corpus and nothing else.
struct EvaluationContext {
  let stage: ResolvedStage
  let line: ResolvedLine
  let corpus: Corpus

  var policy: Policy { corpus.policy }
  var asOf: CivilDate { stage.asOf }
  var ask: Ask { stage.ask }

  func weight(_ part: Policy.Part, _ strictness: Strictness) -> Int64 {
    stage.weights.weight(part, strictness)
  }

  /// The gap that a date missed by some days counts as.
  func dateGap(_ days: Int) -> Double {
    days <= policy.dateLimitDays
      ? policy.curableGap : policy.curableGap * Double(days) / Double(policy.dateLimitDays)
  }

  func gate(_ criterion: CriterionID, _ state: Outcome.State, _ message: String) -> Outcome {
    Outcome(criterion, .gate, .hard, state, Degree(state == .satisfied ? Degree.one : 0), message)
  }
}
