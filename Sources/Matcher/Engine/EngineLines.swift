import Matcher
import MatcherIndex

/// The lines of an engine: those it was made over, its base, and beside it a segment of those that came
/// with platforms that were replaced since. Lines are numbered by their ids, ascending, as an index of
/// all of them would number them.
struct EngineLines: Sendable {
  let base: Segment
  /// Both, numbered together; nil while the base is all there is.
  private let changed: StandingLines?

  init(base: Segment) {
    self.base = base
    changed = nil
  }

  /// - Parameters:
  ///   - fresh: the lines beside the base; none of their ids is that of a line of the base that stays.
  ///   - platforms: ids of those whose lines in the base are gone.
  /// - Complexity: O(lines of the base + size of the fresh lines' records).
  init(base: Segment, fresh: [ResolvedLine], replacing platforms: Set<String>) {
    self.base = base
    var lines = StandingLines(base: base)
    _ = lines.change(fresh: fresh, withdrawn: [], platforms: platforms)
    changed = lines
  }

  var segments: [Segment] { changed?.segments ?? [base] }

  var count: Int { changed?.count ?? base.index.count }

  /// A line whole, by its number.
  func record(_ number: UInt32) -> ResolvedLine? {
    changed.map { $0.record(number) } ?? base.records(number)
  }

  /// The number of a line; nil for an id that no line has. O(log *n*).
  func number(_ id: String) -> UInt32? {
    changed.map { $0.number(id) } ?? base.index.line(id)
  }

  /// The id of a line, by its number.
  func id(of number: UInt32) -> String {
    changed.map { $0.id(number) } ?? base.index.id(number)
  }

  func platform(of number: UInt32) -> String {
    changed?.platform(of: number) ?? base.index.platform(of: number)
  }

  /// What was found in one segment, its lines numbered as all are.
  func numbered(_ scores: [PairScore], in segment: Int) -> [PairScore] {
    guard let numbers = changed?.numbers[segment] else { return scores }
    return scores.map { score in
      var score = score
      score.line = numbers[Int(score.line)]
      return score
    }
  }
}
