import Ledger
import Matcher
import Publishing
import RecordFiles

/// Shows what publishing or importing would change, or has changed.
struct PublishReport {
  let corpus: Corpus
  let language: Language
  let format: OutputFormat
  let asOf: CivilDate
  private let words: PublishText

  init(corpus: Corpus, language: Language, format: OutputFormat, asOf: CivilDate) {
    self.corpus = corpus
    self.language = language
    self.format = format
    self.asOf = asOf
    words = PublishText(corpus: corpus, language: language)
  }

  /// - Parameter isWritten: It was done, rather than shown.
  func write(_ plan: PublishPlan, isWritten: Bool) {
    switch format {
    case .jsonl:
      for issue in plan.issues { Output.line(JSONWriter.line(issue.json)) }
      for change in plan.changes { Output.line(JSONWriter.line(change.json)) }
      Output.line(JSONWriter.line(plan.summary(isWritten: isWritten)))
    case .json:
      let all = plan.issues.map(\.json) + plan.changes.map(\.json)
      Output.line(JSONWriter.pretty(.array(all + [plan.summary(isWritten: isWritten)])))
    case .csv: writeRows(plan)
    case .table: writeTable(plan)
    }
  }

  private func writeRows(_ plan: PublishPlan) {
    let heads = ["kind", "id", "own", "title", "state", "until", "fields", "reasons", "row"]
    Output.listing(
      heads.map { words.text("publish.column.\($0)") },
      plan.changes.map { change in
        [
          words.kind(change.kind), change.id ?? "", change.own ?? "", title(change),
          change.state.map(words.state) ?? "", change.validUntil.map { "\($0)" } ?? "",
          change.fields.map(words.change).joined(separator: "\n"),
          (reasons(change) + change.messages).joined(separator: "\n"), place(change),
        ]
      }, .csv)
  }

  // MARK: for people

  private static let order: [PublishChange.Kind] = [
    .new, .changed, .again, .withdrawn, .keptWithdrawn, .refused, .unchanged,
  ]

  private func writeTable(_ plan: PublishPlan) {
    for issue in plan.issues where issue.severity == .refused {
      Output.line(IssueWriter(corpus: corpus, language: language, format: .table).line(issue))
    }
    for kind in PublishReport.order {
      let changes = plan.changes.filter { $0.kind == kind }
      // What stays as it is is counted, and named where somebody has something to do.
      let shown = kind == .unchanged ? changes.filter(needsAction) : changes
      guard !changes.isEmpty else { continue }
      Output.line(
        words.text(
          "publish.heading", ["kind": words.kind(kind), "count": String(changes.count)]))
      for change in shown { write(change) }
    }
    if !plan.absent.isEmpty {
      Output.line(
        words.text(
          plan.isHeldBack ? "publish.absent.held" : "publish.absent",
          [
            "count": String(plan.absent.count),
            "list": corpus.texts.list(Array(plan.absent.prefix(10)), language),
          ]))
    }
    writeSum(plan)
  }

  private func needsAction(_ change: PublishChange) -> Bool {
    !change.reasons.isEmpty || isExpired(change)
  }

  private func isExpired(_ change: PublishChange) -> Bool {
    change.state == .published && change.validUntil.map { $0 < asOf } ?? false
  }

  private func write(_ change: PublishChange) {
    let state =
      isExpired(change)
      ? words.text("publish.state.expired") : change.state.map(words.state) ?? ""
    let isRefused = change.kind == .refused
    let parts = [
      change.id ?? (isRefused ? place(change) : words.text("publish.noID")),
      change.own.map { "(\($0))" } ?? "", title(change),
      isRefused ? "" : state,
    ]
    Output.line("  " + parts.filter { !$0.isEmpty }.joined(separator: "  "))
    for field in change.fields { Output.line("    · " + words.change(field)) }
    if let twin = change.twinOf {
      Output.line("    · " + words.text("publish.twin", ["id": twin]))
    }
    let asks = change.kind == .unchanged ? reasons(change) : change.messages
    let isDecided = !change.reasons.isEmpty || change.kind == .refused
    for ask in isDecided && asks.isEmpty ? reasons(change) : asks {
      Output.line("    - " + ask)
    }
    if change.kind == .refused, change.id != nil {
      Output.line("    - " + words.text("publish.stays"))
    }
  }

  private func reasons(_ change: PublishChange) -> [String] {
    change.reasons.isEmpty ? [] : [words.reasons(change.reasons)]
  }

  private func title(_ change: PublishChange) -> String {
    change.isOpen ? DisplayWidth.cut(change.title, 50) : words.text("publish.sealed")
  }

  private func place(_ change: PublishChange) -> String {
    guard let place = change.place else { return "" }
    let file = [place.file, place.sheet].compactMap(\.self).joined(separator: "/")
    return words.text("issue.at", ["file": file, "row": String(place.row)])
  }

  private func writeSum(_ plan: PublishPlan) {
    let parts = PublishReport.order.filter { plan.count($0) > 0 }.map { kind in
      words.text("publish.count", ["kind": words.kind(kind), "count": String(plan.count(kind))])
    }
    Output.line(
      parts.isEmpty ? words.text("publish.none") : corpus.texts.list(parts, language))
    let taken = plan.changes.filter { $0.kind != .refused }
    let states = RecordVersion.State.allCases.compactMap { state -> String? in
      let count = taken.count { $0.state == state }
      guard count > 0 else { return nil }
      return words.text("publish.count", ["kind": words.state(state), "count": String(count)])
    }
    if !states.isEmpty {
      Output.line(
        words.text("publish.states", ["list": corpus.texts.list(states, language)]))
    }
  }
}
