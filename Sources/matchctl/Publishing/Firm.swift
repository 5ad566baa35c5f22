import Ledger
import Matcher

/// What tells whose demand it is: the registration code, or the name without its legal form.
struct Firm: Sendable, Equatable {
  let code: String?
  let core: String?

  var isKnown: Bool { code != nil || core != nil }

  init(name: String?, code: String?, corpus: Corpus) {
    core = name.flatMap(corpus.firmCore)
    self.code = code.flatMap { $0.isEmpty ? nil : $0.uppercased() }
  }

  /// Of a record, or of what was kept beside it where the name is not to be shown.
  init(_ record: JSONObject, hidden: JSONObject?, corpus: Corpus) {
    let enterprise = record["enterprise"]?.object
    self.init(
      name: enterprise?["name"]?.string ?? hidden?["enterprise"]?.string,
      code: enterprise?["uscc"]?.string ?? hidden?["uscc"]?.string, corpus: corpus)
  }

  /// Two codes decide where both have one; else the names do.
  func isSame(_ other: Firm) -> Bool {
    if let code, let others = other.code { return code == others }
    guard let core, let others = other.core else { return false }
    return core == others
  }

  /// Firms that are the same share one of these.
  var keys: [String] {
    [code.map { "code " + $0 }, core.map { "name " + $0 }].compactMap(\.self)
  }
}
