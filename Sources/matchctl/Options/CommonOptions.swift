import ArgumentParser
import Foundation
import Matcher
import RecordFiles
import TableFiles

/// Where the corpus is and which policy holds.
struct CorpusOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of registry, taxonomy and policy.", valueName: "dir"))
  var corpus: String?

  @Option(
    help: ArgumentHelp("A policy file whose members replace the corpus's.", valueName: "file"))
  var policy: String?

  /// A corpus that lacks a whole table or its policy stops the command; a bad row does not.
  func load() throws -> Corpus {
    let corpus = try CorpusFolder.load(corpus)
    if let broken = corpus.issues.first(where: { $0.severity == .refused && $0.row == 0 }) {
      throw CommandError.input("corpus, \(broken); matchctl lint shows all")
    }
    guard let value = try overlay() else { return corpus }
    let (changed, issues) = corpus.applyingPolicy(value, file: policy ?? "")
    if let first = issues.first { throw CommandError.input(first.description) }
    return changed
  }

  /// What the policy file says; nil without one.
  func overlay() throws -> JSONValue? {
    guard let policy else { return nil }
    let bytes = try FileSource.whole(policy)
    do {
      return try JSONParser.parse(bytes)
    } catch {
      throw CommandError.input(
        "\(policy), byte \(error.offset + 1): got \(error.got), expected \(error.expected)")
    }
  }
}

extension Language: ExpressibleByArgument {}

struct LanguageOptions: ParsableArguments {
  @Option(
    help: "The language of texts: zh-Hans, zh-Hant or en. Default: the locale's, else zh-Hans.")
  var lang: Language?

  /// The language asked for, else the locale's, else Simplified Chinese.
  var language: Language {
    if let lang { return lang }
    let environment = ProcessInfo.processInfo.environment
    let locale =
      ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    if locale.hasPrefix("zh_HK") || locale.hasPrefix("zh_TW") || locale.hasPrefix("zh_MO")
      || locale.hasPrefix("zh_Hant")
    {
      return .traditional
    }
    return locale.hasPrefix("en") ? .english : .simplified
  }
}

/// The only clock that evaluation knows.
struct TimeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The day everything is judged on. Default: today.", valueName: "YYYY-MM-DD"))
  var asOf: String?

  @Option(help: "The zone whose today is meant.")
  var zone = "Asia/Shanghai"

  func date() throws -> CivilDate {
    if let asOf {
      guard let date = CivilDate(iso: asOf) else {
        throw CommandError.usage("--as-of: got '\(asOf)', expected a day as YYYY-MM-DD")
      }
      return date
    }
    guard let zone = TimeZone(identifier: zone) else {
      throw CommandError.usage("--zone: got '\(self.zone)', expected a zone such as Asia/Shanghai")
    }
    return TimeOptions.today(Date(), zone)
  }

  /// The civil day in a zone at a moment.
  static func today(_ now: Date, _ zone: TimeZone) -> CivilDate {
    let seconds = now.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: now))
    return CivilDate(dayNumber: Int((seconds / 86_400).rounded(.down)))
  }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table
  case csv
  case json
  case jsonl
}

extension RecordFormat: ExpressibleByArgument {}

/// What a file holds.
enum RecordSide: String, ExpressibleByArgument, CaseIterable {
  case demand
  case platform
}

extension TextEncoding: ExpressibleByArgument {
  public init?(argument: String) {
    self.init(name: argument)
  }
}

/// How the text of a file is to be read.
struct EncodingOptions: ParsableArguments {
  @Option(
    help:
      "The encoding of text files: utf-8, gb18030, big5-hkscs, utf-16le. Default: told by the bytes."
  )
  var encoding: TextEncoding?
}

/// The records of both sides.
struct RecordOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Platform files (.jsonl, .json, .csv; - is standard input). Default: the corpus's real catalogue.",
      valueName: "file"))
  var platforms: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Demand files: records or a park's own list (.xlsx, .csv, .tsv, .jsonl, .json; - is standard input).",
      valueName: "file"))
  var demands: [String] = []

  @Option(help: "The format of the inputs when their names do not say.")
  var inputFormat: RecordFormat?

  @OptionGroup(title: "Lists") var lists: ListOptions

  /// Reads both sides; problems of rows go to standard error.
  ///
  /// - Parameter asOf: The day from which relative days in free text and in a list without a date of
  ///   its own count; nil leaves free text unread.
  func read(
    _ corpus: Corpus, folder: String?, asOf: CivilDate? = nil, language: Language = .simplified
  ) throws -> RecordReader {
    var reader = RecordReader(corpus: corpus, options: readerOptions(asOf))
    let platforms = PlatformInput(
      corpus: corpus, language: language, encoding: lists.encoding.encoding)
    for path in try platformPaths(folder) {
      try platforms.read(path, format: inputFormat, into: &reader)
    }
    for path in demands { try readDemands(path, &reader, corpus, asOf, language) }
    return reader
  }

  /// Reads files of one side alone, their free text included.
  func read(
    _ files: [String], _ side: RecordSide, _ corpus: Corpus, asOf: CivilDate, language: Language
  ) throws -> RecordReader {
    var reader = RecordReader(corpus: corpus, options: readerOptions(asOf))
    for path in files {
      switch side {
      case .demand: try readDemands(path, &reader, corpus, asOf, language)
      case .platform:
        try PlatformInput(corpus: corpus, language: language, encoding: lists.encoding.encoding)
          .read(path, format: inputFormat, into: &reader)
      }
    }
    return reader
  }

  private func readerOptions(_ asOf: CivilDate?) -> RecordReader.Options {
    var options = RecordReader.Options()
    options.prose = asOf
    return options
  }

  /// Records as they are; the rows of a list that were taken.
  private func readDemands(
    _ path: String, _ reader: inout RecordReader, _ corpus: Corpus, _ asOf: CivilDate?,
    _ language: Language
  ) throws {
    let input = ListInput(corpus: corpus, language: language, encoding: lists.encoding.encoding)
    switch try input.open(path, format: inputFormat) {
    case .records(let source):
      do {
        try reader.readDemands(source, file: path, format: inputFormat)
      } catch {
        throw CommandError.broken(path, "\(error)")
      }
    case .list(let file):
      let day = asOf ?? TimeOptions.today(Date(), .gmt)
      let options = try lists.options(corpus, asOf: day)
      try ListRecords(input: input, options: options).read(file, path).add(to: &reader)
    }
  }

  private func platformPaths(_ folder: String?) throws -> [String] {
    if !platforms.isEmpty { return platforms }
    return [try CorpusFolder.locate(folder) + "/catalogue/real.jsonl"]
  }
}

extension RecordReader {
  /// Prints the issues, refusals first, at most `limit` of them, and says how many more there are.
  func report(_ corpus: Corpus, _ language: Language, limit: Int = 50) {
    let writer = IssueWriter(corpus: corpus, language: language, format: .table)
    let ordered =
      issues.filter { $0.severity == .refused } + issues.filter { $0.severity == .warning }
    for issue in ordered.prefix(limit) { Output.error(writer.line(issue)) }
    if ordered.count > limit {
      let count = String(ordered.count - limit)
      Output.error(corpus.texts.text("issue.more", language, ["count": count]))
    }
  }

  var refused: Int {
    issues.count { $0.severity == .refused }
  }
}
