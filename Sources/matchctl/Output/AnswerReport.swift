import Brokerage
import Matcher

/// Prints what an answer changes.
struct AnswerReport {
  let corpus: Corpus
  let language: Language
  let format: OutputFormat
  let top: Int

  /// - Parameter seq: the answer's entry; nil for one that was only tried.
  func write(
    _ prepared: AnswerRecorder.Prepared, _ value: String, _ effect: AnswerEffect, _ seq: Int64?
  ) {
    let answer = prepared.answer
    let issues = IssueWriter(corpus: corpus, language: language, format: .table)
    for warning in prepared.warnings { Output.error(issues.sentence(warning)) }
    let slot = FactSlot(answer.slot, corpus: corpus)
    let values = [
      "seq": seq.map { "\($0)" } ?? "", "addressee": answer.line ?? answer.addressee,
      "name": slot?.name(corpus, language) ?? answer.slot, "value": value,
      "source": answer.source, "day": "\(answer.day)",
      "until": answer.validUntil.map { "\($0)" } ?? text("answer.noUntil"),
    ]
    say(text(seq == nil ? "answer.preview" : "answer.recorded", values))
    if answer.visibility == Visibility.named.rawValue, !prepared.isDemand {
      say(text("answer.restricted"))
    } else if !effect.counts {
      say(text("answer.overruled"))
    }
    let counts = ["count": "\(effect.compared)", "changed": "\(effect.changes.count)"]
    guard !effect.changes.isEmpty else { return say(text("answer.unchanged", counts)) }
    say(text("answer.changed", counts))
    let columns = ["demand", "line", "before", "after", "score"]
    let header =
      format == .table || format == .csv
      ? columns.map { text("answer.column.\($0)") } : columns
    Output.listing(header, effect.changes.prefix(top).map(row), format)
  }

  private func row(_ change: AnswerEffect.Change) -> [String] {
    let stage = change.after.stage.stage.id.map { " · \($0)" } ?? ""
    return [
      change.after.stage.demand.id + stage, change.after.line.line.id,
      verdict(change.before), verdict(change.after),
      "\(MatchSheet.whole(change.before.score, change.before.score.expected)) → "
        + MatchSheet.whole(change.after.score, change.after.score.expected),
    ]
  }

  private func verdict(_ match: Evaluation) -> String {
    format == .json || format == .jsonl
      ? match.verdict.rawValue
      : Explanation(match, corpus: corpus, language: language).verdict
  }

  /// Words for people go beside results for programs.
  private func say(_ line: String) {
    if format == .table { Output.line(line) } else { Output.error(line) }
  }

  private func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}
