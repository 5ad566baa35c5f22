/// What a number is worth: its bounds, scale and basis, and the rate before it.
extension QuantityGrammar {
  // MARK: values

  func value(
    of operands: [Operand], _ joint: Joint?, _ unit: UnitText, _ decision: UnitMeaning.Decision,
    _ lead: Lead, _ trail: Trail
  ) -> WrittenQuantity.Value? {
    let values = operands.map { scaled($0, unit, decision, joint) }
    guard values.allSatisfy({ $0.isFinite && abs($0) < 1e300 }) else { return nil }
    switch joint {
    case .range, .times:
      guard let low = values.min(), let high = values.max() else { return nil }
      let isHalfOpen = trail.includes == false
      return .interval(.init(low: low, high: high, includesLow: true, includesHigh: !isHalfOpen))
    case .list:
      var members: [Double] = []
      for value in values where !members.contains(value) { members.append(value) }
      return members.count > 1 ? .set(members) : members.first.map { point($0) }
    case .tolerance:
      return tolerance(operands, values)
    case nil:
      return values.first.flatMap { single($0, operands[0], decision, lead, trail) }
    }
  }

  private func point(_ value: Double) -> WrittenQuantity.Value {
    .interval(.init(low: value, high: value))
  }

  func tolerance(_ operands: [Operand], _ values: [Double]) -> WrittenQuantity.Value? {
    guard operands.count == 2 else { return nil }
    var width = abs(values[1])
    if operands[1].unit?.ucum == "%", operands[0].unit?.ucum != "%" {
      width = abs(values[0] * operands[1].number.number.value / 100)
    }
    return .interval(.init(low: values[0] - width, high: values[0] + width))
  }

  /// One number with its bounds.
  func single(
    _ value: Double, _ operand: Operand, _ decision: UnitMeaning.Decision, _ lead: Lead,
    _ trail: Trail
  ) -> WrittenQuantity.Value? {
    if let upper = operand.number.upper {
      var high = operand
      high.number.number = upper
      high.number.upper = nil
      guard let unit = operand.unit ?? operand.number.unit else { return nil }
      let top = scaled(high, unit, decision, nil)
      let isOpen = operand.number.isOpenRange
      return .interval(
        .init(
          low: min(value, top), high: max(value, top), includesLow: !isOpen, includesHigh: !isOpen))
    }
    var bound = lead.bound
    var isInclusive = lead.isInclusive
    if let behind = trail.bound, bound == nil || lead.isBetween {
      bound = behind
      isInclusive = trail.isInclusive
    }
    if let includes = trail.includes { isInclusive = includes }
    if bound == nil, operand.number.hasPlus { (bound, isInclusive) = (.low, true) }
    if bound == .better { (bound, isInclusive) = (better(operand), true) }
    if bound == nil, operand.number.nearness == .more { (bound, isInclusive) = (.low, false) }
    switch bound {
    case .low: return .interval(.init(low: value, high: nil, includesLow: isInclusive))
    case .high: return .interval(.init(low: nil, high: value, includesHigh: isInclusive))
    default: return point(value)
    }
  }

  private func better(_ operand: Operand) -> QuantityLexicon.Bound {
    let start = operand.number.start
    let near = meaning.nearest([.lowerBetter], to: start, operand.number.end)
    let isNear = tokens.contexts.contains {
      $0.contexts.contains(.lowerBetter) && $0.position < start && start - $0.position < 30
    }
    return !near.isEmpty && isNear ? .high : .low
  }

  /// The number in the unit that was decided.
  func scaled(
    _ operand: Operand, _ unit: UnitText, _ decision: UnitMeaning.Decision, _ joint: Joint?
  ) -> Double {
    let own = operand.unit ?? unit
    let isSigned = operand.isNegative && allowsSign(decision, own)
    if decision.factor < 0 { return nines(operand.number.number.value, own) }
    if decision.isNominal || own.ucum == "[in_i]" && decision.ucum == "mm" {
      return nominal(operand, own)
    }
    var value: Double
    if decision.factor == 0.01 {
      var number = operand.number.number
      number.exponent -= 2
      value = number.scaled(by: operand.multiplier)
    } else {
      value = operand.number.number.scaled(by: operand.multiplier) * decision.factor
    }
    value /= own.divisor
    if isSigned { value = -value }
    if own.ucum != unit.ucum, own.tag == unit.tag || own.tag == .plain || unit.tag == .plain,
      joint != .tolerance || own.ucum != "%"
    {
      return lexicon.algebra.convert(value, from: own.ucum, to: decision.ucum) ?? value
    }
    return value
  }

