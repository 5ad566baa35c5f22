import Brokerage
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Matcher
import MatcherTestSupport
import Publishing
import Synchronization

@testable import Ledger
@testable import Server

/// A server over a small ledger of its own: two parks, two brokers, two platforms, one account a role.
///
/// `D-OPEN` and `D-SEALED` are of park `HP` and given to `chen`; `D-OTHER` is of park `NS`. `D-SEALED` states
/// `TestServer.secret` in a restricted requirement, its title, its text and its firm.
final class TestServer: Sendable {
  static let secret = "637.25"
  static let firm = "秘密企业甲"
  static let phone = "13912345678"
  static let day = CivilDate(iso: "2026-11-22") ?? CivilDate(dayNumber: 0)

  let folder: String
  let ledger: Ledger
  let server: Server
  /// Everything that was logged.
  let log = LogBook()

  final class LogBook: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var text: String { lines.withLock { $0.joined() } }
  }

  /// - Parameter handlers: instead of the server's own, by operation.
  init(
    handlers: [String: Handler] = [:], _ change: (inout ServerSettings) -> Void = { _ in }
  ) throws {
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("server-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    ledger = try Ledger(creating: folder + "/ledger.db")
    try TestServer.fill(ledger)
    var settings = ServerSettings(
      lists: folder + "/lists", corpusFolder: CorpusFiles.root.path)
    settings.asOf = TestServer.day
    settings.perSecond = 100_000
    settings.port = 0
    settings.idleSeconds = 2
    settings.bodySeconds = 2
    change(&settings)
    let log = log
    var logger = Logger(label: "test") { label in
      JSONLogHandler(label: label) { log.add($0) }
    }
    logger.logLevel = .trace
    var server = try Server(ledger, corpus: TestCorpus.shared, settings: settings, logger: logger)
    server.handlers.merge(handlers) { $1 }
    self.server = server
  }

  deinit {
    try? ledger.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  private static func object(_ text: String) -> JSONObject {
    JSONText.value(text)?.object ?? JSONObject()
  }

  private static func fill(_ ledger: Ledger) throws {
    try ledger.write(by: "setup") { writer in
      try Park(code: "HP", name: "黄埔园区").write(writer)
      try Park(code: "NS", name: "南沙园区").write(writer)
      for (id, place) in [("P1", "广东/深圳"), ("P2", "广东/广州")] {
        let record = object(
          """
          {"type":"platform","id":"\(id)","name":"平台\(id)","place":"\(place)","openness":{"state":"open"},\
          "status":{"state":"open"},"source":{"kind":"form","verified_at":"2026-11-01"},\
          "lines":[{"id":"\(id)/L1","name":"线一","services":["ic.sic"],\
          "specs":[{"key":"wafer_diameter","values":[150],"unit":"mm"},\
          {"key":"implant_temperature","max":650,"unit":"℃"}]}]}
          """)
        try writer.put(.platform, id, RecordVersion(state: .published, record: record))
      }
      try writer.keep(
        Contact(
          id: "c-1", kind: .demand, subject: "D-SEALED",
          body: JSONObject([("phone", .string(phone))])))
      try put("D-OPEN", "HP", open, writer)
      try put("D-SEALED", "HP", sealed, writer)
      try put("D-OTHER", "NS", open, writer)
      for id in ["D-OPEN", "D-SEALED"] {
        try writer.append(.grant, id, Grant(broker: "chen", day: day).json)
      }
    }
    let accounts = Accounts(ledger)
    let all: [(String, Role, String?, String?)] = [
      ("chen", .broker, nil, nil), ("li", .broker, nil, nil), ("hp", .parkOperator, "HP", nil),
      ("hp2", .parkOperator, "HP", nil), ("ns", .parkOperator, "NS", nil),
      ("p1", .platformOperator, nil, "P1"), ("p2", .platformOperator, nil, "P2"),
      ("plan", .planner, nil, nil), ("root", .administrator, nil, nil),
    ]
    for (name, role, park, platform) in all {
      _ = try accounts.add(
        name, role: role, park: park, platform: platform, display: nil, password: nil, by: "setup")
    }
  }

  private static func put(
    _ id: String, _ park: String, _ body: String, _ writer: LedgerWriter
  ) throws {
    var record = object(body)
    record["id"] = .string(id)
    try writer.put(
      .demand, id, RecordVersion(state: .published, record: record, park: park, own: id))
  }

  private static let open = """
    {"type":"demand","title":"碳化硅流片","text":"6英寸碳化硅流片","visibility":"public","enterprise":{"name":"公开企业乙"},\
    "services":["ic.sic"],"requirements":[{"key":"wafer_diameter","op":"equal","value":150,"unit":"mm"}]}
    """

  private static let sealed = """
    {"type":"demand","title":"高温注入 \(secret) ℃","text":"\(firm)需要\(secret)℃离子注入","enterprise":{"name":"\(firm)"},\
    "contact":{"ref":"c-1"},"services":["ic.sic"],\
    "requirements":[{"key":"wafer_diameter","op":"equal","value":150,"unit":"mm"},\
    {"key":"implant_temperature","op":"at_least","value":\(secret),"unit":"℃","visibility":"named"}]}
    """

  // MARK: callers

  /// Whoever asks, by a session of the console.
  func session(_ name: String) throws -> Caller {
    guard let account = try server.services.accounts.account(name) else {
      throw AccountError.unknown(name)
    }
    let opened = try server.services.accounts.openSession(account)
    guard case .session(_, let csrf) = opened.principal.proof else { return Caller() }
    return Caller(cookie: opened.secret, csrf: csrf)
  }

  func token(_ name: String, _ scopes: [String], days: Int = 1) throws -> Caller {
    let made = try server.services.accounts.addToken(
      to: name, scopes: scopes, days: days, label: nil, by: "setup")
    return Caller(token: made.secret)
  }

  func run(_ test: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
    try await server.application().test(.router, test)
  }
}

/// What a caller sends with each request.
struct Caller: Sendable {
  var cookie: String?
  var csrf: String?
  var token: String?

  var headers: HTTPFields {
    var headers = HTTPFields()
    if let cookie { headers[.cookie] = "matchctl_session=\(cookie)" }
    if let csrf { headers[CrossSite.header] = csrf }
    if let token { headers[.authorization] = "Bearer \(token)" }
    return headers
  }
}

/// An answer with its JSON.
struct Heard: Sendable {
  let status: Int
  let headers: HTTPFields
  let text: String

  var json: JSONObject { JSONText.value(text)?.object ?? JSONObject() }
  var code: String? { json["error"]?.object?["code"]?.string }
  var ids: [String] { items.compactMap { $0["id"]?.string } }
  var items: [JSONObject] { json["items"]?.array?.compactMap(\.object) ?? [] }
}

extension TestClientProtocol {
  func call(
    _ method: String, _ path: String, _ body: String? = nil, by caller: Caller = Caller(),
    type: String = "application/json", _ more: [String: String] = [:]
  ) async throws -> Heard {
    try await send(
      method, "/api/v1" + path, body.map { Array($0.utf8) }, by: caller, type: type, more)
  }

  func send(
    _ method: String, _ path: String, _ body: [UInt8]? = nil, by caller: Caller = Caller(),
    type: String = "application/json", _ more: [String: String] = [:]
  ) async throws -> Heard {
    var headers = caller.headers
    if body != nil { headers[.contentType] = type }
    for (name, value) in more { headers[HTTPField.Name(name) ?? .server] = value }
    let response = try await executeRequest(
      uri: path, method: HTTPRequest.Method(method) ?? .get, headers: headers,
      body: body.map { ByteBuffer(bytes: $0) })
    return Heard(
      status: response.status.code, headers: response.headers, text: String(buffer: response.body))
  }
}
