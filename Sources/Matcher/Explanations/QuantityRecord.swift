/// The contract of `matchctl quantity`: the JSON of a reading, and how it is said to people.
public struct QuantityRecord {
  private let corpus: Corpus
  private let language: Language

  public init(corpus: Corpus, language: Language) {
    self.corpus = corpus
    self.language = language
  }

  /// `{"id"?, "text", "quantities", "flagged", "doubts"?}`; spans are UTF-8 offsets.
  public func json(_ reading: QuantityReading, text: String, id: JSONValue?) -> JSONValue {
    var object = JSONObject()
    if let id { object["id"] = id }
    object["text"] = .string(text)
    object["quantities"] = .array(reading.quantities.map { QuantityRecord.entry($0) })
    object["flagged"] = .bool(reading.isFlagged)
    if reading.isFlagged {
      object["doubts"] = .array(reading.doubts.map { doubt($0, in: text) })
    }
    return .object(object)
  }

  private func doubt(_ doubt: QuantityDoubt, in text: String) -> JSONValue {
    .object(
      JSONObject([
        ("code", .string(doubt.code)), ("sentence", .string(sentence(doubt, in: text))),
        ("span", QuantityRecord.span(doubt.span)),
        (
          "readings",
          .array(doubt.readings.map { .array($0.map { QuantityRecord.entry($0) }) })
        ),
      ]))
  }

  /// One entry as `cases/quantities` writes it, with unit as written and span.
  public static func entry(_ quantity: WrittenQuantity) -> JSONValue {
    var object = JSONObject()
    switch quantity.value {
    case .interval(let interval):
      append(interval.low, interval.high, interval.includesLow, interval.includesHigh, &object)
    case .set(let members):
      append(nil, nil, false, false, &object)
      object["set"] = .array(members.map { .number($0) })
    case .rank(let rank): object["ordinal"] = ordinal(rank)
    case .days(let from, let to):
      object["date_low"] = from.map { .string($0.description) } ?? .null
      object["date_high"] = to.map { .string($0.description) } ?? .null
    }
    switch quantity.value {
    case .interval, .set:
      object["unit"] = .string(quantity.unit)
      object["approx"] = .bool(quantity.isApproximate)
      object["basis"] = quantity.basis.map { .string($0.rawValue) } ?? .null
    default: break
    }
    object["attribute"] = .null
    if let form = quantity.form { object["form"] = .string(form.rawValue) }
    if let role = quantity.role { object["role"] = .string(role.rawValue) }
    if quantity.isNegated { object["negated"] = .bool(true) }
    if let tax = quantity.tax { object["tax"] = .string(tax.rawValue) }
    if let gas = quantity.gasCondition { object["gas_condition"] = .string(gas.rawValue) }
    if !quantity.unitText.isEmpty { object["unit_text"] = .string(quantity.unitText) }
    object["span"] = span(quantity.span)
    return .object(object)
  }

  private static func append(
    _ low: Double?, _ high: Double?, _ includesLow: Bool, _ includesHigh: Bool,
    _ object: inout JSONObject
  ) {
    object["low"] = low.map { .number($0) } ?? .null
    object["high"] = high.map { .number($0) } ?? .null
    object["low_inclusive"] = .bool(includesLow)
    object["high_inclusive"] = .bool(includesHigh)
  }

  private static func ordinal(_ rank: WrittenQuantity.Rank) -> JSONValue {
    var object = JSONObject([
      ("class", .string(rank.classes.first ?? "")), ("op", .string(rank.comparison.rawValue)),
    ])
    if rank.comparison == .range, let last = rank.classes.last {
      object["class_to"] = .string(last)
    }
    if rank.comparison == .set { object["classes"] = .array(rank.classes.map { .string($0) }) }
    return .object(object)
  }

  private static func span(_ span: Range<Int>) -> JSONValue {
    .array([.integer(span.lowerBound), .integer(span.upperBound)])
  }

