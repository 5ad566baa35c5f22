import CZlib

/// The content of one part of a zip file, in chunks.
///
/// Memory: one chunk. A part that expands beyond the limits, ends early or does not have its
/// checksum is an error. Used from one thread.
final class PartSource {
  private static let chunkSize = 1 << 17

  private let raw: ArraySlice<UInt8>
  private let entry: ZipArchive.Entry
  private let limits: ZipArchive.Limits
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var taken = 0
  private var given = 0
  private var checksum: UInt = 0
  private var isDone = false

  init(_ raw: ArraySlice<UInt8>, entry: ZipArchive.Entry, limits: ZipArchive.Limits) {
    self.raw = raw
    self.entry = entry
    self.limits = limits
    stream.initialize(to: z_stream())
    if entry.method == 8 { _ = czlib_inflate_init(stream) }
  }

  deinit {
    if entry.method == 8 { inflateEnd(stream) }
    stream.deallocate()
  }

  /// The next chunk, never empty; nil at the end.
  func next() throws(TableFileError) -> [UInt8]? {
    if isDone { return nil }
    let chunk = entry.method == 8 ? try inflated() : stored()
    given += chunk.count
    if given > limits.partSize
      || given > limits.freeSize && given / limits.ratio > max(1, taken)
    {
      throw .tooLarge("\(entry.name) > \(given >> 20) MB")
    }
    checksum = chunk.withUnsafeBufferPointer {
      crc32(checksum, $0.baseAddress, UInt32($0.count))
    }
    if chunk.isEmpty || isDone {
      isDone = true
      guard given == entry.size, Int(checksum) == entry.crc else { throw .damaged(entry.name) }
    }
    return chunk.isEmpty ? nil : chunk
  }

  private func stored() -> [UInt8] {
    let start = raw.startIndex + taken
    let chunk = Array(raw[start..<min(raw.endIndex, start + PartSource.chunkSize)])
    taken += chunk.count
    isDone = taken == raw.count
    return chunk
  }

  private func inflated() throws(TableFileError) -> [UInt8] {
    var status = Z_OK
    let chunk = raw.withUnsafeBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: PartSource.chunkSize) { output, count in
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress?.advanced(by: taken))
        stream.pointee.avail_in = UInt32(min(input.count - taken, 1 << 30))
        let offered = stream.pointee.avail_in
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(PartSource.chunkSize)
        status = inflate(stream, Z_NO_FLUSH)
        taken += Int(offered - stream.pointee.avail_in)
        count = PartSource.chunkSize - Int(stream.pointee.avail_out)
      }
    }
    if status == Z_STREAM_END { isDone = true }
    guard status == Z_OK || status == Z_STREAM_END, isDone || !chunk.isEmpty else {
      throw .damaged(entry.name)
    }
    return chunk
  }
}

/// Compresses bytes for a zip file.
func deflated(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  _ = czlib_deflate_init(&stream)
  defer { deflateEnd(&stream) }
  let bound = Int(deflateBound(&stream, UInt(bytes.count)))
  return bytes.withUnsafeBufferPointer { input in
    [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(bound)
      _ = deflate(&stream, Z_FINISH)
      count = bound - Int(stream.avail_out)
    }
  }
}

/// The checksum of a zip file's part.
func zipChecksum(_ bytes: [UInt8]) -> Int {
  bytes.withUnsafeBufferPointer { Int(crc32(0, $0.baseAddress, UInt32($0.count))) }
}
