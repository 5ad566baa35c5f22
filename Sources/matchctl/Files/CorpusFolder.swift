import Foundation
import Matcher

/// Finds and reads the folder named Corpus.
enum CorpusFolder {
  /// The folder given, else `$MATCHCTL_CORPUS`, else `Corpus` beside the program or above it, else
  /// in the current folder.
  static func locate(_ given: String?) throws -> String {
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

  static func load(_ given: String?) throws -> Corpus {
    let root = try locate(given)
    return Corpus(files(root))
  }

  private static func files(_ root: String) -> Corpus.Files {
    let folders = [
      "registry", "registry/units", "registry/keys", "registry/terms", "registry/ladders",
      "taxonomy",
      "lexicon", "places", "calendars", "policy", "texts",
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

  private static func isCorpus(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(path)/registry/sectors.tsv")
  }

  private static func checked(_ path: String) throws -> String {
    guard isCorpus(path) else { throw CommandError.notACorpus(path) }
    return path
  }
}
