import Matcher
import MatcherIndex

extension StandingRun {
  /// Takes up a run where `save` left it. All bytes are read and their checksums compared.
  ///
  /// Records of demands and of changed lines are read again when they are needed.
  ///
  /// - Parameters:
  ///   - snapshot: the one it was saved beside, which names the corpus it was made with.
  ///   - corpus: of the same policy version. Policy files that changed under the same version are
  ///     not seen: put their checksum into the position where that can happen.
  ///   - position: what it must be a state of.
  ///   - demands: the records of those that are still what they were; the others must be given to the next
  ///     `advance`, or be left out of its order. Left out: the file holds them all.
  /// - Throws: `StandingStateError`; then make the run anew from the snapshot.
  /// - Complexity: O(bytes).
  public convenience init(
    opening path: String, snapshot: Snapshot, corpus: Corpus, position: String,
    demands: [Demand]? = nil, workers: Workers = .one
  ) throws(StandingStateError) {
    let opened: SectionFile.Opened
    do {
      opened = try SectionFile.open(path, verify: true, workers: workers)
    } catch {
      throw .file(error)
    }
    let (state, lines): (StoredRun, StandingLines?)
    do {
      state = try StoredRun(opened.sections)
      guard state.layout == StandingRun.layout else {
        throw StandingStateError.layout(path, found: String(state.layout))
      }
      guard state.snapshot == snapshot.index.sections.identity else {
        throw StandingStateError.otherSnapshot(path)
      }
      guard state.policy == corpus.policy.version else {
        throw StandingStateError.otherPolicy(
          path, expected: corpus.policy.version, found: state.policy)
      }
      guard state.position == position else {
        throw StandingStateError.otherPosition(path, expected: position, found: state.position)
      }
      lines = try state.lines(snapshot, corpus)
    } catch let error as StandingStateError {
      throw error
    } catch let error as SectionError {
      throw .sections(path, error)
    } catch {
      throw .layout(path, found: "\(error)")
    }
    guard let lines, let stages = state.stages(lines, corpus, demands) else {
      throw .layout(path, found: "sizes that do not agree")
    }
    self.init(
      stages, lines, snapshot: state.snapshot, corpus: corpus, limits: state.limits,
      workers: workers)
  }
}
