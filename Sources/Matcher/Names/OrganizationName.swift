/// An organisation's name for comparison: 示例（深圳）科技股份有限公司 and 示例科技(深圳) are one name.
///
/// Folded over widths, case and scripts; legal forms at the end or beginning and brackets are left
/// out, places in brackets and branch words are kept apart, since two branches may be two parties.
public struct OrganizationName: Sendable, Hashable {
  /// What tells one organisation from another.
  public let core: String
  /// Places and other words that stood in brackets, in the order of the alphabet.
  public let qualifiers: [String]
  /// Names a branch rather than the whole.
  public let isBranch: Bool

  /// What tells one organisation from another, of a folded name.
  static func core(_ folded: [UInt32], names: NameWords) -> String {
    var core = outside(folded)
    strip(names, from: &core)
    return text(core)
  }

  public init(_ text: String, corpus: Corpus) {
    let (outside, inside) = OrganizationName.split(corpus.folding.fold(text))
    var core = outside.filter { !OrganizationName.isLoose($0) || $0 == 0x20 }
    let branch = corpus.lists.names.branches.first { ListVocabulary.contains(outside, $0) }
    OrganizationName.strip(corpus.lists.names, from: &core)
    self.core = OrganizationName.text(core)
    isBranch = branch != nil
    qualifiers = inside.map { part in
      OrganizationName.text(part.filter { !OrganizationName.isLoose($0) })
    }
    .filter { !$0.isEmpty }.sorted()
  }

  /// Whether two names are one organisation's: the same core, no two different places, both a
  /// branch or neither.
  public func isSame(as other: OrganizationName) -> Bool {
    guard !core.isEmpty, core == other.core, isBranch == other.isBranch else { return false }
    return qualifiers.isEmpty || other.qualifiers.isEmpty || qualifiers == other.qualifiers
  }

  /// What stands outside brackets, without loose signs.
  private static func outside(_ folded: [UInt32]) -> [UInt32] {
    var out: [UInt32] = []
    out.reserveCapacity(folded.count)
    var depth = 0
    for value in folded {
      switch value {
      case 0x28, 0x5B, 0x3010, 0x3014: depth += 1
      case 0x29, 0x5D, 0x3011, 0x3015: depth = max(0, depth - 1)
      default: if depth == 0, !isLoose(value) || value == 0x20 { out.append(value) }
      }
    }
    return out
  }

  private static func split(_ folded: [UInt32]) -> (outside: [UInt32], inside: [[UInt32]]) {
    var outside: [UInt32] = []
    var inside: [[UInt32]] = []
    var depth = 0
    for value in folded {
      switch value {
      case 0x28, 0x5B, 0x3010, 0x3014:
        depth += 1
        inside.append([])
      case 0x29, 0x5D, 0x3011, 0x3015: depth = max(0, depth - 1)
      default:
        if depth > 0, !inside.isEmpty {
          inside[inside.count - 1].append(value)
        } else {
          outside.append(value)
        }
      }
    }
    return (outside, inside)
  }

  /// Takes legal forms off the end again and again; what would be left empty stays.
  private static func strip(_ words: NameWords, from core: inout [UInt32]) {
    while true {
      while core.last == 0x20 { core.removeLast() }
      guard let last = core.last,
        let form = words.forms(endingWith: last).first(where: {
          isForm(words.legalForms[$0], ending: core)
        })
      else { return }
      core.removeLast(words.legalForms[form].count)
    }
  }

  /// Whether a legal form stands at the end of a name, with something before it that it is not a part of.
  private static func isForm(_ form: [UInt32], ending core: [UInt32]) -> Bool {
    let rest = core.count - form.count
    guard rest > 0, let first = form.first else { return false }
    for place in form.indices.reversed() where form[place] != core[rest + place] { return false }
    return !(ListVocabulary.isLatin(first) && ListVocabulary.isLatin(core[rest - 1]))
  }

  static func isLoose(_ value: UInt32) -> Bool {
    switch value {
    case 0x20, 0x2C, 0x2E, 0x2D, 0x5F, 0x2F, 0xB7, 0x26, 0x27, 0x22, 0x3001, 0xFF0C, 0x3002: true
    default: false
    }
  }

  private static func text(_ values: [UInt32]) -> String {
    ListVocabulary.compact(values)
  }
}
