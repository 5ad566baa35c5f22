import Foundation
import Ledger
import Matcher
import Night

/// Runs of the night and what they found.
enum RunHandlers {
  static let all: [String: Handler] = [
    "runs": runs, "startRun": start, "run": run, "runChanges": changes, "runFile": file,
    "reports": reports, "gaps": GapHandlers.gaps,
  ]

  private static func require(
    _ call: Call, _ services: Services
  ) async throws -> RunShelf.Kept {
    let (shelf, id) = (services.runs, call.id)
    guard let run = try await services.read({ try shelf.run(id, $0) }) else {
      throw APIError.notFound
    }
    return run
  }

  private static func json(_ run: RunShelf.Kept, _ call: Call, _ shelf: RunShelf) -> JSONObject {
    let access = ReportAccess(call: call)
    let seesCounts = [.broker, .planner, .administrator].contains(call.caller?.role)
    return JSONObject(stating: [
      ("id", .string(run.id)), ("as_of", run.manifest["as_of"] ?? .string("")),
      ("at", .string(run.at)), ("seq", .integer(Int(run.seq))), ("state", .string("done")),
      ("counts", seesCounts ? run.manifest["counts"]?.object.map { .object($0) } : nil),
      (
        "files",
        .array(
          shelf.files(run).filter { access.mayRead($0.name) }.map { file in
            .object(
              JSONObject([("name", .string(file.name)), ("size", .integer(file.size))]))
          })
      ),
    ])
  }

  private static func runs(_ call: Call, _ services: Services) async throws -> Reply {
    let shelf = services.runs
    let runs = try await services.read { try shelf.runs($0) }
    var page = try Page.of(runs.map { .object(json($0, call, shelf)) }, call).object
    if call.caller?.role == .administrator, let night = await night(shelf) {
      page?["night"] = .object(night)
    }
    return .json(page ?? JSONObject())
  }

  /// How the last night that was begun goes or went, as it says itself.
  private static func night(_ shelf: RunShelf) async -> JSONObject? {
    let status = try? await Blocking.run { shelf.status() }
    guard let status = status ?? nil else { return nil }
    let isGone = status["state"]?.string == "running" && !isAlive(status["process"]?.number)
    return JSONObject(stating: [
      ("state", isGone ? .string("failed") : status["state"]), ("run", status["run"]),
      ("phase", status["phase"]), ("percent", status["percent"]),
      ("started", status["started"]), ("finished", status["finished"]),
      ("message", status["message"]), ("code", isGone ? .string("stopped") : status["code"]),
    ])
  }

  private static func isAlive(_ process: Double?) -> Bool {
    guard let id = process.flatMap({ Int32(exactly: $0) }), id > 0 else { return false }
    return kill(id, 0) == 0 || errno == EPERM
  }

  private static func run(_ call: Call, _ services: Services) async throws -> Reply {
    .json(json(try await require(call, services), call, services.runs))
  }

  private static func start(_ call: Call, _ services: Services) async throws -> Reply {
    let (asOf, who) = (call.day("as_of") ?? services.settings.asOf, try call.principal.name)
    return .work { progress in
      try await Blocking.run { try services.night.run(asOf: asOf, by: who, progress) }
      let shelf = services.runs
      guard let run = try await services.read({ try shelf.runs($0).first }) else {
        throw APIError.internalError
      }
      try await Blocking.run { try services.standings.catchUp() }
      return .object(json(run, call, shelf))
    }
  }

  // MARK: files

  private static func file(_ call: Call, _ services: Services) async throws -> Reply {
    let (run, name) = (try await require(call, services), call.path["name"] ?? "")
    guard ReportAccess(call: call).mayRead(name) else { throw APIError.notFound }
    let shelf = services.runs
    guard let bytes = try await Blocking.run({ shelf.bytes(name, of: run) }) else {
      throw APIError.notFound
    }
    return .file(
      bytes, type: FileType.bytes, name: name.split(separator: "/").last.map(String.init) ?? name)
  }

  private static func reports(_ call: Call, _ services: Services) async throws -> Reply {
    let shelf = services.runs
    guard let run = try await services.read({ try shelf.run("latest", $0) }) else {
      return .json(try Page.of([JSONValue](), call))
    }
    let access = ReportAccess(call: call)
    let items = shelf.files(run).filter { access.mayRead($0.name) }.map { file -> JSONValue in
      let name =
        file.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? file.name
      return .object(
        JSONObject([
          ("run", .string(run.id)), ("name", .string(file.name)), ("size", .integer(file.size)),
          ("url", .string("\(APIDocument.root)/runs/\(run.id)/files/\(name)")),
        ]))
    }
    return .json(try Page.of(items, call))
  }

  // MARK: changes

  private static func changes(_ call: Call, _ services: Services) async throws -> Reply {
    let (run, shelf) = (try await require(call, services), services.runs)
    let bytes = try await Blocking.run { shelf.bytes("changes.jsonl", of: run) } ?? []
    let view = DemandView(call: call)
    let items = bytes.split(separator: 10).compactMap { line -> JSONValue? in
      guard let object = (try? JSONParser.parse(Array(line)))?.object,
        let demand = object["demand"]?.string, view.isVisible(demand)
      else { return nil }
      return .object(change(object, call))
    }
    return .json(try Page.of(items, call))
  }

  private static func change(_ object: JSONObject, _ call: Call) -> JSONObject {
    let demand = object["demand"]?.string ?? ""
    let stored = call.standing.demands[demand]
    let line = object["line"]?.string.flatMap(call.standing.line)
    let isRestricted = stored.map { SealedRecord.hidesWords($0.stored.version.record) } ?? true
    let causes = (object["causes"]?.array ?? []).compactMap { $0.object.flatMap(NightCause.init) }
      .map { isRestricted && $0.side != .platform ? $0.withoutField : $0 }
    let words = ReportWords(corpus: call.standing.corpus, language: call.language)
    let said = causes.map { words.cause($0, isRestricted: isRestricted) }
    return JSONObject(stating: [
      ("demand", .string(demand)), ("stage", object["stage"]),
      ("title", .string(stored.map { DemandView(call: call).title($0) } ?? demand)),
      ("platform", object["platform"]), ("line", object["line"]),
      ("platform_name", line.map { .string($0.platform.name.text(call.language)) }),
      ("line_name", line.map { .string($0.line.name.text(call.language)) }),
      ("kind", object["kind"] ?? .string("")),
      ("verdict_before", object["before"]?.object?["verdict"] ?? .null),
      ("verdict_after", object["after"]?.object?["verdict"] ?? .null),
      ("cause", causes.first.map { .object($0.json) }),
      ("causes", .array(causes.map { .object($0.json) })),
      (
        "text",
        said.isEmpty
          ? nil : .string(call.standing.corpus.texts.list(said, call.language))
      ),
    ])
  }
}
