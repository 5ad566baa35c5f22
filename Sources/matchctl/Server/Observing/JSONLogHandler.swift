import Foundation
import Ledger
import Logging
import Matcher

/// Log lines as JSON, one a line, on standard error or wherever a test collects them.
struct JSONLogHandler: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info
  let label: String
  let write: @Sendable (String) -> Void

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var object = JSONObject([
      ("at", .string(Instant.now.description)), ("level", .string(event.level.rawValue)),
      ("label", .string(label)), ("message", .string(event.message.description)),
    ])
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    for (name, value) in all.sorted(by: { $0.key < $1.key }) {
      object[name] = .string("\(value)")
    }
    write(JSONWriter.line(.object(object)) + "\n")
  }

  static func standardError(_ label: String) -> JSONLogHandler {
    JSONLogHandler(label: label) { FileHandle.standardError.write(Data($0.utf8)) }
  }
}
