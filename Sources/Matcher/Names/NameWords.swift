/// Legal forms, branch words and names that name nobody, folded. `lists/names.tsv`.
struct NameWords: Sendable {
  private(set) var legalForms: [[UInt32]] = []
  private(set) var branches: [[UInt32]] = []
  private var generic: Set<String> = []
  /// The characters with which those names begin.
  private var genericBeginnings = ScalarSet()

  init() {}

  mutating func addLegalForm(_ folded: [UInt32]) {
    legalForms.append(folded.filter { !OrganizationName.isLoose($0) || $0 == 0x20 })
  }

  mutating func addBranch(_ folded: [UInt32]) { branches.append(folded) }
  mutating func addGeneric(_ compact: String) {
    generic.insert(compact)
    if let first = compact.unicodeScalars.first { genericBeginnings.insert(first.value) }
  }

  /// Longest first.
  mutating func sort() {
    legalForms.sort { $0.count > $1.count }
    branches.sort { $0.count > $1.count }
  }

  /// Whether a folded name may be one of those that name nobody, by its first sign.
  func mayBeGeneric(_ folded: [UInt32]) -> Bool {
    folded.first { $0 > 0x20 }.map(genericBeginnings.mayContain) ?? generic.contains("")
  }

  /// Whether a cell says that the name is not given rather than a name.
  func isGeneric(_ compact: String) -> Bool { generic.contains(compact) }
}
