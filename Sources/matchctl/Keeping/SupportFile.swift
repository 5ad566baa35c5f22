import Foundation
import Matcher
import TableFiles

/// What may be sent to who helps: how the installation stands, without any record.
///
/// It holds what the doctor found, how many entries of each kind there are, the versions, and of the
/// last night its status and the counts of its manifest. Texts of records, names, contacts and whatever
/// is restricted are never read for it.
struct SupportFile {
  let checkup: Checkup

  func bytes() -> [UInt8] {
    var zip = ZipWriter()
    for part in parts { zip.add(part.name, part.text) }
    return zip.finish()
  }

  /// The files inside.
  var parts: [(name: String, text: String)] {
    let objects = [("doctor.json", doctor)] + (lastStatus.map { [("status.json", $0)] } ?? [])
    return objects.map { ($0.0, JSONWriter.pretty(.object($0.1)) + "\n") }
  }

  private var doctor: JSONObject {
    let findings = checkup.findings.map { finding in
      JSONValue.object(
        JSONObject([
          ("grade", .string(finding.grade.rawValue)), ("id", .string(finding.id)),
          (
            "values",
            .object(
              JSONObject(
                finding.values.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
          ),
        ]))
    }
    return JSONObject([
      ("version", .string(checkup.version)), ("at", .string(checkup.now.description)),
      ("findings", .array(findings)),
      (
        "entries",
        .object(JSONObject(checkup.counts.map { ($0.kind, .integer($0.count)) }))
      ),
    ])
  }

  /// Of the status only members that are numbers, days and states; messages could quote a record.
  private var lastStatus: JSONObject? {
    guard let out = checkup.out,
      let bytes = FileManager.default.contents(atPath: "\(out)/status.json"),
      let status = (try? JSONParser.parse([UInt8](bytes)))?.object
    else { return nil }
    let safe: Set = ["state", "as_of", "run", "started", "finished", "seq", "version", "phase"]
    return JSONObject(
      status.members.filter { member in
        safe.contains(member.name) || member.value.number != nil
      }.map { ($0.name, $0.value) })
  }
}
