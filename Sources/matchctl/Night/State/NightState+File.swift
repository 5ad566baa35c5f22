import Ledger
import Matcher
import MatcherIndex

/// A state as a file of sections, each with its checksum (`SectionFile`): `head` is JSON, `words` are
/// the strings, `records` and `stages` numbers as `StateWriter` writes them.
extension NightState {
  /// Readers of another number refuse the file.
  fileprivate static let layout = 2

  func write(to path: String) throws(SectionFileError) {
    var writer = StateWriter()
    writer.put(marks)
    let records = writer.take()
    writer.put(stages.count)
    for stage in stages { writer.put(stage) }
    var sections = Sections()
    sections.add("head", Array(JSONWriter.line(.object(head.json)).utf8))
    sections.add("records", records)
    sections.add("stages", writer.take())
    sections.add("words.starts", writer.starts)
    sections.add("words.bytes", writer.words)
    try SectionFile.write(sections, to: path)
  }

  /// - Throws: `Reason.missing` where there is no such file, `.other` for one of another layout, else
  ///   `.damaged`.
  init(opening path: String, workers: Workers) throws(Reason) {
    let sections: Sections
    do {
      sections = try SectionFile.open(path, verify: true, workers: workers).sections
    } catch .system {
      throw .missing
    } catch {
      throw .damaged
    }
    func bytes(_ name: String) throws(Reason) -> [UInt8] {
      guard let column: Column<UInt8> = try? sections.column(name) else { throw .damaged }
      return Array(column.buffer)
    }
    guard let json = (try? JSONParser.parse(try bytes("head")))?.object else { throw .damaged }
    guard json["layout"]?.number == Double(NightState.layout), let head = Head(json) else {
      throw .other
    }
    guard let starts: Column<UInt64> = try? sections.column("words.starts") else { throw .damaged }
    let words = StateReader.words(Array(starts.buffer), try bytes("words.bytes"))
    var records = StateReader(try bytes("records"), words)
    var reader = StateReader(try bytes("stages"), words)
    guard let marks = records.marks(), let stages = reader.stages(), records.isDone, reader.isDone
    else { throw .damaged }
    self.init(head: head, marks: marks, stages: stages)
  }
}

extension NightState.Head {
  fileprivate var json: JSONObject {
    JSONObject([
      ("layout", .integer(NightState.layout)), ("tables", .string(basis.tables)),
      ("policy", .string(basis.policy)), ("program", .string(basis.program)),
      ("top", .integer(basis.top)), ("room", .integer(basis.room)), ("run", .string(run)),
      ("as_of", .string(asOf.description)), ("seq", .integer(Int(seq))), ("hash", .string(hash)),
    ])
  }

  fileprivate init?(_ json: JSONObject) {
    func text(_ name: String) -> String? { json[name]?.string }
    func number(_ name: String) -> Int? { json[name]?.number.flatMap { Int(exactly: $0) } }
    guard let tables = text("tables"), let policy = text("policy"), let program = text("program"),
      let top = number("top"), let room = number("room"), let run = text("run"),
      let asOf = text("as_of").flatMap({ CivilDate(iso: $0) }), let seq = number("seq"),
      let hash = text("hash")
    else { return nil }
    self.init(
      basis: NightState.Basis(
        tables: tables, policy: policy, program: program, top: top, room: room),
      run: run, asOf: asOf, seq: Int64(seq), hash: hash)
  }
}
