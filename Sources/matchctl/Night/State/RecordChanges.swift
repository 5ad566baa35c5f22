/// The records that are new or other than in the run that left a state.
struct RecordChanges: Sendable {
  let demands: Set<String>
  let platforms: Set<String>

  init(from old: RecordMarks, to new: RecordMarks) {
    demands = RecordChanges.changed(old.demands, new.demands)
    platforms = RecordChanges.changed(old.platforms, new.platforms)
  }

  private static func changed(
    _ old: [String: RecordMark], _ new: [String: RecordMark]
  ) -> Set<String> {
    Set(new.filter { old[$0.key] != $0.value }.keys)
  }
}
