import Matcher

/// What is made of the corpus once for the server and takes a while to make.
struct CorpusTools: Sendable {
  let corpus: Corpus
  /// Reads free text.
  let reading: ReadingTools
  /// Says what is wrong with records.
  let issues: IssueText

  /// O(letters of all names of the corpus).
  init(_ corpus: Corpus) {
    self.corpus = corpus
    reading = ReadingTools(corpus: corpus)
    issues = IssueText(corpus)
  }
}
