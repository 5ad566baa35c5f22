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
    .folder(root.path).replacing([
      "policy/priors.jsonl": nil, "policy/text-general.tsv": nil, "policy/text-stats.tsv": nil,
    ]))

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
}
