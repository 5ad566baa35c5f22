import Matcher

/// The package's own corpus, read once.
package enum TestCorpus {
  package static let shared = Corpus(.folder(CorpusFiles.root.path))
  /// What reads free text by it, which takes a while to make.
  package static let tools = ReadingTools(corpus: shared)
}
