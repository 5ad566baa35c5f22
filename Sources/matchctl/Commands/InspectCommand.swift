import ArgumentParser
import Foundation
import Matcher

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Look things up: sectors, services, keys, units, terms, places.",
    discussion:
      "A second word narrows: inspect keys ic · inspect services rb · inspect units pressure_gauge · inspect terms substrate"
  )

  enum Topic: String, ExpressibleByArgument, CaseIterable {
    case sectors
    case services
    case keys
    case units
    case terms
    case places
  }

  @Argument(help: "sectors, services, keys, units, terms or places.") var topic: Topic
  @Argument(help: "A sector, quantity, vocabulary, or part of a name.") var filter: String?
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func run() throws {
    let corpus = try corpusOptions.load()
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
