import Ledger
import Matcher

/// Which tables and which policy a run was made with.
package struct CorpusImprint: Sendable, Equatable {
  /// SHA-256 by the table's name, in the order of names; without the policy file, which stands apart.
  package let tables: [String: String]
  /// The policy's layers: the corpus's own file, then what was laid over it.
  package let policy: [JSONValue]

  /// - Parameter overlay: the file given with `--policy`.
  package init(_ files: Corpus.Files, overlay: JSONValue? = nil) {
    var tables: [String: String] = [:]
    var own: JSONValue?
    for name in files.names {
      let bytes = files.read(name) ?? []
      if name == CorpusImprint.policyFile {
        own = try? JSONParser.parse(bytes)
      } else {
        tables[name] = SHA256.hex(bytes)
      }
    }
    self.tables = tables
    policy = [own, overlay].compactMap { $0 }
  }

  private init(tables: [String: String], policy: [JSONValue]) {
    self.tables = tables
    self.policy = policy
  }

  /// The same tables with another policy.
  package func with(policy: [JSONValue]) -> CorpusImprint {
    CorpusImprint(tables: tables, policy: policy)
  }

  static let policyFile = "policy/policy.json"

  /// SHA-256 over the tables' names and hashes.
  package var tablesHash: String {
    SHA256.hex(tables.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value)\n" }.joined())
  }

  package var policyHash: String {
    SHA256.hex(JSONWriter.line(.array(policy)))
  }

  /// The tables that are others than a manifest states, by name; tables that one of them lacks
  /// included.
  package func differing(from stated: JSONObject) -> [String] {
    let then = Dictionary(
      stated.members.compactMap { member in member.value.string.map { (member.name, $0) } }
    ) { first, _ in first }
    return Set(tables.keys).union(then.keys).filter { tables[$0] != then[$0] }.sorted()
  }
}
