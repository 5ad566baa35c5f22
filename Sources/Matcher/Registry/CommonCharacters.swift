import Glibc

/// How common a character is in texts of this field. `lexicon/characters.tsv`.
public struct CommonCharacters: Sendable {
  private var simplified: [UInt32: Int] = [:]
  private var traditional: [UInt32: Int] = [:]

  init() {}

  /// Characters of one script, the commonest first.
  mutating func add(_ characters: String, traditional isTraditional: Bool) {
    for scalar in characters.unicodeScalars where scalar.value >= 0x80 {
      if isTraditional {
        traditional[scalar.value] = traditional[scalar.value] ?? traditional.count
      } else {
        simplified[scalar.value] = simplified[scalar.value] ?? simplified.count
      }
    }
  }

  /// −log₂ of about how often the character comes in a text of the script: 5 for the commonest,
  /// 14 at rank 2,000; nil when the table does not have it. Frequencies fall as 1 ÷ rank.
  public func bits(_ scalar: Unicode.Scalar, traditional isTraditional: Bool) -> Double? {
    let rank = isTraditional ? traditional[scalar.value] : simplified[scalar.value]
    return rank.map { 3 + log2(Double($0 + 4)) }
  }
}

extension CorpusTables {
  mutating func loadCharacters(_ files: Files) {
    for row in rows("lexicon/characters.tsv", in: files, required: ["script", "characters"]) {
      switch row["script"] {
      case "simplified": characters.add(row["characters"], traditional: false)
      case "traditional": characters.add(row["characters"], traditional: true)
      default: refuse(row, "script", expected: "simplified or traditional")
      }
    }
  }
}
