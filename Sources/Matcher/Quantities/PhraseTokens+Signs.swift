/// What pieces of a text cannot state, told without reading on: each of these is false only where no
/// reading of the pieces has such a quantity.
extension PhraseTokens {
  /// Days are only where the pieces have them.
  var mayStateDays: Bool { !days.isEmpty }

  /// Whether things counted (`{wafer}`, `{unit}`) or months may be stated: a number has such a unit, or
  /// one that its surroundings make one; it may still get one from behind a bracket, or counts what
  /// stands behind a sign of multiplication.
  func mayStateCounts(_ lexicon: QuantityLexicon) -> Bool {
    for place in numbers.indices {
      guard let ucum = numbers[place].unit?.ucum.utf8, let tag = numbers[place].unit?.tag else {
        continue
      }
      if ucum.first == UInt8(ascii: "{") || ucum.elementsEqual("mo".utf8) { return true }
      switch tag {
      case .block, .knot, .timesSign, .letterC: return true
      default: break
      }
    }
    for (place, token) in tokens.enumerated() {
      switch token.kind {
      case .number:
        let isClosed = place + 1 < tokens.count && tokens[place + 1].kind == .close
        if isClosed, numbers[token.index].unit == nil { return true }
      case .word:
        let word = lexicon.words[token.index]
        if word.roles.contains(.times) { return true }
        if word.roles.contains(.currency), word.index >= 0,
          lexicon.units[Int(word.index)].ucum.utf8.first == UInt8(ascii: "{")
        {
          return true
        }
      default: break
      }
    }
    return false
  }
}
