import Matcher

/// What stops a command. Messages: lower case, no full stop, the value quoted, what to do next.
struct CommandError: Error, CustomStringConvertible {
  enum Category {
    /// Input or source: exit 2.
    case failed
    /// The call's words: exit 64.
    case usage
  }

  let category: Category
  let description: String

  static func noSuchFile(_ path: String) -> CommandError {
    CommandError(category: .failed, description: "no file '\(path)'; check the path")
  }

  static func isFolder(_ path: String) -> CommandError {
    CommandError(category: .failed, description: "'\(path)' is a folder; name a file")
  }

  static func unreadable(_ path: String) -> CommandError {
    CommandError(category: .failed, description: "cannot read '\(path)'; check its permissions")
  }

  static func broken(_ path: String, _ reason: String) -> CommandError {
    CommandError(category: .failed, description: "reading '\(path)' stopped: \(reason)")
  }

  static let noCorpus = CommandError(
    category: .failed,
    description: "no Corpus folder found; give --corpus DIR or set MATCHCTL_CORPUS")

  static func notACorpus(_ path: String) -> CommandError {
    CommandError(
      category: .failed,
      description: "'\(path)' is no Corpus folder; it has no registry/sectors.tsv")
  }

  static func usage(_ text: String) -> CommandError {
    CommandError(category: .usage, description: text)
  }

  static func input(_ text: String) -> CommandError {
    CommandError(category: .failed, description: text)
  }
}
