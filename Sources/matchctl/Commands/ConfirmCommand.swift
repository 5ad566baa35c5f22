import ArgumentParser
import Foundation
import Matcher

struct ConfirmCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "Show what was read out of demands' words, and write what a person confirms.",
    discussion: """
      Without --accept it lists the items of each demand with a number:
        matchctl confirm list.jsonl
      With --accept the accepted items become statements of the record, the demand's other items are dropped, and all
      records are written to --out:
        matchctl confirm list.jsonl --accept D1 --accept D2:1,3 --by 陈工 --out confirmed.jsonl
      """)

  @Argument(help: "Demand files (.jsonl, .json, .csv, .xlsx; - is standard input).")
  var files: [String]

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A demand's id, or its id with the items that are right; all for every demand.",
      valueName: "id[:n,n]"))
  var accept: [String] = []

  @Option(help: ArgumentHelp("Who confirms; kept in the record.", valueName: "name"))
  var by = ""

  @Option(help: ArgumentHelp("Where the records are written (JSON Lines).", valueName: "file"))
  var out: String?

  @Option(help: "The format of the inputs when their names do not say.")
  var inputFormat: RecordFormat?

  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
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
    var records = RecordOptions()
    records.platforms = []
    records.demands = files
    records.inputFormat = inputFormat
    let day = try time.date()
    let reader = try records.readDemands(corpus, asOf: day)
    reader.report(corpus, languages.language)
    guard !reader.demands.isEmpty else { throw CommandError.input("no demand could be read") }
    guard let out else {
      UnderstandingWriter(corpus: corpus, language: languages.language, format: format)
        .write(reader.demands)
      if format == .table { Output.error(corpus.texts.text("confirm.how", languages.language)) }
      return
    }
    try write(reader.demands, to: out, corpus, day)
  }

  private func write(
    _ demands: [Demand], to out: String, _ corpus: Corpus, _ day: CivilDate
  ) throws {
    let choices = try choices(demands)
    var text = ""
    var count = 0
    for demand in demands {
      var record = demand.raw
      if let choice = choices[demand.id] {
        let numbers = choice ?? Set(Understanding(record).items.map(\.number))
        count += numbers.count
        record = Understanding.confirming(numbers, of: record, by: by, on: day)
      } else {
        record = demand.stated
      }
      text += JSONWriter.line(record) + "\n"
    }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: out), options: .atomic)
    } catch {
      throw CommandError.broken(out, "\(error.localizedDescription)")
    }
    let values = ["count": String(count), "file": out]
    Output.error(corpus.texts.text("confirm.done", languages.language, values))
  }

  /// By demand: the items that are right; nil for all of them.
  private func choices(_ demands: [Demand]) throws -> [String: Set<Int>?] {
    let ids = Set(demands.map(\.id))
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
      let known = demands.first { $0.id == parts.first }
      guard let known, parts.count == 2 else {
        throw CommandError.usage("--accept: got '\(text)', expected a demand's id, id:1,3 or all")
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
