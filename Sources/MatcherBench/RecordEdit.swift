import Matcher

/// A change as people make it: a few members of a record, or of its line, become those of another
/// record. Always the same for the same numbers.
struct RecordEdit {
  private let count: Int
  private let other: JSONObject
  private let start: Int

  /// What never changes: what a record is, and what it offers or asks.
  private static let kept: Set<String> = ["type", "id", "synthetic", "name", "services", "lines"]

  /// - Parameters:
  ///   - count: how many members.
  ///   - other: whose.
  ///   - number: from which the members follow.
  init(taking count: Int, of other: JSONObject, from number: Int) {
    self.count = count
    self.other = other
    start = number
  }

  func edited(_ record: JSONObject) -> JSONObject {
    guard let line = record["lines"]?.array?.first?.object,
      let otherLine = other["lines"]?.array?.first?.object
    else { return taking(from: other, into: record) }
    var record = record
    record["lines"] = .array([.object(taking(from: otherLine, into: line))])
    return record
  }

  private func taking(from other: JSONObject, into record: JSONObject) -> JSONObject {
    let names = other.members.map(\.name).filter { !RecordEdit.kept.contains($0) }
    guard !names.isEmpty else { return record }
    var record = record
    for edit in 0..<count {
      let name = names[(start + 3 * edit) % names.count]
      record[name] = member(record[name], other[name])
    }
    return record
  }

  /// Of a list one element, of anything else all of it.
  private func member(_ old: JSONValue?, _ new: JSONValue?) -> JSONValue? {
    guard var list = old?.array, let others = new?.array, !list.isEmpty, !others.isEmpty else {
      return new
    }
    list[start % list.count] = others[start % others.count]
    return .array(list)
  }
}