  /// Temperatures, voltages, angles and the like have a sign; masses and counts have a dash before
  /// them.
  private func allowsSign(_ decision: UnitMeaning.Decision, _ unit: UnitText) -> Bool {
    let kinds = lexicon.kinds
    let kind = decision.measure.dimension
    if kind == kinds.mass || kind == kinds.time || kind == kinds.area || kind == kinds.volume {
      return false
    }
    if decision.ucum.utf8.first == UInt8(ascii: "{") { return false }
    return !lexicon.algebra.isCurrency(decision.measure.dimension)
  }

  private func nines(_ count: Double, _ unit: UnitText) -> Double {
    var rest = 100.0
    for _ in 0..<Int(min(max(count, 0), 12)) { rest /= 10 }
    let text = tokens.phrase.exact
    if QuantityLexicon.isDigit(text[unit.end]), unit.start < unit.end {
      rest *= Double(10 - Int(text[unit.end] - 0x30)) / 10
    }
    return 100 - rest
  }

  func nominal(_ operand: Operand, _ unit: UnitText) -> Double {
    let value = operand.number.number.value
    guard unit.ucum == "[in_i]" else {
      return lexicon.algebra.convert(value, from: unit.ucum, to: "mm") ?? value
    }
    return UnitMeaning.nominal.first { $0.inch == value }?.millimeters ?? value * 25.4
  }

  /// Forced by the words of the clause, or by a negative reading.
  func basis(
    _ operands: [Operand], _ unit: UnitText, at index: Int
  ) -> WrittenQuantity.Basis? {
    guard unit.measure.dimension == lexicon.kinds.pressure,
      !unit.hasStroke || unit.ucum.hasPrefix("kgf")
    else { return nil }
    for place in operands.indices where operands[place].isNegative { return .gauge }
    var place = index - 1
    while place >= 0, place > index - 6 {
      if has(place, .gauge) { return .gauge }
      if has(place, .absolute) { return .absolute }
      if kind(place) == .comma || kind(place) == .stop || kind(place) == .number { return nil }
      place -= 1
    }
    return nil
  }

  // MARK: rates before the number

  /// 每平方米 … 1.5吨, 年产1万片.
  func applyRate(
    _ decision: inout UnitMeaning.Decision, _ unit: inout UnitText, at start: Int
  ) {
    guard !unit.hasStroke || unit.basis == nil else { return }
    var place = start - 1
    while place >= 0, place > start - 7, start < tokens.tokens.count {
      if has(place, .rate) {
        let rate = lexicon.rates[Int(word(place).index)]
        guard mayDivide(decision, by: rate, unit) else { return }
        if rate.basis == .perBatch {
          unit.basis = .perBatch
        } else if !unit.hasStroke || lexicon.algebra.isCurrency(unit.measure.dimension)
          || isFee(unit),
          let measure = lexicon.algebra.measure(decision.ucum + rate.per)
        {
          decision.ucum += rate.per
          decision.measure = measure
          unit.basis = rate.basis
        }
        return
      }
      guard let kind = kind(place), isBetweenRate(place, kind, from: start) else { return }
      if has(place, [.list, .negation]) { return }
      place -= 1
    }
    if has(start, .rate), start < tokens.tokens.count { return }
  }

  /// Money per something, which may be per month too.
  private func isFee(_ unit: UnitText) -> Bool {
    unit.hasStroke
      && (lexicon.algebra.measure(String(unit.ucum.prefix(3))).map {
        lexicon.algebra.isCurrency($0.dimension)
      } ?? false)
  }

  /// A rate reaches over words, and over a number that a word of change leads on from.
  private func isBetweenRate(_ place: Int, _ kind: PhraseToken.Kind, from start: Int) -> Bool {
    if kind == .number {
      return (place..<start).contains { has($0, .change) || has($0, .range) }
    }
    return kind == .text || kind == .word || kind == .colon
  }

  private func mayDivide(
    _ decision: UnitMeaning.Decision, by rate: QuantityLexicon.Rate, _ unit: UnitText
  ) -> Bool {
    let kinds = lexicon.kinds
    let dimension = decision.measure.dimension
    if dimension == kinds.temperature || dimension == kinds.pressure || decision.ucum == "%" {
      return false
    }
    if isFee(unit) { return rate.basis == .perMonth || rate.basis == .perYear }
    if dimension == kinds.none { return decision.ucum.hasPrefix("{") }
    if rate.basis == .perBatch {
      return [kinds.mass, kinds.volume].contains(dimension)
    }
    if dimension == kinds.time { return rate.per == "/d" || rate.per == "/wk" }
    if dimension == kinds.length { return ["/s", "/min", "/h", "/d"].contains(rate.per) }
    return [kinds.mass, kinds.volume, kinds.area, kinds.energy].contains(dimension)
      || lexicon.algebra.isCurrency(dimension)
  }
}
