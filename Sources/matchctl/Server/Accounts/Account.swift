import Ledger
import Matcher

/// Somebody who may sign in.
package struct Account: Sendable, Equatable {
  package let name: String
  package var role: Role
  /// The park of a park operator, by its id.
  package var park: String?
  /// The platform of a platform operator, by its id.
  package var platform: String?
  package var display: String?
  /// nil: signs in by tokens only.
  package var password: String?
  package var isDisabled = false
  package var at: Instant

  package init(name: String, role: Role, at: Instant) {
    self.name = name
    self.role = role
    self.at = at
  }

  init?(name: String, _ object: JSONObject) {
    guard let role = object["role"]?.string.flatMap(Role.init),
      let at = object["at"]?.string.flatMap({ Instant($0) })
    else { return nil }
    self.init(name: name, role: role, at: at)
    park = object["park"]?.string
    platform = object["platform"]?.string
    display = object["display"]?.string
    password = object["password"]?.string
    isDisabled = object["disabled"]?.bool ?? false
  }

  /// As it is kept, the password's hash included.
  var kept: JSONObject {
    JSONObject(stating: [
      ("role", .string(role.rawValue)), ("park", park.map { .string($0) }),
      ("platform", platform.map { .string($0) }), ("display", display.map { .string($0) }),
      ("password", password.map { .string($0) }), ("disabled", .bool(isDisabled)),
      ("at", .string(at.description)),
    ])
  }

  /// As it is shown.
  package var json: JSONObject {
    JSONObject([
      ("name", .string(name)), ("role", .string(role.rawValue)),
      ("park", park.map { .string($0) } ?? .null),
      ("platform", platform.map { .string($0) } ?? .null),
      ("display", display.map { .string($0) } ?? .null), ("disabled", .bool(isDisabled)),
      ("at", .string(at.description)),
    ])
  }
}
