/// What was read out of the words of a demand or a platform, item by item, as a person reviews and
/// confirms it.
public struct Understanding: Sendable {
  public struct Item: Sendable {
    /// From 1, in the order of the record.
    public let number: Int
    /// `services`, `requirements`, `specs`, `certificates`, `quantity`, `window`, `budget` or
    /// `place`; of a platform's line also `calendar`, `lot`, `capacity`, `price` or `lead_time`.
    public let part: String
    /// Its stage's id; nil for what holds for the whole demand, and of a platform.
    public let stage: String?
    public let object: JSONObject
    /// The words it was read from.
    public let quote: String
    fileprivate let path: [Step]

    /// Stated by a platform, not asked by a demand.
    var isOffered: Bool {
      if case .member("lines")? = path.first { true } else { false }
    }
  }

  fileprivate enum Step: Sendable {
    case member(String)
    case element(Int)
  }

  public struct Doubt: Sendable {
    /// A row of `Corpus/texts`.
    public let code: String
    public let quote: String
    /// What to ask, by language.
    let questions: [String: String]

    public func question(_ language: Language) -> String {
      questions[language.rawValue] ?? code
    }
  }

  public let items: [Item]
  /// What has to be asked about the words.
  public let doubts: [Doubt]

  private static let lists = ["requirements", "specs", "certificates", "calendar"]
  private static let singles = [
    "quantity", "window", "budget", "place", "lot", "capacity", "price", "lead_time",
  ]

  /// - Parameter record: A record as completed by `DemandInterpreter` or `PlatformInterpreter`
  ///   (`raw` of the demand or platform).
  public init(_ record: JSONValue) {
    var items: [Item] = []
    guard let object = record.object else {
      self.items = []
      doubts = []
      return
    }
    Understanding.collect(object, nil, [], &items)
    for (index, stage) in (object["stages"]?.array ?? []).enumerated() {
      guard let stage = stage.object, Understanding.isInferred(stage) else { continue }
      let id = stage["id"]?.string ?? "S\(index + 1)"
      Understanding.collect(stage, id, [.member("stages"), .element(index)], &items)
    }
    for (index, line) in (object["lines"]?.array ?? []).enumerated() {
      guard let line = line.object, Understanding.isInferred(line) else { continue }
      Understanding.collect(
        line, nil, [.member("lines"), .element(index)], &items, isLine: true)
    }
    self.items = items
    doubts = (object["doubts"]?.array ?? []).compactMap(\.object).map {
      let members = $0["question"]?.object?.members ?? []
      let questions = members.compactMap { name, value in value.string.map { (name, $0) } }
      return Doubt(
        code: $0["code"]?.string ?? "", quote: $0["quote"]?.string ?? "",
        questions: Dictionary(questions, uniquingKeysWith: { first, _ in first }))
    }
  }

  private static func collect(
    _ object: JSONObject, _ stage: String?, _ path: [Step], _ items: inout [Item],
    isLine: Bool = false
  ) {
    let source = object["services_source"]?.object
    let isRead = stage != nil || isLine || source?["kind"]?.string == "inferred"
    if let services = object["services"], isRead {
      items.append(
        Item(
          number: items.count + 1, part: "services", stage: stage,
          object: JSONObject([("services", services)]),
          quote: (source ?? object)["quote"]?.string ?? "", path: path + [.member("services")]))
    }
    for name in lists {
      for (index, element) in (object[name]?.array ?? []).enumerated() {
        add(element, name, stage, path + [.member(name), .element(index)], &items)
      }
    }
    for name in singles { add(object[name], name, stage, path + [.member(name)], &items) }
  }

  private static func add(
    _ value: JSONValue?, _ part: String, _ stage: String?, _ path: [Step], _ items: inout [Item]
  ) {
    guard let object = value?.object, isInferred(object) else { return }
    items.append(
      Item(
        number: items.count + 1, part: part, stage: stage, object: object,
        quote: object["quote"]?.string ?? "", path: path))
  }

  private static func isInferred(_ object: JSONObject) -> Bool {
    object["source"]?.object?["kind"]?.string == "inferred"
  }
}

extension Understanding {
  /// The record with some items confirmed by a person: they become statements of the record, the
  /// others are taken out.
  ///
  /// - Parameters:
  ///   - numbers: The items that are right.
  ///   - person: Who confirms; kept in the source of each.
  public static func confirming(
    _ numbers: Set<Int>, of record: JSONValue, by person: String, on day: CivilDate
  ) -> JSONValue {
    let understanding = Understanding(record)
    var result = record
    // From the end, so that places of earlier list elements stay.
    for item in understanding.items.reversed() {
      let change: (JSONValue) -> JSONValue? =
        numbers.contains(item.number) ? { confirmed($0, item, person, day) } : { _ in nil }
      result = edited(result, item.path[...], change) ?? .null
    }
    guard var object = result.object else { return result }
    if let source = object["services_source"]?.object, source["kind"]?.string == "inferred" {
      object["services_source"] = object["services"] == nil ? nil : mark(source, person, day)
    }
    object = withoutEmptyStages(object, person, day)
    object["lines"] = object["lines"]?.array.map { lines in
      .array(lines.map { markedLine($0, person, day) })
    }
    object["doubts"] = nil
    return .object(object)
  }

  private static func confirmed(
    _ value: JSONValue, _ item: Item, _ person: String, _ day: CivilDate
  ) -> JSONValue {
    guard var object = value.object else { return value }
    object["source"] = mark(object["source"]?.object ?? JSONObject(), person, day)
    return .object(object)
  }

  private static func mark(_ source: JSONObject, _ person: String, _ day: CivilDate) -> JSONValue {
    var source = source
    source["kind"] = .string("confirmed")
    source["ref"] = .string(person)
    source["verified_at"] = .string(day.description)
    return .object(source)
  }

  private static func markedLine(
    _ line: JSONValue, _ person: String, _ day: CivilDate
  ) -> JSONValue {
    guard var object = line.object, isInferred(object) else { return line }
    object["source"] = mark(object["source"]?.object ?? JSONObject(), person, day)
    object["prose"] = nil
    return .object(object)
  }

  /// Stages that were read and of which a person kept nothing are gone.
  private static func withoutEmptyStages(
    _ object: JSONObject, _ person: String, _ day: CivilDate
  ) -> JSONObject {
    guard let stages = object["stages"]?.array else { return object }
    let parts = ["services"] + lists + singles
    let kept: [JSONValue] = stages.compactMap { stage in
      guard var stage = stage.object, isInferred(stage) else { return stage }
      guard parts.contains(where: { stage[$0] != nil && stage[$0] != .array([]) }) else {
        return nil
      }
      stage["source"] = mark(JSONObject(), person, day)
      return .object(stage)
    }
    var object = object
    object["stages"] = kept.isEmpty ? nil : .array(kept)
    return object
  }

  /// The value with what stands at a path replaced, or taken out when `change` gives nil.
  private static func edited(
    _ value: JSONValue, _ path: ArraySlice<Step>, _ change: (JSONValue) -> JSONValue?
  ) -> JSONValue? {
    guard let step = path.first else { return change(value) }
    switch (step, value) {
    case (.member(let name), .object(var object)):
      guard let inner = object[name] else { return value }
      object[name] = edited(inner, path.dropFirst(), change)
      return .object(object)
    case (.element(let index), .array(var list)):
      guard list.indices.contains(index) else { return value }
      if let changed = edited(list[index], path.dropFirst(), change) {
        list[index] = changed
      } else {
        list.remove(at: index)
      }
      return .array(list)
    default: return value
    }
  }
}
