extension QuantityGrammar {
  /// Words behind a group: bounds, nearness, inclusion, tax, pressure basis.
  struct Trail {
    var end: Int
    var bound: QuantityLexicon.Bound?
    var isInclusive = true
    /// 及以上, not a bare 以上.
    var isExplicit = false
    var isApproximate = false
    var includes: Bool?
    var tax: WrittenQuantity.Tax?
    var basis: WrittenQuantity.Basis?
  }

  func trail(from end: Int) -> Trail {
    var trail = Trail(end: end)
    var place = end
    var isOpen = false
    while let kind = kind(place), place < end + 8 {
      if kind == .open, !isOpen, isQualifier(place + 1) {
        isOpen = true
      } else if kind == .close, isOpen {
        isOpen = false
        trail.end = place + 1
      } else if kind == .word {
        guard takeTrail(place, &trail, isOpen: isOpen) else { break }
        if !isOpen { trail.end = place + 1 }
      } else {
        break
      }
      place += 1
    }
    return trail
  }

  private func isQualifier(_ index: Int) -> Bool {
    has(
      index,
      [.taxIncluded, .taxExcluded, .gauge, .absolute, .openIncluded, .openExcluded])
  }

  private func takeTrail(_ place: Int, _ trail: inout Trail, isOpen: Bool) -> Bool {
    let word = word(place)
    if word.roles.contains(.after), !isOpen {
      // `60 + 5`: a plus before a number joins.
      if isPlus(place), kind(place + 1) == .number || isJoint(place) { return false }
      guard trail.bound == nil, word.isShort == false || isTouching(place - 1, place) else {
        return false
      }
      if isNextOfOther(place) { return false }
      trail.bound = word.afterBound
      trail.isInclusive = word.afterInclusive
      trail.isExplicit = isExplicit(place)
      if isPlus(place) { trail.isApproximate = true }
    } else if word.roles.contains(.approximateAfter) {
      trail.isApproximate = true
    } else if word.roles.contains(.openIncluded) {
      trail.includes = true
    } else if word.roles.contains(.openExcluded) {
      trail.includes = false
    } else if word.roles.contains(.taxIncluded) {
      trail.tax = .included
    } else if word.roles.contains(.taxExcluded) {
      trail.tax = .excluded
    } else if word.roles.contains(.gauge) {
      trail.basis = .gauge
    } else if word.roles.contains(.absolute) {
      trail.basis = .absolute
    } else {
      return false
    }
    return true
  }

  /// `max` and `minimum` stand on either side: before a number they belong to it.
  private func isNextOfOther(_ place: Int) -> Bool {
    has(place, .before) && operandAfter(place + 1) != nil
  }

  /// `盐雾96h+温度循环`: a plus before a word joins; `200台+的` does not.
  private func isJoint(_ place: Int) -> Bool {
    let next = tokens.phrase.exact[tokens.tokens[place].end]
    return next >= 0x3400 && next < 0xFF00 && next != 0x7684 && next != 0x4EE5
  }

  private func isPlus(_ place: Int) -> Bool {
    tokens.phrase.exact[tokens.tokens[place].start] == 0x2B
  }

  private func isExplicit(_ place: Int) -> Bool {
    let first = tokens.phrase.lower[tokens.tokens[place].start]
    return first == 0x53CA || first == 0x6216 || first == 0x61 || first == 0x6F
  }

  // MARK: the quantity

  /// Makes the quantity of a group and returns the token behind it.
  ///
  /// - Parameter isMember: One of several with the same words around: the words behind belong to
  ///   the last.
  mutating func finish(
    _ operands: [Operand], as joint: Joint?, at index: Int, end: Int, lead: Lead, next: Int? = nil,
    isMember: Bool = false
  ) -> Int {
    let trail = isMember ? Trail(end: end) : trail(from: end)
    let after = max(next ?? 0, trail.end)
    guard let decided = decided(operands, joint, at: index, end: end, lead: lead, trail: trail),
      !isWaived(before: lead.start)
    else { return max(end, next ?? 0) }
    var quantity = decided.quantity
    quantity.span = span(lead, index, trail, end)
    if !isMember { openSandwichIfNeeded(&quantity, trail.end) }
    negate(&quantity, lead, trail.end)
    let skipped = isMember ? after : skipRepeat(of: quantity, at: after)
    if join(quantity, lead) {
      mark = skipped
      return skipped
    }
    reading.quantities.append(quantity)
    addDoubts(quantity, decided, operands, lead, trail)
    mark = skipped
    return skipped
  }

