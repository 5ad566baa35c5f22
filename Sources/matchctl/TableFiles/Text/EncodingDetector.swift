import Matcher

/// Tells which encoding a Chinese text has from the bytes alone.
///
/// Many byte strings are valid in several encodings. Each candidate is charged, in bits, for the
/// characters that the bytes would be: little for a common character, much for a rare one, most
/// for a byte that it does not have. The least charge wins; a small lead is told as unsure.
struct EncodingDetector {
  /// A lead of fewer bits is unsure: one or two rare characters may then decide.
  static let sureLead = 16.0
  static let sampleSize = 1 << 16
  /// Bytes that are charged at a time, and the rest of their line.
  private static let pieceSize = 1 << 12

  let characters: CommonCharacters

  /// - Parameters:
  ///   - bytes: The start of the file, with at least one byte that is not ASCII.
  ///   - isWhole: The file ends with them.
  func detect(_ bytes: [UInt8], isWhole: Bool) -> DetectedEncoding {
    for encoding in TextEncoding.allCases
    where !encoding.mark.isEmpty && bytes.starts(with: encoding.mark) {
      return DetectedEncoding(encoding: encoding, basis: .mark, hasMark: true)
    }
    if let wide = wideWithoutMark(bytes) { return DetectedEncoding(encoding: wide, basis: .likely) }
    guard bytes.contains(where: { $0 >= 0x80 }) else {
      return DetectedEncoding(encoding: .utf8, basis: .ascii)
    }
    let sample = Array(bytes.prefix(EncodingDetector.sampleSize))
    let isCut = !isWhole || sample.count < bytes.count
    var least = Double.infinity
    let charges = [TextEncoding.utf8, .gb18030, .big5].map { encoding in
      let bits = charge(sample, encoding, isCut, below: least + EncodingDetector.sureLead)
      least = min(least, bits)
      return (encoding: encoding, bits: bits)
    }.sorted { $0.bits < $1.bits }
    guard charges[1].bits - charges[0].bits < EncodingDetector.sureLead else {
      return DetectedEncoding(encoding: charges[0].encoding, basis: .likely)
    }
    var found = DetectedEncoding(encoding: charges[0].encoding, basis: .unsure)
    found.other = charges[1].encoding
    found.readings = (reading(sample, charges[0].encoding), reading(sample, charges[1].encoding))
    return found
  }

  /// UTF-16 shows in the zero bytes of its ASCII characters: all at odd or all at even places.
  private func wideWithoutMark(_ bytes: [UInt8]) -> TextEncoding? {
    let sample = bytes.prefix(4096)
    var zeros = [0, 0]
    for (index, byte) in sample.enumerated() where byte == 0 { zeros[index & 1] += 1 }
    guard zeros[0] + zeros[1] >= 3, (zeros[0] + zeros[1]) * 50 > sample.count else { return nil }
    if zeros[0] == 0 { return .utf16LittleEndian }
    return zeros[1] == 0 ? .utf16BigEndian : nil
  }

  /// The price in bits of reading the bytes in an encoding; once it is no less than `limit`, what it
  /// was until then: such an encoding has lost, and surely.
  private func charge(
    _ bytes: [UInt8], _ encoding: TextEncoding, _ isCut: Bool, below limit: Double
  ) -> Double {
    let decoder = TextDecoder(encoding)
    var bits = 0.0
    var start = 0
    while start < bytes.count, bits < limit {
      let end = EncodingDetector.pieceEnd(bytes, start)
      charge(decoder.decode(Array(bytes[start..<end])), encoding, &bits)
      start = end
    }
    if start == bytes.count, !isCut { charge(decoder.finish(), encoding, &bits) }
    return bits
  }

  /// Some lines: no character of any encoding goes on over the end of a line.
  private static func pieceEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    var end = min(bytes.count, start + pieceSize)
    while end < bytes.count, bytes[end - 1] != 10 { end += 1 }
    return end
  }

  private func charge(_ text: [UInt8], _ encoding: TextEncoding, _ bits: inout Double) {
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars where scalar.value >= 0x80 {
      bits += charge(scalar, encoding)
    }
  }

  private func charge(_ scalar: Unicode.Scalar, _ encoding: TextEncoding) -> Double {
    if let bits = characters.bits(scalar, traditional: encoding == .big5) { return bits }
    if encoding != .big5, let bits = characters.bits(scalar, traditional: true) {
      return encoding == .utf8 ? bits : bits + 3
    }
    switch scalar.value {
    case 0xFFFD: return 40
    case 0x80..<0xA0: return 30
    case 0x2010...0x2027, 0x3000...0x3020, 0xFF01...0xFF5E, 0x2460...0x249B: return 8
    case 0xB0, 0xB1, 0xB5, 0xB7, 0xD7, 0xF7, 0x2103, 0x2264...0x2267, 0x391...0x3C9: return 9
    case 0xA0..<0x250: return 13
    case 0x250..<0x2000: return 18
    case 0x2000..<0x2E80: return 12
    case 0x3040...0x30FF: return 15
    case 0x4E00...0x9FFF: return 17
    case 0xE000...0xF8FF: return 24
    default: return 20
    }
  }

  /// The first words that are not ASCII, as an encoding reads them.
  private func reading(_ bytes: [UInt8], _ encoding: TextEncoding) -> String {
    let start = bytes.firstIndex { $0 >= 0x80 } ?? 0
    let text = TextDecoder(encoding).decode(Array(bytes[start...].prefix(120)))
    return String(
      String(decoding: text, as: UTF8.self).prefix { $0 != "\n" && $0 != "\r\n" }.prefix(12))
  }
}
