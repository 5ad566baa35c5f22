import ArgumentParser
import Matcher
import RecordFiles

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why a line fits a demand, or everything that stands against it.")

  @Argument(help: "The demand's id.") var demand: String
  @Argument(help: "The service line's id.") var line: String
  @Option(help: "The stage of a demand with several.") var stage: String?
  @Option(
    help: ArgumentHelp("Also say why the line stands above or below this one.", valueName: "line"))
  var above: String?
  @Option(
    name: .customLong("for"), help: "Make a text for one addressee: platform, enterprise or file.")
  var addressee: Addressee?
  @Option(help: "The register of that text: message (chat, at most 300 characters) or letter (A4).")
  var register = TextRegister.message
  @Option(help: "table (sentences), json or jsonl.") var format = OutputFormat.table
  @Option(
    name: .customLong("weights"), parsing: .upToNextOption,
    help: ArgumentHelp("Your weights by part or spec key, 0…1000.", valueName: "key=w"))
  var weights: [String] = []
  @OptionGroup(title: "Records") var records: RecordOptions
  @OptionGroup(title: "Typed on the spot, named typed") var typed: TypedDemand
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func validate() throws {
    try typed.requireDemand(records)
  }

  func run() throws {
    let corpus = try corpusOptions.load()
    let pairs = try PairFinder(
      records, typed, corpusOptions, corpus, time, weights, languages.language)
    let evaluation = try pairs.evaluation(demand: demand, stage: stage, line: line)
    let language = languages.language
    if let addressee {
      if evaluation.verdict == .conflict, addressee != .file {
        throw CommandError.input(
          "'\(line)' does not fit '\(demand)': no text is made for it; see explain without --for")
      }
      let letters = Letters(corpus: corpus, language: language)
      Output.line(letters.text([evaluation], for: addressee, in: register))
      return
    }
    let record = MatchRecord(corpus: corpus, language: language)
    switch format {
    case .json: Output.line(JSONWriter.pretty(record.fullJSON(evaluation, rank: nil)))
    case .jsonl: Output.line(JSONWriter.line(record.fullJSON(evaluation, rank: nil)))
    case .table, .csv:
      ExplanationPage(corpus: corpus, language: language).write(evaluation)
      if let above {
        let other = try pairs.evaluation(demand: demand, stage: stage, line: above)
        Output.line(Ordering(corpus: corpus, language: language).reason(evaluation, other))
      }
    }
  }
}

extension Addressee: ExpressibleByArgument {}
extension TextRegister: ExpressibleByArgument {}

/// Reads the records once and evaluates pairs by id, with messages that name what is missing.
struct PairFinder {
  let reader: RecordReader
  let engine: MatchEngine
  let options: MatchOptions

  init(
    _ records: RecordOptions, _ typed: TypedDemand, _ corpusOptions: CorpusOptions,
    _ corpus: Corpus, _ time: TimeOptions, _ weights: [String], _ language: Language
  ) throws {
    var reader = try records.read(
      corpus, folder: corpusOptions.corpus, asOf: time.date())
    if typed.isGiven { try typed.add(to: &reader, corpus, language) }
    self.reader = reader
    reader.report(corpus, language)
    engine = MatchEngine(corpus: corpus, platforms: reader.platforms)
    var options = MatchOptions(asOf: try time.date())
    options.preferred = try Weights.parse(weights, corpus)
    self.options = options
  }

  func evaluation(demand id: String, stage: String?, line lineID: String) throws -> Evaluation {
    guard let demand = reader.demands.first(where: { $0.id == id }) else {
      throw CommandError.input("no demand '\(id)'; known: \(sample(reader.demands.map(\.id)))")
    }
    if let stage, !demand.stages.contains(where: { $0.id == stage }) {
      throw CommandError.input(
        "no stage '\(stage)' in '\(id)'; known: \(sample(demand.stages.compactMap(\.id)))")
    }
    guard let evaluation = engine.evaluate(demand, stage: stage, line: lineID, options: options)
    else {
      throw CommandError.input("no line '\(lineID)'; known: \(sample(near(lineID)))")
    }
    return evaluation
  }

  /// Line ids that begin alike, else the first ones.
  private func near(_ id: String) -> [String] {
    let ids = engine.lines.map(\.line.id)
    let alike = ids.filter { $0.hasPrefix(String(id.prefix(4))) }
    return alike.isEmpty ? ids : alike
  }

  private func sample(_ ids: [String]) -> String {
    ids.prefix(8).joined(separator: ", ") + (ids.count > 8 ? ", … (\(ids.count) in all)" : "")
  }
}