  func span(_ lead: Lead, _ index: Int, _ trail: Trail, _ end: Int) -> Range<Int> {
    let floor = reading.quantities.last?.span.upperBound ?? 0
    var first = min(lead.start, index)
    var start = utf8(tokens.tokens[first].start, tokens.tokens[first].start).lowerBound
    while start < floor, first < index {
      first += 1
      start = Int(tokens.phrase.offsets[tokens.tokens[first].start])
    }
    let last = max(trail.end, end) - 1
    return clamped(start, Int(tokens.phrase.offsets[tokens.tokens[last].end]), floor)
  }

  /// Behind the quantity before, so that spans never overlap.
  private func clamped(_ start: Int, _ end: Int, _ floor: Int) -> Range<Int> {
    let low = max(start, floor)
    return low..<max(low, end)
  }

  struct Decided {
    var quantity: WrittenQuantity
    var unit: UnitMeaning.Decision
    var doubt: String?
    var others: [WrittenQuantity] = []
  }

  func decided(
    _ operands: [Operand], _ joint: Joint?, at index: Int, end: Int, lead: Lead, trail: Trail
  ) -> Decided? {
    guard let last = operands.last else { return nil }
    let own =
      joint == .tolerance ? operands.first?.unit ?? last.unit : last.unit ?? operands.first?.unit
    guard var unit = own ?? money(last, at: index) else { return nil }
    if isUncounted(last.number, unit, lead, trail, at: index) { return nil }
    let place = tokens.tokens[index].start..<max(tokens.tokens[end - 1].end, unit.end)
    let value = last.number.number.scaled(by: last.multiplier)
    var decision = meaning.decide(unit, value: value, isNegative: isCold(operands), at: place)
    if decision.ucum.isEmpty { return nil }
    applyRate(&decision, &unit, at: lead.start)
    let isTolerance = joint == .tolerance
    if isWithin(lead, decision), let last = operands.last {
      return within(last, unit, decision)
    }
    guard let written = self.value(of: operands, joint, unit, decision, lead, trail) else {
      return nil
    }
    var quantity = WrittenQuantity(written, unit: decision.ucum, span: 0..<0)
    quantity.unitText = unitText(unit)
    quantity.isApproximate = isApproximate(operands, lead, trail)
    quantity.basis = unit.basis ?? trail.basis ?? lead.basis ?? basis(operands, unit, at: index)
    if quantity.basis == nil { quantity.basis = periodBasis(decision.ucum) }
    quantity.gasCondition = unit.gas
    quantity.tax = trail.tax
    quantity.role = lead.role
    if decision.measure.dimension != lexicon.kinds.pressure,
      quantity.basis == .gauge || quantity.basis == .absolute
    {
      quantity.basis = nil
    }
    if isTolerance { quantity.form = nil }
    return Decided(quantity: quantity, unit: decision)
  }

  /// `within 2 % of nominal`: a tolerance.
  func isWithin(_ lead: Lead, _ decision: UnitMeaning.Decision) -> Bool {
    lead.isWithin && decision.ucum == "%"
  }

  func within(
    _ operand: Operand, _ unit: UnitText, _ decision: UnitMeaning.Decision
  ) -> Decided {
    let value = scaled(operand, unit, decision, nil)
    var quantity = WrittenQuantity(
      .interval(.init(low: -value, high: value)), unit: decision.ucum, span: 0..<0)
    quantity.unitText = unitText(unit)
    quantity.form = .tolerance
    return Decided(quantity: quantity, unit: decision)
  }

  /// Amounts per year or month have that basis; speeds of corrosion and shares do not.
  private func periodBasis(_ ucum: String) -> WrittenQuantity.Basis? {
    let last = ucum.utf8.last
    guard last == UInt8(ascii: "a") || last == UInt8(ascii: "o"),
      ucum.hasSuffix("/a") || ucum.hasSuffix("/mo"), let slash = ucum.lastIndex(of: "/"),
      let over = lexicon.algebra.measure(String(ucum[..<slash]))
    else { return nil }
    let kinds = lexicon.kinds
    let isAmount =
      [kinds.mass, kinds.volume, kinds.area, kinds.energy].contains(over.dimension)
      || ucum.hasPrefix("{") || lexicon.algebra.isCurrency(over.dimension)
    guard isAmount else { return nil }
    return ucum.hasSuffix("/a") ? .perYear : ucum.hasSuffix("/mo") ? .perMonth : nil
  }

