import Foundation
import Matcher

/// Mutated phrases into the quantity reader: no trap, no hang, spans inside the text and in order,
/// the same reading twice.
///
/// Full scale: 10,000,000 inputs. A trap ends the process, so that the result line is missing.
struct QuantitySoak {
  private let options: BenchOptions
  private let reader: QuantityReader
  private let seeds: [[UInt8]]

  init(_ options: BenchOptions) {
    self.options = options
    let corpus = Corpus(.folder(options.corpus))
    reader = QuantityReader(corpus: corpus)
    seeds = Workload.phrases(options.corpus).map { Array($0.utf8) }
  }

  func run() -> String {
    let count = max(1, Int(10_000_000 * options.scale))
    var generator = SeededGenerator(seed: options.seed)
    let asOf = CivilDate(dayNumber: 20_778)
    var quantities = 0
    var doubts = 0
    let clock = ContinuousClock()
    var slowest = Duration.zero
    for round in 0..<count {
      let text = mutated(&generator)
      var reading = QuantityReading()
      slowest = max(slowest, clock.measure { reading = reader.read(text, asOf: asOf) })
      check(reading, text)
      if round % 16 == 0 {
        precondition(reader.read(text, asOf: asOf) == reading, "two readings of one text differ")
      }
      quantities += reading.quantities.count
      doubts += reading.doubts.count
    }
    precondition(slowest < .seconds(5), "a phrase took \(slowest)")
    return
      "soak quantity: \(count) inputs, seed \(options.seed), \(quantities) quantities, "
      + "\(doubts) doubts, no trap"
  }

  private func check(_ reading: QuantityReading, _ text: String) {
    let size = text.utf8.count
    var end = 0
    for quantity in reading.quantities {
      precondition(quantity.span.lowerBound >= end, "spans overlap")
      precondition(quantity.span.upperBound <= size, "a span leaves the text")
      end = quantity.span.upperBound
    }
    for doubt in reading.doubts {
      precondition(doubt.span.upperBound <= size, "a doubt leaves the text")
    }
  }

  /// One or two phrases with a few bytes or pieces changed; invalid bytes become U+FFFD.
  private func mutated(_ generator: inout SeededGenerator) -> String {
    guard var bytes = seeds.randomElement(using: &generator) else { return "" }
    if Int.random(in: 0..<4, using: &generator) == 0,
      let other = seeds.randomElement(using: &generator)
    {
      bytes += other
    }
    for _ in 0..<Int.random(in: 0...4, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<7, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(contentsOf: [UInt8]("9e999".utf8), at: place)
      case 3: bytes[place] = Array("-~/.,x^()±0".utf8).randomElement(using: &generator) ?? 0
      case 4: bytes.removeSubrange(place..<min(bytes.count, place + 7))
      case 5:
        let piece = Array(Self.pieces.randomElement(using: &generator)?.utf8 ?? "".utf8)
        bytes.insert(contentsOf: piece, at: place)
      default:
        let end = min(bytes.count, place + 12)
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let pieces = [
    "万", "亿", "十", "百分之", "兆", "几", "年", "月底", "±", "×10^", "以上", "～", "、", "至", "Q", "℃", "ISO ",
    "每",
    "/", "/(", "：", "（", "）", "不", "一", "半", "２", "⁻⁶", "9999999999999999999999", "2027", "-", "--",
    "and ", "per ",
  ]
}
