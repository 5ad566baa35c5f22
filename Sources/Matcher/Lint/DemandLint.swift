/// Judges a demand as a careful engineer would before passing it on: what is missing, what cannot
/// be met together, what cannot be, what was probably mistyped.
///
/// The rules are here, what they go by is data (`Corpus/lists`). Nothing is corrected and nothing
/// is guessed: every problem is something to ask or to correct. Any thread may use one linter.
public struct DemandLint: Sendable {
  let corpus: Corpus
  let tools: ReadingTools

  /// - Parameter tools: Those of the same corpus, where the caller has them already.
  public init(corpus: Corpus, tools: ReadingTools? = nil) {
    self.corpus = corpus
    self.tools = tools ?? ReadingTools(corpus: corpus)
  }

  /// The problems of a demand: errors first, then warnings, then notes, each in the order of the
  /// checks.
  ///
  /// - Parameter asOf: The day with which dates are compared and from which relative ones count;
  ///   nil leaves free text unread and dates uncompared.
  /// - Complexity: That of reading the text twice, and O(*q* · *m*) for *q* quantities and *m*
  ///   names in it.
  public func problems(_ demand: Demand, asOf: CivilDate?) -> [DemandProblem] {
    let view = LintView(demand, tools: tools, corpus: corpus, asOf: asOf)
    let numbers = impossibilities(view) + misfits(view)
    let found =
      vagueness(view, besides: numbers) + recordContradictions(view) + textContradictions(view)
      + sums(view)
      + numbers + farValues(view) + times(view) + words(view)
    return sorted(unique(found))
  }

  private func unique(_ found: [DemandProblem]) -> [DemandProblem] {
    var kept: [DemandProblem] = []
    for one in found where !kept.contains(one) { kept.append(one) }
    return kept
  }

  private func sorted(_ found: [DemandProblem]) -> [DemandProblem] {
    found.enumerated().sorted { left, right in
      (right.element.severity, left.offset) < (left.element.severity, right.offset)
    }
    .map(\.element)
  }

  /// A problem as the table has it; nil when the table lacks the code.
  func problem(
    _ code: String, _ view: LintView, part: String, stage: Stage? = nil, key: KeyID? = nil,
    at range: Range<Int>? = nil, visibility: Visibility = .everyone,
    _ values: [String: LocalizedName] = [:]
  ) -> DemandProblem? {
    guard let row = corpus.lint.problems[code] else { return nil }
    let isOpen = view.isOpen && visibility == .everyone
    let quote = isOpen ? view.quote(range) : nil
    var values = isOpen ? values : values.mapValues { _ in withheld }
    if let key {
      values["key"] = view.isOpen ? corpus.registry[key].name : withheld
    }
    if isOpen, values["quote"] == nil, let quote {
      values["quote"] = LocalizedName(plain: quote.words)
    }
    return DemandProblem(
      code: code, kind: row.kind, severity: row.severity, stage: stage?.id, part: part,
      key: view.isOpen ? key.map { corpus.registry[$0].id } : nil, quote: quote,
      isWithheld: !isOpen, values: values)
  }

  private var withheld: LocalizedName {
    corpus.texts.localized("problem.withheld") ?? LocalizedName(plain: "—")
  }

  /// The names as one list in each language.
  func list(_ names: [LocalizedName]) -> LocalizedName {
    func joined(_ language: Language) -> String {
      corpus.texts.list(names.map { $0.text(language) }, language)
    }
    return LocalizedName(
      simplified: joined(.simplified), traditional: joined(.traditional), english: joined(.english))
  }
}
