import ArgumentParser
import Matcher
import RecordFiles

struct QuantityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quantity",
    abstract: "Read the quantities of phrases: numbers with units, classes, days, money.",
    discussion: """
      Phrases are arguments, or lines of standard input: plain text, or JSON objects with a text and an id.
      Units are UCUM spellings. What a careful engineer would ask about is flagged, with its readings.
      Exit 0 when every line could be read, 2 when one is not valid JSON.
      """)

  @Argument(help: "The phrases; none, or -: lines of standard input.") var phrases: [String] = []
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @Option(
    help: ArgumentHelp(
      "The unit of the heading that the phrases are cells under, as written there.",
      valueName: "unit"))
  var unit: String?
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func run() throws {
    let corpus = try corpusOptions.load()
    let asOf = try time.date()
    let reader = QuantityReader(corpus: corpus)
    if let unit, reader.ucum(of: unit) == nil {
      throw CommandError.usage("--unit: got '\(unit)', expected a unit such as 万元, MPa or 天")
    }
    let writer = QuantityWriter(
      record: QuantityRecord(corpus: corpus, language: languages.language), corpus: corpus,
      language: languages.language, format: format)
    writer.begin()
    var count = 0
    func write(_ phrase: Phrase) {
      let reading =
        unit.map { reader.read(cell: phrase.text, unit: $0, asOf: asOf) }
        ?? reader.read(phrase.text, asOf: asOf)
      writer.write(reading, text: phrase.text, id: phrase.id, isFirst: count == 0)
      count += 1
    }
    if phrases.isEmpty || phrases == ["-"] {
      try readLines { write($0) }
    } else {
      for phrase in phrases { write(Phrase(text: phrase, id: nil)) }
    }
    writer.end()
  }

  private struct Phrase {
    var text: String
    var id: JSONValue?
  }

  /// Lines of standard input: JSON objects when they begin so, plain text otherwise.
  private func readLines(_ body: (Phrase) -> Void) throws {
    let source = try FileSource.open("-")
    var pending: [UInt8] = []
    var number = 0
    func take(_ line: [UInt8]) throws {
      number += 1
      let bytes = line.last == 13 ? Array(line.dropLast()) : line
      guard bytes.contains(where: { $0 > 0x20 }) else { return }
      body(try phrase(bytes, line: number))
    }
    while let chunk = try source() {
      var start = 0
      while let end = chunk[start...].firstIndex(of: 10) {
        try take(pending + chunk[start..<end])
        pending = []
        start = end + 1
      }
      pending += chunk[start...]
    }
    if !pending.isEmpty { try take(pending) }
  }

  private func phrase(_ bytes: [UInt8], line: Int) throws -> Phrase {
    guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else {
      return Phrase(text: String(decoding: bytes, as: UTF8.self), id: nil)
    }
    do {
      let object = try JSONParser.parse(bytes).object
      guard let text = object?["text"]?.string else {
        throw CommandError.input(
          "standard input, line \(line): got no text, expected a member 'text'")
      }
      return Phrase(text: text, id: object?["id"])
    } catch let error as CommandError {
      throw error
    } catch {
      throw CommandError.input("standard input, line \(line): \(error), expected a JSON object")
    }
  }
}
