/// Takes typed fields out of a JSON object; a field of the wrong form is an issue, and is then as
/// if absent.
///
/// Texts that only an issue needs (places, what was expected) are made when there is one: records are
/// read by the hundred thousand, and nearly all fields are what they should be.
struct FieldReader {
  let object: JSONObject
  let log: IssueLog
  /// Where the object stands, but for its place in a list.
  private let base: String
  private let index: Int?

  /// Where the object stands in its record.
  var path: String { index.map { "\(base)[\($0)]" } ?? base }

  /// A member that is null is as if absent.
  init(object: JSONObject, path: String, log: IssueLog) {
    self.init(object, path, nil, log)
  }

  private init(_ object: JSONObject, _ base: String, _ index: Int?, _ log: IssueLog) {
    self.object =
      FieldReader.hasNull(object)
      ? JSONObject(object.members.filter { $0.value != .null }.map { ($0.name, $0.value) }) : object
    self.base = base
    self.index = index
    self.log = log
  }

  private static func hasNull(_ object: JSONObject) -> Bool {
    for place in object.members.indices {
      if case .null = object.members[place].value { return true }
    }
    return false
  }

  func sub(_ name: String, _ index: Int? = nil) -> String {
    let path = path
    let base = path.isEmpty ? name : "\(path).\(name)"
    return index.map { "\(base)[\($0)]" } ?? base
  }

  func string(_ name: String) -> String? {
    take(name, expected: "text") { $0.string.map { trimmed($0) } }
  }

  func bool(_ name: String) -> Bool? {
    take(name, expected: "true or false") { $0.bool }
  }

  func number(_ name: String, in range: ClosedRange<Double>, expected: String) -> Double? {
    take(name, expected: expected) { value in
      guard let number = value.number, range.contains(number) else { return nil }
      return number
    }
  }

  func whole(_ name: String, in range: ClosedRange<Int>) -> Int? {
    take(name, expected: "a whole number of \(range.lowerBound)…\(range.upperBound)") { value in
      guard let number = value.number, number == number.rounded(), number.magnitude < 1e15 else {
        return nil
      }
      return range.contains(Int(number)) ? Int(number) : nil
    }
  }

  func date(_ name: String) -> CivilDate? {
    let read = { (value: JSONValue) in value.string.flatMap { CivilDate(iso: trimmed($0)) } }
    return take(name, expected: "a day as YYYY-MM-DD", hint: meantDay(name), read)
  }

  /// How a day that is written otherwise should be written; nil where that is not known.
  private func meantDay(_ name: String) -> String? {
    guard !log.isSealed else { return nil }
    return object[name]?.string.flatMap(FieldReader.yearFirst).map { "write it as \($0)" }
  }

  /// The day that `2026/12/1`, `2026.12.1` or `2026年12月1日` means; nil for any other writing.
  private static func yearFirst(_ text: String) -> CivilDate? {
    let parts = trimmed(text).split(whereSeparator: { "/.-年月日".contains($0) }).map(String.init)
    guard parts.count == 3, parts[0].count == 4, parts.dropFirst().allSatisfy({ $0.count <= 2 })
    else { return nil }
    return CivilDate(
      iso: parts.map { $0.count == 1 ? "0" + $0 : $0 }.joined(separator: "-"))
  }

  func choice<Choice: RawRepresentable & Sendable>(
    _ name: String, _ type: Choice.Type, expected: String
  ) -> Choice? where Choice.RawValue == String {
    take(name, expected: expected) { $0.string.flatMap { Choice(rawValue: trimmed($0)) } }
  }

  /// One of a few words.
  func word(_ name: String, of words: [String], expected: String) -> String? {
    take(name, expected: expected) { value in
      value.string.map { trimmed($0) }.flatMap { words.contains($0) ? $0 : nil }
    }
  }

  /// The text of a member, nil when it is blank.
  func filled(_ name: String) -> String? {
    string(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The value read of a member without which its object says nothing; an absent one is an issue.
  func required<Value>(_ name: String, _ value: Value?, expected: String) -> Value? {
    if value == nil, object[name] == nil {
      log.refuse(sub(name), got: "nothing", expected: expected)
    }
    return value
  }

  /// One text or a list of texts.
  func strings(_ name: String) -> [String] {
    let list: [String]? = take(name, expected: "a list of texts") { value in
      if let text = value.string { return [trimmed(text)] }
      guard let array = value.array else { return nil }
      let texts = array.compactMap(\.string)
      return texts.count == array.count ? texts.map { trimmed($0) } : nil
    }
    return list?.filter { !$0.isEmpty } ?? []
  }

  private static let examples = [
    "place": "{\"allowed\":[\"广州\"]}", "budget": "{\"max\":600000}",
    "window": "{\"finish\":\"2027-03-31\"}", "quantity": "{\"value\":12,\"unit\":\"片\"}",
    "certificates": "{\"scheme\":\"CNAS\"}",
  ]

  private static func hint(_ name: String) -> String? { examples[name].map { "such as \($0)" } }

  func reader(_ name: String) -> FieldReader? {
    let object = take(name, expected: "an object", hint: FieldReader.hint(name)) { $0.object }
    return object.map { FieldReader(object: $0, path: sub(name), log: log) }
  }

  /// The objects of a list; an element that is no object is an issue.
  func readers(_ name: String) -> [FieldReader] {
    guard let array = take(name, expected: "a list of objects", { $0.array }) else { return [] }
    let base = sub(name)
    return array.enumerated().compactMap { index, value in
      guard let object = value.object else {
        log.refuse(
          sub(name, index), got: value.kind, expected: "an object", hint: FieldReader.hint(name))
        return nil
      }
      return FieldReader(object, base, index, log)
    }
  }

  private func take<Value>(
    _ name: String, expected: @autoclosure () -> String, hint: @autoclosure () -> String? = nil,
    _ read: (JSONValue) -> Value?
  ) -> Value? {
    guard let value = object[name] else { return nil }
    if case .null = value { return nil }
    if let result = read(value) { return result }
    log.refuse(sub(name), got: RecordIssue.quoted(value), expected: expected(), hint: hint())
    return nil
  }
}

/// Collects the issues of one record while it is read. Used by one reader at a time.
final class IssueLog {
  private(set) var issues: [RecordIssue] = []
  let file: String
  let row: Int
  var record: String?
  /// While a sealed part is read: its issues say where, never what.
  var isSealed = false

  init(file: String, row: Int) {
    self.file = file
    self.row = row
  }

  func refuse(_ field: String, got: String, expected: String, hint: String? = nil) {
    add(.refused, field, got, expected, hint)
  }

  func warn(_ field: String, got: String, expected: String, hint: String? = nil) {
    add(.warning, field, got, expected, hint)
  }

  private func add(
    _ severity: RecordIssue.Severity, _ field: String, _ got: String, _ expected: String,
    _ hint: String?
  ) {
    issues.append(
      RecordIssue(
        severity, file: file, row: row, record: record, field: field,
        got: isSealed ? "a sealed value" : got,
        expected: expected, hint: hint))
  }
}
