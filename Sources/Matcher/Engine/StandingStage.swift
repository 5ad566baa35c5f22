import Matcher
import MatcherIndex

/// One stage of a standing demand: its best lines, and what is remembered of all pairs that its
/// services do not rule out.
///
/// Not for two threads at once: in a step each stage is one worker's.
final class StandingStage: @unchecked Sendable {
  let demand: StandingDemand
  /// Its place among the demand's stages, and its id.
  let number: Int
  let id: String?
  /// What it asks, as ordinals.
  let services: [Int]
  /// Its window's start follows the as-of date.
  private var startMoves = false
  /// For the base; made when it is first needed.
  private var plan: StagePlan?
  /// Asks more than the columns have bits for: the reference evaluator decides it, every time.
  private var isBeyond = false
  /// In ranking order; lines by their numbers.
  private(set) var kept: [PairScore] = []
  /// Every pair that is no conflict and not among `kept` stands behind it; nil when there is none.
  private(set) var bound: PairScore?
  /// Lines by verdict; of conflicts only those that the services do not rule out.
  private(set) var ranks = SIMD4<Int>(repeating: 0)
  /// By segment: the `PairCode` of each line of the blocks that the services do not rule out.
  private(set) var codes: [[UInt16]] = []
  private var isNew = true

  /// A stage with one due pair in so many is scanned, above a few.
  private static let scanFrom = 6
  private static let few = 100

  init(_ demand: StandingDemand, _ number: Int, _ stage: Stage) {
    self.demand = demand
    self.number = number
    id = stage.id
    services = stage.ask.services.map { Int($0.ordinal) }
  }

  /// A stage as it was stored.
  init(
    _ demand: StandingDemand, number: Int, id: String?, services: [Int], _ stored: Stored
  ) {
    self.demand = demand
    self.number = number
    self.id = id
    self.services = services
    isNew = false
    isBeyond = stored.isBeyond
    startMoves = stored.startMoves
    (kept, bound, ranks, codes) = (stored.kept, stored.bound, stored.ranks, stored.codes)
  }

  /// What is stored of a stage.
  struct Stored {
    var isBeyond = false
    var startMoves = false
    var kept: [PairScore] = []
    var bound: PairScore?
    var ranks = SIMD4<Int>(repeating: 0)
    var codes: [[UInt16]] = []
  }

  var stored: Stored {
    Stored(
      isBeyond: isBeyond, startMoves: startMoves, kept: kept, bound: bound, ranks: ranks,
      codes: codes)
  }

  /// What all stages of a step share.
  struct Step: Sendable {
    let lines: StandingLines
    let change: StandingLines.Change?
    let isNewDay: Bool
    /// Whether exchange rates or instruments changed, which plans hold.
    let isNewMoney: Bool
    let top: Int
    /// How many lines are kept.
    let room: Int
    let keepsPlans: Bool
  }

  /// What was done.
  struct Done {
    var isScanned = false
    /// Pairs compared one by one.
    var compared = 0
  }

  /// The next state.
  func advance(_ step: Step, _ worker: Worker) -> Done {
    defer { if !step.keepsPlans { plan = nil } }
    if step.isNewMoney { plan = nil }
    let moves = step.isNewDay && startMoves
    guard !isNew, !isBeyond, !moves else { return scan(step, worker) }
    if let change = step.change { follow(change, step.lines) }
    var redone = Redone()
    let isDone =
      takeFresh(step, worker, &redone) && compareDue(step, worker, &redone)
      && compareFalling(step, worker, &redone)
    guard isDone else { return scan(step, worker) }
    settle(redone, step.room)
    if kept.count < step.top, bound != nil {
      var done = scan(step, worker)
      done.compared += redone.numbers.count
      return done
    }
    return Done(compared: redone.numbers.count)
  }

  // MARK: Lines

  /// Renumbers what is kept and takes lines that went out of the counts.
  private func follow(_ change: StandingLines.Change, _ lines: StandingLines) {
    kept = kept.compactMap { score in
      guard !change.isGone[Int(score.line)] else { return nil }
      var score = score
      score.line = change.numbers[Int(score.line)]
      return score
    }
    if let line = bound?.line { bound?.line = change.numbers[Int(line)] }
    for (segment, place) in change.places(services, lines) {
      ranks[PairCode.rank(codes[segment][place])] -= 1
      codes[segment][place] = PairCode.settled
    }
  }

  /// Pairs that were compared anew: all by number, and those that may be among the best.
  private struct Redone {
    var numbers: [UInt32] = []
    var found: [PairScore] = []
  }

