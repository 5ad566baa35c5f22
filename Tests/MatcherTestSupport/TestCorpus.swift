import Foundation
import Matcher

/// The package's own corpus, found from this file and read once.
package enum TestCorpus {
  package static let shared = Corpus(files(root))

  /// The folder named Corpus beside Tests.
  package static let root: String = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Corpus").path

  private static func files(_ root: String) -> Corpus.Files {
    let folders = [
      "registry", "registry/units", "registry/keys", "registry/terms", "registry/ladders",
      "taxonomy", "lexicon", "places", "calendars", "policy", "texts",
    ]
    var names: [String] = []
    for folder in folders {
      let entries =
        (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
      names += entries.filter { $0.contains(".") }.map { "\(folder)/\($0)" }
    }
    return Corpus.Files(names: names) { name in
      FileManager.default.contents(atPath: "\(root)/\(name)").map { [UInt8]($0) }
    }
  }
}
