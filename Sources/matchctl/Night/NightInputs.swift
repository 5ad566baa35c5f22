import Ledger
import Matcher

/// Where a run's records, tables and rules come from.
package struct NightInputs {
  package let ledger: Ledger
  package let corpus: Corpus
  package let files: Corpus.Files
  package let imprint: CorpusImprint

  /// - Parameter overlay: the policy file laid over the corpus's own.
  package init(ledger: Ledger, corpus: Corpus, files: Corpus.Files, overlay: JSONValue? = nil) {
    self.ledger = ledger
    self.files = files
    imprint = CorpusImprint(files, overlay: overlay)
    self.corpus = corpus.replacingPolicy(by: imprint.policy)
  }

  /// - Parameter imprint: of the same files, where it is known already.
  package init(ledger: Ledger, corpus: Corpus, files: Corpus.Files, imprint: CorpusImprint) {
    self.ledger = ledger
    self.files = files
    self.imprint = imprint
    self.corpus = corpus.replacingPolicy(by: imprint.policy)
  }

  /// The same with the policy that a run was made with.
  package func with(policy layers: [JSONValue]) -> NightInputs {
    NightInputs(self, layers)
  }

  private init(_ other: NightInputs, _ layers: [JSONValue]) {
    ledger = other.ledger
    files = other.files
    corpus = other.corpus.replacingPolicy(by: layers)
    imprint = other.imprint.with(policy: layers)
  }
}
