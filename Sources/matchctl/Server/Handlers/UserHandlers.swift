import Ledger
import Matcher

/// Accounts and tokens, for administrators.
enum UserHandlers {
  static let all: [String: Handler] = [
    "users": users, "addUser": addUser, "user": user, "changeUser": changeUser,
    "tokens": tokens, "addToken": addToken, "removeToken": removeToken,
  ]

  private static func users(_ call: Call, _ services: Services) async throws -> Reply {
    let all = try await Blocking.run { try services.accounts.all() }
    let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    return .json(try Page.of(byName.keys.sorted(), call) { byName[$0].map { .object($0.json) } })
  }

  private static func addUser(_ call: Call, _ services: Services) async throws -> Reply {
    let who = try call.principal.name
    guard let name = call.text("name"), let role = call.text("role").flatMap(Role.init) else {
      throw APIError.invalid("name, role: got nothing, expected both")
    }
    let (park, platform, display, password) = (
      call.text("park"), call.text("platform"), call.text("display"), call.text("password")
    )
    let account = try await Blocking.run {
      try services.accounts.add(
        name, role: role, park: park, platform: platform, display: display, password: password,
        by: who)
    }
    return .json(account.json)
  }

  private static func user(_ call: Call, _ services: Services) async throws -> Reply {
    let name = call.id
    guard let account = try await Blocking.run({ try services.accounts.account(name) }) else {
      throw APIError.notFound
    }
    return .json(account.json)
  }

  private static func changeUser(_ call: Call, _ services: Services) async throws -> Reply {
    let (name, who) = (call.id, try call.principal.name)
    let (display, password) = (call.text("display"), call.text("password"))
    let isDisabled = call["disabled"]?.bool
    if name == who, isDisabled == true {
      throw APIError(
        .conflict, "an administrator cannot disable her own account",
        hint: "let another administrator do it")
    }
    let account = try await Blocking.run {
      try services.accounts.change(
        name, isDisabled: isDisabled, display: display, password: password, by: who)
    }
    guard let account else { throw APIError.notFound }
    return .json(account.json)
  }

  private static func tokens(_ call: Call, _ services: Services) async throws -> Reply {
    let name = call.id
    let tokens = try await Blocking.run {
      try services.accounts.account(name) == nil ? nil : services.accounts.tokens(of: name)
    }
    guard let tokens else { throw APIError.notFound }
    return .json(try Page.of(tokens.map { .object($0) }, call))
  }

  private static func addToken(_ call: Call, _ services: Services) async throws -> Reply {
    let (name, who) = (call.id, try call.principal.name)
    let (scopes, label) = (call.texts("scopes"), call.text("label"))
    let days = call["days"]?.number.flatMap { Int(exactly: $0) } ?? 0
    let made = try await Blocking.run {
      try services.accounts.addToken(
        to: name, scopes: scopes, days: days, label: label, by: who)
    }
    var object = made.json
    object["token"] = .string(made.secret)
    return .json(object)
  }

  private static func removeToken(_ call: Call, _ services: Services) async throws -> Reply {
    let (name, who, id) = (call.id, try call.principal.name, call.path["token"] ?? "")
    let isRemoved = try await Blocking.run {
      try services.accounts.removeToken(of: name, id: id, by: who)
    }
    guard isRemoved else { throw APIError.notFound }
    return .none
  }
}
