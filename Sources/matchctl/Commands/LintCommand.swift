import ArgumentParser
import Matcher

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Say what is wrong with lists, profiles or the corpus itself.",
    discussion: """
      Without files it checks the corpus. Files are demand lists; with --side platform they are platform profiles.
      Exit 0 when nothing was refused, 1 otherwise.
      """)

  @Argument(help: "Record files (.jsonl, .json, .csv; - is standard input).") var files: [String] =
    []
  @Option(help: "What the files hold: demand or platform.") var side = RecordSide.demand
  @Option(help: "The format of the inputs when their names do not say.") var inputFormat:
    RecordFormat?
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func run() throws {
    guard !files.isEmpty else {
      let corpus = try CorpusFolder.load(corpusOptions.corpus)
      try finish(corpus.issues + CorpusLint.check(corpus), records: 0, corpus)
      return
    }
    let corpus = try corpusOptions.load()
    var reader = RecordReader(corpus: corpus)
    for path in files {
      let source = try FileSource.open(path)
      do {
        switch side {
        case .demand: try reader.readDemands(source, file: path, format: inputFormat)
        case .platform: try reader.readPlatforms(source, file: path, format: inputFormat)
        }
      } catch {
        throw CommandError.broken(path, "\(error)")
      }
    }
    let order = Dictionary(files.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
    let issues = (reader.issues + reader.demandIssues).enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      return (order[a.file] ?? 0, a.row, left.offset) < (order[b.file] ?? 0, b.row, right.offset)
    }
    try finish(
      issues.map(\.element), records: reader.demands.count + reader.platforms.count,
      corpus)
  }

  private func finish(_ issues: [RecordIssue], records: Int, _ corpus: Corpus) throws {
    IssueWriter(corpus: corpus, language: languages.language, format: format)
      .write(issues, records: records)
    if issues.contains(where: { $0.severity == .refused }) { throw ExitCode(1) }
  }
}
