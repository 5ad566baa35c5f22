import ArgumentParser
import Foundation
import Matcher
import RecordFiles

struct ConfirmCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "Show what was read out of the words of records, and write what a person confirms.",
    discussion: """
      Without --accept it lists the items of each record with a number:
        matchctl confirm list.jsonl
      With --accept the accepted items become statements of the record, its other items are dropped, and all records
      are written to --out:
        matchctl confirm list.jsonl --accept D1 --accept D2:1,3 --by 陈工 --out confirmed.jsonl
      """)

  @Argument(help: "Record files (.jsonl, .json, .csv, .xlsx; - is standard input).")
  var files: [String]

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A record's id, or its id with the items that are right; all for every record.",
      valueName: "id[:n,n]"))
  var accept: [String] = []

  @Option(help: ArgumentHelp("Who confirms; kept in the record.", valueName: "name"))
  var by = ""

  @Option(help: ArgumentHelp("Where the records are written (JSON Lines).", valueName: "file"))
  var out: String?

  @Option(help: "What the files hold: demand or platform.") var side = RecordSide.demand
  @Option(help: "The format of the inputs when their names do not say.")
  var inputFormat: RecordFormat?

  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @OptionGroup(title: "Lists") var lists: ListOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func validate() throws {
    if accept.isEmpty != (out == nil) {
      throw ValidationError("--accept and --out go together: what is right, and where to write it")
    }
  }

  func run() throws {
    let corpus = try corpusOptions.load()
    var options = RecordOptions()
    options.inputFormat = inputFormat
    options.lists = lists
    let day = try time.date()
    let reader = try options.read(
      files, side, corpus, asOf: day, language: languages.language)
    reader.report(corpus, languages.language)
    let writer = UnderstandingWriter(corpus: corpus, language: languages.language, format: format)
    let records =
      side == .demand ? reader.demands.map(writer.record) : reader.platforms.map(writer.record)
    guard !records.isEmpty else { throw CommandError.input("no record could be read") }
    guard let out else {
      writer.write(records)
      if format == .table { Output.error(corpus.texts.text("confirm.how", languages.language)) }
      return
    }
    let stated = side == .demand ? reader.demands.map(\.stated) : reader.platforms.map(\.stated)
    try write(records, stated, to: out, corpus, day)
  }

  private func write(
    _ records: [UnderstandingWriter.Record], _ stated: [JSONValue], to out: String,
    _ corpus: Corpus, _ day: CivilDate
  ) throws {
    let choices = try choices(records)
    var text = ""
    var count = 0
    for (record, plain) in zip(records, stated) {
      var result = plain
      if let choice = choices[record.id] {
        let numbers = choice ?? Set(Understanding(record.raw).items.map(\.number))
        count += numbers.count
        result = Understanding.confirming(numbers, of: record.raw, by: by, on: day)
      }
      text += JSONWriter.line(result) + "\n"
    }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: out), options: .atomic)
    } catch {
      throw CommandError.broken(out, "\(error.localizedDescription)")
    }
    let values = ["count": String(count), "file": out]
    Output.error(corpus.texts.text("confirm.done", languages.language, values))
  }

  /// By record: the items that are right; nil for all of them.
  private func choices(
    _ records: [UnderstandingWriter.Record]
  ) throws -> [String: Set<Int>?] {
    let ids = Set(records.map(\.id))
    var choices: [String: Set<Int>?] = [:]
    for text in accept {
      if text == "all" {
        for id in ids { choices[id] = .some(nil) }
        continue
      }
      if ids.contains(text) {
        choices[text] = .some(nil)
        continue
      }
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      let known = records.first { $0.id == parts.first }
      guard let known, parts.count == 2 else {
        throw CommandError.usage("--accept: got '\(text)', expected a record's id, id:1,3 or all")
      }
      let items = Set(Understanding(known.raw).items.map(\.number))
      let numbers = parts[1].split(separator: ",").map { Int($0) }
      guard numbers.allSatisfy({ $0.map(items.contains) ?? false }) else {
        throw CommandError.usage(
          "--accept: got '\(text)', expected items of 1…\(items.count) as confirm lists them")
      }
      choices[known.id] = .some(Set(numbers.compactMap { $0 }))
    }
    return choices
  }
}
