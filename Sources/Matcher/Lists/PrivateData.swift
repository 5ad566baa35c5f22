/// Data about people inside a text that others read: phone numbers, identity numbers, e-mail
/// addresses, names of contacts.
struct PrivateData: Sendable, Equatable {
  enum Kind: String, Sendable {
    case phone = "phone_in_text"
    case identity = "identity_in_text"
    case email = "email_in_text"
    case person = "person_in_text"
  }

  let kind: Kind
  /// In Unicode scalars of the text.
  let place: Range<Int>

  /// What stands in the text, in order, without overlaps.
  ///
  /// - Complexity: O(*n*); texts without digits, `@` and contact words cost one pass.
  static func find(in text: String, words: ListWords) -> [PrivateData] {
    guard mayStand(in: text) else { return [] }
    var finder = Finder(text: narrowed(text), words: words)
    return finder.all()
  }

  /// The characters of a text narrowed one for one, so that places stay those of the text.
  private static func narrowed(_ text: String) -> [UInt32] {
    let found = text.utf8.withContiguousStorageIfAvailable { bytes in
      [UInt32](unsafeUninitializedCapacity: bytes.count) { out, count in
        var place = 0
        while place < bytes.count {
          let (value, length) = Folding.scalar(bytes, place)
          out[count] = plainlyNarrow(value) ?? alone(value)
          count += 1
          place += length
        }
      }
    }
    return found ?? text.unicodeScalars.map { plainlyNarrow($0.value) ?? alone($0.value) }
  }

  /// A character narrowed; a blank where it becomes none or several.
  private static func alone(_ value: UInt32) -> UInt32 {
    var narrow: [UInt32] = []
    Folding.appendNarrow(value, to: &narrow)
    return narrow.count == 1 ? narrow[0] : 0x20
  }

  /// What most characters become when they are narrowed, one for one; nil for the others.
  @inline(__always)
  private static func plainlyNarrow(_ value: UInt32) -> UInt32? {
    switch value {
    case ..<0x41, 0x5B..<0xA0, 0x3001..<0x338F, 0x3400..<0xFE00: value
    case 0x41...0x5A: value + 32
    default: nil
    }
  }

  private static func mayStand(in text: String) -> Bool {
    let found = text.utf8.withContiguousStorageIfAvailable { bytes in
      var run = 0
      var place = 0
      while place < bytes.count {
        let (value, length) = Folding.scalar(bytes, place)
        if isSign(value, &run) { return true }
        place += length
      }
      return false
    }
    return found ?? true
  }

  /// Whether texts with this character, behind those before it, have to be looked at: the seventh
  /// digit of a number with or without blanks and dashes, an @ or a colon.
  ///
  /// - Parameter run: The digits in a row so far; 0 at the beginning of a text.
  @inline(__always)
  static func isSign(_ value: UInt32, _ run: inout Int) -> Bool {
    if value >= 0x80, value < 0xFF10 || value > 0xFF20 {
      run = 0
      return false
    }
    let narrow = value >= 0xFF10 ? value - 0xFEE0 : value
    if (0x30...0x39).contains(narrow) {
      run += 1
      return run == 7
    }
    if narrow != 0x20, narrow != 0x2D { run = 0 }
    return narrow == 0x40 || narrow == 0x3A
  }

  /// Whether a folded text may hold any: a long number, an @, or a colon behind a word for people.
  static func mayStand(in folded: [UInt32], words: ListWords) -> Bool {
    var run = 0
    for (place, value) in folded.enumerated() where isSign(value, &run) {
      if value != 0x3A { return true }
      let labels = words.contactLabels
      for start in max(0, place - 24)..<place where labels.length(in: folded, at: start) > 0 {
        return true
      }
    }
    return false
  }

  /// The text with the found places masked: the first and last characters stay where that tells no
  /// one from another.
  static func masked(_ text: String, _ found: [PrivateData]) -> String {
    guard !found.isEmpty else { return text }
    var scalars = Array(text.unicodeScalars)
    for data in found.reversed() where data.place.upperBound <= scalars.count {
      let hidden = mask(Array(scalars[data.place]), data.kind)
      scalars.replaceSubrange(data.place, with: hidden)
    }
    var out = String.UnicodeScalarView()
    out.append(contentsOf: scalars)
    return String(out)
  }

