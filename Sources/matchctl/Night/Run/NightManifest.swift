import Ledger
import Matcher

/// What a run was made of and what it holds: enough to make it again, byte for byte. No time of day and
/// nothing of the machine is in it.
package struct NightManifest {
  package static let name = "manifest.json"
  package static let format = "night 1"

  package var json: JSONObject

  package init(_ json: JSONObject) {
    self.json = json
  }

  package init?(bytes: [UInt8]) {
    guard let object = (try? JSONParser.parse(bytes))?.object,
      object["format"]?.string == NightManifest.format
    else { return nil }
    json = object
  }

  package var bytes: [UInt8] { Array((JSONWriter.pretty(.object(json)) + "\n").utf8) }
  package var hash: String { SHA256.hex(bytes) }

  package var run: String { json["run"]?.string ?? "" }
  package var asOf: CivilDate? { json["as_of"]?.string.flatMap { CivilDate(iso: $0) } }
  package var program: String { json["program"]?.string ?? "" }
  package var seq: Int64 { integer("ledger", "seq") ?? 0 }
  /// The hash of the last entry that was looked at; empty for an empty ledger.
  package var head: String { json["ledger"]?.object?["head"]?.string ?? "" }
  package var top: Int { integer("options", "top").map(Int.init) ?? NightSettings.defaultTop }
  package var reports: ReportOptions {
    var reports = ReportOptions()
    let stated = json["options"]?.object
    if let language = stated?["language"]?.string.flatMap(Language.init) {
      reports.language = language
    }
    reports.includesSynthetic = stated?["synthetic"]?.bool ?? false
    return reports
  }
  package var tables: JSONObject { json["corpus"]?.object?["tables"]?.object ?? JSONObject() }
  package var tablesHash: String { json["corpus"]?.object?["sha256"]?.string ?? "" }
  package var policyHash: String { json["policy"]?.object?["sha256"]?.string ?? "" }
  package var policyLayers: [JSONValue] { json["policy"]?.object?["layers"]?.array ?? [] }
  package var previousRun: String? { json["previous"]?.object?["run"]?.string }
  package var counts: JSONObject { json["counts"]?.object ?? JSONObject() }

  /// Size and SHA-256 by name.
  package var files: [(name: String, size: Int, hash: String)] {
    (json["files"]?.array ?? []).compactMap { file in
      guard let object = file.object, let name = object["name"]?.string,
        let hash = object["sha256"]?.string
      else { return nil }
      return (name, object["bytes"]?.number.flatMap { Int(exactly: $0) } ?? 0, hash)
    }
  }

  private func integer(_ part: String, _ name: String) -> Int64? {
    json[part]?.object?[name]?.number.flatMap { Int64(exactly: $0) }
  }
}
