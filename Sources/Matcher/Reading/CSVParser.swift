/// Splits a stream of CSV bytes (RFC 4180) into records of text cells.
///
/// Quotes, doubled quotes, line breaks inside quotes, LF and CRLF are read; a byte order mark is
/// skipped. A quote that never closes ends at the end of the input, with an issue. Memory: one
/// record, at most `limit` bytes; a longer record is dropped with an issue and the next one is
/// read.
struct CSVParser {
  struct Record {
    /// From 1, the header included; a quoted line break does not count.
    let number: Int
    let cells: [String]
    /// What is wrong with it; its cells are then what could be read.
    let problem: String?
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
  private var state = State.start
  private var cell: [UInt8] = []
  private var cells: [String] = []
  private var size = 0
  private var number = 1
  private var problem: String?
  private var sawReturn = false
  private var isFirst = true

  init(separator: UInt8 = UInt8(ascii: ","), limit: Int = 16 << 20) {
    self.separator = separator
    self.limit = limit
  }

  /// Reads a chunk and gives each record that it ends.
  mutating func feed(_ chunk: [UInt8], _ body: (Record) -> Void) {
    var bytes = chunk[...]
    if isFirst, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    isFirst = false
    for byte in bytes { take(byte, body) }
  }

  /// Ends the input.
  mutating func finish(_ body: (Record) -> Void) {
    if state == .quoted { problem = "a quoted cell that never ends" }
    if state != .start || !cells.isEmpty || !cell.isEmpty { endRecord(body) }
  }

  private mutating func take(_ byte: UInt8, _ body: (Record) -> Void) {
    if byte == UInt8(ascii: "\n"), sawReturn, state != .quoted {
      sawReturn = false
      return
    }
    sawReturn = false
    switch state {
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
    if let text = String(validating: cell, as: UTF8.self) {
      cells.append(text)
    } else {
      problem = problem ?? "bytes that are not UTF-8"
      cells.append(String(decoding: cell, as: UTF8.self))
    }
    cell.removeAll(keepingCapacity: true)
    state = .start
  }

  private mutating func endRecord(_ body: (Record) -> Void) {
    endCell()
    if size > limit {
      problem = "a record of \(size) bytes"
      cells = []
    }
    body(Record(number: number, cells: cells, problem: problem))
    number += 1
    cells = []
    size = 0
    problem = nil
  }
}