  private static func mask(_ scalars: [Unicode.Scalar], _ kind: Kind) -> [Unicode.Scalar] {
    let stars: [Unicode.Scalar] = ["*", "*", "*", "*"]
    switch kind {
    case .phone, .identity:
      let keep = scalars.count >= 10 ? 3 : 2
      return Array(scalars.prefix(keep)) + stars + Array(scalars.suffix(2))
    case .email:
      let at = scalars.firstIndex(of: "@") ?? 0
      return Array(scalars.prefix(1)) + stars + Array(scalars[at...])
    case .person: return Array(scalars.prefix(1)) + Array(stars.prefix(2))
    }
  }

  /// How one of them is shown.
  func shown(in text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    guard place.upperBound <= scalars.count else { return "" }
    var out = String.UnicodeScalarView()
    out.append(contentsOf: PrivateData.mask(Array(scalars[place]), kind))
    return String(out)
  }

  private struct Finder {
    let text: [UInt32]
    let words: ListWords
    private let labels: WordTable
    /// Without a colon no name is behind one.
    private let hasColon: Bool
    private var found: [PrivateData] = []

    init(text: [UInt32], words: ListWords) {
      self.text = text
      self.words = words
      labels = words.contactLabels
      hasColon = text.contains(0x3A)
    }

    mutating func all() -> [PrivateData] {
      var index = 0
      while index < text.count {
        if let data = data(at: index) {
          found.append(data)
          index = max(index + 1, data.place.upperBound)
        } else {
          index += 1
        }
      }
      return found
    }

    /// Most characters begin none of them.
    @inline(__always)
    private func data(at index: Int) -> PrivateData? {
      let value = text[index]
      if (0x30...0x39).contains(value), let number = digits(at: index) { return number }
      if value == 0x40, let address = email(at: index) { return address }
      return hasColon && labels.mayBegin(with: value) ? person(at: index) : nil
    }

    private func isDigit(_ index: Int) -> Bool {
      index >= 0 && index < text.count && (0x30...0x39).contains(text[index])
    }

    private func isWord(_ index: Int) -> Bool {
      guard index >= 0, index < text.count else { return false }
      return isDigit(index) || (0x61...0x7A).contains(text[index]) || text[index] == 0x5F
    }

    /// Phone and identity numbers begin where no letter, digit or point stands before.
    private func digits(at index: Int) -> PrivateData? {
      guard isDigit(index), !isWord(index - 1), index == 0 || text[index - 1] != 0x2E else {
        return nil
      }
      guard isLong(index) else { return nil }
      var end = index
      var values: [Int] = []
      values.reserveCapacity(24)
      var hasMarks = false
      while end < text.count {
        if isDigit(end) {
          values.append(Int(text[end]) - 48)
          end += 1
        } else if text[end] == 0x2D || text[end] == 0x20, isDigit(end + 1), values.count < 18 {
          hasMarks = true
          end += 1
        } else {
          break
        }
      }
      if values.count == 17, end < text.count, text[end] == 0x78 {
        values.append(10)
        end += 1
      }
      guard !isWord(end), let kind = kind(values, index, hasMarks) else { return nil }
      return PrivateData(kind: kind, place: index..<end)
    }

    /// Seven digits at least, with single blanks and dashes between them.
    private func isLong(_ start: Int) -> Bool {
      var place = start
      var digits = 0
      while digits < 7 {
        if isDigit(place) {
          digits += 1
        } else if !(place < text.count && (text[place] == 0x2D || text[place] == 0x20)
          && isDigit(place + 1))
        {
          return false
        }
        place += 1
      }
      return true
    }