  private func isCold(_ operands: [Operand]) -> Bool {
    for place in operands.indices where operands[place].isNegative { return true }
    return false
  }

  private func unitText(_ unit: UnitText) -> String {
    let end = min(unit.end, tokens.phrase.count)
    guard unit.start < end else { return "" }
    return String(unsafeUninitializedCapacity: 4 * (end - unit.start)) { out in
      var count = 0
      for place in unit.start..<end {
        let value = tokens.phrase.exact[place]
        if value < 0x80 {
          out[count] = UInt8(truncatingIfNeeded: value)
          count += 1
        } else if let bytes = Unicode.Scalar(value).flatMap(UTF8.encode) {
          for byte in bytes {
            out[count] = byte
            count += 1
          }
        }
      }
      return count
    }
  }

  func isApproximate(_ operands: [Operand], _ lead: Lead, _ trail: Trail) -> Bool {
    if lead.isApproximate || trail.isApproximate { return true }
    // By places: an element that is passed by is not copied.
    for place in operands.indices
    where operands[place].number.nearness != .exact || operands[place].number.isMagnitude
      || operands[place].number.hasPlus
    {
      return true
    }
    return false
  }

  /// Counts that only count a list, articles, 各一台.
  private func isUncounted(
    _ number: ScannedNumber, _ unit: UnitText, _ lead: Lead, _ trail: Trail, at index: Int
  ) -> Bool {
    guard lead.bound == nil, trail.bound == nil, number.nearness == .exact, !number.hasMultiplier
    else { return false }
    if unit.tag == .lister {
      if number.isChinese { return true }
      return reading.quantities.suffix(2).contains { quantity in
        guard case .set(let members) = quantity.value else { return false }
        return Double(members.count) == number.number.value
      }
    }
    let isCount = [.count, .batch, .vesselCount].contains(unit.tag)
    if isCount, isAddress(before: index) { return true }
    if number.isArticle, isCount, !unit.hasStroke { return true }
    return false
  }

  /// 科技园路8号3栋: the number of a house.
  private func isAddress(before index: Int) -> Bool {
    guard index > 0, tokens.tokens[index - 1].kind == .text, isTouching(index - 1, index) else {
      return false
    }
    return lexicon.addressWords.contains(tokens.phrase.lower[tokens.tokens[index].start - 1])
  }

  /// 预算五十万, 经费80万: money without 元.
  func money(_ operand: Operand, at index: Int) -> UnitText? {
    let number = operand.number
    guard number.hasMultiplier || (number.isPlain && number.number.value >= 1000),
      !isCode(number)
    else { return nil }
    var near = clauseBefore(index)
    let isBehind = tokens.contexts.contains {
      $0.contexts.contains(.money) && $0.position >= number.end && $0.position <= number.end + 3
    }
    if isBehind || number.hasMultiplier && isBesideMoney(index) { near.insert(.money) }
    let isMoney = near.contains(.money) && (number.hasMultiplier || isDirectlyMoney(index))
    let isLoose = near.contains(.moneyWeak) && number.hasMultiplier && number.isChinese
    guard isMoney || isLoose, let yuan = lexicon.algebra.measure("CNY") else { return nil }
    var unit = UnitText(
      ucum: "CNY", measure: yuan, start: number.numberEnd, end: number.numberEnd)
    unit.tag = language == .english ? .dollar : .yuan
    if !isMoney { unit.tag = .moneyOrCount }
    if language == .english, let dollar = lexicon.algebra.measure("USD") {
      unit.ucum = "USD"
      unit.measure = dollar
    }
    return unit
  }

  /// 18650 and the like: no budget ends so.
  private func isCode(_ number: ScannedNumber) -> Bool {
    !number.hasMultiplier && number.number.value.truncatingRemainder(dividingBy: 100) != 0
  }

  private func isDirectlyMoney(_ index: Int) -> Bool {
    let start = tokens.tokens[index].start
    return tokens.contexts.contains {
      $0.contexts.contains(.money) && $0.position < start && start - $0.position <= 4
    }
  }

  // MARK: negation

  private func isWaived(before start: Int) -> Bool {
    near(.waiver, before: start)
  }

