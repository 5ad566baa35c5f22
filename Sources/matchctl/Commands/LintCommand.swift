import ArgumentParser
import Foundation
import Matcher
import RecordFiles
import TableFiles

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Say what is wrong with lists, profiles or the corpus itself.",
    discussion: """
      Without files it checks the corpus. Files are demand lists: a park's own sheets (.xlsx, .csv, .tsv) or records;
      with --side platform they are platform profiles. For each row of a list it says whether it is taken, taken with
      something to check, returned, or no demand; --format jsonl prints one object a row and a summary.
      How columns were understood is shown; correct it with --map and keep it with --save-profile.
      Exit 0 when nothing was refused, 1 otherwise.
      """)

  @Argument(help: "Lists or record files (.xlsx, .csv, .tsv, .jsonl, .json; - is standard input).")
  var files: [String] = []
  @Option(help: "What the files hold: demand or platform.") var side = RecordSide.demand
  @Option(help: "The format of the inputs when their names do not say.") var inputFormat:
    RecordFormat?
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @OptionGroup(title: "Lists") var lists: ListOptions
  @Option(
    help: ArgumentHelp(
      "Write the list back with what became of each row and marks on the cells.",
      valueName: "file"))
  var returned: String?
  @Option(
    help: ArgumentHelp("Write the demand records of the rows taken.", valueName: "file.jsonl"))
  var records: String?
  @Option(
    help: ArgumentHelp(
      "Write one message to each firm with what it has to correct (.txt, or .jsonl for one object a line).",
      valueName: "file"))
  var letters: String?
  @Option(
    help: ArgumentHelp("Keep how the columns were understood as a profile.", valueName: "file"))
  var saveProfile: String?
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func validate() throws {
    if returned != nil, files.count != 1 || files == ["-"] {
      throw ValidationError("--returned takes one list that is a file")
    }
  }

  func run() throws {
    guard !files.isEmpty else {
      let corpus = try CorpusFolder.load(corpusOptions.corpus)
      try finish(corpus.issues + CorpusLint.check(corpus), records: 0, corpus)
      return
    }
    let corpus = try corpusOptions.load()
    var reading = RecordReader.Options()
    reading.prose = side == .demand ? try time.date() : nil
    var reader = RecordReader(corpus: corpus, options: reading)
    var listed: [String] = []
    let options = try lists.options(corpus, asOf: time.date())
    let lint = ListLint(
      corpus: corpus, language: languages.language, format: format, options: options,
      encoding: lists.encoding.encoding, keepsReturned: returned != nil,
      keepsRecords: records != nil, keepsRows: letters != nil)
    for path in files {
      if side == .platform {
        try PlatformInput(
          corpus: corpus, language: languages.language, encoding: lists.encoding.encoding
        ).read(path, format: inputFormat, into: &reader)
        continue
      }
      switch try lint.input.open(path, format: inputFormat) {
      case .list(let file):
        listed.append(path)
        try lint.read(file, path)
      case .records(let source): try read(source, path, &reader, lint)
      }
    }
    try lint.finish(reader, ordered(issues(of: reader), files), hasLists: !listed.isEmpty)
    if let returned, let path = listed.first { try lint.writeReturned(path, to: returned) }
    if let records { try lint.writeRecords(to: records) }
    if let letters {
      let writer = ListLetters(corpus: corpus, language: languages.language, asOf: try time.date())
      try writer.write(writer.letters(lint.rows, reader.demands), to: letters)
    }
    if let path = saveProfile { try lint.saveProfile(to: path) }
    if lint.hasRefused(reader) { throw ExitCode(1) }
  }

  private func read(
    _ source: @escaping ByteSource, _ path: String, _ reader: inout RecordReader, _ lint: ListLint
  ) throws {
    do {
      try reader.readDemands(source, file: path, format: inputFormat)
    } catch {
      throw CommandError.broken(path, "\(error)")
    }
  }

  private func issues(of reader: RecordReader) -> [RecordIssue] {
    reader.issues + reader.demandIssues
  }

  private func ordered(_ issues: [RecordIssue], _ files: [String]) -> [RecordIssue] {
    let order = Dictionary(files.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
    return issues.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      return (order[a.file] ?? 0, a.row, left.offset) < (order[b.file] ?? 0, b.row, right.offset)
    }
    .map(\.element)
  }

  private func finish(_ issues: [RecordIssue], records: Int, _ corpus: Corpus) throws {
    IssueWriter(corpus: corpus, language: languages.language, format: format)
      .write(issues, records: records)
    if issues.contains(where: { $0.severity == .refused }) { throw ExitCode(1) }
  }
}
