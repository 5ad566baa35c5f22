import Foundation
import Matcher

/// The repository's own Corpus, found from this source file.
public enum CorpusFiles {
  /// `Corpus` at the root of the package.
  public static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Corpus")

  /// The corpus without its frozen tables (priors, text statistics): expectations rest on the
  /// policy file alone.
  public static let plain = Corpus(
    files(leavingOut: ["policy/priors.jsonl", "policy/text-stats.tsv"]))

  /// The names of the files of a folder below `Corpus` that end so, sorted.
  public static func names(in folder: String, suffix: String) -> [String] {
    let found = try? FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: folder).path)
    return (found ?? []).filter { $0.hasSuffix(suffix) }.sorted()
  }

  /// The bytes of a file below `Corpus`.
  public static func bytes(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: root.appending(path: path).path).map { [UInt8]($0) }
  }

  private static func files(leavingOut frozen: Set<String>) -> Corpus.Files {
    let folders = [
      "registry", "registry/units", "registry/keys", "registry/terms", "registry/ladders",
      "taxonomy",
      "lexicon", "places", "calendars", "policy", "texts",
    ]
    let found = folders.flatMap { folder in names(in: folder, suffix: "").map { "\(folder)/\($0)" }
    }
    return Corpus.Files(names: found.filter { $0.contains(".") && !frozen.contains($0) }) { name in
      frozen.contains(name) ? nil : bytes(name)
    }
  }
}
