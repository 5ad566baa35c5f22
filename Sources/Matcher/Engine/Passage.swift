import MatcherIndex
import Synchronization

/// Which blocks of an index some asked services do not rule out, and how the services of each stand
/// to them. Depends on services alone, so stages that ask the same ones share it.
final class Passage: Sendable {
  /// How a block's services stand to the asked ones.
  struct Standing: BitwiseCopyable {
    /// A place in `ServiceRelations.all`.
    let relation: UInt8
    let kind: Kind
  }

  enum Kind: UInt8, BitwiseCopyable {
    /// Lines that state no service.
    case unstated
    /// Lines that are nothing but prose.
    case read
    case none
    /// Stated only broadly.
    case broad
    case related
    case met
  }

  /// By block.
  let standings: [Standing]
  /// The numbers of the blocks that are not ruled out, ascending.
  let blocks: [Int32]
  /// The same, those whose services meet what is asked first.
  let order: [Int32]
  /// By block: how many slots of such blocks stand before it; −1 for one that is ruled out.
  let offsets: [Int32]
  /// The slots and the rows of the blocks that are not ruled out.
  let slots: Int
  let rows: Int

  /// - Parameter services: ordinals; none asks for nothing.
  init(_ services: [Int], _ index: LineIndex) {
    var standings: [Standing] = []
    var blocks: [Int32] = []
    var offsets: [Int32] = []
    var (slots, rows) = (0, 0)
    for (number, block) in index.blocks.buffer.enumerated() {
      let standing = Passage.standing(block, services, index)
      standings.append(standing)
      guard services.isEmpty || standing.kind != .none else {
        offsets.append(-1)
        continue
      }
      offsets.append(Int32(truncatingIfNeeded: slots))
      blocks.append(Int32(truncatingIfNeeded: number))
      slots += Int(block.slots)
      rows += Int(block.rows)
    }
    self.standings = standings
    self.blocks = blocks
    order =
      blocks.filter { standings[Int($0)].kind == .met }
      + blocks.filter { standings[Int($0)].kind != .met }
    self.offsets = offsets
    self.slots = slots
    self.rows = rows
  }

  /// As `ServiceCriterion`.
  private static func standing(
    _ block: LineIndex.Block, _ services: [Int], _ index: LineIndex
  ) -> Standing {
    var relation: UInt8 = 0
    var isBroad = false
    var isStated = false
    if block.service != 0 {
      var reader = index.services.table.reader(block.service)
      let head = reader.word()
      let (own, broad) = (Int(head & 0xFFFF_FFFF), Int(head >> 32))
      isStated = own + broad > 0
      relation = closest(services, reader.next, own, index)
      if relation < 2 {
        let wider = closest(services, reader.next + own, broad, index)
        if wider > relation { (relation, isBroad) = (wider, true) }
      }
    }
    let kind: Kind
    if !isStated {
      kind = .unstated
    } else if block.flags & UInt32(LineIndex.prose) != 0 {
      kind = .read
    } else if relation == 0 {
      kind = .none
    } else if isBroad {
      kind = .broad
    } else {
      kind = relation <= 2 ? .related : .met
    }
    return Standing(relation: relation, kind: kind)
  }

  /// The closest relation of some offered services to any asked one.
  private static func closest(
    _ services: [Int], _ offered: UnsafePointer<UInt64>, _ count: Int, _ index: LineIndex
  ) -> UInt8 {
    var best: UInt8 = 0
    for asked in services {
      let row = asked * index.serviceCount
      for place in 0..<count {
        best = max(best, index.relation[row + Int(offered[place])])
      }
    }
    return best
  }
}

/// The passages of an index, made when first asked for. Any thread may use it.
final class Passages: Sendable {
  private let known = Mutex<[[Int]: Passage]>([:])

  /// Different sets of asked services that are kept.
  private static let most = 4096

  func passage(_ services: [Int], _ index: LineIndex) -> Passage {
    if let known = known.withLock({ $0[services] }) { return known }
    let made = Passage(services, index)
    known.withLock {
      if $0.count >= Passages.most { $0.removeAll() }
      $0[services] = made
    }
    return made
  }
}
