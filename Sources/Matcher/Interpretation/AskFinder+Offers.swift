/// What a profile's prose says of lots, capacity, prices, waiting times and free days. Only what stands
/// with its word and its bound in one half-sentence is taken: the rest stays unknown.
extension AskFinder {
  /// The least and most that is taken in one go: 12片起投, 单批5至50台.
  func lot(in text: ReadText) -> JSONValue? {
    for quantity in text.quantities where !quantity.isNegated {
      guard lotWeight(quantity, text) != nil, case .interval(let interval) = quantity.value,
        quantity.basis == nil || quantity.basis == .perBatch
      else { continue }
      let clause = text.clause(at: quantity.span.lowerBound)
      var object = JSONObject()
      if isLeast(quantity, clause, text) {
        object["min"] = interval.low.map { .number($0 / written(quantity)) }
      } else if text.follows([.lot], quantity.span, within: 9), let bounds = bounds(interval) {
        object["min"] = bounds.least.map { .number($0 / written(quantity)) }
        object["max"] = bounds.most.map { .number($0 / written(quantity)) }
      }
      guard object["min"] != nil || object["max"] != nil else { continue }
      object["unit"] = .string(unitName(quantity))
      AskFinder.mark(&object, text.quote(clause))
      return .object(object)
    }
    return nil
  }

  /// Behind or directly before a word for the least that is taken, or before a 起 that ends its
  /// half-sentence.
  private func isLeast(
    _ quantity: WrittenQuantity, _ clause: Range<Int>, _ text: ReadText
  ) -> Bool {
    if text.follows([.lotLeast], quantity.span, within: 9) { return true }
    // 起 of 12片起投 is part of what the quantity was read from.
    let isBefore = text.mentions.contains {
      $0.targets.contains(.cue(.lotLeast)) && $0.range.lowerBound >= quantity.span.lowerBound
        && $0.range.lowerBound <= quantity.span.upperBound + 1
        && $0.range.upperBound > quantity.span.upperBound
    }
    if isBefore { return true }
    guard text.has(.lot, in: clause), quantity.span.upperBound < clause.upperBound else {
      return false
    }
    let rest = text.quote(quantity.span.upperBound..<clause.upperBound)
    return rest.hasPrefix("起") && rest.unicodeScalars.count <= 2
  }

  /// Both ends of a range, or the one that a bound names; a point bounds nothing.
  private func bounds(
    _ interval: WrittenQuantity.Interval
  ) -> (least: Double?, most: Double?)? {
    switch (interval.low, interval.high) {
    case (let low?, let high?): low < high ? (low, high) : nil
    case (nil, nil): nil
    default: (interval.low, interval.high)
    }
  }

  /// How many ones the written unit holds, for counts whose amount was read in ones.
  private func written(_ quantity: WrittenQuantity) -> Double {
    quantity.unitText.isEmpty ? 1 : lotFactor(quantity)
  }

  private func unitName(_ quantity: WrittenQuantity) -> String {
    quantity.unitText.isEmpty ? quantity.unit : lotUnit(quantity)
  }

  /// What is made in a month or a year: 月产能200台.
  func capacity(in text: ReadText) -> JSONValue? {
    let units = corpus.registry.units
    for quantity in text.quantities where !quantity.isNegated {
      let period: String
      switch quantity.basis {
      case .perMonth: period = "month"
      case .perYear: period = "year"
      default: continue
      }
      guard case .interval(let interval) = quantity.value, interval.low == interval.high,
        let value = interval.high, value > 0,
        let noun = quantity.unitText.split(whereSeparator: { "/／每".contains($0) }).first
      else { continue }
      let name = trimmed(noun)
      let isCounted = units.lotKinds.contains { units.unit(name, of: $0) != nil }
      let clause = text.clause(at: quantity.span.lowerBound)
      guard isCounted, !text.has(.past, in: clause) else { continue }
      var object = JSONObject([
        ("value", .number(value)), ("unit", .string(name)), ("per", .string(period)),
      ])
      AskFinder.mark(&object, text.quote(clause))
      return .object(object)
    }
    return nil
  }

  /// The price of one: 机时800元/小时, 每片1.2万元起. An amount without what it is for is no price.
  func price(in text: ReadText) -> JSONValue? {
    for quantity in text.quantities where !quantity.isNegated {
      let clause = text.clause(at: quantity.span.lowerBound)
      guard case .interval(let interval) = quantity.value,
        let (currency, slash) = currency(quantity),
        let per = slash ?? perPiece(clause, text),
        let least = interval.low ?? interval.high, least > 0, !text.has(.past, in: clause)
      else { continue }
      var object = JSONObject([
        ("min", .number(least)), ("currency", .string(currency)), ("per", .string(per)),
      ])
      if let most = interval.high, most > least { object["max"] = .number(most) }
      // 含税 stands inside of 不含税 too.
      let sentence = text.sentence(at: quantity.span.lowerBound)
      if text.has(.taxExcluded, in: sentence) {
        object["tax"] = .string(Price.Tax.excluded.rawValue)
      } else if text.has(.taxIncluded, in: sentence) {
        object["tax"] = .string(Price.Tax.included.rawValue)
      }
      AskFinder.mark(&object, text.quote(clause))
      return .object(object)
    }
    return nil
  }

  /// How long one waits before work begins: 排队约4周.
  func leadTime(in text: ReadText) -> JSONValue? {
    let units = corpus.registry.units
    guard let day = units.unit("d", of: "duration") else { return nil }
    for quantity in text.quantities where !quantity.isNegated {
      let isWorking = quantity.unit == "{workday}"
      guard isWorking || ["d", "wk", "mo"].contains(quantity.unit), quantity.basis == nil,
        text.follows([.lead], quantity.span, within: 9),
        case .interval(let interval) = quantity.value, let most = interval.high ?? interval.low
      else { continue }
      let days: Double? =
        isWorking
        ? most
        : units.unit(quantity.unit, of: "duration").flatMap {
          units.convert(most, from: $0, to: day)
        }
      guard let days, days > 0, days <= 36_500 else { continue }
      var object = JSONObject([("days", .integer(Int(days.rounded(.up))))])
      if isWorking { object["kind"] = .string("working") }
      AskFinder.mark(&object, text.quote(text.clause(at: quantity.span.lowerBound)))
      return .object(object)
    }
    return nil
  }

  /// The days that the prose calls free, each from a first to a last day.
  func slots(in text: ReadText) -> [JSONValue] {
    text.quantities.compactMap { quantity in
      guard !quantity.isNegated, case .days(let from?, let to?) = quantity.value else { return nil }
      let clause = text.clause(at: quantity.span.lowerBound)
      guard text.has(.slot, in: clause), !text.has(.past, in: clause),
        !text.has(.denied, in: clause)
      else { return nil }
      var object = JSONObject([
        ("from", .string(from.description)), ("to", .string(to.description)),
      ])
      AskFinder.mark(&object, text.quote(clause))
      return .object(object)
    }
  }
}