  /// The segments that came since the stage was last looked at. False where a scan must do it.
  private func takeFresh(_ step: Step, _ worker: Worker, _ redone: inout Redone) -> Bool {
    while codes.count < step.lines.segments.count {
      let number = codes.count
      let passage = step.lines.segments[number].index.passage(services)
      codes.append([UInt16](repeating: PairCode.settled, count: passage.slots))
      ranks[0] += passage.slots
      guard passage.slots > 0 else { continue }
      guard compare(step, worker, number, 0..<passage.slots, &redone) else { return false }
    }
    return true
  }

  private func compareDue(_ step: Step, _ worker: Worker, _ redone: inout Redone) -> Bool {
    guard step.isNewDay else { return true }
    let limit = PairCode.due(on: step.lines.base.matching.setting.asOf)
    for number in codes.indices {
      var places: [Int] = []
      codes[number].withUnsafeBufferPointer { codes in
        var place = PairCode.next(below: limit, in: codes, from: 0)
        while place < codes.count {
          places.append(place)
          place = PairCode.next(below: limit, in: codes, from: place + 1)
        }
      }
      guard !places.isEmpty else { continue }
      // So many are dearer one by one.
      guard places.count * StandingStage.scanFrom < codes[number].count + StandingStage.few,
        compare(step, worker, number, places, &redone)
      else { return false }
    }
    return true
  }

  /// Kept pairs whose degrees fall from day to day; their texts stay what they are.
  private func compareFalling(_ step: Step, _ worker: Worker, _ redone: inout Redone) -> Bool {
    guard step.isNewDay else { return true }
    let falling = kept.filter { $0.declines && !redone.numbers.contains($0.line) }
    guard !falling.isEmpty else { return true }
    for number in codes.indices {
      let index = step.lines.segments[number].index
      let passage = index.passage(services)
      var texts: [(place: Int, text: Int64)] = []
      for score in falling {
        let place = step.lines.places[Int(score.line)]
        guard place.segment == number else { continue }
        let slot = index.slotOfLine[Int(place.ordinal)]
        let block = index.place(ofSlot: slot).block
        texts.append(
          (
            Int(passage.offsets[block]) + Int(slot - index.blocks[block].firstSlot),
            Int64(score.text)
          ))
      }
      guard !texts.isEmpty else { continue }
      texts.sort { $0.place < $1.place }
      guard compare(step, worker, number, texts.map(\.place), &redone, texts: texts.map(\.text))
      else { return false }
    }
    return true
  }

  /// Compares pairs by their places among the codes of a segment.
  ///
  /// - Parameters:
  ///   - places: ascending.
  ///   - texts: the degrees of their texts, where they are known.
  /// - Returns: false when the columns have not bits enough for the stage.
  private func compare(
    _ step: Step, _ worker: Worker, _ number: Int, _ places: some Collection<Int>,
    _ redone: inout Redone, texts: [Int64]? = nil
  ) -> Bool {
    let segment = step.lines.segments[number]
    guard let scanner = scanner(step, segment, worker) else { return false }
    let (index, passage, numbers) = (segment.index, scanner.passage, step.lines.numbers[number])
    // Lines are told apart by their numbers, which a scanner does not know.
    var bound = bound
    bound?.line = .max
    var next = 0
    for (order, place) in places.enumerated() {
      while next + 1 < passage.blocks.count,
        passage.offsets[Int(passage.blocks[next + 1])] <= place
      { next += 1 }
      let block = Int(passage.blocks[next])
      let inside = place - Int(passage.offsets[block])
      let slot = index.blocks.base[block].firstSlot + UInt32(inside)
      // A scan leaves a line that is gone as a conflict, with the day it would have had.
      if let gone = segment.gone, gone[Int(slot)] != 0 {
        codes[number][place] = PairCode.settled
        continue
      }
      let spot = Scanner.Spot(
        slot: slot, block: block, row: index.firstRow(inside, index.blocks.base[block]))
      let (score, code) = scanner.single(spot, bound: bound, text: texts?[order])
      ranks[PairCode.rank(codes[number][place])] -= 1
      ranks[PairCode.rank(code)] += 1
      codes[number][place] = code
      let line = numbers[Int(index.lineOf.base[Int(slot)])]
      redone.numbers.append(line)
      if var score {
        score.line = line
        redone.found.append(score)
      }
    }
    return true
  }

