import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Ledger
import Logging
import Matcher
import NIOCore
import NIOSSL
import ServiceLifecycle

/// HTTP over one ledger: the API, the console's files, health and metrics.
package struct Server: Sendable {
  let services: Services
  /// By operation; tests put others in their places.
  var handlers: [String: Handler]

  /// Reads the ledger and the API's document. O(size of the records).
  ///
  /// - Throws: `LedgerError`, or `Unusable` for settings and documents that cannot be used.
  package init(
    _ ledger: Ledger, corpus: Corpus, settings: ServerSettings, logger: Logger? = nil,
    clock: @escaping @Sendable () -> Instant = { .now }
  ) throws {
    let logger = logger ?? Logger(label: "matchctl") { JSONLogHandler.standardError($0) }
    let metrics = Metrics()
    let path = settings.corpusFolder + "/schema/openapi-1.json"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Unusable("'\(path)' cannot be read; give --corpus DIR with the whole Corpus folder")
    }
    let fixed = settings.asOf
    services = Services(
      ledger: ledger, corpus: corpus, settings: settings, document: try APIDocument([UInt8](data)),
      standings: try Standings(
        ledger, corpus: corpus, today: { fixed ?? clock().day() }, logger: logger, metrics: metrics),
      accounts: Accounts(ledger), guardian: SignInGuard(try ledger.read { try $0.locks() }),
      limiter: RateLimiter(perSecond: settings.perSecond), metrics: metrics, logger: logger,
      lists: try ListSpool(settings.lists), readings: ListReadings(),
      runs: RunShelf(folder: settings.runs),
      night: NightProcess(settings, ledger: ledger.path), clock: clock)
    handlers = Server.handlers
  }

  /// What cannot be served with; lower case, no full stop, what to do next.
  package struct Unusable: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
      self.description = description
    }
  }

  static let handlers: [String: Handler] = [
    SessionHandlers.all, SystemHandlers.all, UserHandlers.all, RegistryHandlers.all,
    DemandHandlers.all, MatchHandlers.all, PlatformHandlers.all, ListHandlers.all,
    FollowUpHandlers.all, RunHandlers.all,
  ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }

  // MARK: routes

  private var router: Router<APIContext> {
    let router = Router(context: APIContext.self)
    let console = services.settings.console.map(ConsoleFiles.init)
    router.add(
      middleware: Observer(
        services: services, routes: RouteTable(services.document.operations), console: console,
        inFlight: InFlight(limit: services.settings.atOnce)))
    let gate = Gate(services)
    for operation in services.document.operations {
      guard let handler = handlers[operation.id],
        let method = HTTPRequest.Method(operation.method)
      else { continue }
      router.on(RouterPath(APIDocument.root + operation.path), method: method) { request, context in
        try await gate.respond(operation, handler, request, context)
      }
    }
    addHealth(router)
    return router
  }

  /// For whoever watches the process: no account, and nothing that a record states.
  private func addHealth(_ router: Router<APIContext>) {
    let services = services
    router.get("/healthz") { _, _ in Server.text("ok\n") }
    router.get("/readyz") { _, _ in
      guard (try? await services.read { try $0.lastSeq() }) != nil else {
        throw APIError(.unavailable, "the ledger cannot be read", hint: "see the log")
      }
      return Server.text("ok\n")
    }
    router.get("/metrics") { request, context in
      guard try Server.mayReadMetrics(request, context, services) else {
        throw APIError.unauthorized
      }
      services.metrics.set("matchctl_resident_bytes", Double(ResidentMemory.bytes))
      var response = Server.text(services.metrics.text)
      response.headers[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
      return response
    }
  }

  private static func mayReadMetrics(
    _ request: Request, _ context: APIContext, _ services: Services
  ) throws -> Bool {
    let isLocal = ["127.0.0.1", "::1", "local"].contains(context.address)
    if isLocal, !services.settings.isBehindProxy { return true }
    let caller = try SignIn.caller(request, services, now: services.clock())
    return caller?.role == .administrator
  }

  private static func text(_ text: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  // MARK: running

  /// The application, for tests to run as they like.
  ///
  /// - Throws: `Unusable` for a certificate or key that cannot be read.
  package func application(
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
  ) throws -> some ApplicationProtocol {
    let settings = services.settings
    var application = Application(
      router: router, server: try builder(),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port), serverName: nil,
        availableConnectionsDelegate: MaximumAvailableConnections(settings.connections)),
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
      logger: services.logger)
    application.addServices(RefreshService(standings: services.standings))
    return application
  }

  /// Answers one request of each kind that people wait for, for nobody, so that the first of theirs is
  /// answered as fast as all others.
  ///
  /// - Returns: the operations that were answered.
  @discardableResult
  func rehearse() async -> Set<String> {
    await Rehearsal(gate: Gate(services), handlers: handlers).run()
  }

  /// Serves until SIGTERM or SIGINT; requests that were begun are answered before this returns. It listens
  /// when the first request can be answered as fast as the later ones.
  package func run(onRunning: @escaping @Sendable (Int) async -> Void) async throws {
    await rehearse()
    try await application(onRunning: onRunning)
      .runService(gracefulShutdownSignals: [.sigterm, .sigint])
  }

  private func builder() throws -> HTTPServerBuilder {
    let settings = services.settings
    var configuration = HTTP1Channel.Configuration(
      idleTimeout: .seconds(Int64(settings.idleSeconds)))
    configuration.httpDecoder = .init(
      maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)
    let plain = HTTPServerBuilder.http1(configuration: configuration)
    guard let certificate = settings.certificate, let key = settings.key else {
      guard settings.certificate == nil, settings.key == nil else {
        throw Unusable("--tls-cert and --tls-key go together; give both or none")
      }
      return plain
    }
    do {
      let chain = try NIOSSLCertificate.fromPEMFile(certificate).map {
        NIOSSLCertificateSource.certificate($0)
      }
      var tls = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain,
        privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
      tls.minimumTLSVersion = .tlsv12
      return try .tls(plain, tlsConfiguration: tls)
    } catch {
      throw Unusable(
        "the certificate '\(certificate)' or its key '\(key)' cannot be read; give PEM files")
    }
  }
}

/// Watches the ledger while the server runs.
struct RefreshService: Service {
  let standings: Standings

  func run() async throws {
    standings.start()
    try? await gracefulShutdown()
    standings.stop()
  }
}
