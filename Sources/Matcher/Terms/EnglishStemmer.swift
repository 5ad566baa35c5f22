/// English words to their stems, so that `measured`, `measures` and `measuring` are one term.
///
/// A stem is a key for comparison, never shown. Words of two letters and fewer stay as they are.
///
/// - Note: The English (Porter 2) algorithm after Martin Porter's description on snowballstem.org;
///   its lists of exceptional forms are kept, apostrophes have been cut before.
struct EnglishStemmer {
  /// Lower-case letters a–z; `Y` marks a consonant y while the steps run.
  private var word: [UInt8]
  private var region1 = 0
  private var region2 = 0

  /// The stem of a word of the letters a–z.
  ///
  /// - Complexity: O(length).
  static func stem(_ word: [UInt8]) -> [UInt8] {
    guard word.count > 2 else { return word }
    if let fixed = exceptions[word] { return fixed }
    var stemmer = EnglishStemmer(word: word)
    stemmer.run()
    return stemmer.word.map { $0 == upperY ? lowerY : $0 }
  }

  private init(word: [UInt8]) {
    self.word = word
    markConsonantY()
    findRegions()
  }

  private mutating func run() {
    removePlural()
    if EnglishStemmer.invariant.contains(word) { return }
    removePastAndGerund()
    finalYToI()
    replace(EnglishStemmer.step2, from: region1)
    removeLi()
    replace(EnglishStemmer.step3, from: region1)
    removeAtive()
    removeSuffix()
    removeFinalEAndL()
  }
}

// MARK: Letters and regions

extension EnglishStemmer {
  private static let lowerY = UInt8(ascii: "y")
  private static let upperY = UInt8(ascii: "Y")

  private static func isVowel(_ letter: UInt8) -> Bool {
    switch letter {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
      UInt8(ascii: "u"), lowerY:
      true
    default: false
    }
  }

  private mutating func markConsonantY() {
    for index in word.indices where word[index] == EnglishStemmer.lowerY {
      if index == 0 || EnglishStemmer.isVowel(word[index - 1]) {
        word[index] = EnglishStemmer.upperY
      }
    }
  }

  /// R1 follows the first consonant after a vowel, R2 the same within R1.
  private mutating func findRegions() {
    let prefix = EnglishStemmer.prefixes.first { word.starts(with: $0) }
    region1 = prefix?.count ?? regionStart(after: 0)
    region2 = regionStart(after: region1)
  }

  private func regionStart(after start: Int) -> Int {
    var index = start
    while index < word.count, !EnglishStemmer.isVowel(word[index]) { index += 1 }
    while index < word.count, EnglishStemmer.isVowel(word[index]) { index += 1 }
    return min(word.count, index + 1)
  }

  private func ends(with suffix: [UInt8]) -> Bool {
    word.count >= suffix.count && word.suffix(suffix.count).elementsEqual(suffix)
  }

  private func ends(with suffix: String) -> Bool {
    ends(with: Array(suffix.utf8))
  }

  private func hasVowel(before end: Int) -> Bool {
    word[..<max(0, end)].contains(where: EnglishStemmer.isVowel)
  }

  /// Whether the letters before `end` close with a short syllable.
  private func isShortSyllable(before end: Int) -> Bool {
    guard end >= 2 else { return false }
    let (left, right) = (word[end - 2], word[end - 1])
    if end == 2 { return EnglishStemmer.isVowel(left) && !EnglishStemmer.isVowel(right) }
    let closes =
      !EnglishStemmer.isVowel(right) && right != UInt8(ascii: "w") && right != UInt8(ascii: "x")
      && right != EnglishStemmer.upperY
    return closes && EnglishStemmer.isVowel(left) && !EnglishStemmer.isVowel(word[end - 3])
  }

  private var isShort: Bool {
    region1 >= word.count && isShortSyllable(before: word.count)
  }
}

// MARK: Steps

extension EnglishStemmer {
  private mutating func removePlural() {
    if ends(with: "sses") {
      word.removeLast(2)
    } else if ends(with: "ied") || ends(with: "ies") {
      word.removeLast(word.count > 4 ? 2 : 1)
    } else if ends(with: "us") || ends(with: "ss") {
      return
    } else if ends(with: "s"), hasVowel(before: word.count - 2) {
      word.removeLast()
    }
  }

  private mutating func removePastAndGerund() {
    if let suffix = ["eedly", "eed"].first(where: { ends(with: $0) }) {
      if word.count - suffix.utf8.count >= region1 {
        word.removeLast(suffix.utf8.count - 2)
      }
      return
    }
    guard let suffix = ["ingly", "edly", "ing", "ed"].first(where: { ends(with: $0) }),
      hasVowel(before: word.count - suffix.utf8.count)
    else { return }
    word.removeLast(suffix.utf8.count)
    if ends(with: "at") || ends(with: "bl") || ends(with: "iz") {
      word.append(UInt8(ascii: "e"))
    } else if endsWithDouble {
      word.removeLast()
    } else if isShort {
      word.append(UInt8(ascii: "e"))
    }
  }