  /// A word in the same clause before the quantity, with no other quantity between.
  func near(_ role: Roles, before start: Int) -> Bool {
    var place = start - 1
    guard start < tokens.tokens.count else { return false }
    let limit = tokens.tokens[start].start - 16
    while place >= 0, tokens.tokens[place].end >= limit {
      let token = tokens.tokens[place]
      if token.kind == .word, word(place).roles.contains(role) {
        let isDirect =
          token.end == tokens.tokens[place + 1].start && place == start - 1
          || place == start - 1
        let isLong =
          token.end - token.start
          >= (QuantityLexicon.isLatin(tokens.phrase.lower[token.start]) ? 5 : 2)
        if isLong || isDirect { return true }
      }
      if [.comma, .stop, .number, .rank, .days].contains(token.kind) { return false }
      place -= 1
    }
    return false
  }

  private func negate(_ quantity: inout WrittenQuantity, _ lead: Lead, _ end: Int) {
    if near(.negation, before: lead.start) || isNegatedBehind(end) { quantity.isNegated = true }
  }

  func isNegatedBehind(_ end: Int) -> Bool {
    var place = end
    guard end > 0, end - 1 < tokens.tokens.count else { return false }
    let limit = tokens.tokens[end - 1].end + 8
    while let kind = kind(place), tokens.tokens[place].start <= limit {
      if has(place, .negationAfter) { return true }
      guard kind == .text || kind == .word && !has(place, [.list, .before, .and]) else {
        return false
      }
      place += 1
    }
    return false
  }

  func isExcluded(before start: Int) -> (negated: Bool, waived: Bool) {
    (near(.negation, before: start), isWaived(before: start))
  }

  // MARK: joining

  /// `8-inch(200mm)`: the bracket repeats the same size.
  private func skipRepeat(of quantity: WrittenQuantity, at index: Int) -> Int {
    guard kind(index) == .open else { return index }
    var place = index + 1
    while has(place, [.same, .approximateBefore, .filler]) { place += 1 }
    guard let number = number(place), let unit = number.unit, kind(place + 1) == .close,
      case .interval(let interval) = quantity.value, let own = interval.low ?? interval.high,
      let measure = lexicon.algebra.measure(quantity.unit),
      unit.tag != .inch || quantity.unit == "mm",
      let other = lexicon.algebra.convert(
        number.number.scaled(by: number.multiplier), from: unit.ucum, to: quantity.unit),
      measure.dimension == unit.measure.dimension, abs(other - own) <= 0.03 * abs(own)
    else { return index }
    return place + 2
  }

  /// 0.1MW≤P: the number stands before its bound.
  private mutating func openSandwichIfNeeded(_ quantity: inout WrittenQuantity, _ end: Int) {
    guard has(end, .before), kind(end + 1) != .number, kind(end + 1) != .dash,
      case .interval(let interval) = quantity.value, interval.low == interval.high,
      let value = interval.low, let first = Optional(tokens.phrase.exact[tokens.tokens[end].start]),
      [0x3C, 0x3E, 0x2264, 0x2265].contains(first)
    else { return }
    let isInclusive = word(end).isInclusive
    quantity.value =
      word(end).bound == .high
      ? .interval(.init(low: value, high: nil, includesLow: isInclusive))
      : .interval(.init(low: nil, high: value, includesHigh: isInclusive))
    openSandwich = reading.quantities.count
  }

  /// Joins an upper to a lower bound of the same kind that stands right before it.
  private mutating func join(_ quantity: WrittenQuantity, _ lead: Lead) -> Bool {
    guard let last = reading.quantities.last, !last.isNegated, !quantity.isNegated,
      case .interval(let first) = last.value, case .interval(let second) = quantity.value,
      last.span.upperBound <= quantity.span.lowerBound,
      openSandwich == reading.quantities.count - 1 || isJoining(mark, lead.start),
      let left = lexicon.algebra.measure(last.unit),
      let right = lexicon.algebra.measure(quantity.unit), left.dimension == right.dimension
    else { return false }
    let isSandwich = openSandwich == reading.quantities.count - 1
    guard isSandwich || isJoining(mark, lead.start) else { return false }
    let isLowFirst = first.high == nil && second.low == nil
    guard isLowFirst || first.low == nil && second.high == nil else { return false }
    let (low, high) = isLowFirst ? (last, quantity) : (quantity, last)
    guard case .interval(let lower) = low.value, case .interval(let upper) = high.value,
      let bottom = lower.low, let top = upper.high,
      let shifted = lexicon.algebra.convert(bottom, from: low.unit, to: quantity.unit),
      let raised = lexicon.algebra.convert(top, from: high.unit, to: quantity.unit),
      shifted <= raised
    else { return false }
    var joined = quantity
    joined.value = .interval(
      .init(
        low: shifted, high: raised, includesLow: lower.includesLow, includesHigh: upper.includesHigh
      ))
    joined.isApproximate = last.isApproximate || quantity.isApproximate
    joined.span = last.span.lowerBound..<quantity.span.upperBound
    reading.quantities[reading.quantities.count - 1] = joined
    openSandwich = nil
    return true
  }

