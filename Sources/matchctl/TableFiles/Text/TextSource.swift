import Matcher

/// A text file's characters in chunks of UTF-8, its encoding told on the way.
///
/// ASCII goes through as it is until the first other byte; the encoding is judged on what follows.
final class TextSource {
  /// Bad bytes that get an issue of their own; the rest is counted.
  static let reportedBytes = 20

  private let source: () throws(TableFileError) -> [UInt8]?
  private let given: TextEncoding?
  private let detector: EncodingDetector
  private var decoder: TextDecoder?
  private var offset = 0
  private var isFirst = true
  private var isDone = false
  private var reported = 0
  private(set) var detected: DetectedEncoding?

  init(
    encoding: TextEncoding?, characters: CommonCharacters,
    _ source: @escaping () throws(TableFileError) -> [UInt8]?
  ) {
    given = encoding
    detector = EncodingDetector(characters: characters)
    self.source = source
  }

  /// The next chunk, possibly empty; nil at the end.
  func next() throws(TableFileError) -> [UInt8]? {
    if isDone { return nil }
    guard var chunk = try source() else {
      isDone = true
      if detected == nil { detected = DetectedEncoding(encoding: .utf8, basis: .ascii) }
      return decoder?.finish()
    }
    if let decoder { return decoder.decode(chunk) }
    if isFirst { while chunk.count < 4, let more = try source() { chunk += more } }
    defer { isFirst = false }
    guard let start = interesting(chunk) else {
      offset += chunk.count
      return chunk
    }
    return try begin(chunk, from: start)
  }

  /// Where the encoding begins to show: a mark, a zero or a byte beyond ASCII.
  private func interesting(_ chunk: [UInt8]) -> Int? {
    if isFirst, given != nil { return 0 }
    return chunk.firstIndex { $0 >= 0x80 || $0 == 0 }.map { isFirst ? 0 : $0 }
  }

  private func begin(_ chunk: [UInt8], from start: Int) throws(TableFileError) -> [UInt8] {
    var sample = Array(chunk[start...])
    var isWhole = false
    while sample.count < EncodingDetector.sampleSize, !isWhole {
      if let more = try source() { sample += more } else { isWhole = true }
    }
    var found = detector.detect(sample, isWhole: isWhole)
    if let given {
      let hasMark = !given.mark.isEmpty && sample.starts(with: given.mark)
      found = DetectedEncoding(encoding: given, basis: .given, hasMark: hasMark)
    }
    detected = found
    offset += start
    let skipped = isFirst && found.hasMark ? found.encoding.mark.count : 0
    let decoder = TextDecoder(found.encoding, offset: offset + skipped, decoded: offset)
    self.decoder = decoder
    return chunk[..<start] + decoder.decode(Array(sample[skipped...]))
  }

  /// The bad bytes found since the last call, at most `reportedBytes` in all.
  func takeBadBytes() -> [(place: Int, description: String)] {
    guard let decoder, decoder.badBytes.count > reported, reported < TextSource.reportedBytes else {
      return []
    }
    let new = decoder.badBytes[reported...].prefix(TextSource.reportedBytes - reported)
    reported += new.count
    return new.map { bad in
      (bad.decodedOffset, "byte \(bad.offset + 1)")
    }
  }

  /// What a person should know of the encoding.
  func issues(file: String) -> [RecordIssue] {
    guard let detected else { return [] }
    var issues: [RecordIssue] = []
    if detected.basis == .unsure, let other = detected.other, let readings = detected.readings {
      issues.append(
        RecordIssue(
          .warning, file: file, field: "encoding",
          got:
            "\(detected.encoding.rawValue) as a guess: '\(readings.0)', in \(other.rawValue) '\(readings.1)'",
          expected: "an encoding that the bytes show",
          hint: "if the text looks wrong, give --encoding \(other.rawValue)"))
    }
    if let decoder, decoder.badCount > TextSource.reportedBytes {
      issues.append(
        RecordIssue(
          .warning, file: file, field: "encoding",
          got: "\(decoder.badCount) bytes that \(detected.encoding.rawValue) does not have",
          expected: "text in one encoding",
          hint: "give the right one with --encoding, or save as CSV UTF-8"))
    }
    return issues
  }
}
