import Glibc
import Matcher

/// Turns a stream of bytes of one encoding into UTF-8.
///
/// A byte that the encoding does not have becomes U+FFFD and is reported with its offset in the
/// file. Memory: one chunk. Used from one thread.
final class TextDecoder {
  struct BadByte: Equatable {
    let byte: UInt8
    /// In the file, from 0.
    let offset: Int
    /// In the decoded stream.
    let decodedOffset: Int
  }

  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  private let isUTF8: Bool
  private let main: iconv_t?
  private let fallback: iconv_t?
  /// The bytes of a character that the last chunk ended in.
  private var rest: [UInt8] = []
  /// Offset in the file of the first byte of `rest`, and the count of decoded bytes.
  private var offset: Int
  private var decoded: Int
  private(set) var badBytes: [BadByte] = []
  private(set) var badCount = 0

  /// - Parameters:
  ///   - offset: Bytes of the file before the first chunk, such as a mark.
  ///   - decoded: Bytes of the decoded stream before it.
  init(_ encoding: TextEncoding, offset: Int = 0, decoded: Int = 0) {
    self.offset = offset
    self.decoded = decoded
    isUTF8 = encoding == .utf8
    let (name, second) = encoding.iconvNames
    main = TextDecoder.open(name)
    fallback = second.flatMap(TextDecoder.open)
  }

  deinit {
    if let main { iconv_close(main) }
    if let fallback { iconv_close(fallback) }
  }

  private static func open(_ name: String) -> iconv_t? {
    let descriptor = iconv_open("UTF-8", name)
    return descriptor == iconv_t(bitPattern: -1) ? nil : descriptor
  }

  /// The characters that a chunk ends, as UTF-8.
  func decode(_ chunk: [UInt8]) -> [UInt8] {
    var input = rest.isEmpty ? chunk : rest + chunk
    if isUTF8, let whole = input.withUnsafeBufferPointer({ UTF8Scan.wholeCount($0) }) {
      return passed(input, whole)
    }
    var output: [UInt8] = []
    output.reserveCapacity(input.count * 2)
    var place = 0
    while place < input.count {
      let taken = convert(main, &input, from: place, to: input.count, into: &output)
      place += taken.count
      if taken.status == EINVAL { break }
      if taken.status == EILSEQ {
        place += unknown(&input, place, &output)
      } else if taken.count == 0 {
        break
      }
    }
    rest = Array(input[place...])
    offset += place
    decoded += output.count
    return output
  }

  /// UTF-8 as it should be needs no conversion, only to be cut between two characters.
  private func passed(_ input: [UInt8], _ whole: Int) -> [UInt8] {
    rest = Array(input[whole...])
    offset += whole
    decoded += whole
    return whole == input.count ? input : Array(input[..<whole])
  }

  /// Ends the stream: a character that it breaks off in is a bad byte.
  func finish() -> [UInt8] {
    var output: [UInt8] = []
    for index in rest.indices { report(rest[index], index, &output) }
    offset += rest.count
    decoded += output.count
    rest = []
    return output
  }

  /// Reads a character by the second table, else reports its first byte; gives the bytes read.
  private func unknown(_ input: inout [UInt8], _ place: Int, _ output: inout [UInt8]) -> Int {
    if let fallback {
      for length in 1...2 where place + length <= input.count {
        let count = output.count
        let taken = convert(fallback, &input, from: place, to: place + length, into: &output)
        if taken.count == length, taken.status == 0 { return length }
        output.removeSubrange(count...)
      }
    }
    report(input[place], place, &output)
    return 1
  }

  private func report(_ byte: UInt8, _ place: Int, _ output: inout [UInt8]) {
    badCount += 1
    if badBytes.count < 1000 {
      badBytes.append(
        BadByte(byte: byte, offset: offset + place, decodedOffset: decoded + output.count))
    }
    output += TextDecoder.replacement
  }

  /// Converts as far as possible: bytes taken, and 0, `EILSEQ` or `EINVAL`.
  private func convert(
    _ descriptor: iconv_t?, _ input: inout [UInt8], from start: Int, to end: Int,
    into output: inout [UInt8]
  ) -> (count: Int, status: Int32) {
    guard let descriptor else { return (0, EILSEQ) }
    var status: Int32 = 0
    var taken = 0
    let room = max(64, (end - start) * 2)
    let converted = [UInt8](unsafeUninitializedCapacity: room) { target, count in
      count = target.withMemoryRebound(to: CChar.self) { bytes in
        input.withUnsafeMutableBytes { source in
          var from = source.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
          var to = bytes.baseAddress
          var left = end - start
          var free = room
          if iconv(descriptor, &from, &left, &to, &free) == -1 { status = errno }
          taken = end - start - left
          return room - free
        }
      }
    }
    output += converted
    return (taken, status == E2BIG ? 0 : status)
  }
}
