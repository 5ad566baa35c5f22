/// What folding makes of each character of the basic plane, for one look a character.
struct FoldedCharacters: Sendable {
  /// It becomes several or none.
  static let uneven: UInt32 = 0x1_0000
  /// What it becomes may be another in Simplified characters, alone or as the beginning of a phrase.
  static let changing: UInt32 = 0x2_0000
  /// A sign of boxes and lines (U+2500–257F), of which some part choices in exports of forms.
  static let box: UInt32 = 0x4_0000

  /// By character: what it becomes in the low 16 bits, marks above.
  let table: [UInt32]

  init(scripts: ScriptTable) {
    var folded: [UInt32] = []
    table = (UInt32(0)..<0x10000).map { value in
      if value >= 0x3400, value < 0xE000 {
        return scripts.mayChange(value) ? value | FoldedCharacters.changing : value
      }
      folded.removeAll(keepingCapacity: true)
      Folding.appendNarrow(value, to: &folded)
      var entry = folded.count == 1 ? folded[0] : FoldedCharacters.uneven
      if folded.contains(where: scripts.mayChange) { entry |= FoldedCharacters.changing }
      if (0x2500...0x257F).contains(value) { entry |= FoldedCharacters.box }
      return entry
    }
  }
}
