/// Phrases by their first two characters in flat arrays, so that a look at a character of a text costs
/// a read or two and allocates nothing.
///
/// Phrases whose first two characters have the same place are a chain, longest first; among equals
/// the one added first. Phrases of one character come behind the longer ones.
struct PhraseIndex: Sendable {
  /// By the hash of two characters: the first phrase of the chain, −1 for none. A power of two.
  private var heads = [Int32](repeating: -1, count: 16)
  /// The phrases of one character.
  private var ones: [UInt32: Int32] = [:]
  /// By phrase: the next of its chain, −1 at the end.
  private var nexts: [Int32] = []
  /// By phrase: where it begins in `characters`; one more at the end.
  private var starts: [Int32] = [0]
  private var characters: [UInt32] = []
  /// The characters that phrases begin with.
  private(set) var beginnings = ScalarSet()
  /// Hashes of the first two characters of phrases, as bits: tells most places where a phrase's first
  /// character stands and nothing more.
  private(set) var pairs = [UInt64](repeating: 0, count: PhraseIndex.pairBits / 64)
  /// The characters that are phrases.
  private(set) var singles = ScalarSet()
  private(set) var hasSingles = false

  private static let pairBits = 1 << 13

  init() {}

  @inline(__always)
  private static func hash(_ first: UInt32, _ second: UInt32) -> UInt32 {
    first &* 0x9E37_79B1 ^ second &* 0x85EB_CA77
  }

  @inline(__always)
  static func pair(_ first: UInt32, _ second: UInt32) -> Int {
    Int(hash(first, second) >> 19)
  }

  /// Whether a phrase may stand at a place whose character begins one.
  @inline(__always)
  func mayStand(in text: [UInt32], at place: Int) -> Bool {
    if place + 1 < text.count {
      let pair = PhraseIndex.pair(text[place], text[place + 1])
      if pairs[pair >> 6] >> UInt64(pair & 63) & 1 != 0 { return true }
    }
    return hasSingles && singles.mayContain(text[place])
  }

  /// Adds a phrase; gives its number, from 0. An empty one is in no chain.
  mutating func add(_ phrase: [UInt32]) -> Int {
    let number = Int32(nexts.count)
    nexts.append(-1)
    characters += phrase
    starts.append(Int32(characters.count))
    guard let head = phrase.first else { return Int(number) }
    beginnings.insert(head)
    if phrase.count > 1 {
      let pair = PhraseIndex.pair(head, phrase[1])
      pairs[pair >> 6] |= 1 << UInt64(pair & 63)
    } else {
      singles.insert(head)
      hasSingles = true
    }
    if nexts.count > heads.count { grow() } else { link(number) }
    return Int(number)
  }

  /// The number of exactly this phrase; nil when it was not added, or is empty.
  func number(of phrase: [UInt32]) -> Int? {
    guard let head = phrase.first else { return nil }
    var next =
      phrase.count > 1 ? heads[place(head, phrase[1])] : ones[head] ?? -1
    while next >= 0, count(next) >= phrase.count {
      if count(next) == phrase.count, end(of: next, in: phrase, at: 0) != nil { return Int(next) }
      next = nexts[Int(next)]
    }
    return nil
  }

  private mutating func grow() {
    heads = [Int32](repeating: -1, count: heads.count * 2)
    ones.removeAll()
    for number in nexts.indices { nexts[number] = -1 }
    for number in nexts.indices where count(Int32(number)) > 0 { link(Int32(number)) }
  }

  /// Sets a phrase into its chain.
  private mutating func link(_ number: Int32) {
    let size = count(number)
    let start = Int(starts[Int(number)])
    let place = size > 1 ? self.place(characters[start], characters[start + 1]) : nil
    var before: Int32 = -1
    var after = place.map { heads[$0] } ?? ones[characters[start]] ?? -1
    while after >= 0, count(after) >= size { (before, after) = (after, nexts[Int(after)]) }
    nexts[Int(number)] = after
    if before >= 0 {
      nexts[Int(before)] = number
    } else if let place {
      heads[place] = number
    } else {
      ones[characters[start]] = number
    }
  }

  @inline(__always)
  private func place(_ first: UInt32, _ second: UInt32) -> Int {
    Int(PhraseIndex.hash(first, second) >> 7) & (heads.count - 1)
  }

  /// The longest phrase that may stand at a place, −1 for none.
  @inline(__always)
  func first(in text: [UInt32], at place: Int) -> Int32 {
    if place + 1 < text.count {
      let head = heads[self.place(text[place], text[place + 1])]
      if head >= 0 { return head }
    }
    return one(text[place])
  }

  /// The next phrase that may stand there, −1 for none.
  @inline(__always)
  func next(_ phrase: Int32, in text: [UInt32], at place: Int) -> Int32 {
    let next = nexts[Int(phrase)]
    return next >= 0 || count(phrase) == 1 ? next : one(text[place])
  }

  @inline(__always)
  private func one(_ value: UInt32) -> Int32 {
    hasSingles && singles.mayContain(value) ? ones[value] ?? -1 : -1
  }

  /// The characters of a phrase by its number.
  func phrase(_ number: Int) -> [UInt32] {
    Array(characters[Int(starts[number])..<Int(starts[number + 1])])
  }

  private func count(_ phrase: Int32) -> Int {
    Int(starts[Int(phrase) + 1] - starts[Int(phrase)])
  }

  /// Where a phrase ends that stands at `place`; nil when it does not stand there.
  @inline(__always)
  func end(of phrase: Int32, in text: [UInt32], at place: Int) -> Int? {
    let (start, stop) = (Int(starts[Int(phrase)]), Int(starts[Int(phrase) + 1]))
    let end = place + stop - start
    guard end <= text.count else { return nil }
    var offset = 0
    while start + offset < stop {
      if text[place + offset] != characters[start + offset] { return nil }
      offset += 1
    }
    return end
  }
}
