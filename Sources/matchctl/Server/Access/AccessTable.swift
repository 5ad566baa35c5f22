/// What can be done. Each operation of the API's document names one as `x-action`.
enum Action: String, Sendable, CaseIterable {
  /// Needs no account.
  case open
  case openSession = "session.open"
  case readSession = "session.read"
  case closeSession = "session.close"
  case changePassword = "session.password"
  case readStatus = "status.read"
  case readPolicy = "policy.read"
  case manageUsers = "users.manage"
  case readParks = "parks.read"
  case changeParks = "parks.change"
  case readLists = "lists.read"
  case writeLists = "lists.write"
  case publishLists = "lists.publish"
  case readDemands = "demands.read"
  case lookAtDemands = "demands.look"
  case readDemandHistory = "demands.history"
  case changeDemands = "demands.change"
  case assignDemands = "demands.assign"
  case matchStored = "match.stored"
  case match = "match.run"
  case readPlatforms = "platforms.read"
  case changePlatforms = "platforms.change"
  case readInbox = "inbox.read"
  case readQuestions = "questions.read"
  case writeQuestions = "questions.write"
  case readAnswers = "answers.read"
  case writeAnswers = "answers.write"
  case readDecisions = "decisions.read"
  case writeDecisions = "decisions.write"
  case readTodo = "todo.read"
  case readRuns = "runs.read"
  case startRuns = "runs.start"
  case readChanges = "changes.read"
  case readReports = "reports.read"
  case readGaps = "gaps.read"
  case readRegistry = "registry.read"
}

/// How far an action reaches for a role.
enum Reach: Sendable {
  /// Refused: 403.
  case none
  /// Only what is one's own: a park's demands and lists, a platform's profile and inbox, a broker's
  /// day. Anything else does not exist: 404.
  case own
  /// A broker: the demands given to her. Anything else does not exist: 404.
  case given
  case all
}

/// What a token is allowed besides what its account's role allows.
enum Scope: String, Sendable, CaseIterable {
  case read, match, publish, broker, platform, run, users
}

/// Who may do what: the one table. What is not in it is refused.
enum AccessTable {
  struct Row: Sendable {
    let action: Action
    /// What a token needs; nil: sessions only.
    let scope: Scope?
    let broker: Reach
    let park: Reach
    let platform: Reach
    let planner: Reach
    let administrator: Reach
  }

  // Restricted fields leave only by `demands.look`: a park's for its own demands, a broker's for those
  // given to her, nobody else's. Everything else is made of what the tier allows whatever the role.
  static let rows: [Row] = [
    //  action             token      broker  park   platform planner administrator
    row(.readSession, .read, .all, .all, .all, .all, .all),
    row(.closeSession, nil, .all, .all, .all, .all, .all),
    row(.changePassword, nil, .own, .own, .own, .own, .own),
    row(.readStatus, .read, .all, .all, .all, .all, .all),
    row(.readPolicy, .read, .all, .all, .all, .all, .all),
    row(.manageUsers, .users, .none, .none, .none, .none, .all),
    row(.readParks, .read, .all, .own, .none, .all, .all),
    row(.changeParks, .users, .none, .none, .none, .none, .all),
    row(.readLists, .publish, .none, .own, .none, .none, .none),
    row(.writeLists, .publish, .none, .own, .none, .none, .none),
    row(.publishLists, .publish, .none, .own, .none, .none, .none),
    row(.readDemands, .read, .all, .own, .none, .all, .all),
    row(.lookAtDemands, .broker, .given, .own, .none, .none, .none),
    row(.readDemandHistory, .read, .given, .own, .none, .none, .none),
    row(.changeDemands, .publish, .none, .own, .none, .none, .none),
    row(.assignDemands, .publish, .none, .own, .none, .none, .all),
    row(.matchStored, .match, .all, .own, .none, .none, .none),
    row(.match, .match, .all, .own, .none, .none, .none),
    row(.readPlatforms, .read, .all, .all, .own, .all, .all),
    row(.changePlatforms, .platform, .none, .none, .own, .none, .all),
    row(.readInbox, .platform, .none, .none, .own, .none, .none),
    row(.readQuestions, .broker, .given, .own, .own, .none, .none),
    row(.writeQuestions, .broker, .given, .none, .none, .none, .none),
    row(.readAnswers, .broker, .given, .own, .own, .none, .none),
    row(.writeAnswers, .broker, .given, .none, .own, .none, .none),
    row(.readDecisions, .broker, .given, .own, .none, .none, .none),
    row(.writeDecisions, .broker, .given, .none, .none, .none, .none),
    row(.readTodo, .broker, .own, .none, .none, .none, .none),
    row(.readRuns, .read, .all, .all, .all, .all, .all),
    row(.startRuns, .run, .none, .none, .none, .none, .all),
    row(.readChanges, .read, .all, .own, .none, .all, .none),
    row(.readReports, .read, .own, .own, .own, .all, .all),
    row(.readGaps, .read, .all, .all, .none, .all, .all),
    row(.readRegistry, .read, .all, .all, .all, .all, .all),
  ]

  private static let byAction = Dictionary(
    uniqueKeysWithValues: rows.map { ($0.action, $0) })

  static func reach(_ role: Role, _ action: Action) -> Reach {
    guard let row = byAction[action] else { return .none }
    return switch role {
    case .broker: row.broker
    case .parkOperator: row.park
    case .platformOperator: row.platform
    case .planner: row.planner
    case .administrator: row.administrator
    }
  }

  /// Whether a token with these scopes may do it, as far as scopes go.
  static func allows(_ scopes: Set<Scope>, _ action: Action) -> Bool {
    guard let scope = byAction[action]?.scope else { return false }
    return scopes.contains(scope)
  }

  private static func row(
    _ action: Action, _ scope: Scope?, _ broker: Reach, _ park: Reach, _ platform: Reach,
    _ planner: Reach, _ administrator: Reach
  ) -> Row {
    Row(
      action: action, scope: scope, broker: broker, park: park, platform: platform,
      planner: planner, administrator: administrator)
  }
}
