import Glibc

/// Writes text in an encoding. Characters that the encoding does not have become `&#N;`, as
/// programs in Hong Kong write them.
package struct TextEncoder {
  private let encoding: TextEncoding

  package init(_ encoding: TextEncoding) {
    self.encoding = encoding
  }

  /// The bytes, and how many characters had to be written as `&#N;`.
  package func encode(_ text: String) -> (bytes: [UInt8], replaced: Int) {
    if encoding == .utf8 { return (Array(text.utf8), 0) }
    let descriptor = iconv_open(encoding.iconvNames.0, "UTF-8")
    guard let descriptor, descriptor != iconv_t(bitPattern: -1) else {
      return (Array(text.utf8), 0)
    }
    defer { iconv_close(descriptor) }
    var output: [UInt8] = []
    var replaced = 0
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let taken = TextEncoder.convert(descriptor, rest, into: &output)
      rest = rest.dropFirst(taken)
      guard let scalar = String(decoding: rest.prefix(4), as: UTF8.self).unicodeScalars.first else {
        break
      }
      rest = rest.dropFirst(UTF8.width(scalar))
      replaced += 1
      _ = TextEncoder.convert(descriptor, Array("&#\(scalar.value);".utf8)[...], into: &output)
    }
    return (output, replaced)
  }

  /// Converts as far as the encoding has the characters; gives the bytes taken.
  private static func convert(
    _ descriptor: iconv_t, _ input: ArraySlice<UInt8>, into output: inout [UInt8]
  ) -> Int {
    var bytes = Array(input)
    var taken = 0
    let room = bytes.count * 2 + 16
    output += [UInt8](unsafeUninitializedCapacity: room) { target, count in
      count = target.withMemoryRebound(to: CChar.self) { target in
        bytes.withUnsafeMutableBytes { source in
          var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
          var to = target.baseAddress
          var left = source.count
          var free = room
          _ = iconv(descriptor, &from, &left, &to, &free)
          taken = source.count - left
          return room - free
        }
      }
    }
    return taken
  }
}

extension UTF8 {
  /// The bytes of a character.
  fileprivate static func width(_ scalar: Unicode.Scalar) -> Int {
    UTF8.encode(scalar)?.count ?? 1
  }
}
