/// Splits a stream of CSV bytes (RFC 4180) into records of text cells.
///
/// Quotes, doubled quotes, line breaks inside quotes, LF and CRLF are read; a byte order mark is
/// skipped. A quote that never closes ends with its line, with an issue, and the lines behind it
/// are read. Memory: one record, at most twice
/// `limit` bytes; a longer record is dropped with an issue and the next one is read.
package struct CSVParser {
  package static let notText = "bytes that are not UTF-8"

  package struct Record {
    /// From 1, the header included; a quoted line break does not count.
    package let number: Int
    package let cells: [String]
    /// What is wrong with it; its cells are then what could be read.
    package let problem: String?
    /// Bytes of the input up to the end of it.
    package var end = 0
  }

  private enum State {
    case start
    case plain
    case quoted
    /// After a quote inside a quoted cell: the end, or a doubled quote.
    case closing
  }

  let separator: UInt8
  let limit: Int
  /// Whether all that is fed is known to be UTF-8; whole cells are then not looked at again.
  let isText: Bool
  private var state = State.start
  private var cell: [UInt8] = []
  private var cells: [String] = []
  private var size = 0
  private var number = 1
  private var problem: String?
  private var sawReturn = false
  /// Bytes taken.
  private var taken = 0
  /// The first bytes, until it is known whether they are a byte order mark.
  private var head: [UInt8]? = []
  /// The bytes behind the first line break of an open quoted cell, and the cell's length before
  /// that break.
  private var behind: (bytes: [UInt8], length: Int)?

  package init(separator: UInt8 = UInt8(ascii: ","), limit: Int = 16 << 20, isText: Bool = false) {
    self.separator = separator
    self.limit = limit
    self.isText = isText
  }

  /// Reads a chunk and gives each record that it ends.
  package mutating func feed(_ chunk: [UInt8], _ body: (Record) -> Void) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard let start = head else { return take(chunk, from: 0, body) }
    let bytes = start + chunk
    head = bytes.count < mark.count && mark.starts(with: bytes) ? bytes : nil
    if head != nil { return }
    let first = bytes.starts(with: mark) ? mark.count : 0
    taken += first
    take(bytes, from: first, body)
  }

  /// Takes runs of bytes that change no state at once, the others one by one.
  private mutating func take(_ bytes: [UInt8], from start: Int, _ body: (Record) -> Void) {
    var place = start
    while place < bytes.count {
      if state == .start, !sawReturn,
        let (cell, next) = CSVParser.wholeCell(bytes, place, separator: separator),
        size + cell.count <= limit
      {
        taken += next - place
        take(bytes[cell], endedBy: bytes[next - 1], body)
        place = next
        continue
      }
      let end = sawReturn ? place : runEnd(bytes, place)
      if end > place {
        keep(bytes[place..<end])
        if state == .start { state = .plain }
        taken += end - place
        place = end
      } else {
        taken += 1
        take(bytes[place], body)
        place += 1
      }
    }
  }

  private mutating func take(
    _ whole: ArraySlice<UInt8>, endedBy byte: UInt8, _ body: (Record) -> Void
  ) {
    size += whole.count + 1
    // Separators, quotes and line breaks are ASCII: what stands between two of them is whole.
    if isText { cells.append(UTF8Scan.text(ofWhole: whole)) } else { append(whole) }
    if byte == separator { return }
    closeRecord(body)
    sawReturn = byte == UInt8(ascii: "\r")
  }

  /// Where the run of bytes ends that stand for themselves.
  private func runEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    var end = start
    switch state {
    case .closing: return start
    case .quoted:
      let isFirstLine = behind == nil
      while end < bytes.count {
        let byte = bytes[end]
        if byte == UInt8(ascii: "\"") || isFirstLine && byte == UInt8(ascii: "\n") { break }
        end += 1
      }
    case .start, .plain:
      if state == .start, bytes[end] == UInt8(ascii: "\"") { return start }
      while end < bytes.count {
        let byte = bytes[end]
        if byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
        end += 1
      }
    }
    return end
  }

  private mutating func keep(_ run: ArraySlice<UInt8>) {
    if size <= limit { behind?.bytes.append(contentsOf: run.prefix(limit - size + 1)) }
    let room = max(0, limit - size)
    cell.append(contentsOf: run.prefix(room))
    size += run.count
  }

  /// Ends the input.
  package mutating func finish(_ body: (Record) -> Void) {
    for byte in head ?? [] { take(byte, body) }
    head = nil
    if state == .quoted {
      problem = "a quoted cell that never ends"
      if let (rest, length) = behind, size <= limit {
        cell.removeSubrange(length...)
        if cell.last == UInt8(ascii: "\r") { cell.removeLast() }
        endRecord(body)
        for byte in rest { take(byte, body) }
      }
    }
    if state != .start || !cells.isEmpty || !cell.isEmpty { endRecord(body) }
  }

  private mutating func take(_ byte: UInt8, _ body: (Record) -> Void) {
    if byte == UInt8(ascii: "\n"), sawReturn, state != .quoted {
      sawReturn = false
      return
    }
    sawReturn = false
    if size <= limit { behind?.bytes.append(byte) }
    switch state {
    case .quoted where byte == UInt8(ascii: "\n") && behind == nil:
      behind = ([], cell.count)
      keep(byte)
    case .quoted:
      if byte == UInt8(ascii: "\"") { state = .closing } else { keep(byte) }
    case .closing where byte == UInt8(ascii: "\""):
      keep(byte)
      state = .quoted
    case .start where byte == UInt8(ascii: "\""): state = .quoted
    default: plain(byte, body)
    }
  }

  private mutating func plain(_ byte: UInt8, _ body: (Record) -> Void) {
    switch byte {
    case separator: endCell()
    case UInt8(ascii: "\n"): endRecord(body)
    case UInt8(ascii: "\r"):
      endRecord(body)
      sawReturn = true
    default:
      if state == .closing { problem = problem ?? "text behind a closing quote" }
      keep(byte)
      state = .plain
    }
  }

  private mutating func keep(_ byte: UInt8) {
    size += 1
    if size <= limit { cell.append(byte) }
  }

  private mutating func endCell() {
    size += 1
    behind = nil
    append(cell[...])
    cell.removeAll(keepingCapacity: true)
    state = .start
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>) {
    let (text, isWhole) = bytes.withUnsafeBufferPointer { UTF8Scan.text($0) }
    if !isWhole { problem = problem ?? CSVParser.notText }
    cells.append(text)
  }

  private mutating func endRecord(_ body: (Record) -> Void) {
    endCell()
    closeRecord(body)
  }

  private mutating func closeRecord(_ body: (Record) -> Void) {
    if size - 1 > limit {
      problem = "a record of \(size - 1) bytes"
      cells = []
    }
    let width = cells.count
    body(Record(number: number, cells: cells, problem: problem, end: taken))
    number += 1
    cells = []
    cells.reserveCapacity(width)
    size = 0
    problem = nil
  }
}
