/// Certificate schemes and scopes, and the words of status and openness.
public struct Lexicon: Sendable {
  struct Scheme: Sendable {
    let curable: Bool
    /// Schemes whose certificate also serves where this one is asked.
    let equivalents: [TermID]
  }

  struct Phrase: Sendable {
    let field: String
    let folded: [UInt32]
    let means: String
  }

  /// Whether a platform that lacks a certificate of this scheme can be helped to it.
  package func isCurable(_ scheme: TermID) -> Bool {
    schemeFacts[scheme]?.curable ?? false
  }

  var schemes = Vocabulary()
  var schemeFacts: [TermID: Scheme] = [:]
  /// Parents here are the scopes that include this one.
  var scopes = Vocabulary()
  var phrases: [Phrase] = []

  /// What the longest phrase of a field that occurs in the text means; the first row on ties.
  func meaning(of text: String, field: String, fold: Folding) -> String? {
    let folded = fold.fold(text)
    var best: Phrase?
    for phrase in phrases where phrase.field == field {
      guard phrase.folded.count > best?.folded.count ?? 0 else { continue }
      if contains(folded, phrase.folded) { best = phrase }
    }
    return best?.means
  }

  private func contains(_ text: [UInt32], _ part: [UInt32]) -> Bool {
    guard let first = part.first, text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains {
      text[$0] == first && text[$0...].starts(with: part)
    }
  }
}
