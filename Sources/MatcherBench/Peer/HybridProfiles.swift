import Foundation
import MatcherIndex

/// The profiles' flat attributes as sets, ordered values and points.
struct HybridProfiles: Sendable {
  let count: Int
  let concepts: SetIndex
  private let regions: SetIndex
  private let certificates: SetIndex
  private let intervals: [IntervalIndex]
  private let price: OrderedIndex
  private let available: OrderedIndex
  private let latitude: OrderedIndex
  private let longitude: OrderedIndex
  private let points: PointColumn

  private static let attributeCount = 48

  init(data: String, workers: Workers) throws {
    let rows = try ProfileRows("\(data)/profiles.tsv")
    count = rows.count
    regions = SetIndex(rows.regions, documentCount: count, valueCount: 12)
    certificates = SetIndex(rows.certificates, documentCount: count, valueCount: 20)
    concepts = SetIndex(rows.concepts, documentCount: count, valueCount: 600)
    let count = rows.count
    intervals = rows.intervals.map { IntervalIndex($0, documentCount: count) }
    price = OrderedIndex(rows.prices, documentCount: count)
    available = OrderedIndex(rows.available, documentCount: count)
    let numbered = rows.points.enumerated()
    latitude = OrderedIndex(
      numbered.map { (UInt32($0.offset), $0.element.latitude) }, documentCount: count)
    longitude = OrderedIndex(
      numbered.map { (UInt32($0.offset), $0.element.longitude) }, documentCount: count)
    points = PointColumn(rows.points)
  }

  var byteCount: Int {
    regions.byteCount + certificates.byteCount + concepts.byteCount + price.byteCount
      + available.byteCount + latitude.byteCount + longitude.byteCount + points.byteCount
      + intervals.reduce(0) { $0 + $1.byteCount }
  }

  /// Leaves in a set the profiles that pass a demand's hard filters.
  func keep(_ demand: HybridDemand, in set: BitmapBuffer) {
    if demand.regions.isEmpty {
      set.insertAll()
    } else {
      set.removeAll()
      for region in demand.regions { regions.insert(region, into: set) }
    }
    for number in demand.numbers where number.isHard { keep(number, in: set) }
    for certificate in demand.certificates { certificates.keep(certificate, in: set) }
    price.keep(atMost: demand.budget, in: set)
    available.keep(atMost: demand.deadline, in: set)
    guard let near = demand.near else { return }
    // A box first: a degree of latitude is at least 110.5 km, one of longitude so times the cosine.
    let height = near.kilometers / 110.5
    latitude.keep(atLeast: near.latitude - height, in: set)
    latitude.keep(atMost: near.latitude + height, in: set)
    let widest = min(85, abs(near.latitude) + height) * .pi / 180
    let width = near.kilometers / (110.5 * cos(widest))
    longitude.keep(atLeast: near.longitude - width, in: set)
    longitude.keep(atMost: near.longitude + width, in: set)
    points.keep(
      within: near.kilometers, ofLatitude: near.latitude, longitude: near.longitude, in: set)
  }

  func keep(_ number: HybridDemand.Number, in set: BitmapBuffer) {
    guard intervals.indices.contains(number.attribute) else { return set.removeAll() }
    intervals[number.attribute].keep(from: number.lowerAtMost, to: number.upperAtLeast, in: set)
  }
}

/// The columns of `profiles.tsv`, read once.
private struct ProfileRows {
  var count = 0
  var regions: [(document: UInt32, value: UInt32)] = []
  var certificates: [(document: UInt32, value: UInt32)] = []
  var concepts: [(document: UInt32, value: UInt32)] = []
  var prices: [(document: UInt32, value: Double)] = []
  var available: [(document: UInt32, value: Double)] = []
  var points: [(latitude: Double, longitude: Double)] = []
  var intervals = [[(document: UInt32, lower: Double, upper: Double)]](repeating: [], count: 48)

  init(_ path: String) throws {
    let file = try TokenFile(path)
    var start = 0
    while start < file.bytes.count {
      var end = start
      while end < file.bytes.count, file.bytes[end] != 10 { end += 1 }
      add(UnsafeBufferPointer(rebasing: file.bytes[start..<end]))
      start = end + 1
    }
  }

  /// id, sub-field, city, region, latitude, longitude, price, capacity, available, certificates,
  /// concepts, specs.
  private mutating func add(_ line: UnsafeBufferPointer<UInt8>) {
    var reader = FieldReader(line)
    let document = UInt32(count)
    count += 1
    for _ in 0..<3 { _ = reader.number() }
    regions.append((document, UInt32(reader.number())))
    points.append((reader.number(), reader.number()))
    prices.append((document, reader.number()))
    _ = reader.number()
    available.append((document, reader.number()))
    reader.list { certificates.append((document, UInt32($0))) }
    reader.list { concepts.append((document, UInt32($0))) }
    while !reader.isAtEnd {
      let (attribute, lower, upper) = (Int(reader.number()), reader.number(), reader.number())
      if intervals.indices.contains(attribute) {
        intervals[attribute].append((document, lower, upper))
      }
    }
  }
}

/// Numbers one after the other, whatever sign stands between them.
private struct FieldReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  var isAtEnd: Bool {
    place >= bytes.count
  }

  /// The next number; the sign behind it is passed. Decimals as `strtod` reads them.
  mutating func number() -> Double {
    let start = place
    while place < bytes.count, ![9, 44, 58, 59].contains(bytes[place]) { place += 1 }
    let text = UnsafeBufferPointer(rebasing: bytes[start..<place])
    place += 1
    return Double(String(decoding: text, as: UTF8.self)) ?? 0
  }

  /// Numbers with commas up to the next tab.
  mutating func list(_ body: (Double) -> Void) {
    while place < bytes.count, bytes[place] != 9 {
      body(number())
      if place > 0, bytes[place - 1] == 9 { return }
    }
    place += 1
  }
}
