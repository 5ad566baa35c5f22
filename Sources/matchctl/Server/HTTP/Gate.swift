import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Matcher

typealias Handler = @Sendable (Call, Services) async throws -> Reply

/// What every operation goes through, in this order: rate, who asks, whether the request is the
/// console's own, whether the role may, the body within its limits, the document's rules, the key of a
/// repeated write; then its handler.
struct Gate: Sendable {
  let services: Services
  let replays: Replays

  init(_ services: Services) {
    self.services = services
    replays = Replays(services)
  }

  func respond(
    _ operation: Operation, _ handler: @escaping Handler, _ request: Request, _ context: APIContext
  ) async throws -> Response {
    let address = Gate.address(request, context, services.settings)
    let now = services.clock()
    let caller = try SignIn.caller(request, services, now: now)
    guard services.limiter.take(caller.map { "account \($0.name)" } ?? "address \(address)") else {
      throw APIError.tooMany(1)
    }
    if operation.isWrite { try CrossSite.check(request, caller, operation, services.settings) }
    if !operation.isPublic {
      guard let caller else { throw APIError.unauthorized }
      if case .none = caller.reach(operation.action) { throw APIError.forbidden(operation.action) }
    }
    let checked = try await check(operation, request, context)
    let standing = services.standings.acquire()
    let call = Call(
      operation: operation, caller: caller, address: address, path: checked.path,
      query: checked.query, body: checked.body, bytes: checked.bytes,
      language: Gate.language(checked, request),
      wantsEvents: request.headers[.accept]?.contains("text/event-stream") ?? false,
      standing: standing, now: now)
    let tag = operation.answers[304] != nil ? ETag.of(call, request.uri.string) : nil
    if let tag, ETag.matches(request.headers[.ifNoneMatch], tag) {
      return response(.notModified, call, tag: tag)
    }
    return try await answer(call, handler, request, tag)
  }

  private func answer(
    _ call: Call, _ handler: @escaping Handler, _ request: Request, _ tag: String?
  ) async throws -> Response {
    let (services, replays) = (services, replays)
    let key = call.operation.isRepeatable ? request.headers[Gate.idempotencyKey] : nil
    guard let key, let caller = call.caller else {
      let reply = try await Deadline.run(seconds: seconds(call)) {
        try await handler(call, services)
      }
      return try await write(reply, call, tag: tag)
    }
    let (digest, seconds) = (Replays.digest(call, request.uri.string), seconds(call))
    let once: @Sendable (Progress) async throws -> Reply.Content = { progress in
      try await Deadline.run(seconds: seconds) {
        try await replays.once(caller.name, key, digest) {
          try await Gate.settled(handler(call, services), progress)
        }
      }
    }
    guard call.operation.isLong, call.wantsEvents else {
      return try await write(Reply(content: try await once(.unheard)), call, tag: tag)
    }
    return try await write(.work { try await once($0).json }, call, tag: tag)
  }

  /// Works through what comes after the caller is known, as a broker who asks nothing and gets nothing.
  ///
  /// - Throws: `APIError` for a body that is not as the document says, or what the handler throws.
  func rehearse(
    _ operation: Operation, _ handler: @escaping Handler, path: [String: String], body: JSONValue,
    _ language: Language
  ) async throws -> JSONValue {
    if let schema = operation.body?.schema,
      let problem = services.document.check.problem(body, schema, at: "")
    {
      throw APIError(problem)
    }
    let (services, now) = (services, services.clock())
    let nobody = Principal(
      name: "", role: .broker, park: nil, platform: nil, display: nil,
      proof: .token(scopes: [.match]),
      expires: "")
    let call = Call(
      operation: operation, caller: nobody, address: "", path: path, query: [:], body: body,
      bytes: [], language: language, wantsEvents: false, standing: services.standings.acquire(),
      now: now)
    let reply = try await Deadline.run(seconds: seconds(call)) { try await handler(call, services) }
    _ = try await write(reply, call, tag: nil)
    return reply.content.json
  }

  private func seconds(_ call: Call) -> Int {
    call.operation.isLong ? services.settings.longSeconds : services.settings.workSeconds
  }

  /// Long work under a key is done before it is answered, so that there is an answer to keep.
  private static func settled(
    _ reply: Reply, _ progress: Progress
  ) async throws -> Reply.Content {
    guard case .work(let work) = reply.content else { return reply.content }
    return .json(try await work(progress))
  }

  // MARK: the request

  private struct Checked {
    var path: [String: String] = [:]
    var query: [String: JSONValue] = [:]
    var body = JSONValue.null
    var bytes: [UInt8] = []
  }

