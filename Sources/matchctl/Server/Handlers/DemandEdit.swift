import Matcher

/// Changes of a demand that are tried and not stored: strictness by criterion, values as clauses, members
/// replaced.
struct DemandEdit {
  private let strictness: [(criterion: String, level: String)]
  private let values: [String]
  private let members: JSONObject

  init(_ changes: JSONObject) {
    strictness = (changes["strictness"]?.object?.members ?? []).compactMap { member in
      member.value.string.map { (member.name, $0) }
    }
    values = changes["values"]?.array?.compactMap(\.string) ?? []
    members = changes["record"]?.object ?? JSONObject()
  }

  /// Changes the record and each of its stages; returns clauses that could not be read.
  func apply(to record: inout JSONObject) -> [String] {
    let (clauses, unread) = RequirementClauses.objects(values)
    for member in members.members where member.name != "id" { record[member.name] = member.value }
    if case .array(let stages) = record["stages"] {
      record["stages"] = .array(
        stages.map { stage in
          guard var object = stage.object else { return stage }
          change(&object, clauses, isStage: true)
          return .object(object)
        })
    }
    change(&record, clauses, isStage: false)
    return unread
  }

  private func change(_ object: inout JSONObject, _ clauses: [JSONValue], isStage: Bool) {
    for clause in clauses { put(clause, &object, isStage) }
    for (criterion, level) in strictness {
      let parts = criterion.split(
        separator: ":", maxSplits: 1, omittingEmptySubsequences: false
      ).map(String.init)
      switch parts[0] {
      case "spec" where parts.count == 2: set("requirements", "key", parts[1], level, &object)
      case "certificate" where parts.count == 2:
        set("certificates", "scheme", parts[1], level, &object)
      case "lot": set("quantity", level, &object)
      case "price": set("budget", level, &object)
      case "window", "place", "quantity", "budget": set(parts[0], level, &object)
      default: break
      }
    }
  }

  /// Puts a requirement in the place of those of its key, else behind the demand's own.
  private func put(_ clause: JSONValue, _ object: inout JSONObject, _ isStage: Bool) {
    guard let key = clause.object?["key"] else { return }
    var requirements = object["requirements"]?.array ?? []
    let place = requirements.firstIndex { $0.object?["key"] == key }
    if let place {
      var changed = clause.object ?? JSONObject()
      if changed["strictness"] == nil {
        changed["strictness"] = requirements[place].object?["strictness"]
      }
      requirements[place] = .object(changed)
    } else if !isStage {
      requirements.append(clause)
    }
    if place != nil || !isStage { object["requirements"] = .array(requirements) }
  }

  private func set(
    _ list: String, _ name: String, _ value: String, _ level: String, _ object: inout JSONObject
  ) {
    guard case .array(let elements) = object[list] else { return }
    object[list] = .array(
      elements.compactMap { element in
        guard var changed = element.object, changed[name]?.string == value else { return element }
        if level == "none" { return nil }
        changed["strictness"] = .string(level)
        return .object(changed)
      })
  }

  private func set(_ member: String, _ level: String, _ object: inout JSONObject) {
    if level == "none" {
      object[member] = nil
    } else if var changed = object[member]?.object {
      changed["strictness"] = .string(level)
      object[member] = .object(changed)
    }
  }
}
