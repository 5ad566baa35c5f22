import Foundation
import Matcher
import MatcherTestSupport
import Testing

// Proves, for every phrase of Corpus/cases/quantities:
// 1. its quantities, in order: bounds, inclusion, unit, nearness, basis, form, negation
// 2. whether a question is asked; its first reading is what was taken
@Suite("Quantities, phrase by phrase")
struct QuantityCasesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let id: String
    let text: String
    let expect: [JSONValue]
    let isAmbiguous: Bool

    var testDescription: String { "\(id) \(text)" }
  }

  static let all: [Case] = {
    let url = CorpusFiles.root.appendingPathComponent("cases/quantities/synthetic.jsonl")
    guard let bytes = try? Data(contentsOf: url) else { return [] }
    return bytes.split(separator: 10).compactMap { line in
      guard let object = try? JSONParser.parse([UInt8](line)).object,
        let text = object["text"]?.string
      else { return nil }
      return Case(
        id: object["id"]?.string ?? "", text: text, expect: object["expect"]?.array ?? [],
        isAmbiguous: object["ambiguous"]?.bool ?? false)
    }
  }()

  static let reader = QuantityReader(corpus: TestCorpus.shared)

  @Test("the cases are there")
  func casesAreThere() {
    #expect(Self.all.count >= 150)
    #expect(Set(Self.all.map(\.text)).count == Self.all.count)
  }

  @Test("a phrase reads as the case says", arguments: all)
  func reads(_ row: Case) {
    let reading = Self.reader.read(row.text, asOf: CivilDate(dayNumber: 20_778))
    let got = reading.quantities.map { QuantityRecord.entry($0) }
    #expect(got.map { plain($0) } == row.expect.map { plain($0) }, "\(row.text)")
    #expect(reading.isFlagged == row.isAmbiguous, "\(row.text)")
    for doubt in reading.doubts { #expect(doubt.readings.count >= 2) }
  }

  /// What a case states of an entry; numbers within 1e-9.
  private func plain(_ entry: JSONValue) -> [String] {
    let names = [
      "low", "high", "low_inclusive", "high_inclusive", "set", "unit", "approx", "basis", "form",
      "negated", "ordinal", "date_low", "date_high",
    ]
    return names.compactMap { name in
      guard let value = entry.object?[name], value != .null, value != .bool(false) else {
        return nil
      }
      return "\(name) \(shown(value))"
    }
  }

  private func shown(_ value: JSONValue) -> String {
    switch value {
    case .number(let number, _): String(format: "%.9g", number)
    case .array(let values): values.map { shown($0) }.joined(separator: " ")
    case .object(let object):
      object.members.map { "\($0.name)=\(shown($0.value))" }.sorted().joined(separator: " ")
    default: value.string ?? "\(value)"
    }
  }
}
