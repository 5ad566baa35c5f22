import Matcher

/// The messages by which a park asks its firms to correct their demands: of each firm one, over all
/// lists and records of a run, with what is wrong with its rows and with what they say.
struct ListLetters {
  let corpus: Corpus
  let language: Language
  let asOf: CivilDate

  /// - Parameters:
  ///   - rows: Those taken and those returned, in the order read.
  ///   - records: Demands of files of records.
  func letters(_ rows: [ListRow], _ records: [Demand]) -> [CorrectionLetter] {
    var options = RecordReader.Options()
    options.prose = asOf
    var reader = RecordReader(corpus: corpus, options: options)
    for row in rows {
      if let record = row.record { reader.add(demand: record, file: row.file, row: row.number) }
    }
    let letters = CorrectionLetters(corpus: corpus, language: language)
    let lint = DemandLint(corpus: corpus, tools: ReadingTools(corpus: corpus))
    let demands = Dictionary(reader.demands.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    let text = ListText(corpus)
    var cases = rows.map { row in
      var one =
        row.systemID.flatMap { demands[$0] }.map { demand in
          letters.case(demand, lint.problems(demand, asOf: asOf))
        }
        ?? CorrectionLetters.Case(
          firm: row.enterprise, park: "", id: "", title: row.title, points: [])
      let sentences = row.findings.filter(text.isProblem).map { text.sentence($0, language) }
      one.points = unique(sentences + one.points)
      if one.title.isEmpty, one.id.isEmpty { one.title = place(row) }
      return one
    }
    cases += records.map { letters.case($0, lint.problems($0, asOf: asOf)) }
    return letters.letters(inOneParkEach(cases), asOf: asOf)
  }

  /// A row that was returned has no record to name its park: it goes with its firm's other rows.
  private func inOneParkEach(_ cases: [CorrectionLetters.Case]) -> [CorrectionLetters.Case] {
    var parks: [String: String] = [:]
    for one in cases where !one.park.isEmpty { parks[one.firm ?? ""] = one.park }
    let only = Set(parks.values).count == 1 ? parks.values.first : nil
    return cases.map { one in
      var one = one
      if one.park.isEmpty { one.park = parks[one.firm ?? ""] ?? only ?? "" }
      return one
    }
  }

  private func place(_ row: ListRow) -> String {
    let values = ["file": row.file, "row": String(row.number)]
    return corpus.texts.text("issue.at", language, values)
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  /// Writes them one after another, or as one object a line where the file is named `.jsonl`.
  func write(_ letters: [CorrectionLetter], to target: String) throws {
    let isLines = target.hasSuffix(".jsonl")
    let texts = letters.map { isLines ? JSONWriter.line(json($0)) : $0.text }
    let mark = isLines ? "\n" : "\n\n" + String(repeating: "-", count: 40) + "\n\n"
    try Output.write(Array((texts.joined(separator: mark) + "\n").utf8), to: target)
  }

  private func json(_ letter: CorrectionLetter) -> JSONValue {
    .object(
      JSONObject([
        ("type", .string("letter")), ("firm", letter.firm.map { .string($0) } ?? .null),
        ("park", .string(letter.park)),
        ("demands", .array(letter.demands.map { .string($0) })), ("text", .string(letter.text)),
      ]))
  }
}
