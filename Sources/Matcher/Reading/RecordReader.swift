/// The format of a record file.
public enum RecordFormat: String, Sendable, CaseIterable {
  case json
  case jsonLines = "jsonl"
  case csv

  /// By the ending of the file's name; nil when the ending says nothing.
  public init?(fileName: String) {
    let lower = fileName.lowercased()
    if lower.hasSuffix(".jsonl") || lower.hasSuffix(".ndjson") {
      self = .jsonLines
    } else if lower.hasSuffix(".json") {
      self = .json
    } else if lower.hasSuffix(".csv") {
      self = .csv
    } else {
      return nil
    }
  }
}

/// Bytes in chunks; nil at the end. Throws only when the source itself cannot be read.
public typealias ByteSource = () throws -> [UInt8]?

/// Reads files of records. Good records are kept, everything else becomes an issue.
///
/// JSON Lines and CSV are read as streams: memory is that of the records kept and of one line. A
/// line longer than 16 MiB and a JSON document longer than 256 MiB are refused.
public struct RecordReader {
  public struct Options: Sendable {
    public var lineLimit = 16 << 20
    public var documentLimit = 256 << 20
    /// The day from which relative days in free text count; nil leaves free text unread.
    public var prose: CivilDate?

    public init() {}
  }

  let corpus: Corpus
  let options: Options
  public private(set) var demands: [Demand] = []
  public private(set) var platforms: [Platform] = []
  public private(set) var issues: [RecordIssue] = []
  private var tools: ReadingTools?
  private var demandPlaces: [String: (file: String, row: Int)] = [:]
  private var demandRows: [String: String] = [:]
  private var platformRows: [String: String] = [:]
  private var lineRows: [String: String] = [:]

  public init(corpus: Corpus, options: Options = Options()) {
    self.corpus = corpus
    self.options = options
  }

  /// A reader that shares what reads free text, which takes a while to make.
  package init(corpus: Corpus, options: Options, tools: ReadingTools?) {
    self.init(corpus: corpus, options: options)
    self.tools = tools
  }

  public mutating func readDemands(
    _ source: ByteSource, file: String, format: RecordFormat? = nil
  ) throws {
    try read(source, file: file, format: format, side: .demand)
  }

  public mutating func readPlatforms(
    _ source: ByteSource, file: String, format: RecordFormat? = nil
  ) throws {
    try read(source, file: file, format: format, side: .platform)
  }

  /// Adds the platforms of a table; a file without a row of headings has an issue.
  public mutating func add(_ table: PlatformTable, file: String) {
    for rows in table.rows {
      var records: TableRecords?
      var platform = PendingPlatform()
      for row in rows {
        let record = CSVParser.Record(number: row.number, cells: row.cells, problem: nil)
        takeRow(record, file, .platform, &records, &platform)
      }
      flush(&platform, file)
    }
    if table.rows.isEmpty {
      issues.append(
        RecordIssue(
          .refused, file: file, field: "", got: "no row of headings",
          expected: "headings such as those of the template",
          hint: "see matchctl template platforms"))
    }
  }

  /// Adds a demand that was typed on the spot.
  public mutating func add(demand object: JSONObject, file: String) {
    accept(object, row: 0, file: file, side: .demand)
  }

  /// Adds a platform that is kept as its JSON object.
  public mutating func add(platform object: JSONObject, file: String) {
    accept(object, row: 0, file: file, side: .platform)
  }

  /// Adds the record of a row of a list.
  ///
  /// - Parameters:
  ///   - file: The file, and the sheet behind a slash if it has any, as issues name them.
  ///   - row: From 1.
  public mutating func add(demand object: JSONObject, file: String, row: Int) {
    accept(object, row: row, file: file, side: .demand)
  }

  /// Forgets all that was read and keeps the tools, so that records can be read again one at a time.
  package mutating func removeAll() {
    demands = []
    platforms = []
    issues = []
    demandPlaces = [:]
    demandRows = [:]
    platformRows = [:]
    lineRows = [:]
  }

