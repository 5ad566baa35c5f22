import Matcher
import RecordFiles

/// Readings of phrases as table, CSV, JSON or JSON Lines.
final class QuantityWriter {
  private let record: QuantityRecord
  private let corpus: Corpus
  private let language: Language
  private let format: OutputFormat
  private var table: TextTable
  private var questions: [String] = []

  init(record: QuantityRecord, corpus: Corpus, language: Language, format: OutputFormat) {
    self.record = record
    self.corpus = corpus
    self.language = language
    self.format = format
    table = TextTable(header: [], limits: [])
    table = TextTable(header: header.dropLast(), limits: [48, 72])
  }

  private var header: [String] {
    ["quantity.column.phrase", "quantity.column.reading", "quantity.column.question"]
      .map { corpus.texts.text($0, language) }
  }

  func begin() {
    switch format {
    case .csv: Output.line(CSVWriter.byteOrderMark + CSVWriter.row(header))
    case .json: Output.raw("[")
    default: break
    }
  }

  func write(_ reading: QuantityReading, text: String, id: JSONValue?, isFirst: Bool) {
    switch format {
    case .jsonl: Output.line(JSONWriter.line(record.json(reading, text: text, id: id)))
    case .json:
      Output.raw(
        (isFirst ? "\n" : ",\n") + JSONWriter.line(record.json(reading, text: text, id: id)))
    case .csv: Output.line(CSVWriter.row([text, words(reading), sentences(reading, text)]))
    case .table: addRows(reading, text)
    }
  }

  func end() {
    switch format {
    case .json: Output.line("\n]")
    case .table:
      for line in table.lines() { Output.line(line) }
      if !questions.isEmpty { Output.line("") }
      for question in questions { Output.line("? " + question) }
    default: break
    }
  }

  private func addRows(_ reading: QuantityReading, _ text: String) {
    let nothing = corpus.texts.text("quantity.nothing", language)
    for (index, quantity) in reading.quantities.enumerated() {
      table.add([index == 0 ? text : "", record.words(quantity)])
    }
    if reading.quantities.isEmpty { table.add([text, nothing]) }
    questions += reading.doubts.map { record.sentence($0, in: text) }
  }

  private func words(_ reading: QuantityReading) -> String {
    reading.quantities.map { record.words($0) }.joined(separator: "; ")
  }

  private func sentences(_ reading: QuantityReading, _ text: String) -> String {
    reading.doubts.map { record.sentence($0, in: text) }.joined(separator: " ")
  }
}
