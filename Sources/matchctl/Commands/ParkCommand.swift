import ArgumentParser
import Ledger
import Matcher
import Publishing
import RecordFiles

struct ParkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "park", abstract: "Name the parks that publish demands.",
    subcommands: [Add.self, List.self])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add a park, or change its name or contact.",
      discussion: """
        The code stands in the park's demand numbers (HP-2026-0037); the contact stands on its public list.
          matchctl park add HP --name 黄埔某园区 --contact-name 对接服务台 --phone 020-12345678 --ledger zs.db
        What is not given stays as it was.
        """)

    @Argument(help: ArgumentHelp("Two to eight letters and digits.", valueName: "code"))
    var id: String
    @Option(help: "The park's name, as lists show it.") var name: String?
    @Option(help: "Whom to ask for.") var contactName: String?
    @Option(help: "The telephone number that the public list shows.") var phone: String?
    @Option(help: "The e-mail address that the public list shows.") var email: String?
    @Flag(
      inversion: .prefixedNo,
      help: "Whether the console publishes a list only after a second person looked at it.")
    var review: Bool?
    @OptionGroup(title: "Ledger") var ledgers: LedgerOptions
    @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
    @OptionGroup(title: "Language") var languages: LanguageOptions

    func run() throws {
      let code = try ParkOptions.checked(id)
      let corpus = try corpusOptions.load()
      let (park, isNews) = try ledgers.open().write(by: ledgers.who()) { writer in
        let standing = try Park.read(code, writer.reader)
        guard let name = name ?? standing?.name, !name.isEmpty else {
          throw CommandError.usage("park '\(code)' is new; give its --name")
        }
        var park = Park(code: code, name: name, contact: standing?.contact ?? JSONObject())
        park.needsReview = review ?? standing?.needsReview ?? false
        for (field, value) in [("name", contactName), ("phone", phone), ("email", email)] {
          if let value { park.contact[field] = value.isEmpty ? nil : .string(value) }
        }
        return (park, try park.write(writer))
      }
      let id = isNews ? "park.kept" : "park.same"
      Output.line(
        corpus.texts.text(id, languages.language, ["code": park.code, "name": park.name]))
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the parks.")

    @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
    @OptionGroup(title: "Ledger") var ledgers: LedgerOptions
    @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
    @OptionGroup(title: "Language") var languages: LanguageOptions

    func run() throws {
      let corpus = try corpusOptions.load()
      let parks = try ledgers.open().read { reader in
        let counts = Dictionary(
          grouping: try reader.records(.demand).filter { $0.version.state == .published }
        ) { $0.version.park ?? "" }
        return try Park.all(reader).map { ($0, counts[$0.code]?.count ?? 0) }
      }
      let heads = ["code", "name", "published", "contact", "phone", "email"]
      Output.listing(
        heads.map { corpus.texts.text("park.column.\($0)", languages.language) },
        parks.map { park, count in
          [park.code, park.name, String(count)]
            + ["name", "phone", "email"].map { park.contact[$0]?.string ?? "" }
        }, format)
    }
  }
}
