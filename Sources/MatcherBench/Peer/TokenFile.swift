import Foundation

/// A file of white-space tokens, one document a line, mapped into memory.
///
/// Unchecked: the memory is only read, and lives as long as the file.
final class TokenFile: @unchecked Sendable {
  private let data: NSData
  let bytes: UnsafeBufferPointer<UInt8>

  init(_ path: String) throws {
    guard let data = try? NSData(contentsOfFile: path, options: .alwaysMapped) else {
      throw PeerError.unreadable(path)
    }
    self.data = data
    bytes = UnsafeBufferPointer(
      start: data.bytes.assumingMemoryBound(to: UInt8.self), count: data.length)
  }

  /// About equal runs of whole lines.
  func parts(_ wanted: Int) -> [Range<Int>] {
    var (parts, start): ([Range<Int>], Int) = ([], 0)
    for part in 1...max(1, wanted) {
      var end = max(start, bytes.count * part / max(1, wanted))
      while end < bytes.count, end > 0, bytes[end - 1] != 10 { end += 1 }
      if end > start { parts.append(start..<end) }
      start = end
    }
    return parts
  }

  /// How many lines and tokens a run of whole lines has.
  func count(_ part: Range<Int>) -> (lines: Int, tokens: Int) {
    let base = bytes.baseAddress.map { $0 + part.lowerBound }
    guard let base, !part.isEmpty else { return (0, 0) }
    var lines = base[part.count - 1] == 10 ? 0 : 1
    var tokens = base[0] > 32 ? 1 : 0
    lines += base[0] == 10 ? 1 : 0
    for place in 1..<part.count {
      lines &+= base[place] == 10 ? 1 : 0
      tokens &+= (base[place] > 32 ? 1 : 0) & (base[place - 1] > 32 ? 0 : 1)
    }
    return (lines, tokens)
  }

  /// Calls the body with the tokens of each line, as numbers of 64 bits.
  func forEachLine(in part: Range<Int>, _ body: (UnsafeBufferPointer<UInt64>) -> Void) {
    guard let base = bytes.baseAddress else { return }
    var tokens = [UInt64](repeating: 0, count: 1 << 16)
    tokens.withUnsafeMutableBufferPointer { tokens in
      var (place, count) = (part.lowerBound, 0)
      while place < part.upperBound {
        let byte = base[place]
        if byte > 32 {
          let (token, end) = token(at: place, base)
          tokens[count] = token
          count = min(count + 1, tokens.count - 1)
          place = end
        } else {
          place += 1
          guard byte == 10 else { continue }
          body(UnsafeBufferPointer(rebasing: tokens[..<count]))
          count = 0
        }
      }
      if part.upperBound > part.lowerBound, base[part.upperBound - 1] != 10 {
        body(UnsafeBufferPointer(rebasing: tokens[..<count]))
      }
    }
  }

  /// The token that begins at a place, and where it ends. Eight bytes at a time.
  @inline(__always)
  private func token(at start: Int, _ base: UnsafePointer<UInt8>) -> (UInt64, Int) {
    var (place, hash): (Int, UInt64) = (start, 0xCBF2_9CE4_8422_2325)
    let raw = UnsafeRawPointer(base)
    while place + 8 <= bytes.count {
      let word = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      // The highest bit of every byte that is at most a space.
      let ends = (word &- 0x2121_2121_2121_2121) & ~word & 0x8080_8080_8080_8080
      if ends == 0 {
        hash = Self.mixed(hash ^ word)
        place += 8
        continue
      }
      let bits = ends.trailingZeroBitCount & ~7
      let rest = word & ((1 << UInt64(bits)) &- 1)
      return (Self.mixed(hash ^ rest ^ UInt64(bits) << 56), place + bits / 8)
    }
    var (rest, bits): (UInt64, UInt64) = (0, 0)
    while place < bytes.count, base[place] > 32 {
      rest |= UInt64(base[place]) << bits
      bits += 8
      place += 1
    }
    return (Self.mixed(hash ^ rest ^ bits << 56), place)
  }

  @inline(__always)
  private static func mixed(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
