/// Changes of a part's bytes, applied all at once; what no change names stays as it is.
struct XMLEdits {
  private var edits: [(range: Range<Int>, text: [UInt8])] = []

  var isEmpty: Bool { edits.isEmpty }

  /// Puts text in the place of a range; an empty range inserts in front of what stands there.
  /// Ranges must not overlap; insertions at one place stand in the order of the calls.
  mutating func replace(_ range: Range<Int>, _ text: String) {
    edits.append((range, Array(text.utf8)))
  }

  func applied(to bytes: [UInt8]) -> [UInt8] {
    let ordered = edits.enumerated().sorted { left, right in
      let (a, b) = (left.element.range, right.element.range)
      return (a.lowerBound, a.isEmpty ? 0 : 1, left.offset)
        < (b.lowerBound, b.isEmpty ? 0 : 1, right.offset)
    }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.text.count })
    var place = 0
    for (_, edit) in ordered where edit.range.lowerBound >= place {
      out += bytes[place..<edit.range.lowerBound]
      out += edit.text
      place = edit.range.upperBound
    }
    return out + bytes[place...]
  }
}

/// One start tag as text: `<x:c r="A1" s="3">`.
struct XMLTag {
  private(set) var text: String

  init(_ bytes: ArraySlice<UInt8>) {
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// The prefix of the element's name with its colon, empty without one.
  var prefix: String {
    let name = text.dropFirst().prefix { !" \t\r\n/>".contains($0) }
    return name.firstIndex(of: ":").map { String(name[...$0]) } ?? ""
  }

  /// Sets an attribute: in its place when it is there, else behind the last one.
  mutating func set(_ name: String, _ value: String) {
    if let range = valueRange(name) {
      text.replaceSubrange(range, with: value)
    } else {
      var end = text.index(before: text.endIndex)
      if end > text.startIndex, text[text.index(before: end)] == "/" {
        end = text.index(before: end)
      }
      while end > text.startIndex, text[text.index(before: end)].isWhitespace {
        end = text.index(before: end)
      }
      text.insert(contentsOf: " \(name)=\"\(value)\"", at: end)
    }
  }

  func value(_ name: String) -> String? {
    valueRange(name).map { String(text[$0]) }
  }

  /// The start tag instead of an empty element's tag.
  mutating func open() {
    guard text.hasSuffix("/>") else { return }
    text.removeLast(2)
    while text.last?.isWhitespace == true { text.removeLast() }
    text += ">"
  }

  private func valueRange(_ name: String) -> Range<String.Index>? {
    var place = text.firstIndex { $0.isWhitespace } ?? text.endIndex
    while place < text.endIndex {
      while place < text.endIndex, text[place].isWhitespace { place = text.index(after: place) }
      let nameStart = place
      while place < text.endIndex, text[place] != "=", !text[place].isWhitespace {
        place = text.index(after: place)
      }
      let found = text[nameStart..<place]
      while place < text.endIndex, text[place] != "\"", text[place] != "'" {
        place = text.index(after: place)
      }
      guard place < text.endIndex else { return nil }
      let quote = text[place]
      let start = text.index(after: place)
      guard let end = text[start...].firstIndex(of: quote) else { return nil }
      if found == name { return start..<end }
      place = text.index(after: end)
    }
    return nil
  }
}
