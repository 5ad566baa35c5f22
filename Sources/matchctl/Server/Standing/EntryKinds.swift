import Ledger

extension Entry.Kind {
  /// A look at restricted fields of a demand; the body names the fields, never their values.
  package static let look = Entry.Kind(rawValue: "look")
  /// A demand was given to a broker.
  static let given = Entry.Kind(rawValue: "grant")
}
