import ArgumentParser
import Foundation
import Matcher

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Look things up: sectors, services, keys, units, terms, places; cells of a file.",
    discussion: """
      A second word narrows: inspect keys ic · inspect services rb · inspect units pressure_gauge · inspect terms substrate
      With --table it shows a file as it is read, sheet by sheet: inspect --table list.xlsx
      """)

  enum Topic: String, ExpressibleByArgument, CaseIterable {
    case sectors
    case services
    case keys
    case units
    case terms
    case places
  }

  @Argument(help: "sectors, services, keys, units, terms or places.") var topic: Topic?
  @Argument(help: "A sector, quantity, vocabulary, or part of a name.") var filter: String?
  @Option(
    help: ArgumentHelp(
      "Show the rows and cells of a file (.xlsx, .csv, .docx; - is standard input).",
      valueName: "file"))
  var table: String?
  @OptionGroup(title: "Text files") var encodingOptions: EncodingOptions
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func validate() throws {
    guard (topic == nil) != (table == nil) else {
      throw ValidationError("name a topic such as keys, or a file with --table")
    }
  }

  func run() throws {
    let corpus = try corpusOptions.load()
    if let table {
      return try TableListing(corpus: corpus, language: languages.language, format: format)
        .show(table, encoding: encodingOptions.encoding)
    }
    guard let topic else { return }
    let listing = Listing(corpus: corpus, language: languages.language)
    let (header, rows) =
      switch topic {
      case .sectors: listing.sectors()
      case .services: listing.services()
      case .keys: listing.keys()
      case .units: listing.units()
      case .terms: listing.terms()
      case .places: listing.places()
      }
    let kept = rows.filter { row in
      guard let filter else { return true }
      return row.contains { $0 == filter || $0.split(separator: " ").contains(Substring(filter)) }
        || row.prefix(3).contains { $0.localizedStandardContains(filter) }
    }
    Output.listing(header, kept, format, limits: [34, 34, 44, 30, 24, 24])
    if kept.isEmpty { throw ExitCode(1) }
  }
}
