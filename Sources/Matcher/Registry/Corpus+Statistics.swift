extension Corpus {
  /// The frozen tables made from a catalogue: base rates and text statistics. Both may be absent.
  mutating func loadStatistics(_ files: Files) {
    if let bytes = files.read("policy/text-stats.tsv") {
      let table = TSVTable(bytes, file: "policy/text-stats.tsv", required: ["term", "texts"])
      for row in table.rows {
        switch row["term"] {
        case "N": statistics.documents = Int(row["texts"]) ?? 0
        case "length": statistics.averageLength = max(1, row.number("texts") ?? 1)
        default:
          if let term = UInt64(row["term"], radix: 16), let count = Int(row["texts"]) {
            statistics.set(term, documents: count)
          }
        }
      }
    }
    if let bytes = files.read("policy/priors.jsonl") { loadPriors(bytes) }
  }

  private mutating func loadPriors(_ bytes: [UInt8]) {
    let file = "policy/priors.jsonl"
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
      let log = IssueLog(file: file, row: index + 1)
      guard let object = (try? JSONParser.parse(line))?.object else {
        issues.append(
          RecordIssue(
            .refused, file: file, row: index + 1, field: "", got: "no JSON object",
            expected: "an object"))
        continue
      }
      let fields = FieldReader(object: object, path: "", log: log)
      if let reader = fields.reader("spec"),
        let spec = SpecReader(corpus: self, log: log).spec(reader, open: false),
        case .stated(let value, _) = spec.claim
      {
        priors.add(
          spec.key,
          PriorTable.Entry(
            sector: fields.string("sector") ?? "", value: value, complete: spec.complete))
      }
      issues += log.issues.filter { $0.severity == .refused }
    }
  }
}
