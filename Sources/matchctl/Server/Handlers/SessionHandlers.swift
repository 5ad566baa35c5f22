import HTTPTypes
import Ledger
import Matcher

/// Signing in and out.
enum SessionHandlers {
  static let all: [String: Handler] = [
    "signIn": signIn, "session": { call, _ in .json(try json(call.principal)) },
    "signOut": signOut, "changePassword": changePassword,
  ]

  /// A hash that nothing fits, so that an unknown name takes as long as a known one.
  private static let nobody = PasswordHash.make(SecretText.random()) ?? ""
  private static let turn = HashTurn(atOnce: 2)

  private static func signIn(_ call: Call, _ services: Services) async throws -> Reply {
    let name = call.text("name") ?? ""
    if let seconds = services.guardian.wait(name: name, address: call.address, now: call.now) {
      services.metrics.count("matchctl_sign_in_total", [("result", "locked")])
      throw APIError.tooMany(seconds)
    }
    guard let account = try await checked(name, call.text("password") ?? "", services) else {
      try await noteFailure(name, call, services)
      services.metrics.count("matchctl_sign_in_total", [("result", "refused")])
      throw APIError(
        .unauthorized, "name or password is wrong",
        hint: "check both; five wrong ones lock for a minute")
    }
    if let lock = services.guardian.succeeded(name: name, address: call.address) {
      try await Blocking.run { try services.ledger.write(by: name) { try $0.removeLock(lock) } }
    }
    services.metrics.count("matchctl_sign_in_total", [("result", "done")])
    let session = try await Blocking.run { try services.accounts.openSession(account) }
    var reply = Reply.json(try json(session.principal))
    reply.headers.append(
      (.setCookie, SignIn.setCookie(session.secret, services.settings)))
    return reply
  }

  /// The account when the password is its own; hashing takes turns, as each takes 64 MiB.
  private static func checked(
    _ name: String, _ password: String, _ services: Services
  ) async throws -> Account? {
    let account = try await Blocking.run { try services.accounts.account(name) }
    let isRight = await turn.take {
      PasswordHash.verify(password, account?.password ?? nobody)
    }
    guard let account, account.password != nil, isRight, !account.isDisabled else { return nil }
    return account
  }

  /// A lock that a wrong password brought holds after a restart.
  private static func noteFailure(_ name: String, _ call: Call, _ services: Services) async throws {
    let locks = services.guardian.failed(name: name, address: call.address, now: call.now)
    guard !locks.isEmpty else { return }
    try await Blocking.run {
      try services.ledger.write(by: "server") { writer in
        for lock in locks { try writer.keep(lock) }
      }
    }
  }

  private static func signOut(_ call: Call, _ services: Services) async throws -> Reply {
    let principal = try call.principal
    if case .session(let hash, _) = principal.proof {
      try await Blocking.run { try services.accounts.closeSession(hash, by: principal.name) }
    }
    return Reply(
      content: .none, headers: [(.setCookie, SignIn.setCookie("", services.settings))])
  }

  private static func changePassword(_ call: Call, _ services: Services) async throws -> Reply {
    let name = try call.principal.name
    if let seconds = services.guardian.wait(name: name, address: call.address, now: call.now) {
      throw APIError.tooMany(seconds)
    }
    guard try await checked(name, call.text("old") ?? "", services) != nil else {
      try await noteFailure(name, call, services)
      throw APIError.forbidden(.changePassword)
    }
    let new = call.text("new") ?? ""
    _ = try await Blocking.run {
      try services.accounts.change(name, password: new, by: name)
    }
    return Reply(
      content: .none, headers: [(.setCookie, SignIn.setCookie("", services.settings))])
  }

  private static func json(_ principal: Principal) throws -> JSONObject {
    var object = JSONObject([
      ("name", .string(principal.name)), ("role", .string(principal.role.rawValue)),
      ("park", principal.park.map { .string($0) } ?? .null),
      ("platform", principal.platform.map { .string($0) } ?? .null),
      ("display", principal.display.map { .string($0) } ?? .null),
      ("expires", .string(principal.expires)),
      ("actions", .array(principal.actions.map { .string($0) })),
    ])
    if case .session(_, let csrf) = principal.proof { object["csrf"] = .string(csrf) }
    return object
  }
}

/// Lets so many password hashes be worked on at once; the rest wait their turn.
actor HashTurn {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(atOnce: Int) {
    free = atOnce
  }

  nonisolated func take(_ work: @escaping @Sendable () -> Bool) async -> Bool {
    await enter()
    let result = (try? await Blocking.run(work)) ?? false
    await leave()
    return result
  }

  private func enter() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  private func leave() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
