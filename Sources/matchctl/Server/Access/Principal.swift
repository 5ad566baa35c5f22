/// Who asks.
struct Principal: Sendable {
  enum Proof: Sendable {
    /// A session of the console, with the word that its writes must repeat.
    case session(hash: String, csrf: String)
    case token(scopes: Set<Scope>)
  }

  let name: String
  let role: Role
  /// Of a park operator.
  let park: String?
  /// Of a platform operator.
  let platform: String?
  let display: String?
  let proof: Proof
  let expires: String

  /// How far this person or program reaches with an action; a token reaches no further than its
  /// scopes.
  func reach(_ action: Action) -> Reach {
    if case .token(let scopes) = proof, !AccessTable.allows(scopes, action) { return .none }
    return AccessTable.reach(role, action)
  }

  /// The actions that are allowed at all, by name.
  var actions: [String] {
    Action.allCases.filter { action in
      if case .none = reach(action) { return false }
      return true
    }.map(\.rawValue).sorted()
  }
}
