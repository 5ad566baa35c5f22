import ArgumentParser
import Brokerage
import Ledger
import Matcher
import RecordFiles

/// Gives demands to a broker.
struct AssignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Give demands to a broker, or take them back.")

  @Argument(help: "The demands' numbers.") var demands: [String]
  @Option(help: ArgumentHelp("Who gets them.", valueName: "who")) var broker: String?
  @Flag(help: "Take them back from whoever has them.") var nobody = false
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func validate() throws {
    guard (broker == nil) == nobody else {
      throw ValidationError("give --broker WHO, or --nobody to take them back")
    }
    if let broker, broker.allSatisfy(\.isWhitespace) {
      throw ValidationError("--broker: got nothing, expected a name")
    }
  }

  func run() throws {
    let corpus = try corpusOptions.load()
    let today = try time.date()
    let ids = demands.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let lines = try ledger.open().write(by: ledger.who()) { writer in
      let names = LedgerNames(writer.reader)
      let standing = try Grant.standing(writer.reader)
      return try ids.map { id -> (String, [String: String]) in
        let demand = try names.demand(id).id
        let from = standing[demand]?.broker
        let values = ["demand": demand, "broker": broker ?? "", "from": from ?? ""]
        guard from != broker else { return (broker == nil ? "notHeld" : "kept", values) }
        try writer.append(.grant, demand, Grant(broker: broker, day: today).json)
        return (broker == nil ? "taken" : from == nil ? "done" : "moved", values)
      }
    }
    for (id, values) in lines {
      Output.line(corpus.texts.text("assign.\(id)", languages.language, values))
    }
  }
}
