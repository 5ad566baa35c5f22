import Matcher

/// Problems of records and lists in the language asked.
struct IssueView {
  private let corpus: Corpus
  private let language: Language
  private let texts: IssueText

  init(_ call: Call) {
    corpus = call.standing.corpus
    language = call.language
    texts = call.standing.tools.issues
  }

  func json(_ issues: [RecordIssue]) -> [JSONValue] {
    return issues.map { issue in
      var object = issue.json.object ?? JSONObject()
      let said = texts.translate(issue, language)
      let place = issue.row > 0 ? "\(issue.row) \(issue.field)" : issue.field
      object["text"] = .string(
        corpus.texts.text(
          said.hint == nil ? "issue.sentence" : "issue.sentence.hint", language,
          ["place": place, "got": said.got, "expected": said.expected, "hint": said.hint ?? ""]))
      return .object(object)
    }
  }
}
