import MatcherTestSupport
import Testing

@testable import Night

/// Changes that make no difference in any choice are never a cause, and leaving them out finds the same.
@Suite struct CauseSearchTests {
  /// What a choice gives: by the changes that count, a state drawn at random.
  private struct Drawn {
    let count: Int
    let counting: [Int]
    private let states: [Int]

    init(_ seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      count = Int.random(in: 1...7, using: &random)
      counting = (0..<count).filter { _ in Bool.random(using: &random) }
      let number = 1 << counting.count
      states = (0..<number).map { _ in Int.random(in: 0...2, using: &random) }
    }

    func state(_ chosen: ChangeSet) -> Int {
      var place = 0
      for (bit, change) in counting.enumerated() where chosen.contains(change) { place |= 1 << bit }
      return states[place]
    }

    var old: Int { state(.none(of: count)) }
    var new: Int { state(.all(of: count)) }
  }

  @Test("what makes no difference is no cause, tried or not", arguments: UInt64(0)..<200)
  func same(seed: UInt64) {
    let drawn = Drawn(seed)
    guard drawn.old != drawn.new else { return }
    let all = CauseSearch(count: drawn.count, state: drawn.state)
      .causes(from: drawn.old, to: drawn.new)
    let few = CauseSearch(count: drawn.count, candidates: drawn.counting, state: drawn.state)
      .causes(from: drawn.old, to: drawn.new)
    #expect(all == few)
    #expect(Set(all).isSubset(of: drawn.counting))
  }
}
