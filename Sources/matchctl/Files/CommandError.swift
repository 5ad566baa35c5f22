import Matcher

/// What stops a command. Messages: lower case, no full stop, the value quoted, what to do next.
package struct CommandError: Error, CustomStringConvertible {
  package enum Category {
    /// Input or source: exit 2.
    case failed
    /// The call's words: exit 64.
    case usage
  }

  package let category: Category
  package let description: String

  package static func noSuchFile(_ path: String) -> CommandError {
    CommandError(category: .failed, description: "no file '\(path)'; check the path")
  }

  package static func isFolder(_ path: String) -> CommandError {
    CommandError(category: .failed, description: "'\(path)' is a folder; name a file")
  }

  package static func unreadable(_ path: String) -> CommandError {
    CommandError(category: .failed, description: "cannot read '\(path)'; check its permissions")
  }

  package static func broken(_ path: String, _ reason: String) -> CommandError {
    CommandError(category: .failed, description: "reading '\(path)' stopped: \(reason)")
  }

  package static let noCorpus = CommandError(
    category: .failed,
    description: "no Corpus folder found; give --corpus DIR or set MATCHCTL_CORPUS")

  package static func notACorpus(_ path: String) -> CommandError {
    CommandError(
      category: .failed,
      description: "'\(path)' is no Corpus folder; it has no registry/sectors.tsv")
  }

  package static func usage(_ text: String) -> CommandError {
    CommandError(category: .usage, description: text)
  }

  package static func input(_ text: String) -> CommandError {
    CommandError(category: .failed, description: text)
  }
}
