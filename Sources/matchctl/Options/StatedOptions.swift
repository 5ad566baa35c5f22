import Foundation
import Matcher
import RecordFiles

/// Options that the environment or a JSON file states, in that order.
struct StatedOptions {
  private let file: JSONObject
  private let path: String

  /// - Parameter path: the JSON file; nil: only the environment.
  init(_ path: String?) throws {
    self.path = path ?? ""
    guard let path else {
      file = JSONObject()
      return
    }
    guard let object = (try? JSONParser.parse(FileSource.whole(path)))?.object else {
      throw CommandError.input("'\(path)': got no JSON object, expected options by name")
    }
    let known: Set<String> = [
      "host", "port", "tls_cert", "tls_key", "origin", "behind_proxy", "console", "lists", "runs",
      "rate", "list_limit", "as_of",
    ]
    if let other = object.members.first(where: { !known.contains($0.name) }) {
      throw CommandError.input(
        "'\(path)': got '\(other.name)', expected one of \(known.sorted().joined(separator: ", "))")
    }
    file = object
  }

  func text(_ name: String) throws -> String? {
    if let text = environment(name) { return text }
    guard let value = file[name] else { return nil }
    guard let text = value.string else { throw wrong(name, value, "text") }
    return text
  }

  func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    let expected = "a whole number of \(range.lowerBound)…\(range.upperBound)"
    if let text = environment(name) {
      guard let number = Int(text), range.contains(number) else {
        throw CommandError.usage(
          "\(StatedOptions.variable(name)): got '\(text)', expected \(expected)")
      }
      return number
    }
    guard let value = file[name] else { return nil }
    guard let number = value.number.flatMap({ Int(exactly: $0) }), range.contains(number) else {
      throw wrong(name, value, expected)
    }
    return number
  }

  func flag(_ name: String) throws -> Bool {
    if let text = environment(name) { return ["1", "true", "yes"].contains(text.lowercased()) }
    guard let value = file[name] else { return false }
    guard let flag = value.bool else { throw wrong(name, value, "true or false") }
    return flag
  }

  private func wrong(_ name: String, _ value: JSONValue, _ expected: String) -> CommandError {
    .input("'\(path)', \(name): got \(value.kind), expected \(expected)")
  }

  private func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[StatedOptions.variable(name)].flatMap {
      $0.isEmpty ? nil : $0
    }
  }

  private static func variable(_ name: String) -> String {
    "MATCHCTL_SERVE_" + name.uppercased()
  }
}
