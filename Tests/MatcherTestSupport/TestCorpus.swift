import Matcher

/// The package's own corpus, read once.
package enum TestCorpus {
  package static let shared = Corpus(.folder(CorpusFiles.root.path))
}
