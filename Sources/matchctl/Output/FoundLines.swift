import Matcher
import RecordFiles

/// Lines of a catalogue, listed for people or programs.
struct FoundLines {
  let corpus: Corpus
  let language: Language
  let format: OutputFormat

  func write(_ lines: [Evaluation], total: Int) {
    switch format {
    case .jsonl:
      for line in lines { Output.line(JSONWriter.line(json(line))) }
      Output.line(JSONWriter.line(summary(lines.count, total)))
    case .json:
      Output.line(JSONWriter.pretty(.array(lines.map(json) + [summary(lines.count, total)])))
    case .csv:
      Output.raw(CSVWriter.byteOrderMark)
      Output.line(CSVWriter.row(header))
      for line in lines { Output.line(CSVWriter.row(cells(line))) }
    case .table:
      var table = TextTable(header: header, limits: [12, 34, 30, 40, 16, 60])
      for line in lines { table.add(cells(line)) }
      for line in table.lines() { Output.line(line) }
      if total > lines.count {
        Output.line(
          corpus.texts.text("table.more", language, ["count": String(total - lines.count)]))
      }
    }
  }

  private func summary(_ listed: Int, _ total: Int) -> JSONValue {
    .object(
      JSONObject([
        ("type", .string("summary")), ("lines", .integer(total)), ("listed", .integer(listed)),
      ]))
  }

  private var header: [String] {
    ["id", "platform", "line", "service", "place", "specs"].map {
      corpus.texts.text("table.\($0)", language)
    }
  }

  private func cells(_ match: Evaluation) -> [String] {
    let line = match.line.line
    return [
      line.id, mark(match.line.platform) + match.line.platform.name.text(language),
      line.name.text(language), services(line),
      MatchSheet.place(match.line, corpus, language), specs(match),
    ]
  }

  private func mark(_ platform: Platform) -> String {
    platform.synthetic ? "【\(corpus.texts.text("table.synthetic", language))】" : ""
  }

  private func services(_ line: ServiceLine) -> String {
    let stated = line.services.map { corpus.taxonomy[$0].name.text(language) }
    let broad = line.broadServices.map { corpus.taxonomy[$0].name.text(language) + "?" }
    return (stated + broad).joined(separator: " / ")
  }

  private func specs(_ match: Evaluation) -> String {
    let line = match.line.line
    let unstated = match.outcomes.compactMap { outcome -> String? in
      guard case .spec(let key) = outcome.criterion, outcome.state == .unknown else { return nil }
      let name = corpus.registry[key].name.text(language)
      return "\(name) \(corpus.texts.text("unstated", language))"
    }
    let stated = (line.specs + line.envelopes.flatMap(\.specs)).prefix(6).map {
      "\(corpus.registry[$0.key].name.text(language)) \($0.written)"
    }
    return (unstated + stated).joined(separator: language == .english ? "; " : "；")
  }

  private func json(_ match: Evaluation) -> JSONValue {
    let line = match.line.line
    return .object(
      JSONObject([
        ("type", .string("line")), ("platform", .string(match.line.platform.id)),
        ("line", .string(line.id)), ("name", .string(line.name.text(language))),
        ("services", .array(line.services.map { .string(corpus.taxonomy[$0].code) })),
        ("services_broad", .array(line.broadServices.map { .string(corpus.taxonomy[$0].code) })),
        ("place", .string(line.site.placeText)), ("stated", .bool(match.verdict == .full)),
        ("synthetic", .bool(match.line.platform.synthetic)),
      ]))
  }
}