  /// Adds what reading a list showed of the whole file.
  public mutating func add(issues others: [RecordIssue]) {
    issues += others
  }

  /// The records that were read, in order, with where each stands.
  public var demandRowsInOrder: [(file: String, row: Int, object: JSONObject)] {
    demands.compactMap { demand in
      guard let place = demandPlaces[demand.id], let object = demand.stated.object else {
        return nil
      }
      return (place.file, place.row, object)
    }
  }

  /// What is wrong with the demands that were read, each with its file and row. Their words are
  /// judged where `Options.prose` is set.
  public var demandIssues: [RecordIssue] {
    let lint = DemandLint(corpus: corpus, tools: tools)
    let text = ProblemText(corpus)
    return demands.flatMap { demand in
      lint.problems(demand, asOf: options.prose).map { problem in
        var issue = problem.issue(demand, text)
        if let place = demandPlaces[demand.id] { (issue.file, issue.row) = place }
        return issue
      }
    }
  }

  private mutating func read(
    _ source: ByteSource, file: String, format: RecordFormat?, side: TableRecords.Side
  ) throws {
    let before = side == .demand ? demands.count : platforms.count
    let issuesBefore = issues.count
    switch format ?? RecordFormat(fileName: file) ?? .jsonLines {
    case .jsonLines: try readLines(source, file, side)
    case .json: try readDocument(source, file, side)
    case .csv: try readTable(source, file, side)
    }
    let after = side == .demand ? demands.count : platforms.count
    if after == before, issues.count == issuesBefore {
      issues.append(
        RecordIssue(
          .refused, file: file, field: "", got: "no record", expected: "at least one record",
          hint: "see Corpus/schema/RECORDS.md"))
    }
  }

  private mutating func readLines(
    _ source: ByteSource, _ file: String, _ side: TableRecords.Side
  ) throws {
    var splitter = LineSplitter(limit: options.lineLimit)
    var lines: [LineSplitter.Line] = []
    while let chunk = try source() {
      splitter.feed(chunk) { lines.append($0) }
      for line in lines { take(line, file, side) }
      lines.removeAll(keepingCapacity: true)
    }
    splitter.finish { lines.append($0) }
    for line in lines { take(line, file, side) }
  }

  private mutating func take(_ line: LineSplitter.Line, _ file: String, _ side: TableRecords.Side) {
    switch line {
    case .tooLong(let size, let number):
      issues.append(
        RecordIssue(
          .refused, file: file, row: number, field: "", got: "a line of \(size) bytes",
          expected: "at most \(options.lineLimit) bytes a record",
          hint: "the other lines were read"))
    case .bytes(let bytes, let number):
      let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
      if text.allSatisfy({ $0 <= 0x20 }) { return }
      parse(
        text, row: number, file: file, side: side, hint: "each line must be one JSON object",
        isLine: true)
    }
  }

  private mutating func parse(
    _ bytes: ArraySlice<UInt8>, row: Int, file: String, side: TableRecords.Side, hint: String?,
    isLine: Bool = false
  ) {
    do throws(JSONError) {
      let value = try JSONParser.parse(bytes)
      let values = value.array ?? [value]
      for (index, element) in values.enumerated() {
        let number = value.array == nil || isLine ? row : index + 1
        guard let object = element.object else {
          issues.append(
            RecordIssue(
              .refused, file: file, row: number, field: "", got: element.kind,
              expected: "an object with an id"))
          continue
        }
        accept(object, row: number, file: file, side: side)
      }
    } catch {
      issues.append(
        RecordIssue(
          .refused, file: file, row: row, field: "byte \(error.offset + 1)", got: error.got,
          expected: error.expected, hint: hint))
    }
  }

  private mutating func readDocument(
    _ source: ByteSource, _ file: String, _ side: TableRecords.Side
  ) throws {
    var bytes: [UInt8] = []
    while let chunk = try source() {
      bytes.append(contentsOf: chunk)
      if bytes.count > options.documentLimit {
        issues.append(
          RecordIssue(
            .refused, file: file, field: "", got: "more than \(options.documentLimit) bytes",
            expected: "a smaller document", hint: "write it as JSON Lines, one record a line"))
        return
      }
    }
    guard bytes.contains(where: { $0 > 0x20 }) else { return }
    parse(
      bytes[...], row: 1, file: file, side: side, hint: "a .json file holds one object or one list")
  }

