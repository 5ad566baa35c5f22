/// Why a file could not be read as a table: the id of a sentence in `texts/messages.tsv` that says
/// what to do, and the values for its placeholders (`{file}` is filled by the caller).
package struct TableFileError: Error, Equatable {
  package let id: String
  package let values: [String: String]

  init(_ id: String, _ values: [String: String] = [:]) {
    self.id = id
    self.values = values
  }

  /// The container or a part of it is damaged; `what` names the place for a report of the fault.
  static func damaged(_ what: String) -> TableFileError {
    TableFileError("file.damaged", ["what": what])
  }

  /// More data than a table of this kind can need: a limit in words.
  static func tooLarge(_ what: String) -> TableFileError {
    TableFileError("file.too_large", ["what": what])
  }

  static let encrypted = TableFileError("file.encrypted")
}
