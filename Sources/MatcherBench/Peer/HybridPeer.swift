import Foundation
import MatcherIndex

/// The ten best profiles by text and wishes among those that pass the hard filters.
///
/// The benchmark's score: BM25, 2 for each required concept, 1 for each preferred one and for each
/// soft number that is satisfied. Its filters: region or distance, certificates, the hard number,
/// price, date.
final class HybridPeer: PeerEngine {
  let note = "hard filters as bitmaps (sets, ordered rungs, chords), then exact top 10 of the rest"
  private let text: TextSide
  private let profiles: HybridProfiles
  private let demands: [HybridDemand]

  init(data: String, workers: Workers) throws {
    text = try TextSide(data: data, workers: workers)
    profiles = try HybridProfiles(data: data, workers: workers)
    demands = try HybridDemand.all("\(data)/demands.tsv")
    guard demands.count == text.queries.count else { throw PeerError.unreadable("demands.tsv") }
  }

  var queryCount: Int {
    demands.count
  }

  var byteCount: Int {
    text.index.byteCount + profiles.byteCount
  }

  func best(_ query: Int, scratch: PeerScratch) -> [Hit] {
    let demand = demands[query]
    let set = scratch.buffer(0, limit: profiles.count)
    profiles.keep(demand, in: set)
    guard set.count > 0 else { return [] }
    return text.index.top(
      10, text.queries[query], among: set, adding: boosts(demand, scratch),
      scratch: scratch.postings)
  }

  private func boosts(_ demand: HybridDemand, _ scratch: PeerScratch) -> [Boost] {
    var boosts: [Boost] = []
    for (concept, weight) in demand.concepts {
      if let bitmap = profiles.concepts.bitmap(concept) {
        boosts.append(Boost(bitmap, weight: weight))
      } else {
        let set = scratch.buffer(1 + boosts.count, limit: profiles.count)
        set.removeAll()
        profiles.concepts.insert(concept, into: set)
        boosts.append(Boost(set.bitmap, weight: weight))
      }
    }
    for number in demand.numbers where !number.isHard {
      let set = scratch.buffer(1 + boosts.count, limit: profiles.count)
      set.insertAll()
      profiles.keep(number, in: set)
      boosts.append(Boost(set.bitmap, weight: 1))
    }
    return boosts
  }
}

/// A demand's numbers, places, certificates, money and date.
struct HybridDemand: Sendable {
  struct Number {
    let attribute: Int
    /// The lower end must be at most this, the upper one at least that; nil asks nothing.
    let lowerAtMost: Double?
    let upperAtLeast: Double?
    let isHard: Bool
  }

  let concepts: [(Int, Double)]
  let numbers: [Number]
  let regions: [Int]
  let near: (kilometers: Double, latitude: Double, longitude: Double)?
  let certificates: [Int]
  let budget: Double
  let deadline: Double

  static func all(_ path: String) throws -> [HybridDemand] {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw PeerError.unreadable(path)
    }
    return text.split(separator: "\n").compactMap { HybridDemand(String($0)) }
  }

  private init?(_ line: String) {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count >= 12, let budget = Double(fields[10]), let deadline = Double(fields[11])
    else { return nil }
    concepts =
      Self.integers(fields[2]).map { ($0, 2) } + Self.integers(fields[3]).map { ($0, 1) }
    numbers = fields[4].split(separator: ";").compactMap(Self.number)
    regions = Self.integers(fields[5])
    if let kilometers = Double(fields[6]), let latitude = Double(fields[7]),
      let longitude = Double(fields[8])
    {
      near = (kilometers, latitude, longitude)
    } else {
      near = nil
    }
    certificates = Self.integers(fields[9])
    (self.budget, self.deadline) = (budget, deadline)
  }

  private static func integers(_ field: String) -> [Int] {
    field.split(separator: ",").compactMap { Int($0) }
  }

  /// `ge`: the upper end reaches; `le`: the lower end begins early enough; `range`: both cover.
  private static func number(_ text: Substring) -> Number? {
    let parts = text.split(separator: ":")
    guard parts.count == 5, let attribute = Int(parts[0]) else { return nil }
    let (low, high) = (Double(parts[2]), Double(parts[3]))
    let isHard = parts[4] == "1"
    switch parts[1] {
    case "ge":
      return Number(attribute: attribute, lowerAtMost: nil, upperAtLeast: low, isHard: isHard)
    case "le":
      return Number(attribute: attribute, lowerAtMost: high, upperAtLeast: nil, isHard: isHard)
    default:
      return Number(attribute: attribute, lowerAtMost: low, upperAtLeast: high, isHard: isHard)
    }
  }
}