  private mutating func readTable(
    _ source: ByteSource, _ file: String, _ side: TableRecords.Side
  ) throws {
    var parser = CSVParser(limit: options.lineLimit)
    var table: TableRecords?
    var records: [CSVParser.Record] = []
    var platform = PendingPlatform()
    while let chunk = try source() {
      parser.feed(chunk) { records.append($0) }
      for record in records { takeRow(record, file, side, &table, &platform) }
      records.removeAll(keepingCapacity: true)
    }
    parser.finish { records.append($0) }
    for record in records { takeRow(record, file, side, &table, &platform) }
    flush(&platform, file)
  }

  private mutating func flush(_ platform: inout PendingPlatform, _ file: String) {
    if let (object, row) = platform.take() { accept(object, row: row, file: file, side: .platform) }
  }

  /// The lines of one platform, gathered from rows that follow one another.
  private struct PendingPlatform {
    var object: JSONObject?
    var row = 0

    mutating func take() -> (JSONObject, Int)? {
      defer { object = nil }
      return object.map { ($0, row) }
    }

    /// Adds the row's line if it is of the same platform.
    mutating func merge(_ other: JSONObject) -> Bool {
      guard var current = object, current["id"] == other["id"],
        let lines = current["lines"]?.array, let more = other["lines"]?.array
      else { return false }
      current["lines"] = .array(lines + more)
      object = current
      return true
    }
  }

  private mutating func takeRow(
    _ record: CSVParser.Record, _ file: String, _ side: TableRecords.Side,
    _ table: inout TableRecords?, _ platform: inout PendingPlatform
  ) {
    if record.cells.allSatisfy({ trimmed($0).isEmpty }), record.problem == nil { return }
    if let problem = record.problem {
      let isText = problem != CSVParser.notText
      issues.append(
        RecordIssue(
          .refused, file: file, row: record.number, field: "", got: problem,
          expected: isText ? "a CSV record after RFC 4180" : "UTF-8 text",
          hint: isText ? nil : "in Excel or WPS, save as CSV UTF-8"))
      if table == nil || record.cells.isEmpty { return }
    }
    guard let known = table else {
      let read = TableRecords(side: side, header: record.cells)
      checkHeader(read, file, record.number)
      table = read
      return
    }
    let log = IssueLog(file: file, row: record.number)
    if record.cells.dropFirst(known.columns.count).contains(where: { !trimmed($0).isEmpty }) {
      log.warn(
        "", got: "\(record.cells.count) cells", expected: "\(known.columns.count) as in the header",
        hint: "the cells beyond it are not read; a comma inside a cell needs quotes")
    }
    let object = known.object(record.cells, log: log)
    guard side == .platform else {
      accept(object, row: record.number, file: file, side: side, log: log)
      return
    }
    issues += log.issues
    if platform.merge(object) { return }
    flush(&platform, file)
    platform = PendingPlatform(object: object, row: record.number)
  }

  private mutating func checkHeader(_ table: TableRecords, _ file: String, _ row: Int) {
    let names = table.side == .demand ? TableRecords.demandColumns : TableRecords.platformColumns
    if !table.hasID {
      issues.append(
        RecordIssue(
          .refused, file: file, row: row, field: "", got: "no column 'id'",
          expected: "columns such as \(names.joined(separator: ", "))"))
    }
    for column in table.repeatedColumns {
      issues.append(
        RecordIssue(
          .warning, file: file, row: row, field: column, got: "'\(column)' a second time",
          expected: "each column once", hint: "the last of them is read"))
    }
    for column in table.unknownColumns {
      issues.append(
        RecordIssue(
          .warning, file: file, row: row, field: column, got: "an unknown column",
          expected: "one of \(names.joined(separator: ", "))",
          hint: "its cells are kept, not used"))
    }
  }

