extension CorpusTables {
  /// The frozen tables made from a catalogue: base rates and text statistics. All may be absent.
  mutating func loadStatistics(_ files: Files) {
    frozenStatistics = FrozenStatistics(
      general: source("policy/text-general.tsv", files),
      catalogue: source("policy/text-stats.tsv", files))
    if let bytes = files.read("policy/priors.jsonl") { loadPriors(bytes) }
  }

  private func source(_ file: String, _ files: Files) -> FrozenStatistics.Source? {
    files.read(file).map { FrozenStatistics.Source(file: file, bytes: $0) }
  }

  private mutating func loadPriors(_ bytes: [UInt8]) {
    let file = "policy/priors.jsonl"
    let corpus = Corpus(self)
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
        let spec = SpecReader(corpus: corpus, log: log).spec(reader, open: false),
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
