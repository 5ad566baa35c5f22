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
/// All names at all places are found, in the order of their beginnings, longest last. The names lie one
/// behind the other in one run of scalars; those that begin with the same two are a chain, shortest first,
/// so that adding a name and a look at a place of a text each cost one step into a large table. Building is
/// O(letters of all names), finding O(*n* · names that begin alike).
struct MentionIndex: Sendable {
  /// A name; all of them are in the order in which they were added.
  private struct Name {
    /// Where its scalars begin and end in `scalars`.
    let start: Int32
    let end: Int32
    /// The next of its chain, −1 at the end.
    var next: Int32
    /// Its first and last target in `targets`.
    let firstTarget: Int32
    var lastTarget: Int32
    /// Whether it is only written as one word: GMPC is not in GMP C.
    var isClosed: Bool

    var count: Int32 { end - start }
  }

  /// From the first scalar by the second, 0 for a name of one, to the place in `chains` + 1.
  private var beginnings: EdgeTable
  /// The first name of each chain.
  private var chains: [Int32] = []
  private var names: [Name] = []
  private var scalars: [UInt32] = []
  /// All targets, and by target the next of its name, −1 at the end.
  private var targets: [MentionTarget] = []
  private var nextTargets: [Int32] = []
  private let folding: Folding

  /// - Parameter names: about how many there will be.
  init(folding: Folding, names count: Int = 0) {
    self.folding = folding
    beginnings = EdgeTable(edges: count)
    names.reserveCapacity(count)
    scalars.reserveCapacity(8 * count)
    targets.reserveCapacity(count)
    nextTargets.reserveCapacity(count)
  }

  /// Adds a name; one of digits alone is left out, and one of a single character unless it is a
  /// Chinese cue.
  mutating func add(_ name: String, _ target: MentionTarget) {
    let start = scalars.count
    let isClosed = MentionIndex.isClosed(name)
    var digits = 0
    for scalar in folding.fold(name) where !LooseText.isLoose(scalar) {
      scalars.append(scalar)
      if LooseText.isDigit(scalar) { digits += 1 }
    }
    let count = scalars.count - start
    guard digits < count, count >= 2 || isCue(target, scalars[start]) else {
      scalars.removeLast(count)
      return
    }
    let chain = beginnings.child(
      of: Int32(bitPattern: scalars[start]), count == 1 ? 0 : scalars[start + 1],
      orAdd: Int32(chains.count) + 1)
    if chain > chains.count { chains.append(-1) }
    add(from: start, to: Int(chain) - 1, target, isClosed)
  }

  /// Three to five capitals.
  private static func isClosed(_ name: String) -> Bool {
    (3...5).contains(name.utf8.count) && name.utf8.allSatisfy { (0x41...0x5A).contains($0) }
  }

  private func isCue(_ target: MentionTarget, _ scalar: UInt32) -> Bool {
    if case .cue = target { scalar >= 0x3400 } else { false }
  }

  /// Adds the name that the scalars from a place on are to a chain, behind those that are not longer.
  private mutating func add(
    from start: Int, to chain: Int, _ target: MentionTarget, _ isClosed: Bool
  ) {
    let count = Int32(scalars.count - start)
    var before: Int32 = -1
    var next = chains[chain]
    while next >= 0, names[Int(next)].count <= count {
      if names[Int(next)].count == count, isEqual(names[Int(next)], start) {
        scalars.removeLast(Int(count))
        append(target, to: Int(next))
        if !isClosed { names[Int(next)].isClosed = false }
        return
      }
      (before, next) = (next, names[Int(next)].next)
    }
    let number = Int32(names.count)
    let place = Int32(targets.count)
    names.append(
      Name(
        start: Int32(start), end: Int32(start) + count, next: next, firstTarget: place,
        lastTarget: place, isClosed: isClosed))
    targets.append(target)
    nextTargets.append(-1)
    if before < 0 { chains[chain] = number } else { names[Int(before)].next = number }
  }

  /// Whether a name of as many scalars is the one that begins at a place of `scalars`.
  private func isEqual(_ name: Name, _ start: Int) -> Bool {
    (2..<max(2, Int(name.count))).allSatisfy {
      scalars[Int(name.start) + $0] == scalars[start + $0]
    }
  }

  /// Adds a target behind the others of a name; one that is there is not repeated.
  private mutating func append(_ target: MentionTarget, to name: Int) {
    var next = names[name].firstTarget
    while next >= 0 {
      if targets[Int(next)] == target { return }
      next = nextTargets[Int(next)]
    }
    let place = Int32(targets.count)
    targets.append(target)
    nextTargets.append(-1)
    nextTargets[Int(names[name].lastTarget)] = place
    names[name].lastTarget = place
  }

  /// The targets of a name, in the order in which they were added.
  private func targets(of name: Name) -> [MentionTarget] {
    var found: [MentionTarget] = []
    var next = name.firstTarget
    while next >= 0 {
      found.append(targets[Int(next)])
      next = nextTargets[Int(next)]
    }
    return found
  }

  func mentions(in text: LooseText) -> [Mention] {
    var found: [Mention] = []
    let scalars = text.scalars
    for start in scalars.indices where begins(text, start) {
      addMentions(beginning: 0, at: start, of: text, to: &found)
      if start + 1 < scalars.count, scalars[start + 1] != 0 {
        addMentions(beginning: scalars[start + 1], at: start, of: text, to: &found)
      }
    }
    return found
  }

  /// The names at a place of a text that have this second scalar, shortest first.
  private func addMentions(
    beginning second: UInt32, at start: Int, of text: LooseText, to found: inout [Mention]
  ) {
    guard let chain = beginnings.child(of: Int32(bitPattern: text.scalars[start]), second) else {
      return
    }
    var next = chains[Int(chain) - 1]
    while next >= 0 {
      let name = names[Int(next)]
      let end = start + Int(name.count)
      guard end <= text.scalars.count else { return }
      if stands(name, in: text.scalars, at: start), ends(text, start, end),
        !name.isClosed || !text.follows[start + 1..<end].contains(true)
      {
        found.append(
          Mention(targets: targets(of: name), part: start..<end, range: text.range(start..<end)))
      }
      next = name.next
    }
  }

  /// Whether a name stands at a place of a text where its first two scalars do.
  private func stands(_ name: Name, in text: [UInt32], at start: Int) -> Bool {
    var offset = 2
    while offset < name.count {
      if scalars[Int(name.start) + offset] != text[start + offset] { return false }
      offset += 1
    }
    return true
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
