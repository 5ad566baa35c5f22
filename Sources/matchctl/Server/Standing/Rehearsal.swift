import Foundation
import Matcher

/// Answers, before anybody can ask, one request of each kind that people wait for: for nobody, through the
/// steps of every request. What is made on first use (columns of the asked services, distances, connections
/// to the ledger, memory of the threads, the program's own pages) is there when the address is told.
struct Rehearsal: Sendable {
  let gate: Gate
  let handlers: [String: Handler]

  private var services: Services { gate.services }

  /// Reads alone; nothing of it is logged, counted or stored.
  ///
  /// - Returns: the operations that were answered, in every language each; those without a stored demand or
  ///   a line to ask about are left out.
  func run() async -> Set<String> {
    _ = try? services.accounts.principal(
      String(repeating: "0", count: 64), kind: "token", now: services.clock())
    var answered: Set<String> = []
    for language in Language.allCases {
      answered.formUnion(await run(language))
    }
    return answered
  }

  private func run(_ language: Language) async -> Set<String> {
    var answered: Set<String> = []
    func ask(_ id: String, path: [String: String] = [:], _ members: (String, JSONValue)...)
      async -> JSONObject?
    {
      guard let operation = services.document.operations.first(where: { $0.id == id }),
        let handler = handlers[id]
      else { return nil }
      let body = JSONObject(members + [("lang", .string(language.rawValue))])
      let answer = try? await gate.rehearse(
        operation, handler, path: path, body: operation.body == nil ? .null : .object(body),
        language)
      if answer != nil { answered.insert(id) }
      return answer?.object
    }
    let typed = ("typed", JSONValue.object(Rehearsal.typed(services.standings.acquire())))
    let found = await ask("match", typed)
    _ = await ask("whatIf", typed, ("changes", .object(Rehearsal.changes)))
    let lines = found.map(Rehearsal.lines) ?? []
    if let line = lines.first {
      _ = await ask("explain", typed, ("line", .string(line)))
      _ = await ask(
        "letter", typed, ("lines", .array([.string(line)])),
        ("for", .string(Addressee.file.rawValue)))
    }
    if lines.count > 1 {
      _ = await ask("compare", typed, ("lines", .array(lines.prefix(2).map { .string($0) })))
    }
    let standing = services.standings.acquire()
    if let id = standing.demandIDs.first(where: { standing.demands[$0]?.demand != nil }) {
      _ = await ask("match", ("demand", .string(id)))
      _ = await ask("demandMatches", path: ["id": id])
    }
    return answered
  }

  /// A demand of what most state, in the words of the corpus and of the first lines.
  private static func typed(_ standing: Standing) -> JSONObject {
    let platforms = standing.platformIDs.lazy.compactMap { standing.lines.platforms[$0] }.prefix(4)
    let lines = platforms.compactMap(\.lines.first)
    let services = lines.flatMap(\.services).prefix(1).map { standing.corpus.taxonomy[$0].name }
    let words = (lines.map(\.name) + services).map { $0.text(.simplified) }
    return JSONObject([
      ("text", .string(words.joined(separator: "，") + " 25 片 1200 V")),
      ("services", .array([])), ("quantity", .string("25 片")), ("budget_cny", .integer(500_000)),
      ("start", .string("\(standing.asOf + 30)")), ("finish", .string("\(standing.asOf + 120)")),
    ])
  }

  private static let changes = JSONObject([
    ("weights", .object(JSONObject([(Policy.Part.place.rawValue, .integer(95))])))
  ])

  /// The lines that a ranking names.
  private static func lines(_ answer: JSONObject) -> [String] {
    (answer["stages"]?.array ?? []).flatMap { $0.object?["matches"]?.array ?? [] }
      .compactMap { $0.object?["line"]?.string }
  }
}
