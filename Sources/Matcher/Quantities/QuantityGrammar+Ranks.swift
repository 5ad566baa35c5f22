extension QuantityGrammar {
  typealias Rank = WrittenQuantity.Rank

  /// Classes of a ladder, with ranges and lists of them.
  mutating func takeRanks(at index: Int) -> Int {
    let lead = lead(of: index)
    let row = lexicon.ranks[tokens.tokens[index].index]
    guard row.context.isEmpty || !tokens.allContexts.isDisjoint(with: row.context) else {
      return index + 1
    }
    var classes = [tokens.tokens[index].index]
    var last = index
    var isRange = false
    while let next = nextRank(after: last, in: row.ladder) {
      isRange = isRange || next.isRange
      classes.append(next.rank)
      last = next.token
    }
    let trail = trail(from: last + 1)
    let excluded = isExcluded(before: lead.start)
    guard !excluded.waived else { return max(last + 1, trail.end) }
    var distinct: [Int] = []
    for rank in classes where !distinct.contains(rank) { distinct.append(rank) }
    var quantity = WrittenQuantity(
      .rank(rank(distinct, isRange: isRange, row.ladder, lead, trail)),
      span: utf8(tokens.tokens[lead.start].start, tokens.tokens[max(last, trail.end - 1)].end))
    quantity.isNegated = excluded.negated || isNegatedBehind(max(last + 1, trail.end))
    quantity.role = lead.role
    append(quantity)
    return skipSameRank(distinct, at: max(last + 1, trail.end))
  }

  /// `ISO 6级（千级）` names one class twice.
  private func skipSameRank(_ classes: [Int], at index: Int) -> Int {
    guard kind(index) == .open, kind(index + 1) == .rank, kind(index + 2) == .close,
      classes.map({ lexicon.ranks[$0].name }) == [
        lexicon.ranks[tokens.tokens[index + 1].index].name
      ]
    else { return index }
    return index + 3
  }

  /// The next class behind a connector: another class, or its bare number or letter.
  private func nextRank(
    after index: Int, in ladder: Int
  ) -> (rank: Int, token: Int, isRange: Bool)? {
    let isRange = kind(index + 1) == .dash || has(index + 1, .range)
    guard isRange || has(index + 1, .list) || kind(index + 1) == .comma else { return nil }
    let place = index + 2
    guard tokens.tokens.indices.contains(place) else { return nil }
    let token = tokens.tokens[place]
    if token.kind == .rank {
      return lexicon.ranks[token.index].ladder == ladder ? (token.index, place, isRange) : nil
    }
    guard kind(index + 1) != .comma, token.kind == .number || token.kind == .text else {
      return nil
    }
    var end = token.end
    if let number = number(place) {
      if let unit = number.unit, unit.tag != .count { return nil }
      end = number.numberEnd
    }
    let text = Array(tokens.phrase.lower[token.start..<end])
    if let member = lexicon.ladders[ladder].members[text] { return (Int(member), place, isRange) }
    if text.last == 0x7EA7, let member = lexicon.ladders[ladder].members[Array(text.dropLast())] {
      return (Int(member), place, isRange)
    }
    return nil
  }

  private func rank(
    _ classes: [Int], isRange: Bool, _ ladder: Int, _ lead: Lead, _ trail: Trail
  ) -> WrittenQuantity.Rank {
    let names = classes.map { lexicon.ranks[$0].name }
    if classes.count > 1 {
      return Rank(classes: names, comparison: isRange ? .range : .set)
    }
    return Rank(classes: names, comparison: comparison(ladder, lead, trail))
  }

  /// Words mean the quality; the signs ≤ and < mean the number of the class.
  private func comparison(
    _ ladder: Int, _ lead: Lead, _ trail: Trail
  ) -> WrittenQuantity.Rank.Comparison {
    guard let bound = lead.bound ?? trail.bound, lead.bound == nil || !isPlusSuffix(trail) else {
      return .equal
    }
    let isInclusive = lead.bound == nil ? trail.isInclusive : lead.isInclusive
    if lead.bound == nil, isPlusSuffix(trail) { return .equal }
    switch bound {
    case .better: return .atLeast
    case .low: return isInclusive ? .atLeast : .better
    case .high:
      if lexicon.ladders[ladder].better == .lower, lead.isSymbol {
        return isInclusive ? .atLeast : .better
      }
      return isInclusive ? .atMost : .worse
    }
  }

  /// `BSL-2+`: an informal suffix.
  private func isPlusSuffix(_ trail: Trail) -> Bool {
    guard trail.end > 0, trail.end <= tokens.tokens.count else { return false }
    return tokens.phrase.exact[tokens.tokens[trail.end - 1].start] == 0x2B
  }

  // MARK: days

  mutating func takeDays(at index: Int) -> Int {
    let date = tokens.days[tokens.tokens[index].index]
    let token = tokens.tokens[index]
    var quantity = WrittenQuantity(
      .days(from: date.from, to: date.to), span: utf8(token.start, token.end))
    quantity.isApproximate = date.isApproximate
    let excluded = isExcluded(before: index)
    guard !excluded.waived else { return index + 1 }
    quantity.isNegated = excluded.negated
    append(quantity)
    if let other = date.other {
      var past = quantity
      past.value = .days(from: other.from, to: other.to)
      doubt("quantity.doubt.year", quantity, [past])
    }
    if date.isOrderUnclear, let swapped = swapped(date) {
      var other = quantity
      other.value = .days(from: swapped.from, to: swapped.to)
      doubt("quantity.doubt.day_month", quantity, [other])
    }
    return index + 1
  }

  private func swapped(_ date: DateText) -> (from: CivilDate?, to: CivilDate?)? {
    func turn(_ day: CivilDate) -> CivilDate? {
      let (year, month, dayOfMonth) = day.components
      return CivilDate(year: year, month: dayOfMonth, day: month)
    }
    return (date.from.flatMap(turn), date.to.flatMap(turn))
  }

  func append(_ quantity: WrittenQuantity, to reading: inout QuantityReading) {
    reading.quantities.append(quantity)
  }

  mutating func append(_ quantity: WrittenQuantity) {
    var quantity = quantity
    let floor = reading.quantities.last?.span.upperBound ?? 0
    if quantity.span.lowerBound < floor {
      quantity.span = floor..<max(floor, quantity.span.upperBound)
    }
    reading.quantities.append(quantity)
  }

  // MARK: tolerances and room temperature

  /// ± without a centre: an accuracy is a tolerance, a travel or environment a range.
  mutating func takeTolerance(at index: Int) -> Int {
    guard let next = operandAfter(index + 1), let operand = operand(next.token, negative: false),
      let unit = operand.unit
    else { return index + 1 }
    let trail = trail(from: next.token + 1)
    let place = tokens.tokens[index].start..<max(tokens.tokens[next.token].end, unit.end)
    let value = operand.number.number.scaled(by: operand.multiplier)
    let decision = meaning.decide(unit, value: value, isNegative: false, at: place)
    guard !decision.ucum.isEmpty else { return next.token + 1 }
    let isTolerance = isTolerance(decision, value, place, trail)
    let lead = lead(of: index)
    var quantity = WrittenQuantity(
      .interval(.init(low: -value * decision.factor, high: value * decision.factor)),
      unit: isTolerance && decision.ucum == "Cel" ? "K" : decision.ucum,
      span: utf8(tokens.tokens[lead.start].start, tokens.tokens[max(next.token, trail.end - 1)].end)
    )
    quantity.form = isTolerance ? .tolerance : .range
    let excluded = isExcluded(before: lead.start)
    guard !excluded.waived else { return next.token + 1 }
    quantity.isNegated = excluded.negated
    append(quantity)
    return max(next.token + 1, trail.end)
  }

  private func isTolerance(
    _ decision: UnitMeaning.Decision, _ value: Double, _ place: Range<Int>, _ trail: Trail
  ) -> Bool {
    if trail.bound == .high { return true }
    let near = meaning.nearest([.accuracy, .travel], to: place.lowerBound, place.upperBound)
    let isNear = tokens.contexts.contains {
      !$0.contexts.isDisjoint(with: near) && abs($0.position - place.lowerBound) < 24
    }
    if isNear, near == .accuracy { return true }
    if isNear, near == .travel { return decision.ucum == "Cel" && value <= 5 }
    let isWide = decision.ucum == "Cel" ? value > 20 : decision.ucum == "deg" ? value >= 10 : false
    let volt = lexicon.algebra.measure("V")?.dimension
    return !isWide && decision.measure.dimension != volt
  }

  /// 室温~1200℃.
  mutating func takeRoom(at index: Int) -> Int {
    guard kind(index + 1) == .dash || has(index + 1, .range),
      let next = operandAfter(index + 2),
      let operand = operand(next.token, negative: next.isNegative),
      let unit = operand.unit
    else { return index + 1 }
    let place = tokens.tokens[index].start..<max(tokens.tokens[next.token].end, unit.end)
    let value = operand.number.number.scaled(by: operand.multiplier) * (operand.isNegative ? -1 : 1)
    let decision = meaning.decide(unit, value: value, isNegative: operand.isNegative, at: place)
    guard decision.measure.dimension == lexicon.kinds.temperature else { return index + 1 }
    let room = lexicon.algebra.convert(25, from: "Cel", to: decision.ucum) ?? 25
    var quantity = WrittenQuantity(
      .interval(.init(low: min(room, value), high: max(room, value))), unit: decision.ucum,
      span: utf8(tokens.tokens[index].start, tokens.tokens[next.token].end))
    quantity.isApproximate = true
    append(quantity)
    return next.token + 1
  }
}
