/// Folds text for comparison: widths, case, scripts, look-alike signs. The original is kept for
/// showing.
///
/// A class, so that readers which hold it keep one reference to its tables.
package final class Folding: Sendable {
  let scripts: ScriptTable
  let characters: FoldedCharacters

  init(scripts: ScriptTable) {
    self.scripts = scripts
    characters = FoldedCharacters(scripts: scripts)
  }

  /// Narrow, lower-case, Simplified; blanks as written. Used for running text.
  package func fold(_ text: some StringProtocol) -> [UInt32] {
    let quick = text.utf8.withContiguousStorageIfAvailable { fold(utf8: $0)?.scalars }
    if let folded = quick.flatMap(\.self) { return folded }
    return foldOneByOne(text)
  }

  /// The same of a part of a text's bytes; what stands at its end of a character that goes on behind
  /// it is left out.
  func fold(utf8 bytes: ArraySlice<UInt8>) -> [UInt32] {
    let quick = bytes.withUnsafeBufferPointer { bytes -> [UInt32]? in
      guard let whole = UTF8Scan.wholeCount(bytes) else { return nil }
      return fold(utf8: UnsafeBufferPointer(rebasing: bytes[..<whole]))?.scalars
    }
    return quick ?? foldOneByOne(String(decoding: bytes, as: UTF8.self))
  }

  /// The same, for texts that expand much or do not lie in one piece; the reference for `fold`.
  func foldOneByOne(_ text: some StringProtocol) -> [UInt32] {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      let value = scalar.value
      if Folding.isNarrow(value) {
        scalars.append(value)
      } else {
        Folding.appendNarrow(value, to: &scalars)
      }
    }
    return scripts.simplified(scalars)
  }

  /// Plainly nothing to narrow: most of every text.
  @inline(__always)
  private static func isNarrow(_ value: UInt32) -> Bool {
    value >= 0x3400 ? value < 0xFEFF : value < 0x41 || (value > 0x5A && value < 0xA0)
  }

  /// The folded text without blanks and the marks that writers set freely (`- _ / ·` and brackets):
  /// for comparing names.
  func name(_ text: some StringProtocol) -> String {
    withName(text) { String(decoding: $0, as: UTF8.self) }
  }

  /// Full-width to half-width, upper to lower case, and signs that have several code points to one.
  static func appendNarrow(_ value: UInt32, to out: inout [UInt32]) {
    switch value {
    case 0x41...0x5A: out.append(value + 32)
    case 0xFF21...0xFF3A: out.append(value - 0xFEE0 + 32)
    case 0xFF01...0xFF5E: out.append(value - 0xFEE0)
    case 0x3000, 0xA0: out.append(0x20)
    case 0xC0...0xD6, 0xD8...0xDE, 0x391...0x3A9, 0x410...0x42F: out.append(value + 32)
    case 0xB5: out.append(0x3BC)
    case 0x2103: out.append(contentsOf: [0xB0, 0x63])
    case 0x33A1: out.append(contentsOf: [0x6D, 0xB2])
    case 0x339C: out.append(contentsOf: [0x6D, 0x6D])
    case 0x338F: out.append(contentsOf: [0x6B, 0x67])
    case 0x2010...0x2015, 0x2212: out.append(0x2D)
    case 0x200B...0x200D, 0xFEFF, 0xAD: break
    default: out.append(value)
    }
  }

  static func isLoose(_ value: UInt32) -> Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x2D, 0x5F, 0x2F, 0xB7, 0x28, 0x29, 0x5B, 0x5D, 0x3001, 0x2022,
      0x300A, 0x300B, 0x3010, 0x3011, 0x201C, 0x201D, 0x2018, 0x2019, 0x22, 0x27:
      true
    default: false
    }
  }
}
