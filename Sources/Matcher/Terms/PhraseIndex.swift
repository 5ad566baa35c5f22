/// Phrases by their first character in flat arrays, so that a look at a character of a text costs two
/// reads and allocates nothing.
///
/// Phrases that begin alike are a chain, longest first; among equals the one added first.
struct PhraseIndex: Sendable {
  /// By the high byte of a character of the basic plane: its page in `heads`.
  private var pages = [UInt8](repeating: 0, count: 256)
  /// By page and low byte: the first phrase of the chain, −1 for none. Page 0 is empty.
  private var heads = [Int32](repeating: -1, count: 256)
  /// The same for characters outside the basic plane.
  private var others: [UInt32: Int32] = [:]
  /// By phrase: the next of its chain, −1 at the end.
  private var nexts: [Int32] = []
  /// By phrase: where it begins in `characters`; one more at the end.
  private var starts: [Int32] = [0]
  private var characters: [UInt32] = []
  /// The characters that phrases begin with.
  private(set) var beginnings = ScalarSet()
  /// Hashes of the first two characters of phrases, as bits: tells most places where a phrase's first
  /// character stands and nothing more.
  private var pairs = [UInt64](repeating: 0, count: PhraseIndex.pairBits / 64)
  /// The characters that are phrases.
  private var singles: Set<UInt32> = []

  private static let pairBits = 1 << 13

  init() {}

  @inline(__always)
  private static func pair(_ first: UInt32, _ second: UInt32) -> Int {
    Int((first &* 0x9E37_79B1 ^ second &* 0x85EB_CA77) >> 19)
  }

  /// The first place where a phrase may stand: its first two characters do, or their hash.
  @inline(__always)
  func firstPlace(in text: [UInt32], from start: Int) -> Int? {
    var place = start
    while place < text.count {
      if beginnings.mayContain(text[place]), mayStand(in: text, at: place) { return place }
      place += 1
    }
    return nil
  }

  /// Whether a phrase may stand at a place whose character begins one.
  @inline(__always)
  func mayStand(in text: [UInt32], at place: Int) -> Bool {
    if place + 1 < text.count {
      let pair = PhraseIndex.pair(text[place], text[place + 1])
      if pairs[pair >> 6] >> UInt64(pair & 63) & 1 != 0 { return true }
    }
    return !singles.isEmpty && singles.contains(text[place])
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
    }
    var before: Int32 = -1
    var after = first(head)
    while after >= 0, count(after) >= phrase.count { (before, after) = (after, nexts[Int(after)]) }
    nexts[Int(number)] = after
    if before >= 0 { nexts[Int(before)] = number } else { setHead(head, number) }
    return Int(number)
  }

  /// The number of exactly this phrase; nil when it was not added, or is empty.
  func number(of phrase: [UInt32]) -> Int? {
    guard let head = phrase.first else { return nil }
    var next = first(head)
    while next >= 0, count(next) >= phrase.count {
      if count(next) == phrase.count, end(of: next, in: phrase, at: 0) != nil { return Int(next) }
      next = nexts[Int(next)]
    }
    return nil
  }

  private mutating func setHead(_ value: UInt32, _ phrase: Int32) {
    guard value < 0x10000 else {
      others[value] = phrase
      return
    }
    let high = Int(value >> 8)
    if pages[high] == 0, heads.count / 256 < 256 {
      pages[high] = UInt8(heads.count / 256)
      heads.append(contentsOf: repeatElement(-1, count: 256))
    }
    // All 256 pages in use is more than any table has; what does not fit is kept aside.
    if pages[high] == 0 {
      others[value] = phrase
    } else {
      heads[Int(pages[high]) << 8 | Int(value & 0xFF)] = phrase
    }
  }

  /// The longest phrase that begins with a character, −1 for none.
  @inline(__always)
  func first(_ value: UInt32) -> Int32 {
    guard value < 0x10000 else { return others[value] ?? -1 }
    let page = pages[Int(value >> 8)]
    if page == 0, !others.isEmpty { return others[value] ?? -1 }
    return heads[Int(page) << 8 | Int(value & 0xFF)]
  }

  /// The next phrase of the chain, −1 at its end.
  @inline(__always)
  func next(_ phrase: Int32) -> Int32 { nexts[Int(phrase)] }

  func count(_ phrase: Int32) -> Int { Int(starts[Int(phrase) + 1] - starts[Int(phrase)]) }

  /// Where a phrase ends that stands at `place`, whose first character is known to be its own; nil
  /// when it does not stand there.
  @inline(__always)
  func end(of phrase: Int32, in text: [UInt32], at place: Int) -> Int? {
    let (start, stop) = (Int(starts[Int(phrase)]), Int(starts[Int(phrase) + 1]))
    let end = place + stop - start
    guard end <= text.count else { return nil }
    var offset = 1
    while start + offset < stop {
      if text[place + offset] != characters[start + offset] { return nil }
      offset += 1
    }
    return end
  }
}
