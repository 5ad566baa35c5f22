import Matcher

/// A record as it was in one run and as it is in another, with the places at which it differs.
///
/// Between the two stand its **versions**: the old record with some of the changes in force.
final class RecordPair<Record> {
  /// What was read of one of both.
  struct Whole {
    let json: JSONObject
    let record: Record
  }

  let id: String
  let old: Whole
  let new: Whole
  let paths: [FieldPath]

  /// - Parameter line: of a platform, the line that matters; other lines are left out.
  init(id: String, old: Whole, new: Whole, line: String? = nil) {
    self.id = id
    self.old = old
    self.new = new
    paths = FieldPath.differing(old.json, new.json, line: line)
  }

  /// The record with some changes in force.
  func json(_ chosen: ChangeSet) -> JSONObject {
    if chosen.isEmpty { return old.json }
    if chosen.isWhole { return new.json }
    return chosen.places.reduce(old.json) { paths[$1].taking(from: new.json, into: $0) }
  }
}
