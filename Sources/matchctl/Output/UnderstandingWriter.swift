import Matcher

/// Prints what was read out of demands' words.
struct UnderstandingWriter {
  let corpus: Corpus
  let language: Language
  let format: OutputFormat

  func write(_ demands: [Demand]) {
    switch format {
    case .table: for demand in demands { table(demand).forEach(Output.line) }
    case .jsonl: for demand in demands { Output.line(JSONWriter.line(json(demand))) }
    case .json: Output.line(JSONWriter.pretty(.array(demands.map(json))))
    case .csv:
      Output.raw(CSVWriter.byteOrderMark)
      Output.line(CSVWriter.row(["demand"] + header))
      for demand in demands {
        for item in Understanding(demand.raw).items {
          Output.line(CSVWriter.row([demand.id] + cells(item)))
        }
      }
    }
  }

  /// The lines for one demand: a headline and its items.
  func table(_ demand: Demand) -> [String] {
    let items = Understanding(demand.raw).items
    let title = DisplayWidth.cut(demand.shortTitle(corpus, language), 40)
    guard !items.isEmpty else {
      let isStated = demand.stages.contains {
        !$0.ask.services.isEmpty || !$0.ask.requirements.isEmpty
      }
      return isStated ? [] : [text("understood.nothing", ["title": title])]
    }
    let hasStages = items.contains { $0.stage != nil }
    var table = TextTable(
      header: hasStages ? header : header.filter { $0 != text("understood.head.stage") },
      limits: hasStages ? [4, 6, 24, 36, 10, 60] : [4, 24, 36, 10, 60])
    for item in items {
      var cells = cells(item)
      if !hasStages { cells.remove(at: 1) }
      table.add(cells)
    }
    let doubts = Understanding(demand.raw).doubts.map { doubt in
      "  "
        + text("understood.doubt", ["question": text("\(doubt.code)"), "quote": doubt.quote])
    }
    return [text("understood.title", ["title": title])] + table.lines(indent: "  ") + doubts
  }

  /// `{"type":"understood","id",…,"understood":{…},"items":[…]}`.
  private func json(_ demand: Demand) -> JSONValue {
    let parts = [
      "services", "requirements", "certificates", "quantity", "window", "budget", "place", "stages",
    ]
    let record = demand.raw.object ?? JSONObject()
    let understood = parts.compactMap { name in record[name].map { (name, $0) } }
    let words = UnderstandingText(corpus: corpus, language: language)
    let items = Understanding(demand.raw).items.map { item in
      JSONValue.object(
        JSONObject([
          ("number", .integer(item.number)), ("part", .string(item.part)),
          ("stage", item.stage.map { .string($0) } ?? .null), ("name", .string(words.name(item))),
          ("value", .string(words.value(item))), ("strictness", .string(words.strictness(item))),
          ("quote", .string(item.quote)),
        ]))
    }
    return .object(
      JSONObject([
        ("type", .string("understood")), ("id", .string(demand.id)),
        ("understood", .object(JSONObject(understood))), ("items", .array(items)),
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
