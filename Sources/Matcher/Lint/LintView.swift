/// A demand as the linter looks at it: what it states, what its words say, and the words.
struct LintView {
  /// With what its text says, where free text is read.
  let demand: Demand
  /// Nil where free text is not read.
  let text: ReadText?
  /// The day with which dates are compared; nil where nothing is.
  let asOf: CivilDate?
  /// Of all stages, in their order.
  let services: [ServiceID]
  /// The numbers and classes of the text with the keys they are about.
  let specs: [FoundSpec]

  init(_ stated: Demand, tools: ReadingTools, corpus: Corpus, asOf: CivilDate?) {
    self.asOf = asOf
    guard let asOf, !(stated.title + stated.text).isEmpty else {
      demand = stated
      text = nil
      services = LintView.services(stated)
      specs = []
      return
    }
    let day = LintView.published(stated) ?? asOf
    demand = LintView.completed(stated, tools, corpus, asOf)
    services = LintView.services(demand)
    let read = tools.read(title: stated.title, text: stated.text, asOf: day)
    text = read
    specs = tools.specs.specs(in: read, for: services, several: true)
  }

  private static func services(_ demand: Demand) -> [ServiceID] {
    demand.stages.reduce(into: []) { all, stage in
      all += stage.ask.services.filter { !all.contains($0) }
    }
  }

  /// The demand with what its text says; itself where its record was not kept.
  private static func completed(
    _ stated: Demand, _ tools: ReadingTools, _ corpus: Corpus, _ asOf: CivilDate
  ) -> Demand {
    guard let object = stated.stated.object else { return stated }
    let full = DemandInterpreter(corpus: corpus, tools: tools).completed(object, asOf: asOf)
    let quiet = IssueLog(file: "", row: 0)
    return DemandReader(corpus: corpus, log: quiet).demand(full) ?? stated
  }

  /// The day from which the demand's own dates count.
  private static func published(_ demand: Demand) -> CivilDate? {
    demand.stated.object?["published"]?.string.flatMap { CivilDate(iso: $0) }
  }

  var isOpen: Bool { demand.visibility == .everyone }

  var isSingle: Bool { demand.stages.count <= 1 }

  /// Where words that were quoted stand in the text; nil when they are not found as they are.
  func range(of quote: String?) -> Range<Int>? {
    guard let text, let quote, !quote.isEmpty else { return nil }
    let (whole, part) = (Array(text.text.utf8), Array(quote.utf8))
    guard part.count <= whole.count else { return nil }
    for start in 0...(whole.count - part.count) where whole[start] == part[0] {
      if whole[start..<(start + part.count)].elementsEqual(part) {
        return start..<(start + part.count)
      }
    }
    return nil
  }

  /// The words of a range with their place in title or text.
  func quote(_ range: Range<Int>?) -> DemandProblem.Quote? {
    guard let text, let range, !range.isEmpty else { return nil }
    let bodyStart = text.titleEnd == 0 ? 0 : text.titleEnd + 1
    if range.lowerBound < text.titleEnd {
      let inside = range.lowerBound..<min(range.upperBound, text.titleEnd)
      return DemandProblem.Quote(field: .title, range: inside, words: text.quote(inside))
    }
    let start = max(range.lowerBound, bodyStart)
    guard start < range.upperBound else { return nil }
    return DemandProblem.Quote(
      field: .text, range: (start - bodyStart)..<(range.upperBound - bodyStart),
      words: text.quote(start..<range.upperBound))
  }
}
