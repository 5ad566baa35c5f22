import Ledger
import Matcher

/// How what publishing does is said.
package struct PublishText {
  package let corpus: Corpus
  package let language: Language

  package init(corpus: Corpus, language: Language) {
    self.corpus = corpus
    self.language = language
  }

  package func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }

  /// 已发布, 待补正, 退回, 已撤回; 已到期 for what is past its last day.
  package func state(_ version: RecordVersion, _ asOf: CivilDate) -> String {
    if version.state == .published, !version.stands(on: asOf) {
      return text("publish.state.expired")
    }
    return state(version.state)
  }

  package func state(_ state: RecordVersion.State) -> String {
    text("publish.state.\(state.rawValue)")
  }

  package func kind(_ kind: PublishChange.Kind) -> String {
    text("publish.kind.\(kind.rawValue)")
  }

  /// The names of a field, where it has one.
  package func field(_ name: String) -> String {
    let id = "publish.field.\(name)"
    let known = text(id)
    return known == "[\(id)]" ? name : known
  }

  /// `预算：60 → 80`; without values where not everyone may read them.
  package func change(_ change: FieldChange) -> String {
    if change.isWithheld { return text("publish.change.withheld", ["field": field(change.field)]) }
    let nothing = text("publish.nothing")
    return text(
      "publish.change",
      [
        "field": field(change.field), "old": cut(change.old ?? nothing),
        "new": cut(change.new ?? nothing),
      ])
  }

  private func cut(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > 60 else { return text }
    return String(String.UnicodeScalarView(scalars.prefix(59))) + "…"
  }

  /// Why, in words: problems of the linter, of rows, and how something was withdrawn.
  package func reasons(_ codes: [String]) -> String {
    corpus.texts.list(codes.map(reason), language)
  }

  private func reason(_ code: String) -> String {
    for id in ["publish.reason.\(code)", "list.\(code)"] where !text(id).hasPrefix("[") {
      return text(id)
    }
    return code
  }
}
