import Foundation
import Matcher
import MatcherIndex

/// Finds and reads the folder named Corpus.
package enum CorpusFolder {
  /// The folder given, else `$MATCHCTL_CORPUS`, else `Corpus` beside the program or above it, else
  /// in the current folder.
  package static func locate(_ given: String?) throws -> String {
    if let given { return try checked(given) }
    if let path = ProcessInfo.processInfo.environment["MATCHCTL_CORPUS"], !path.isEmpty {
      return try checked(path)
    }
    let program = Bundle.main.executableURL?.resolvingSymlinksInPath()
    var folder = program?.deletingLastPathComponent()
    for _ in 0..<6 {
      guard let current = folder, current.path != "/" else { break }
      let candidate = current.appendingPathComponent("Corpus").path
      if isCorpus(candidate) { return candidate }
      folder = current.deletingLastPathComponent()
    }
    if isCorpus("Corpus") { return "Corpus" }
    throw CommandError.noCorpus
  }

  package static func load(_ given: String?) throws -> Corpus {
    Corpus(.folder(try locate(given)), workers: .threads(2))
  }

  private static func isCorpus(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(path)/registry/sectors.tsv")
  }

  private static func checked(_ path: String) throws -> String {
    guard isCorpus(path) else { throw CommandError.notACorpus(path) }
    return path
  }
}