  private var endsWithDouble: Bool {
    guard let last = word.last, word.count >= 2, word[word.count - 2] == last else { return false }
    // `add`, `egg`, `off` are whole words.
    let isWhole = word.count == 3 && Array("aeo".utf8).contains(word[0])
    return !isWhole && Array("bdfgmnprt".utf8).contains(last)
  }

  private mutating func finalYToI() {
    guard let last = word.last, last == EnglishStemmer.lowerY || last == EnglishStemmer.upperY,
      word.count > 2, !EnglishStemmer.isVowel(word[word.count - 2])
    else { return }
    word[word.count - 1] = UInt8(ascii: "i")
  }

  /// The longest suffix of the table that ends the word, if it lies in the region.
  private mutating func replace(_ table: [(from: [UInt8], to: [UInt8])], from region: Int) {
    guard let rule = table.first(where: { ends(with: $0.from) }) else { return }
    let start = word.count - rule.from.count
    guard start >= region else { return }
    if rule.from.elementsEqual("ogi".utf8), start == 0 || word[start - 1] != UInt8(ascii: "l") {
      return
    }
    word.replaceSubrange(start..., with: rule.to)
  }

  private mutating func removeLi() {
    guard ends(with: "li"), !EnglishStemmer.step2.contains(where: { ends(with: $0.from) }),
      word.count - 2 >= region1, word.count >= 3,
      Array("cdeghkmnrt".utf8).contains(word[word.count - 3])
    else { return }
    word.removeLast(2)
  }

  private mutating func removeAtive() {
    guard ends(with: "ative"), word.count - 5 >= region2 else { return }
    word.removeLast(5)
  }

  private mutating func removeSuffix() {
    guard let suffix = EnglishStemmer.step4.first(where: { ends(with: $0) }) else { return }
    let start = word.count - suffix.count
    guard start >= region2 else { return }
    if suffix.elementsEqual("ion".utf8) {
      guard start > 0, word[start - 1] == UInt8(ascii: "s") || word[start - 1] == UInt8(ascii: "t")
      else { return }
    }
    word.removeLast(suffix.count)
  }

  private mutating func removeFinalEAndL() {
    guard let last = word.last else { return }
    let start = word.count - 1
    if last == UInt8(ascii: "e") {
      if start >= region2 || (start >= region1 && !isShortSyllable(before: start)) {
        word.removeLast()
      }
    } else if last == UInt8(ascii: "l"), start >= region2, start > 0,
      word[start - 1] == UInt8(ascii: "l")
    {
      word.removeLast()
    }
  }
}

// MARK: Tables, longest suffix first

extension EnglishStemmer {
  private static let prefixes = [
    "gener", "commun", "arsen", "univers", "later", "emerg", "organ", "inter",
  ].map { Array($0.utf8) }

  private static let step2 = table([
    ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"),
    ("iveness", "ive"), ("tional", "tion"), ("biliti", "ble"), ("lessli", "less"),
    ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("ousli", "ous"),
    ("iviti", "ive"), ("fulli", "ful"), ("enci", "ence"), ("anci", "ance"), ("abli", "able"),
    ("izer", "ize"), ("ator", "ate"), ("alli", "al"), ("ogist", "og"), ("bli", "ble"),
    ("ogi", "og"),
  ])

  private static let step3 = table([
    ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"),
    ("ical", "ic"), ("ness", ""), ("ful", ""),
  ])

  private static let step4 = [
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous",
    "ive", "ize", "ion", "al", "er", "ic",
  ].map { Array($0.utf8) }

  private static let exceptions = Dictionary(
    [
      ("skis", "ski"), ("skies", "sky"), ("dying", "die"), ("lying", "lie"), ("tying", "tie"),
      ("vying", "vie"),
      ("idly", "idl"), ("gently", "gentl"), ("ugly", "ugli"), ("early", "earli"),
      ("only", "onli"), ("singly", "singl"), ("sky", "sky"), ("news", "news"), ("howe", "howe"),
      ("atlas", "atlas"), ("cosmos", "cosmos"), ("bias", "bias"), ("andes", "andes"),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }, uniquingKeysWith: { first, _ in first })

  private static let invariant = Set(
    [
      "inning", "outing", "canning", "herring", "earring", "evening", "proceed", "exceed",
      "succeed",
    ]
    .map { Array($0.utf8) })

  private static func table(_ rules: [(String, String)]) -> [(from: [UInt8], to: [UInt8])] {
    rules.map { (Array($0.0.utf8), Array($0.1.utf8)) }
  }
}