  private func scanner(_ step: Step, _ segment: Segment, _ worker: Worker) -> Scanner? {
    guard let home = ready(step), let plan = segment.plan(home) else { return nil }
    return Scanner(
      plan: plan, matching: segment.matching, isComplete: false, scratch: worker.scratch,
      gone: segment.gone)
  }

  /// The plan for the base, made when it is first needed.
  private func ready(_ step: Step) -> StagePlan? {
    if let plan { return plan }
    let base = step.lines.base.matching
    let resolved = resolve(base)
    startMoves = resolved.startMoves
    plan = StagePlan(resolved, base)
    return plan
  }

  private func resolve(_ base: Matching) -> ResolvedStage {
    guard let record = demand.read(), record.stages.indices.contains(number) else {
      preconditionFailure("a stored record is what was read before, and its checksum was compared")
    }
    return base.resolve(record, record.stages[number])
  }

  /// Puts pairs that were compared anew in their places.
  private func settle(_ redone: Redone, _ room: Int) {
    guard !redone.numbers.isEmpty else { return }
    let known = kept.map(\.line)
    let isKept = redone.numbers.contains { known.contains($0) }
    if isKept {
      let numbers = Set(redone.numbers)
      kept.removeAll { numbers.contains($0.line) }
    }
    for score in redone.found {
      // What stands behind the bound may stand behind lines that are not kept.
      if let bound, bound.precedes(score) { continue }
      var place = kept.count
      while place > 0, score.precedes(kept[place - 1]) { place -= 1 }
      kept.insert(score, at: place)
    }
    cut(to: room)
  }

  private func cut(to room: Int) {
    guard kept.count > room else { return }
    kept.removeLast(kept.count - room)
    bound = kept.last
  }

  // MARK: Scans

  /// Compares the stage with every line.
  private func scan(_ step: Step, _ worker: Worker) -> Done {
    isNew = false
    if startMoves { plan = nil }
    (kept, bound, ranks, codes) = ([], nil, SIMD4(repeating: 0), [])
    for (number, segment) in step.lines.segments.enumerated() {
      guard let scanner = scanner(step, segment, worker) else {
        refer(step)
        return Done(isScanned: true)
      }
      scan(scanner, segment, step.lines.numbers[number], step)
    }
    kept.sort { $0.precedes($1) }
    if kept.count >= step.room {
      kept.removeLast(kept.count - step.room)
      bound = kept.last
    }
    return Done(isScanned: true)
  }

  private func scan(_ scanner: Scanner, _ segment: Segment, _ numbers: [UInt32], _ step: Step) {
    var options = MatchOptions(asOf: step.lines.base.matching.asOf)
    options.top = step.room
    options.rows = .line
    var collector = Collector(
      segment.index, options: options, countsRemoved: false, notesBest: false)
    let slots = scanner.passage.slots
    codes.append(
      [UInt16](unsafeUninitializedCapacity: slots) { memory, count in
        scanner.scan(into: &collector, codes: memory.baseAddress)
        count = slots
      })
    ranks &+= collector.verdicts
    for var score in collector.ranked() {
      score.line = numbers[Int(score.line)]
      kept.append(score)
    }
  }

  /// A stage that asks more than the columns have bits for, line by line.
  private func refer(_ step: Step) {
    isBeyond = true
    (kept, bound, ranks, codes) = ([], nil, SIMD4(repeating: 0), [])
    let base = step.lines.base.matching
    let evaluator = Evaluator(corpus: base.corpus)
    let resolved = resolve(base)
    for number in 0..<UInt32(step.lines.count) {
      guard let line = step.lines.record(number) else { continue }
      let score = PairScore(evaluator.evaluate(resolved, line), line: number)
      ranks[Int(score.rank)] += 1
      if !score.isConflict { kept.append(score) }
    }
    kept.sort { $0.precedes($1) }
    kept = Array(kept.prefix(step.top))
  }
}

extension StandingStage {
  /// Lines by verdict among so many.
  func verdicts(of lines: Int) -> SIMD4<Int> {
    SIMD4(lines - ranks[1] - ranks[2] - ranks[3], ranks[1], ranks[2], ranks[3])
  }

  /// Takes over a base that holds the same lines as all segments did.
  ///
  /// - Parameter moved: by services, for each place among the new codes the segment and the place
  ///   where its code was.
  func rebase(_ moved: [(segment: Int, place: Int)]) {
    plan = nil
    guard !isBeyond, !isNew else { return }
    let old = codes
    codes = [moved.map { old[$0.segment][$0.place] }]
  }
}