  /// Only joining words between two bounds.
  private func isJoining(_ start: Int, _ end: Int) -> Bool {
    guard start <= end, end - start <= 2 else { return false }
    for place in start..<end {
      guard kind(place) == .comma || has(place, [.and, .list, .range, .filler]) else {
        return false
      }
    }
    return true
  }

  // MARK: doubts

  private mutating func addDoubts(
    _ quantity: WrittenQuantity, _ decided: Decided, _ operands: [Operand], _ lead: Lead,
    _ trail: Trail
  ) {
    guard let first = operands.first else { return }
    if let code = decided.unit.doubt {
      let others = decided.unit.others.map { other -> WrittenQuantity in
        var reading = quantity
        reading.unit = other.ucum
        if other.factor != decided.unit.factor, decided.unit.factor > 0 {
          reading.value = WrittenQuantity.scaled(
            reading.value, by: other.factor / decided.unit.factor)
        }
        return reading
      }
      doubt(code, quantity, others)
    }
    addDamage(quantity, operands, lead)
    if first.unit?.tag == .moneyOrCount || (first.unit == nil && isCountable(operands, lead)) {
      var other = quantity
      other.unit = "{unit}"
      doubt("quantity.doubt.money_or_count", quantity, [other])
    }
    addNode(quantity, lead, trail, first)
  }

  private func isCountable(_ operands: [Operand], _ lead: Lead) -> Bool {
    guard let last = operands.last, last.unit == nil, lead.start < tokens.tokens.count else {
      return false
    }
    return !clauseBefore(lead.start).contains(.money)
  }

  private mutating func addDamage(
    _ quantity: WrittenQuantity, _ operands: [Operand], _ lead: Lead
  ) {
    for place in operands.indices
    where operands[place].number.damage != nil || operands[place].number.hasLooseMultiplier {
      let operand = operands[place]
      switch operand.number.damage {
      case .lostPower(let literal):
        var other = quantity
        other.value = replaced(quantity.value, by: literal)
        doubt("quantity.doubt.lost_power", quantity, [other])
      case .lookAlike:
        reading.doubts.append(
          QuantityDoubt(
            code: "quantity.doubt.look_alike", span: quantity.span, readings: [[quantity], []]))
      case .comma:
        var other = quantity
        other.value = .set([
          operand.number.number.value.rounded(.down),
          ((operand.number.number.value - operand.number.number.value.rounded(.down)) * 10)
            .rounded(),
        ])
        doubt("quantity.doubt.decimal_comma", quantity, [other])
      case nil: break
      }
      if operand.number.hasLooseMultiplier {
        var other = quantity
        other.value = WrittenQuantity.scaled(quantity.value, by: 1e-4)
        doubt("quantity.doubt.letter_w", quantity, [other])
      }
    }
  }

  /// 90nm以上: finer for an advanced process, coarser by the word.
  private mutating func addNode(
    _ quantity: WrittenQuantity, _ lead: Lead, _ trail: Trail, _ operand: Operand
  ) {
    guard quantity.unit == "nm", trail.bound == .low, lead.bound == nil,
      case .interval(let interval) = quantity.value, let value = interval.low
    else { return }
    let place = (operand.number.start, operand.number.end)
    let near = meaning.nearest([.node, .notNode], to: place.0, place.1)
    if near.contains(.notNode), !near.contains(.node) { return }
    let clause = meaning.clause(place.0, place.1)
    if clause.contains(.nodeCoarse) || trail.isExplicit && !clause.contains(.nodeFine) { return }
    var finer = quantity
    finer.value = .interval(.init(low: nil, high: value))
    if clause.contains(.nodeFine) {
      reading.quantities[reading.quantities.count - 1] = finer
      doubt("quantity.doubt.node_side", finer, [quantity])
    } else {
      doubt("quantity.doubt.node_side", quantity, [finer])
    }
  }
}

extension WrittenQuantity {
  static func scaled(_ value: Value, by factor: Double) -> Value {
    switch value {
    case .interval(let interval):
      .interval(
        Interval(
          low: interval.low.map { $0 * factor }, high: interval.high.map { $0 * factor },
          includesLow: interval.includesLow, includesHigh: interval.includesHigh))
    case .set(let members): .set(members.map { $0 * factor })
    default: value
    }
  }
}
