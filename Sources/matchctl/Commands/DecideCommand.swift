import ArgumentParser
import Brokerage
import Foundation
import Ledger
import Matcher
import RecordFiles

/// Records a step of an introduction.
struct DecideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide",
    abstract: "Record what became of a demand with a platform or line.",
    discussion: """
      Steps: shown, asked, answered, no_reply, contacted, declined, visited, intent, quoted, contracted, completed,
      solved_elsewhere, outcome. What comes out of order is taken and said.
        matchctl decide HP-2026-0037 S101/L1 contacted --ledger ledger.sqlite --by 陈
        matchctl decide HP-2026-0037 S101/L1 declined --reason spec --field implant_temperature
        matchctl decide HP-2026-0037 S101 contracted --number 2026440300001 --kind 技术服务 --amount 120万元
      """)

  @Argument(help: "The demand's number.") var demand: String
  @Argument(help: "A platform or line, if any, and the step.") var rest: [String]

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @Option(help: ArgumentHelp("When it happened. Default: today.", valueName: "YYYY-MM-DD"))
  var day: String?
  @Option(help: ArgumentHelp("Of a demand with several stages: which.", valueName: "id"))
  var stage: String?
  @Option(
    help: ArgumentHelp(
      "Why it was declined: a code of policy/decline-reasons.tsv.", valueName: "code"))
  var reason: String?
  @Option(
    help: ArgumentHelp(
      "The field whose change brings the pair back. Default: the reason's.", valueName: "field"))
  var field: String?
  @Option(help: ArgumentHelp("In a few words, without data about persons.", valueName: "words"))
  var note: String?

  @Option(help: ArgumentHelp("The contract's registration number.", valueName: "number"))
  var number: String?
  @Option(
    help: ArgumentHelp(
      "The kind of contract: a code or name of policy/contract-kinds.tsv.", valueName: "kind"))
  var kind: String?
  @Option(help: ArgumentHelp("The day it was signed.", valueName: "YYYY-MM-DD")) var date: String?
  @Option(
    help: ArgumentHelp("In yuan, such as 1200000 or 120万元; left out: unknown.", valueName: "yuan"))
  var amount: String?
  @Option(help: ArgumentHelp("Of it technology transactions (其中技术交易额).", valueName: "yuan"))
  var technologyAmount: String?
  @Option(help: ArgumentHelp("A file that shows it; its hash is kept.", valueName: "file"))
  var evidence: String?

  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func run() throws {
    let corpus = try corpusOptions.load()
    let today = try time.date()
    var request = try request(today)
    request.contract = try contract()
    let shown = try evidenceFile()
    let recorded = try ledger.open().write(by: ledger.who()) { writer in
      try DecisionRecorder(corpus: corpus).record(request, today: today, evidence: shown, writer)
    }
    report(recorded, corpus)
  }

  private func request(_ today: CivilDate) throws -> DecisionRecorder.Request {
    guard (1...2).contains(rest.count), let word = rest.last else {
      throw CommandError.usage("expected DEMAND [LINE|PLATFORM] STEP")
    }
    guard let step = Decision.Step(rawValue: word.replacing("-", with: "_")) else {
      let all = Decision.Step.allCases.map(\.rawValue).joined(separator: ", ")
      throw CommandError.usage("got step '\(word)', expected one of \(all)")
    }
    var request = DecisionRecorder.Request(
      demand: demand, target: rest.count == 2 ? rest[0] : nil, step: step,
      day: try DayOption.day(day, "--day") ?? today)
    request.stage = stage
    request.reason = reason
    request.field = field
    request.note = note
    return request
  }

  private func contract() throws -> Decision.Contract? {
    guard number != nil || kind != nil || date != nil || amount != nil || technologyAmount != nil
    else { return nil }
    var contract = Decision.Contract()
    contract.number = number
    contract.kind = kind
    contract.date = try DayOption.day(date, "--date")
    contract.amount = try yuan(amount, "--amount")
    contract.technologyAmount = try yuan(technologyAmount, "--technology-amount")
    return contract
  }

  private func yuan(_ text: String?, _ option: String) throws -> Int64? {
    guard let text else { return nil }
    guard let amount = MoneyClause.yuan(text) else {
      throw CommandError.usage(
        "\(option): got '\(text)', expected whole yuan such as 1200000 or 120万元; leave it out "
          + "where it is not known")
    }
    return amount
  }

  private func evidenceFile() throws -> (hash: String, name: String, size: Int)? {
    guard let evidence else { return nil }
    let source = try FileSource.open(evidence)
    var digest = SHA256Stream()
    var size = 0
    while let chunk = try source() {
      digest.add(chunk)
      size += chunk.count
    }
    return (digest.finish(), URL(fileURLWithPath: evidence).lastPathComponent, size)
  }

  private func report(_ recorded: DecisionRecorder.Recorded, _ corpus: Corpus) {
    let language = languages.language
    let decision = recorded.decision
    let whole = corpus.texts.text("decide.wholeDemand", language)
    Output.line(
      corpus.texts.text(
        "decide.recorded", language,
        [
          "seq": "\(recorded.seq)", "demand": decision.demand,
          "target": decision.line ?? decision.platform ?? whole,
          "step": corpus.texts.text("step.\(decision.step.rawValue)", language),
          "day": "\(decision.day)",
        ]))
    if let reason = decision.reason.flatMap({ corpus.broker.reason($0) }) {
      let slot = decision.field.flatMap { FactSlot($0, corpus: corpus) }
      let field = slot?.name(corpus, language) ?? corpus.texts.text("decide.anyField", language)
      Output.line(
        corpus.texts.text(
          "decide.hidden", language, ["reason": reason.name.text(language), "field": field]))
    }
    for note in recorded.notes { Output.error(note.text(corpus, language)) }
  }
}
