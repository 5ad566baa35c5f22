extension Corpus {
  /// The frozen tables made from a catalogue: base rates and text statistics. All may be absent.
  mutating func loadStatistics(_ files: Files) {
    statistics.general = termTable("policy/text-general.tsv", files)
    statistics.catalogue = termTable("policy/text-stats.tsv", files)
    if let bytes = files.read("policy/priors.jsonl") { loadPriors(bytes) }
  }

  private mutating func termTable(_ file: String, _ files: Files) -> TermTable {
    guard let bytes = files.read(file) else { return TermTable() }
    let (table, found) = TermTable.read(bytes, file: file)
    issues += found
    return table
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
