import Foundation
import Matcher

/// The corpus as rows to look things up in.
struct Listing {
  typealias Rows = (header: [String], rows: [[String]])

  let corpus: Corpus
  let language: Language

  func sectors() -> Rows {
    (
      ["sector", "name", "keys", "services"],
      corpus.sectors.map { sector in
        let keys = corpus.registry.keys.count { $0.sectors.contains(sector.code) }
        let services = corpus.taxonomy.nodes.count {
          $0.level == .service && $0.code.hasPrefix(sector.code + ".")
        }
        return [sector.code, sector.name.text(language), String(keys), String(services)]
      }
    )
  }

  func services() -> Rows {
    (
      ["code", "name", "aliases", "parent", "verification", "level"],
      corpus.taxonomy.nodes.map {
        [
          $0.code, $0.name.text(language), $0.aliases.prefix(4).joined(separator: " "), $0.parent,
          $0.verification.joined(separator: " "), $0.level.rawValue,
        ]
      }
    )
  }

  func keys() -> Rows {
    (
      ["key", "name", "aliases", "sectors", "unit", "direction", "source"],
      corpus.registry.keys.map {
        [
          $0.id, $0.name.text(language), $0.aliases.prefix(4).joined(separator: " "),
          $0.sectors.joined(separator: " "), $0.unit.isEmpty ? $0.domain : $0.unit,
          $0.direction.rawValue,
          $0.source,
        ]
      }
    )
  }

  func units() -> Rows {
    (["unit", "quantity", "aliases"], corpus.registry.units.listing)
  }

  func terms() -> Rows {
    (["term", "name", "vocabulary"], corpus.registry.termListing(language))
  }

  func places() -> Rows {
    (
      ["place", "name", "level"],
      corpus.places.all.map { [$0.id, $0.name.text(language), $0.level] }
    )
  }
}
