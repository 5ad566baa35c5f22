/// Which of several changes made one state into another.
///
/// All are in force in the new state, none in the old one; `state` tells what any choice of them gives.
struct CauseSearch<State: Equatable> {
  let count: Int
  /// The changes that can make a difference, ascending; nil for all. The others make none in any choice,
  /// and are not tried.
  var candidates: [Int]?
  /// The state in which just these changes are in force.
  let state: (ChangeSet) -> State

  /// The changes that did it, ascending: one where one alone explains it.
  ///
  /// First the one without which the old state would stand; if several are each needed, those; if none
  /// is, the first one that suffices by itself; else a set of which none can be spared.
  func causes(from old: State, to new: State) -> [Int] {
    guard count > 1 else { return Array(0..<count) }
    let (all, none) = (ChangeSet.all(of: count), ChangeSet.none(of: count))
    let candidates = candidates ?? Array(0..<count)
    let needed = candidates.filter { state(all.without($0)) == old }
    if needed.count == 1 { return needed }
    if let enough = (needed.isEmpty ? candidates : needed).first(where: {
      state(none.with($0)) == new
    }) {
      return [enough]
    }
    return needed.isEmpty ? few(all, new, candidates) : needed
  }

  /// Takes changes away for as long as the new state stands.
  private func few(_ all: ChangeSet, _ new: State, _ candidates: [Int]) -> [Int] {
    var left = all
    for change in candidates where state(left.without(change)) == new { left.remove(change) }
    return candidates.filter(left.contains)
  }
}
