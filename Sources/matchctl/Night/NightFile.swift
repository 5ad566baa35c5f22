/// A file of a run: its name inside the run's folder and its bytes.
package struct NightFile: Sendable, Equatable {
  /// May hold `/`; folders are made as needed.
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  package init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }
}