  // MARK: words

  /// What is unclear, as a sentence in the language.
  public func sentence(_ doubt: QuantityDoubt, in text: String) -> String {
    let bytes = Array(text.utf8)
    let low = min(max(0, doubt.span.lowerBound), bytes.count)
    let high = min(max(low, doubt.span.upperBound), bytes.count)
    let readings = doubt.readings.map { reading in
      reading.isEmpty
        ? corpus.texts.text("quantity.nothing", language)
        : reading.map { words($0) }.joined(separator: "; ")
    }
    let or = " " + corpus.texts.text("quantity.or", language) + " "
    return corpus.texts.text(
      doubt.code, language,
      [
        "written": String(decoding: bytes[low..<high], as: UTF8.self),
        "readings": readings.joined(separator: or),
      ])
  }

  /// One quantity in words: `≥ 80 %`, `ISO 5`, `2027-03-01 … 2027-03-31`.
  public func words(_ quantity: WrittenQuantity) -> String {
    let core = value(quantity)
    let near = quantity.isApproximate ? corpus.texts.text("quantity.about", language) + " " : ""
    let basis = quantity.basis.map {
      " (" + corpus.texts.text("quantity.\($0.rawValue)", language) + ")"
    }
    let text = near + core + (basis ?? "")
    guard quantity.isNegated else { return text }
    return corpus.texts.text("quantity.negated", language, ["value": text])
  }

  private func value(_ quantity: WrittenQuantity) -> String {
    switch quantity.value {
    case .interval(let interval): return amount(interval, unit(quantity.unit))
    case .set(let members):
      return members.map { NumberText.plain($0, digits: 10) }.joined(separator: " / ")
        + unit(quantity.unit)
    case .rank(let rank): return words(rank)
    case .days(let from, let to):
      if from == to, let from { return from.description }
      return "\(from?.description ?? "") … \(to?.description ?? "")"
    }
  }

  private func amount(_ interval: WrittenQuantity.Interval, _ unit: String) -> String {
    func shown(_ value: Double) -> String { QuantityRecord.shown(value) }
    switch (interval.low, interval.high) {
    case (let low?, let high?):
      if low == high { return shown(low) + unit }
      if low == -high { return "±" + shown(high) + unit }
      return shown(low) + " … " + shown(high) + unit
    case (let low?, nil): return (interval.includesLow ? "≥ " : "> ") + shown(low) + unit
    case (nil, let high?): return (interval.includesHigh ? "≤ " : "< ") + shown(high) + unit
    default: return unit
    }
  }

  private static func shown(_ value: Double) -> String {
    let size = value.magnitude
    if size > 0, size < 1e-4 || size >= 1e15 { return JSONValue.text(of: value) }
    return (value < 0 ? "−" : "") + NumberText.plain(size, digits: 12)
  }

  /// The unit with a blank before it; what is only counted has none.
  private func unit(_ ucum: String) -> String {
    switch ucum {
    case "Cel": return " °C"
    case "[degF]": return " °F"
    case "{unit}", "{piece}", "": return ""
    default:
      var text = ""
      for character in ucum where !"{}[]".contains(character) {
        text.append(character == "." ? "·" : character)
      }
      return " " + text
    }
  }

  private func words(_ rank: WrittenQuantity.Rank) -> String {
    let classes = rank.classes
    switch rank.comparison {
    case .equal: return classes.first ?? ""
    case .range: return classes.joined(separator: " … ")
    case .set: return classes.joined(separator: " / ")
    case .atLeast, .better, .atMost, .worse:
      return corpus.texts.text(
        "quantity.rank.\(rank.comparison.key)", language, ["class": classes.first ?? ""])
    }
  }
}

extension WrittenQuantity.Rank.Comparison {
  fileprivate var key: String {
    switch self {
    case .atLeast: "atLeast"
    case .better: "better"
    case .atMost: "atMost"
    default: "worse"
    }
  }
}