  /// Reads one object; `log` holds what its row has shown already.
  private mutating func accept(
    _ object: JSONObject, row: Int, file: String, side: TableRecords.Side, log: IssueLog? = nil
  ) {
    let log = log ?? IssueLog(file: file, row: row)
    defer { issues += log.issues }
    let wanted = side == .demand ? "demand" : "platform"
    if let type = object["type"], type != .null, type.string != wanted {
      log.refuse(
        "type", got: RecordIssue.quoted(type), expected: "'\(wanted)' in this file",
        hint: "demands and platforms go in files of their own; lint platforms with --side platform")
      return
    }
    let place = "\(file), row \(row)"
    if side == .demand {
      guard let demand = demand(object, log) else { return }
      if Self.isFirst(demand.id, in: &demandRows, place, log) {
        demands.append(demand)
        demandPlaces[demand.id] = (file, row)
      }
    } else {
      guard let platform = platform(object, log) else { return }
      if Self.isFirst(platform.id, in: &platformRows, place, log) { add(platform, place, log) }
    }
  }

  /// The platform; of one that has nothing but prose, with what it says.
  private mutating func platform(_ object: JSONObject, _ log: IssueLog) -> Platform? {
    let reader = PlatformReader(corpus: corpus, log: log)
    guard let day = options.prose, object["lines"] == nil, object["sites"] == nil,
      object["text"]?.string != nil
    else { return reader.platform(object) }
    let interpreter = PlatformInterpreter(corpus: corpus, tools: readingTools())
    guard let stated = reader.platform(object) else { return nil }
    let quiet = IssueLog(file: log.file, row: log.row)
    let full = interpreter.completed(object, asOf: day)
    guard var platform = PlatformReader(corpus: corpus, log: quiet).platform(full) else {
      return stated
    }
    platform.stated = stated.raw
    return platform
  }

  private mutating func readingTools() -> ReadingTools {
    let tools = self.tools ?? ReadingTools(corpus: corpus)
    self.tools = tools
    return tools
  }

  /// The demand with what its text says, where free text is read. What is wrong with the record is
  /// found before anything is added to it.
  private mutating func demand(_ object: JSONObject, _ log: IssueLog) -> Demand? {
    var bare = object
    bare["confirmation"] = nil
    guard let stated = DemandReader(corpus: corpus, log: log).demand(bare) else { return nil }
    guard let day = options.prose, !(stated.title + stated.text).isEmpty else { return stated }
    let reading = SheetConfirmation(corpus: corpus, tools: readingTools())
    let (full, isAskedAgain) = reading.completed(object, asOf: day)
    if isAskedAgain {
      log.warn(
        "confirmation",
        got: "an answer to other items, or one that cannot be understood",
        expected: "yes, no or numbers of the items beside it",
        hint: "return the sheet with 'matchctl lint --returned' and answer again")
    }
    // Words that say nothing more leave the record as it was stated.
    if full == bare { return stated }
    let quiet = IssueLog(file: log.file, row: log.row)
    guard var demand = DemandReader(corpus: corpus, log: quiet).demand(full) else { return stated }
    demand.refusedFields = stated.refusedFields
    demand.stated = stated.raw
    return demand
  }

  /// Line ids are unique over all platforms; a second one is refused and the platform's other lines
  /// stay.
  private mutating func add(_ platform: Platform, _ place: String, _ log: IssueLog) {
    var platform = platform
    var lines: [ServiceLine] = []
    for line in platform.lines where Self.isFirst(line.id, in: &lineRows, place, log) {
      lines.append(line)
    }
    platform.lines = lines
    platforms.append(platform)
  }

  /// Static, so that the dictionary is changed in place.
  private static func isFirst(
    _ id: String, in rows: inout [String: String], _ place: String, _ log: IssueLog
  ) -> Bool {
    if let first = rows[id] {
      log.refuse(
        "id", got: "'\(id)' a second time", expected: "an id of its own", hint: "first in \(first)")
      return false
    }
    rows[id] = place
    return true
  }
}
