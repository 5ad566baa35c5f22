import Matcher
import RecordFiles

/// Prints what was read out of the words of demands and platforms.
struct UnderstandingWriter {
  let corpus: Corpus
  let language: Language
  let format: OutputFormat

  /// One record with what was read out of its words.
  struct Record {
    let id: String
    let title: String
    /// As completed from its words.
    let raw: JSONValue
    /// States itself what it asks or offers, so that nothing has to be read.
    let isStated: Bool
  }

  func write(_ records: [Record]) {
    switch format {
    case .table: for record in records { table(record).forEach(Output.line) }
    case .jsonl: for record in records { Output.line(JSONWriter.line(json(record))) }
    case .json: Output.line(JSONWriter.pretty(.array(records.map(json))))
    case .csv:
      Output.raw(CSVWriter.byteOrderMark)
      Output.line(CSVWriter.row(["id"] + header))
      for record in records {
        for item in Understanding(record.raw).items {
          Output.line(CSVWriter.row([record.id] + cells(item)))
        }
      }
    }
  }

  func record(_ demand: Demand) -> Record {
    Record(
      id: demand.id, title: demand.shortTitle(corpus, language), raw: demand.raw,
      isStated: demand.stages.contains {
        !$0.ask.services.isEmpty || !$0.ask.requirements.isEmpty
      })
  }

  func record(_ platform: Platform) -> Record {
    Record(
      id: platform.id, title: platform.name.text(language), raw: platform.raw,
      isStated: platform.lines.contains { !$0.isProse })
  }

  /// The lines for one record: a headline, its items, what has to be asked.
  func table(_ record: Record) -> [String] {
    let understanding = Understanding(record.raw)
    let title = DisplayWidth.cut(record.title, 40)
    let doubts = understanding.doubts.map { doubt in
      "  "
        + text("understood.doubt", ["question": doubt.question(language), "quote": doubt.quote])
    }
    guard !understanding.items.isEmpty else {
      return record.isStated ? [] : [text("understood.nothing", ["title": title])] + doubts
    }
    let hasStages = understanding.items.contains { $0.stage != nil }
    var table = TextTable(
      header: hasStages ? header : header.filter { $0 != text("understood.head.stage") },
      limits: hasStages ? [4, 6, 24, 36, 10, 60] : [4, 24, 36, 10, 60])
    for item in understanding.items {
      var cells = cells(item)
      if !hasStages { cells.remove(at: 1) }
      table.add(cells)
    }
    return [text("understood.title", ["title": title])] + table.lines(indent: "  ") + doubts
  }

  /// `{"type":"understood","id",…,"understood":{…},"items":[…]}`.
  private func json(_ record: Record) -> JSONValue {
    let parts = [
      "services", "requirements", "certificates", "quantity", "window", "budget", "place", "stages",
      "lines", "openness", "status",
    ]
    let object = record.raw.object ?? JSONObject()
    let understood = parts.compactMap { name in object[name].map { (name, $0) } }
    let words = UnderstandingText(corpus: corpus, language: language)
    let understanding = Understanding(record.raw)
    let items = understanding.items.map { item in
      JSONValue.object(
        JSONObject([
          ("number", .integer(item.number)), ("part", .string(item.part)),
          ("stage", item.stage.map { .string($0) } ?? .null), ("name", .string(words.name(item))),
          ("value", .string(words.value(item))), ("strictness", .string(words.strictness(item))),
          ("quote", .string(item.quote)),
        ]))
    }
    let doubts = understanding.doubts.map { doubt in
      JSONValue.object(
        JSONObject([
          ("code", .string(doubt.code)), ("question", .string(doubt.question(language))),
          ("quote", .string(doubt.quote)),
        ]))
    }
    return .object(
      JSONObject([
        ("type", .string("understood")), ("id", .string(record.id)),
        ("understood", .object(JSONObject(understood))), ("items", .array(items)),
        ("doubts", .array(doubts)),
      ]))
  }

  private var header: [String] {
    ["number", "stage", "part", "value", "strictness", "quote"].map {
      text("understood.head.\($0)")
    }
  }

  private func cells(_ item: Understanding.Item) -> [String] {
    let words = UnderstandingText(corpus: corpus, language: language)
    return [
      String(item.number), item.stage ?? "", words.name(item), words.value(item),
      words.strictness(item), item.quote,
    ]
  }

  private func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}
