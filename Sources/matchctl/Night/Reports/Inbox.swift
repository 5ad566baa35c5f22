import Matcher

/// What one platform may read of the demands that concern it: those it meets, those it may meet once
/// it says more, and those from which one field keeps it.
///
/// It holds no rank, no other platform, no firm, no budget, and nothing of a demand that is not for
/// everybody. A demand that is not in it was not compared in vain: only the best lines of each demand
/// are known to a run.
struct Inbox: Sendable {
  struct Item: Sendable {
    let demand: Demand
    let stage: String?
    let line: String
    /// The park that answers for the demand.
    let park: String
    /// Labels of criteria that the platform's data do not say.
    let unknown: [String]
    /// The one criterion that is missed; nil where none is.
    let obstacle: Obstacle?
  }

  struct Obstacle: Sendable, Equatable {
    let criterion: String
    /// As the demand has it; nil where that is not for platforms.
    let asked: String?
    /// In per cent of what is asked, on the key's scale; nil where it would say what may not be said.
    let gap: Int?
  }

  let platform: Platform
  var meets: [Item] = []
  var may: [Item] = []
  var near: [Item] = []

  var isEmpty: Bool { meets.isEmpty && may.isEmpty && near.isEmpty }

  /// By platform id; only platforms with something in it. O(listed pairs).
  static func all(_ view: ReportView) -> [Inbox] {
    let firsts = Set(view.standing.map(\.first.id))
    var inboxes: [String: Inbox] = [:]
    for stage in view.stages where view.isOpen(stage.demand) && firsts.contains(stage.demand.id) {
      var seen: Set<String> = []
      // The platform's best line stands first.
      for match in stage.matches where seen.insert(match.platform).inserted {
        guard let platform = view.data.platforms[match.platform] else { continue }
        inboxes[platform.id, default: Inbox(platform: platform)].take(match, stage, view)
      }
    }
    return inboxes.values.filter { !$0.isEmpty }.sorted { $0.platform.id < $1.platform.id }
  }

  private mutating func take(_ match: NightMatch, _ stage: ReportView.Stage, _ view: ReportView) {
    let corpus = view.data.corpus
    let ask = stage.demand.stages.first { $0.id == match.stage }?.ask
    let open = match.pending.map(\.criterion).filter { label in
      ask.map { $0.isOpen(label, corpus) } ?? false
    }
    func item(_ obstacle: Obstacle? = nil) -> Item {
      Item(
        demand: stage.demand, stage: match.stage, line: match.line,
        park: view.data.world.sources[match.demand]?.version.park ?? "", unknown: open,
        obstacle: obstacle)
    }
    switch match.verdict {
    case .full: meets.append(item())
    case .potential: may.append(item())
    case .nearMiss:
      guard match.failures.count == 1, match.failures[0].kind == .finite,
        let obstacle = Inbox.obstacle(
          match.failures[0], ask, corpus)
      else { return }
      near.append(item(obstacle))
    case .conflict: break
    }
  }

  /// nil for one that is not for everybody.
  private static func obstacle(
    _ failure: NightMatch.Finding, _ ask: Ask?, _ corpus: Corpus
  ) -> Obstacle? {
    guard let ask, ask.isOpen(failure.criterion, corpus) else { return nil }
    let asked = ask.requirements(failure.criterion, corpus)
    // What a budget or a place is missed by would tell the budget or the place.
    return Obstacle(
      criterion: failure.criterion, asked: asked.count == 1 ? written(asked[0]) : nil,
      gap: asked.isEmpty ? nil : failure.gap.map { ($0 + 5_000) / 10_000 })
  }

  private static func written(_ requirement: Requirement) -> String? {
    guard !requirement.written.isEmpty else { return nil }
    switch requirement.asked {
    case .atLeast: return "≥ \(requirement.written)"
    case .atMost: return "≤ \(requirement.written)"
    default: return requirement.written
    }
  }
}

extension Ask {
  /// The requirements behind a criterion's label; none for one that is no spec.
  func requirements(_ label: String, _ corpus: Corpus) -> [Requirement] {
    guard label.hasPrefix("spec:"), let key = corpus.registry.key(String(label.dropFirst(5)))
    else { return [] }
    return requirements.filter { $0.key == key }
  }

  /// Whether a platform may read that this is asked. What a label does not name is never told:
  /// sealed certificates have a number for a name.
  func isOpen(_ label: String, _ corpus: Corpus) -> Bool {
    let visibility: Visibility?
    switch label {
    case "window": visibility = window?.visibility
    case "price": visibility = budget?.visibility
    case "place": visibility = place?.visibility
    case "lot": visibility = quantity?.visibility
    default:
      if label.hasPrefix("spec:") {
        return requirements(label, corpus).allSatisfy { $0.visibility == .everyone }
      }
      return !label.hasPrefix("certificate:") || Int(label.dropFirst(12)) == nil
    }
    return visibility.map { $0 == .everyone } ?? true
  }
}

extension Inbox {
  /// As one line of `inbox.jsonl`.
  var json: JSONValue {
    func items(_ items: [Item]) -> JSONValue {
      .array(
        items.map { item in
          var object = JSONObject([("demand", .string(item.demand.id))])
          if let stage = item.stage { object["stage"] = .string(stage) }
          object["line"] = .string(item.line)
          object["unknown"] = .array(item.unknown.map { .string($0) })
          if let obstacle = item.obstacle {
            object["obstacle"] = .string(obstacle.criterion)
            if let asked = obstacle.asked { object["asked"] = .string(asked) }
            if let gap = obstacle.gap { object["gap_percent"] = .integer(gap) }
          }
          return .object(object)
        })
    }
    return .object(
      JSONObject([
        ("type", .string("inbox")), ("platform", .string(platform.id)), ("meets", items(meets)),
        ("may", items(may)), ("near", items(near)),
      ]))
  }
}
