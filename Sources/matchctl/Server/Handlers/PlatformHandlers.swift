import Ledger
import Matcher
import Publishing

/// Platforms: what they state, and what their operators keep true.
enum PlatformHandlers {
  static let all: [String: Handler] = [
    "platforms": { call, _ in try platforms(call) }, "platform": { call, _ in try platform(call) },
    "changePlatform": change, "verify": verify, "earliest": earliest,
  ]

  private static func isVisible(_ id: String, _ call: Call) -> Bool {
    switch call.reach {
    case .all: call.standing.platforms[id] != nil
    case .own: call.caller?.platform == id && call.standing.platforms[id] != nil
    case .none, .given: false
    }
  }

  private static func require(_ call: Call) throws(APIError) -> StoredRecord {
    guard isVisible(call.id, call), let stored = call.standing.platforms[call.id] else {
      throw .notFound
    }
    return stored
  }

  private static func platforms(_ call: Call) throws -> Reply {
    let words = call.word("q")?.lowercased() ?? ""
    let service = call.word("service").flatMap(call.standing.corpus.taxonomy.node)
    if call.word("service") != nil, service == nil {
      return .json(try Page.of([String](), call) { _ in nil })
    }
    return .json(
      try Page.of(call.standing.platformIDs, call) { id in
        guard isVisible(id, call), let stored = call.standing.platforms[id] else { return nil }
        if let service {
          let lines = call.standing.lines.platforms[id]?.lines ?? []
          guard lines.contains(where: { $0.services.contains(service) }) else { return nil }
        }
        let summary = summary(stored, call)
        let name = summary["name"]?.string?.lowercased() ?? ""
        let isFound = words.isEmpty || id.lowercased().contains(words) || name.contains(words)
        return isFound ? .object(summary) : nil
      })
  }

  private static func platform(_ call: Call) throws -> Reply {
    .json(full(try require(call), call))
  }

  private static func summary(_ stored: StoredRecord, _ call: Call) -> JSONObject {
    let corpus = call.standing.corpus
    let platform = call.standing.lines.platforms[stored.id]
    let record = stored.version.record
    let place = platform?.lines.lazy.compactMap(\.site.place).first
    return JSONObject(stating: [
      ("id", .string(stored.id)), ("name", .string(PlatformImporter.name(record, call.language))),
      ("place", place.map { .string(corpus.places.shortName($0, call.language)) }),
      ("synthetic", .bool(record["synthetic"]?.bool ?? false)),
      ("sectors", .array((platform?.sectors ?? []).map { .string($0) })),
      ("lines", .integer(platform?.lines.count ?? 0)),
      ("verified_at", record["source"]?.object?["verified_at"] ?? .null),
      ("stale", .bool(stored.version.isStale(on: call.standing.asOf, corpus: corpus))),
      ("earliest", earliest(stored.version, call)), ("seq", .integer(Int(stored.seq))),
    ])
  }

  private static func earliest(_ version: RecordVersion, _ call: Call) -> JSONValue {
    guard let earliest = version.earliest,
      earliest.counts(on: call.standing.asOf, corpus: call.standing.corpus)
    else { return .null }
    return .object(
      JSONObject([
        ("day", .string("\(earliest.date)")), ("stated", .string("\(earliest.stated)")),
        ("expires", .string("\(earliest.stated + 30)")),
      ]))
  }

  private static func full(_ stored: StoredRecord, _ call: Call) -> JSONObject {
    var object = summary(stored, call)
    var record = stored.version.record
    record["contact"] = nil
    object["record"] = .object(record)
    return object
  }

  // MARK: writes

  /// Puts a changed version, judged before: what cannot be read is refused and nothing is written.
  private static func put(
    _ call: Call, _ services: Services,
    _ edit: @escaping @Sendable (inout RecordVersion) throws -> Void
  ) async throws -> Reply {
    _ = try require(call)
    let (id, corpus) = (call.id, call.standing.corpus)
    let asOf = call.standing.asOf
    let stored = try await services.write(by: try call.principal.name) { writer in
      guard let before = try writer.reader.record(.platform, id) else { throw APIError.notFound }
      var version = before.version
      try edit(&version)
      guard version != before.version else { return before }
      try judge(version.record, id, before.version.record, corpus, asOf)
      try writer.put(.platform, id, version)
      return try writer.reader.record(.platform, id) ?? before
    }
    return .json(full(stored, call))
  }

  /// A change must leave a record that reads without a new problem.
  private static func judge(
    _ record: JSONObject, _ id: String, _ before: JSONObject, _ corpus: Corpus, _ asOf: CivilDate
  ) throws {
    func issues(_ record: JSONObject) -> [RecordIssue] {
      var reader = RecordReader(corpus: corpus)
      reader.add(platform: record, file: id)
      return reader.platforms.isEmpty
        ? [
          RecordIssue(
            .refused, file: id, field: "", got: "a record that cannot be read",
            expected: "a platform")
        ]
        : reader.issues.filter { $0.severity == .refused }
    }
    let known = Set(issues(before).map(\.field))
    if let issue = issues(record).first(where: { !known.contains($0.field) }) {
      throw APIError(
        .unusable, "\(issue.field): got \(issue.got), expected \(issue.expected)",
        hint: issue.hint ?? "see schema/platform.v1.schema.json")
    }
  }

  private static func change(_ call: Call, _ services: Services) async throws -> Reply {
    let members = call["members"]?.object ?? JSONObject()
    let line = call.text("line")
    let kept: Set<String> = ["id", "type", "contact", "synthetic", "lines"]
    if let name = members.members.map(\.name).first(where: kept.contains) {
      throw APIError(
        .unusable, "members: '\(name)' is not changed here", hint: "leave it out")
    }
    return try await put(call, services) { version in
      if let line {
        guard PlatformHandlers.edit(line, members, &version.record) else { throw APIError.notFound }
      } else {
        for member in members.members { version.record[member.name] = member.value }
      }
    }
  }

  /// Changes a line wherever the record has it; false where it has none of that id.
  private static func edit(
    _ line: String, _ members: JSONObject, _ record: inout JSONObject
  ) -> Bool {
    var isFound = false
    func edited(_ lines: JSONValue?) -> JSONValue? {
      lines?.array.map { lines in
        .array(
          lines.map { value in
            guard var object = value.object, object["id"]?.string == line else { return value }
            isFound = true
            for member in members.members { object[member.name] = member.value }
            return .object(object)
          })
      }
    }
    if let lines = edited(record["lines"]) { record["lines"] = lines }
    if let sites = record["sites"]?.array {
      record["sites"] = .array(
        sites.map { value in
          guard var site = value.object, let lines = edited(site["lines"]) else { return value }
          site["lines"] = lines
          return .object(site)
        })
    }
    return isFound
  }

  /// 资料仍有效: the record was looked at today.
  private static func verify(_ call: Call, _ services: Services) async throws -> Reply {
    let day = call.standing.asOf
    return try await put(call, services) { version in
      var source = version.record["source"]?.object ?? JSONObject()
      source["verified_at"] = .string("\(day)")
      version.record["source"] = .object(source)
    }
  }

  private static func earliest(_ call: Call, _ services: Services) async throws -> Reply {
    let stated = call.standing.asOf
    let day = call.day("day")
    if let day, day < stated {
      throw APIError(.conflict, "day: got \(day), which has passed", hint: "give a later day")
    }
    return try await put(call, services) { version in
      version.notes["earliest"] = day.map { day in
        .object(
          JSONObject([("date", .string("\(day)")), ("stated", .string("\(stated)"))]))
      }
    }
  }
}
