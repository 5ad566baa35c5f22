/// Money in its short form: `32000..45000 CNY / 片 tax included`, `60 万元`.
package enum MoneyClause {
  private static let units: [String: (factor: Double, currency: String)] = [
    "": (1, "CNY"), "元": (1, "CNY"), "人民币": (1, "CNY"), "cny": (1, "CNY"), "rmb": (1, "CNY"),
    "万": (10_000, "CNY"), "萬": (10_000, "CNY"), "万元": (10_000, "CNY"), "萬元": (10_000, "CNY"),
    "万人民币": (10_000, "CNY"), "亿元": (100_000_000, "CNY"), "億元": (100_000_000, "CNY"),
    "hkd": (1, "HKD"), "港元": (1, "HKD"), "万港元": (10_000, "HKD"), "萬港元": (10_000, "HKD"),
    "usd": (1, "USD"), "美元": (1, "USD"), "万美元": (10_000, "USD"), "萬美元": (10_000, "USD"),
    "mop": (1, "MOP"), "澳门元": (1, "MOP"),
  ]

  private static let taxes = [
    ("tax excluded", "excluded"), ("tax included", "included"), ("不含税", "excluded"),
    ("不含稅", "excluded"), ("未税", "excluded"), ("含税", "included"), ("含稅", "included"),
  ]

  private struct Amount {
    var low: Double
    var high: Double
    var currency: String
    var per: String
    var tax: String?
  }

  /// The `price` of a line.
  static func price(_ text: String) throws(ClaimProblem) -> JSONValue {
    guard let amount = amount(text) else {
      throw ClaimProblem(
        got: RecordIssue.quoted(text),
        expected: "a price such as 32000..45000 CNY / 片, or 8 万元 / total")
    }
    var object = JSONObject([("min", .number(amount.low))])
    if amount.high > amount.low { object["max"] = .number(amount.high) }
    object["currency"] = .string(amount.currency)
    object["per"] = .string(amount.per.isEmpty ? "total" : amount.per)
    if let tax = amount.tax { object["tax"] = .string(tax) }
    return .object(object)
  }

  /// The `budget` of a demand.
  static func budget(_ text: String) throws(ClaimProblem) -> JSONValue {
    guard let amount = amount(text) else {
      throw ClaimProblem(got: RecordIssue.quoted(text), expected: "an amount such as 60 万元")
    }
    var object = JSONObject([("max", .number(amount.high))])
    object["currency"] = .string(amount.currency)
    let isTotal = ["", "total", "总价", "總價"].contains(amount.per)
    object["basis"] = .string(isTotal ? "total" : "unit")
    if !isTotal { object["unit"] = .string(amount.per) }
    return .object(object)
  }

  /// A sum in yuan without a range, as contracts state it: `1,200,000`, `120 万元`; nil for anything
  /// else, for fractions of a yuan and for what does not fit.
  package static func yuan(_ text: String) -> Int64? {
    guard let amount = amount(text), amount.low == amount.high, amount.currency == "CNY",
      amount.per.isEmpty, amount.tax == nil, amount.low >= 0, amount.low < 1e15
    else { return nil }
    let rounded = amount.low.rounded()
    guard (rounded - amount.low).magnitude < 1e-6 else { return nil }
    return Int64(exactly: rounded)
  }

  private static func amount(_ text: String) -> Amount? {
    var text = trimmed(text)
    var tax: String?
    for (words, meaning) in taxes {
      guard let place = text.range(of: words, after: text.startIndex) else { continue }
      text.removeSubrange(place)
      tax = meaning
      break
    }
    let sides = text.split(separator: "/", maxSplits: 1).map { trimmed($0) }
    guard let money = sides.first else { return nil }
    var ends = [money]
    for mark in ["..", "…", "~", "～", "至", "到", "—", "–"] {
      guard let place = money.range(of: mark, after: money.startIndex) else { continue }
      ends = [trimmed(money[..<place.lowerBound]), trimmed(money[place.upperBound...])]
      break
    }
    let parts = ends.compactMap { MeasureReader.parts(of: $0) }
    guard parts.count == ends.count, let last = parts.last,
      let unit = units[last.1.lowercased().filter { !$0.isWhitespace }],
      let first = units[parts[0].1.lowercased().filter { !$0.isWhitespace }]
    else { return nil }
    let lowFactor = parts[0].1.isEmpty ? unit.factor : first.factor
    let amount = Amount(
      low: parts[0].0 * lowFactor, high: last.0 * unit.factor, currency: unit.currency,
      per: sides.count > 1 ? sides[1] : "", tax: tax)
    return amount.low.isFinite && amount.low >= 0 && amount.high >= amount.low ? amount : nil
  }
}
