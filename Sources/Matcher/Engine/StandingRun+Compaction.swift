import Matcher
import MatcherIndex

/// A base made anew from all lines that are there: what changed since is taken up into it.
extension StandingRun {
  /// Verdicts, days and the best lines stay what they are; only the places of the codes move.
  ///
  /// - Complexity: O(size of the lines' records + pairs that are remembered).
  func compact() {
    let records = (0..<UInt32(lines.count)).map { lines.record($0) }
    let known = records.compactMap { $0 }
    // A record that cannot be read again leaves the segments as they are.
    guard known.count == records.count else { return }
    let index = LineIndex(known, corpus: corpus, after: lines.base.index)
    rebase(
      Segment(base: index, corpus, asOf) { line in
        Int(line) < known.count ? known[Int(line)] : nil
      })
  }
}

extension StandingRun {
  /// Takes a snapshot of the lines that are there as the base, in the place of the one before and of
  /// what changed since.
  ///
  /// - Parameter snapshot: made of the records that stand now.
  /// - Throws: `StandingStateError.otherLines` when it holds other lines; the run stays as it is.
  public func rebase(on snapshot: Snapshot) throws(StandingStateError) {
    let index = snapshot.index
    guard index.count == lines.count,
      (0..<UInt32(index.count)).allSatisfy({ index.id($0) == lines.id($0) })
    else { throw .otherLines }
    rebase(Segment(base: index, corpus, asOf, snapshot.lines(corpus)))
    self.snapshot = index.sections.identity
  }
}

extension StandingRun {
  /// Puts a base of the same lines in the place of all segments.
  func rebase(_ base: Segment) {
    let old = lines
    let index = base.index
    // By new slot: where its codes were.
    let from = (0..<index.count).map { slot -> StandingLines.Spot in
      let place = old.places[Int(index.lineOf[slot])]
      let index = old.segments[Int(place.segment)].index
      let slot = index.slotOfLine[Int(place.ordinal)]
      let block = index.place(ofSlot: slot).block
      return StandingLines.Spot(
        segment: Int(place.segment), block: block,
        place: Int(slot - index.blocks[block].firstSlot))
    }
    let asked = Array(Set(stages.map(\.services)))
    let moved = workers.map(asked) { StandingRun.moved($0, from, old, index) }
    let moves = Dictionary(uniqueKeysWithValues: zip(asked, moved))
    workers.ordered(
      stages.count, chunk: 64, state: { 0 },
      work: { [stages] range, _ in
        for stage in stages[range] { stage.rebase(moves[stage.services] ?? []) }
        return 0
      }, emit: { _ in true })
    lines = StandingLines(base: base)
  }

  /// For each place among the new codes of stages that ask some services: where the code was.
  private static func moved(
    _ services: [Int], _ from: [StandingLines.Spot], _ old: StandingLines, _ index: LineIndex
  ) -> [(segment: Int, place: Int)] {
    let passages = old.segments.map { $0.index.passage(services) }
    return index.passage(services).blocks.flatMap { number in
      let block = index.blocks[Int(number)]
      return (block.firstSlot..<block.firstSlot + block.slots).map { slot in
        let from = from[Int(slot)]
        return (from.segment, Int(passages[from.segment].offsets[from.block]) + from.place)
      }
    }
  }
}
