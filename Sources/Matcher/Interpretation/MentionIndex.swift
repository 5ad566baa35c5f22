/// What a name in a text stands for.
enum MentionTarget: Hashable, Sendable {
  case service(ServiceID, Evidence)
  case key(KeyID)
  /// A word that names the key only where this service, field or sector is asked.
  case localKey(KeyID, ServiceID)
  case term(vocabulary: String, TermID)
  case scheme(TermID)
  case scope(TermID)
  case place(PlaceID)
  case cue(ReadingCue.Kind)

  /// How surely a word tells a service.
  enum Evidence: Int, Comparable, Sendable {
    case weak
    case strong
    /// One of its own names.
    case name

    static func < (left: Self, right: Self) -> Bool {
      left.rawValue < right.rawValue
    }
  }
}

extension MentionTarget {
  var isScheme: Bool { if case .scheme = self { true } else { false } }
  var isScope: Bool { if case .scope = self { true } else { false } }
}

/// A name found in a text.
struct Mention: Sendable {
  let targets: [MentionTarget]
  /// In scalars of the loose text.
  let part: Range<Int>
  /// In UTF-8 offsets of the original.
  let range: Range<Int>

  var length: Int { part.count }

  /// Whether this is a longer name around another.
  func covers(_ other: Mention) -> Bool {
    length > other.length && part.lowerBound <= other.part.lowerBound
      && other.part.upperBound <= part.upperBound
  }

  var scheme: TermID? {
    for case .scheme(let scheme) in targets { return scheme }
    return nil
  }

  var scope: TermID? {
    for case .scope(let scope) in targets { return scope }
    return nil
  }

  var place: PlaceID? {
    for case .place(let place) in targets { return place }
    return nil
  }
}

/// Finds the names of the corpus in a text: services, keys, terms, schemes, scopes, places, cues.
///
/// A trie over folded scalars; all names at all places are found, in the order of their beginnings,
/// longest last. Building is O(letters of all names), finding O(*n* · longest name).
struct MentionIndex: Sendable {
  private var trie: EdgeTable
  /// By node of the trie: its first target, −1 for none.
  private var firsts: [Int32] = [-1]
  /// All targets, and by target the next of its node, −1 at the end.
  private var targets: [MentionTarget] = []
  private var nexts: [Int32] = []
  private let folding: Folding

  /// - Parameter letters: about how many the names have together.
  init(folding: Folding, letters: Int = 0) {
    self.folding = folding
    trie = EdgeTable(edges: letters)
    firsts.reserveCapacity(letters)
  }

  /// Adds a name; one of digits alone is left out, and one of a single character unless it is a
  /// Chinese cue.
  mutating func add(_ name: String, _ target: MentionTarget) {
    let scalars = folding.fold(name)
    var (length, digits) = (0, 0)
    for scalar in scalars where !LooseText.isLoose(scalar) {
      length += 1
      if LooseText.isDigit(scalar) { digits += 1 }
    }
    if length < 2 {
      guard case .cue = target, scalars.contains(where: { $0 >= 0x3400 }) else { return }
    }
    guard digits < length else { return }
    var node: Int32 = 0
    for scalar in scalars where !LooseText.isLoose(scalar) {
      node = trie.child(of: node, scalar, orAdd: Int32(firsts.count))
      if node == firsts.count { firsts.append(-1) }
    }
    append(target, to: Int(node))
  }

  /// Adds a target behind the others of a node; one that is there is not repeated.
  private mutating func append(_ target: MentionTarget, to node: Int) {
    var last: Int32 = -1
    var next = firsts[node]
    while next >= 0 {
      if targets[Int(next)] == target { return }
      (last, next) = (next, nexts[Int(next)])
    }
    let number = Int32(targets.count)
    targets.append(target)
    nexts.append(-1)
    if last < 0 { firsts[node] = number } else { nexts[Int(last)] = number }
  }

  /// The targets of a node, in the order in which they were added.
  private func targets(of node: Int32) -> [MentionTarget] {
    var found: [MentionTarget] = []
    var next = firsts[Int(node)]
    while next >= 0 {
      found.append(targets[Int(next)])
      next = nexts[Int(next)]
    }
    return found
  }

  func mentions(in text: LooseText) -> [Mention] {
    var found: [Mention] = []
    let scalars = text.scalars
    for start in scalars.indices where begins(text, start) {
      var node: Int32 = 0
      var index = start
      while index < scalars.count,
        let next = trie.child(of: node, scalars[index])
      {
        node = next
        index += 1
        guard firsts[Int(node)] >= 0, ends(text, start, index) else { continue }
        found.append(
          Mention(
            targets: targets(of: node), part: start..<index, range: text.range(start..<index)))
      }
    }
    return found
  }

  /// A word of letters must begin where one begins in the text.
  private func begins(_ text: LooseText, _ start: Int) -> Bool {
    guard start > 0, LooseText.isWord(text.scalars[start]), !text.follows[start] else {
      return true
    }
    let before = text.scalars[start - 1]
    // A unit or a name may follow a number, never a number a word or another number.
    if LooseText.isDigit(before) { return !LooseText.isDigit(text.scalars[start]) }
    return !LooseText.isWord(before)
  }

  private func ends(_ text: LooseText, _ start: Int, _ end: Int) -> Bool {
    guard end < text.scalars.count, !text.follows[end] else { return true }
    let (last, next) = (text.scalars[end - 1], text.scalars[end])
    guard LooseText.isWord(last), LooseText.isWord(next) else { return true }
    if LooseText.isDigit(last) { return !LooseText.isDigit(next) }
    if LooseText.isDigit(next) { return true }
    // A plural.
    guard next == 0x73 else { return false }
    return end + 1 == text.scalars.count || text.follows[end + 1]
      || !LooseText.isWord(text.scalars[end + 1])
  }
}
