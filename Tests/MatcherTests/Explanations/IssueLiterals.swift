import Foundation
import MatcherTestSupport

/// The texts that the library's source passes on as `got`, `expected`, `hint` or `problem`.
struct IssueLiteral: Sendable, CustomStringConvertible {
  let file: String
  /// The literal with a sample word in place of each interpolation.
  let text: String
  /// The literal without its interpolations.
  let words: String

  var description: String { "\(file): \(text)" }

  /// False for values alone, such as `'\(name)'`.
  var hasWords: Bool { words.contains(where: \.isLetter) }

  /// Of all files of the libraries.
  static func all() throws -> [IssueLiteral] {
    try ["Matcher", "matchctl/TableFiles"].flatMap { target -> [IssueLiteral] in
      let root = CorpusFiles.root.deletingLastPathComponent().appending(path: "Sources/\(target)")
      let names = try FileManager.default.subpathsOfDirectory(atPath: root.path)
      return try names.sorted().filter { $0.hasSuffix(".swift") }.flatMap { name in
        let source = try String(contentsOf: root.appending(path: name), encoding: .utf8)
        return literals(in: Array(source)).map {
          IssueLiteral(file: name, text: $0.text, words: $0.words)
        }
      }
    }
  }

  static func literals(in source: [Character]) -> [(text: String, words: String)] {
    let marks = ["got:", "expected:", "hint:", "problem ="].map { Array($0) }
    return source.indices.flatMap { start -> [(text: String, words: String)] in
      let isWord = start > 0 && (source[start - 1].isLetter || source[start - 1] == "_")
      guard !isWord, let mark = marks.first(where: { source[start...].starts(with: $0) }) else {
        return []
      }
      return argument(source, from: start + mark.count)
    }
  }

  /// The literals of one argument: up to the comma, bracket or line that ends it.
  private static func argument(
    _ source: [Character], from start: Int
  ) -> [(text: String, words: String)] {
    var found: [(text: String, words: String)] = []
    var depth = 0
    var index = start
    while index < source.count {
      switch source[index] {
      case "\"":
        let (text, words, end) = literal(source, from: index + 1)
        if depth == 0 { found.append((text, words)) }
        index = end
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      default: break
      }
      if depth < 0 || (depth == 0 && source[index] == ",") { break }
      index += 1
    }
    return found
  }

  /// A literal whose opening quote stands before `start`, and the place of its closing quote.
  private static func literal(
    _ source: [Character], from start: Int
  ) -> (text: String, words: String, end: Int) {
    var (text, words) = ("", "")
    var index = start
    while index < source.count, source[index] != "\"" {
      let next = source[min(index + 1, source.count - 1)]
      if source[index] == "\\", next == "(" {
        text += "x1"
        index = interpolationEnd(source, from: index + 2)
      } else {
        if source[index] == "\\" { index += 1 }
        text.append(source[index])
        words.append(source[index])
      }
      index += 1
    }
    return (text, words, index)
  }

  private static func interpolationEnd(_ source: [Character], from start: Int) -> Int {
    var depth = 1
    var index = start
    while index < source.count {
      if source[index] == "\"" { index = literal(source, from: index + 1).end }
      if source[index] == "(" { depth += 1 }
      if source[index] == ")" { depth -= 1 }
      if depth == 0 { break }
      index += 1
    }
    return index
  }
}