    private func kind(_ values: [Int], _ start: Int, _ hasMarks: Bool) -> Kind? {
      if values.count == 18, PrivateData.isIdentity(values) { return .identity }
      if values.count == 11, values[0] == 1, values[1] >= 3 { return .phone }
      if values.count == 13, values[0] == 8, values[1] == 6, values[2] == 1, values[3] >= 3 {
        return .phone
      }
      if hasMarks, (10...12).contains(values.count), values[0] == 0, text[start] == 0x30 {
        return .phone
      }
      if hasMarks, values.count == 8, [2, 3, 5, 6, 9].contains(values[0]), text[start + 4] == 0x20 {
        return .phone
      }
      // Other numbers of seven digits and more are phones only behind a word that says so.
      guard (7...12).contains(values.count), isLabelled(start) else { return nil }
      return .phone
    }

    private func isLabelled(_ start: Int) -> Bool {
      guard mayBeLabelled(start) else { return false }
      var tail = text[max(0, start - 12)..<start].filter {
        $0 > 0x20 && $0 != 0x3A && $0 != 0xFF1A
      }
      while let last = tail.last, [0x28, 0x29, 0x2B].contains(last) || (0x30...0x39).contains(last)
      {
        tail.removeLast()
      }
      return words.phoneLabels.contains { label in
        label.last == tail.last && label.count <= tail.count
          && tail[(tail.count - label.count)...].elementsEqual(label)
          && (label.count > 1 || tail.count == label.count)
      }
    }

    /// Whether the nearest character that may end a label before a number ends one.
    private func mayBeLabelled(_ start: Int) -> Bool {
      var place = start
      while place > max(0, start - 12) {
        place -= 1
        switch text[place] {
        case 0...0x20, 0x28, 0x29, 0x2B, 0x30...0x3A, 0xFF1A: continue
        default: return words.phoneLabelEnds.mayContain(text[place])
        }
      }
      return false
    }

    private func email(at index: Int) -> PrivateData? {
      guard text[index] == 0x40 else { return nil }
      func isPart(_ place: Int) -> Bool {
        isWord(place)
          || (place >= 0 && place < text.count && [0x2E, 0x2D, 0x2B].contains(text[place]))
      }
      var start = index
      while isPart(start - 1) { start -= 1 }
      var end = index + 1
      while isPart(end) { end += 1 }
      while end > index + 1, text[end - 1] == 0x2E { end -= 1 }
      let hasDot = text[(index + 1)..<end].contains(0x2E)
      guard start < index, hasDot else { return nil }
      return PrivateData(kind: .email, place: max(start, found.last?.place.upperBound ?? 0)..<end)
    }

    /// Behind 联系人： or Contact: two to four characters, or two capitalised words, are a name.
    private func person(at index: Int) -> PrivateData? {
      let length = labels.length(in: text, at: index)
      if length > 0 {
        var place = index + length
        guard place < text.count, text[place] == 0x3A || text[place] == 0xFF1A else { return nil }
        place += 1
        while place < text.count, text[place] == 0x20 { place += 1 }
        let isLatin = place < text.count && ListVocabulary.isLatin(text[place])
        var end = place
        while end < text.count, end - place < (isLatin ? 24 : 4), isName(text[end], isLatin) {
          end += 1
        }
        while end > place, text[end - 1] == 0x20 { end -= 1 }
        if end - place >= 2 { return PrivateData(kind: .person, place: place..<end) }
      }
      return nil
    }

    private func isName(_ value: UInt32, _ isLatin: Bool) -> Bool {
      isLatin ? ListVocabulary.isLatin(value) || value == 0x20 : (0x4E00...0x9FFF).contains(value)
    }
  }

  /// - Note: GB 11643-1999: weights 2^(17−i) mod 11; ISO 7064 MOD 11-2. The date inside must exist.
  static func isIdentity(_ values: [Int]) -> Bool {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    guard values.count == 18 else { return false }
    let sum = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
    let check = [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2][sum % 11]
    let year = values[6...9].reduce(0) { $0 * 10 + $1 }
    let isDay = CivilDate(
      year: year, month: values[10] * 10 + values[11], day: values[12] * 10 + values[13])
    return check == values[17] && isDay != nil
  }
}
