import Matcher

/// Units and currencies of an index with what they are worth on the as-of date.
struct Money: Sendable {
  /// By number from 0; nil for one that the corpus no longer has.
  let units: [Units.Unit?]
  let currencies: [String]
  /// CNY for one, by currency; NaN without a rate, and for CNY itself, which `isCNY` marks.
  let rates: [Double]
  let isCNY: [Bool]

  init(_ index: LineIndex, corpus: Corpus, asOf: CivilDate) {
    let all = corpus.registry.units
    units = (0..<UInt32(index.units.count)).map { number in
      let parts = index.units[number].split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      return all.unit(String(parts[1]), of: String(parts[0]))
    }
    currencies = (0..<UInt32(index.currencies.count)).map { index.currencies[$0] }
    isCNY = currencies.map { $0 == "CNY" }
    rates = currencies.map { corpus.policy.rate(of: $0, on: asOf) ?? .nan }
  }

  /// As `Policy.cny`; nil without a rate.
  @inline(__always)
  func cny(_ amount: Double, _ currency: Int) -> Double? {
    if isCNY[currency] { return amount }
    let rate = rates[currency]
    return rate.isNaN ? nil : Elementary.rounded(amount * rate * 100) / 100
  }
}
