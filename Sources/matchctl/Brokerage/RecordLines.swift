import Matcher

/// The lines of a platform's record, wherever it states them, by the ids that reading gives them.
enum RecordLines {
  /// Visits every line in the record's order; the line may be changed.
  static func change(
    _ record: inout JSONObject, _ body: (_ id: String, _ line: inout JSONObject) -> Void
  ) {
    let platform = record["id"]?.string ?? ""
    var number = 0
    func changed(_ lines: [JSONValue]) -> JSONValue {
      .array(
        lines.map { value in
          guard var line = value.object else { return value }
          number += 1
          body(id(line, platform, number), &line)
          return .object(line)
        })
    }
    if let lines = record["lines"]?.array { record["lines"] = changed(lines) }
    guard let sites = record["sites"]?.array else { return }
    record["sites"] = .array(
      sites.map { value in
        guard var site = value.object, let lines = site["lines"]?.array else { return value }
        site["lines"] = changed(lines)
        return .object(site)
      })
  }

  /// The ids of the lines of one site.
  static func ids(_ record: JSONObject, ofSite index: Int) -> [String] {
    let platform = record["id"]?.string ?? ""
    var number = record["lines"]?.array?.count { $0.object != nil } ?? 0
    for (place, site) in (record["sites"]?.array ?? []).enumerated() {
      let lines = (site.object?["lines"]?.array ?? []).compactMap(\.object)
      let ids = lines.enumerated().map { id($1, platform, number + $0 + 1) }
      if place == index { return ids }
      number += lines.count
    }
    return []
  }

  private static func id(_ line: JSONObject, _ platform: String, _ number: Int) -> String {
    line["id"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? "\(platform)/L\(number)"
  }

  static func isCertificate(_ value: JSONValue, of scheme: String, _ corpus: Corpus) -> Bool {
    value.object?["scheme"]?.string.map { FactSlot(scheme: $0, corpus: corpus) }
      == .certificate(scheme)
  }

  /// The entries of `denied` that speak of a spec or a certificate.
  static func denials(of slot: FactSlot, in line: JSONObject, _ corpus: Corpus) -> [JSONValue] {
    (line["denied"]?.array ?? []).filter { value in
      guard let text = value.string else { return false }
      switch slot {
      case .spec: return FactSlot(key: text, corpus: corpus) == slot
      case .certificate: return FactSlot(scheme: text, corpus: corpus) == slot
      default: return false
      }
    }
  }

  static func remove(_ denials: [JSONValue], from line: inout JSONObject) {
    guard !denials.isEmpty else { return }
    line["denied"] = .array((line["denied"]?.array ?? []).filter { !denials.contains($0) })
  }

  /// What a record states about a slot, without where it comes from: equal texts say the same.
  static func statements(
    of slot: FactSlot, in record: JSONObject, line wanted: String?, _ corpus: Corpus
  ) -> [String] {
    var found: [String] = []
    func add(_ value: JSONValue?) {
      if let value { found.append(JSONWriter.line(bare(value))) }
    }
    func look(_ object: JSONObject) {
      switch slot {
      case .spec:
        let envelopes = object["envelopes"]?.array ?? []
        let specs = [object] + envelopes.compactMap(\.object)
        for value in specs.flatMap({ $0["specs"]?.array ?? [] })
        where value.object?["key"]?.string.flatMap({ FactSlot(key: $0, corpus: corpus) }) == slot {
          add(value)
        }
      case .certificate(let scheme):
        for value in object["certificates"]?.array ?? []
        where isCertificate(value, of: scheme, corpus) { add(value) }
      default: add(object[ClaimClauses.member(of: slot, .platform)])
      }
      for value in denials(of: slot, in: object, corpus) { add(value) }
    }
    look(record)
    for site in record["sites"]?.array ?? [] where site.object != nil {
      look(JSONObject((site.object?.members ?? []).map { ($0.name, $0.value) }))
    }
    var copy = record
    change(&copy) { id, line in if wanted == nil || wanted == id { look(line) } }
    return found
  }

  private static let origins: Set<String> = [
    "source", "verified_at", "quote", "inferred", "note",
  ]

  /// A value without the members that say where it comes from.
  static func bare(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let object):
      .object(
        JSONObject(
          object.members.filter { !origins.contains($0.name) }.sorted { $0.name < $1.name }
            .map { ($0.name, bare($0.value)) }))
    case .array(let values): .array(values.map(bare))
    case .number(let number, _): .number(number)
    default: value
    }
  }
}
