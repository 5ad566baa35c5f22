import Matcher
import MatcherIndex
import Synchronization

/// A catalogue that changes: a base and what changed since, with the lines that are there numbered
/// by their ids, ascending, as an index made anew would number them.
struct StandingLines: Sendable {
  /// Where a line is.
  struct Place: Sendable, BitwiseCopyable {
    let segment: Int32
    let ordinal: UInt32
  }

  /// Where a line stands among the blocks: one that went, or one that is moved.
  struct Spot: Sendable {
    let segment: Int
    let block: Int
    /// Its place among the block's slots.
    let place: Int
  }

  /// What a step did to the lines.
  final class Change: Sendable {
    let gone: [Spot]
    /// By old number: the new one; of a line that went how many stand before where it was.
    let numbers: [UInt32]
    /// By old number, whether it went.
    let isGone: [Bool]
    private let known = Mutex<[[Int]: [(segment: Int, place: Int)]]>([:])

    init(gone: [Spot], numbers: [UInt32], isGone: [Bool]) {
      self.gone = gone
      self.numbers = numbers
      self.isGone = isGone
    }

    /// The places of the lines that went among the codes of stages that ask some services.
    func places(_ services: [Int], _ lines: StandingLines) -> [(segment: Int, place: Int)] {
      if let known = known.withLock({ $0[services] }) { return known }
      let passages = lines.segments.map { $0.index.passage(services) }
      let places = gone.compactMap { spot -> (segment: Int, place: Int)? in
        let offset = Int(passages[spot.segment].offsets[spot.block])
        return offset < 0 ? nil : (spot.segment, offset + spot.place)
      }
      known.withLock { $0[services] = places }
      return places
    }
  }

  private(set) var segments: [Segment]
  /// By number.
  private(set) var places: [Place]
  /// By segment and ordinal: the number; meaningless for a line that went.
  private(set) var numbers: [[UInt32]]

  init(base: Segment) {
    segments = [base]
    let count = UInt32(base.index.count)
    places = (0..<count).map { Place(segment: 0, ordinal: $0) }
    numbers = [(0..<count).map { $0 }]
  }

  /// Lines that were stored with a run.
  ///
  /// - Precondition: The places are those of the segments' lines that are not gone, by id.
  init(_ segments: [Segment], _ places: [Place]) {
    self.segments = segments
    self.places = places
    numbers = []
    numberAll()
  }

  var base: Segment { segments[0] }

  var count: Int { places.count }

  /// The lines of all segments but the base, those that went since included.
  var changed: Int { segments.dropFirst().reduce(0) { $0 + $1.index.count } }

  func id(_ number: UInt32) -> String {
    let place = places[Int(number)]
    return segments[Int(place.segment)].index.id(place.ordinal)
  }

  func record(_ number: UInt32) -> ResolvedLine? {
    let place = places[Int(number)]
    return segments[Int(place.segment)].records(place.ordinal)
  }

  /// The number of a line; nil for an id that no line has. O(log *n*).
  func number(_ id: String) -> UInt32? {
    let number = lowerBound(id)
    return Int(number) < count && self.id(number) == id ? number : nil
  }

  func platform(of number: UInt32) -> String {
    let place = places[Int(number)]
    return segments[Int(place.segment)].index.platform(of: place.ordinal)
  }

  /// The same lines on another day.
  mutating func move(to asOf: CivilDate) {
    let base = Matching(segments[0].matching, asOf: asOf)
    for place in segments.indices { segments[place].move(to: base) }
  }

  /// Takes lines out and others in; the same id and a platform that is given whole take out what was
  /// there.
  ///
  /// - Complexity: O(lines + changed lines · log lines).
  mutating func change(
    fresh: [ResolvedLine], withdrawn: Set<String>, platforms: Set<String>
  ) -> Change? {
    var seen: Set<String> = []
    let fresh = fresh.filter { seen.insert($0.line.id).inserted }
    let isGone = goes(withdrawn.union(seen), platforms)
    guard !fresh.isEmpty || isGone.contains(true) else { return nil }
    let gone = leave(isGone)
    var arriving: [UInt32] = []
    if !fresh.isEmpty {
      let segment = Segment(fresh, base: base.matching)
      segments.append(segment)
      arriving = (0..<UInt32(segment.index.count)).map { lowerBound(segment.index.id($0)) }
    }
    return Change(gone: gone, numbers: renumber(arriving, isGone), isGone: isGone)
  }

  /// By number, whether a line goes.
  private func goes(_ ids: Set<String>, _ platforms: Set<String>) -> [Bool] {
    var goes = [Bool](repeating: false, count: places.count)
    for id in ids {
      let place = Int(lowerBound(id))
      if place < places.count, self.id(UInt32(place)) == id { goes[place] = true }
    }
    guard !platforms.isEmpty else { return goes }
    let wanted = segments.map { segment in
      (0..<UInt32(segment.index.platformIDs.count)).map {
        platforms.contains(segment.index.platformIDs[$0])
      }
    }
    for (number, place) in places.enumerated() {
      let index = segments[Int(place.segment)].index
      if wanted[Int(place.segment)][Int(index.platformOf[Int(place.ordinal)])] {
        goes[number] = true
      }
    }
    return goes
  }

  /// How many lines have a smaller id.
  private func lowerBound(_ id: String) -> UInt32 {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if self.id(UInt32(middle)) < id { low = middle + 1 } else { high = middle }
    }
    return UInt32(low)
  }

  private mutating func leave(_ isGone: [Bool]) -> [Spot] {
    var gone: [Spot] = []
    var slots = [[UInt32]](repeating: [], count: segments.count)
    for (number, isGone) in isGone.enumerated() where isGone {
      let place = places[number]
      let index = segments[Int(place.segment)].index
      let slot = index.slotOfLine[Int(place.ordinal)]
      slots[Int(place.segment)].append(slot)
      let block = index.place(ofSlot: slot).block
      gone.append(
        Spot(
          segment: Int(place.segment), block: block,
          place: Int(slot - index.blocks[block].firstSlot)))
    }
    for place in segments.indices { segments[place].remove(slots[place]) }
    return gone
  }

  /// - Parameter arriving: by ordinal in the last segment, the old number that it stands before.
  private mutating func renumber(_ arriving: [UInt32], _ isGone: [Bool]) -> [UInt32] {
    let old = places
    var numbers: [UInt32] = []
    places = []
    places.reserveCapacity(old.count + arriving.count)
    numbers.reserveCapacity(old.count)
    var next = 0
    func arrive(_ places: inout [Place], before number: Int) {
      while next < arriving.count, arriving[next] <= number {
        places.append(
          Place(
            segment: Int32(truncatingIfNeeded: segments.count - 1), ordinal: UInt32(next)))
        next += 1
      }
    }
    for (number, place) in old.enumerated() {
      // A line that takes the place of one with its id has that one's number.
      let isGone = isGone[number]
      if !isGone { arrive(&places, before: number) }
      numbers.append(UInt32(places.count))
      if isGone { arrive(&places, before: number) } else { places.append(place) }
    }
    arrive(&places, before: old.count)
    numberAll()
    return numbers
  }

  private mutating func numberAll() {
    numbers = segments.map { [UInt32](repeating: 0, count: $0.index.count) }
    for (number, place) in places.enumerated() {
      numbers[Int(place.segment)][Int(place.ordinal)] = UInt32(number)
    }
  }
}
