/// Legal forms, branch words and names that name nobody, folded. `lists/names.tsv`.
struct NameWords: Sendable {
  private(set) var legalForms: [[UInt32]] = []
  /// The characters with which they end.
  private var legalEnds = ScalarSet()
  /// By the character with which they end: their places, in order.
  private var formsByEnd: [UInt32: [Int]] = [:]
  private(set) var branches: [[UInt32]] = []
  private var generic: Set<String> = []
  /// The characters with which those names begin.
  private var genericBeginnings = ScalarSet()

  init() {}

  mutating func addLegalForm(_ folded: [UInt32]) {
    let form = folded.filter { !OrganizationName.isLoose($0) || $0 == 0x20 }
    legalForms.append(form)
    if let last = form.last { legalEnds.insert(last) }
  }

  mutating func addBranch(_ folded: [UInt32]) { branches.append(folded) }
  mutating func addGeneric(_ compact: String) {
    generic.insert(compact)
    if let first = compact.unicodeScalars.first { genericBeginnings.insert(first.value) }
  }

  /// Longest first.
  mutating func sort() {
    legalForms.sort { $0.count > $1.count }
    formsByEnd = [:]
    for (place, form) in legalForms.enumerated() {
      if let last = form.last { formsByEnd[last, default: []].append(place) }
    }
    branches.sort { $0.count > $1.count }
  }

  /// The places of the legal forms that end with a character, longest first.
  func forms(endingWith last: UInt32) -> [Int] {
    legalEnds.mayContain(last) ? formsByEnd[last] ?? [] : []
  }

  /// Whether a folded name may be one of those that name nobody, by its first sign.
  func mayBeGeneric(_ folded: [UInt32]) -> Bool {
    folded.first { $0 > 0x20 }.map(genericBeginnings.mayContain) ?? generic.contains("")
  }

  /// Whether a cell says that the name is not given rather than a name.
  func isGeneric(_ compact: String) -> Bool { generic.contains(compact) }
}