  private func check(
    _ operation: Operation, _ request: Request, _ context: APIContext
  ) async throws -> Checked {
    var checked = Checked()
    let check = services.document.check
    var pairs = try QueryText.pairs(request.uri.query ?? "")
    for parameter in operation.parameters {
      let value: JSONValue?
      switch parameter.place {
      case .path:
        let text = try context.parameters.get(parameter.name).map(QueryText.segment)
        checked.path[parameter.name] = text
        value = text.map { .string($0) }
      case .query:
        let place = pairs.firstIndex { $0.name == parameter.name }
        value = place.map { QueryText.value(pairs.remove(at: $0).value, parameter.schema) }
        checked.query[parameter.name] = value ?? parameter.schema.preset
      case .header:
        value = HTTPField.Name(parameter.name).flatMap { request.headers[$0] }.map { .string($0) }
      }
      guard let value else {
        if parameter.isRequired {
          throw APIError.invalid("\(parameter.name): got nothing, expected a value")
        }
        continue
      }
      if let problem = check.problem(value, parameter.schema, at: parameter.name) {
        // A path that no id can have names nothing.
        throw parameter.place == .path ? APIError.notFound : APIError(problem)
      }
    }
    if let unknown = pairs.first {
      throw APIError.invalid("query: got an unknown parameter '\(unknown.name.prefix(60))'")
    }
    try await readBody(operation, request, context, &checked)
    return checked
  }

  private func readBody(
    _ operation: Operation, _ request: Request, _ context: APIContext, _ checked: inout Checked
  ) async throws {
    guard let body = operation.body else { return }
    if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
      throw APIError(
        .mediaType, "content-encoding: got '\(coding.prefix(30))', expected none",
        hint: "send the body as it is")
    }
    let isJSON = body.mediaType == "application/json"
    let stated = (request.headers[.contentType] ?? "").prefix { $0 != ";" }
      .trimmingCharacters(in: .whitespaces).lowercased()
    guard stated == body.mediaType else {
      throw APIError(
        .mediaType, "content-type: got '\(stated.prefix(60))', expected \(body.mediaType)",
        hint: "send Content-Type: \(body.mediaType)")
    }
    let settings = services.settings
    let reader = BodyReader(
      limit: isJSON ? settings.bodyLimit : settings.listLimit, seconds: settings.bodySeconds)
    checked.bytes = try await reader.read(request, context)
    guard isJSON else { return }
    checked.body = try BodyReader.json(checked.bytes)
    if let problem = services.document.check.problem(checked.body, body.schema, at: "") {
      throw APIError(problem)
    }
  }

  private static func address(
    _ request: Request, _ context: APIContext, _ settings: ServerSettings
  ) -> String {
    guard settings.isBehindProxy,
      let last = request.headers[forwardedFor]?.split(separator: ",").last
    else { return context.address }
    return String(last.trimmingCharacters(in: .whitespaces).prefix(64))
  }

  private static func language(_ checked: Checked, _ request: Request) -> Language {
    let stated = checked.query["lang"] ?? checked.body.object?["lang"]
    if let language = stated?.string.flatMap(Language.init) { return language }
    let accepted =
      (request.headers[.acceptLanguage] ?? "").lowercased()
      .split(separator: ",").first.map { $0.prefix { $0 != ";" } } ?? ""
    if ["zh-hant", "zh-hk", "zh-tw", "zh-mo"].contains(where: { accepted.hasPrefix($0) }) {
      return .traditional
    }
    return accepted.hasPrefix("en") ? .english : .simplified
  }

  // MARK: the answer

  private func write(_ reply: Reply, _ call: Call, tag: String?) async throws -> Response {
    let status = HTTPResponse.Status(code: call.operation.success.status)
    var response = response(status, call, tag: tag)
    for header in reply.headers {
      response.headers.append(HTTPField(name: header.name, value: header.value))
    }
    switch reply.content {
    case .none: break
    case .json(let value): Gate.setJSON(value, &response)
    case .file(let bytes, let type, let name):
      response.headers[.contentType] = type
      response.headers[.contentDisposition] = Gate.attachment(name)
      response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    case .work(let work):
      let seconds = services.settings.longSeconds
      guard call.wantsEvents else {
        Gate.setJSON(
          try await Deadline.run(seconds: seconds) { try await work(.unheard) }, &response)
        break
      }
      response.headers[.contentType] = "text/event-stream"
      response.body = EventStream.body(
        { progress in try await Deadline.run(seconds: seconds) { try await work(progress) } },
        services.logger)
    }
    return response
  }

  private func response(
    _ status: HTTPResponse.Status, _ call: Call, tag: String?
  ) -> Response {
    var response = Response(status: status)
    response.headers[Gate.generation] = String(call.standing.generation)
    response.headers[.cacheControl] = tag == nil ? "no-store" : "private, no-cache"
    if let tag {
      response.headers[.eTag] = tag
      response.headers[.vary] = "Cookie, Authorization, Accept-Language"
    }
    return response
  }

  static func setJSON(_ value: JSONValue, _ response: inout Response) {
    response.headers[.contentType] = "application/json"
    response.body = ResponseBody(byteBuffer: ByteBuffer(string: JSONWriter.line(value)))
  }

  /// A name for the saved file, in ASCII for old readers and whole for the others.
  private static func attachment(_ name: String) -> String {
    let plain = String(
      name.unicodeScalars.map { scalar -> Character in
        let isSafe =
          scalar.isASCII && scalar.value >= 0x20 && !"\"\\/%;".unicodeScalars.contains(scalar)
        return isSafe ? Character(scalar) : "_"
      })
    let whole = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? plain
    return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(whole)"
  }

  static let generation = HTTPField.Name("Snapshot-Generation") ?? .server
  static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .server
  static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .server
  static let requestID = HTTPField.Name("X-Request-Id") ?? .server
}
