/// Numbers that belong together: ranges, lists, sizes, tolerances around a centre, counts.
extension QuantityGrammar {
  // MARK: groups

  enum Joint {
    case range
    case list
    case times
    case tolerance
  }

  mutating func takeGroup(at index: Int) -> Int {
    let lead = lead(of: index)
    guard let first = operand(index, negative: lead.isNegative) else { return index + 1 }
    if let end = takeHiddenPower(at: index, first, lead) { return end }
    if let end = takeCount(at: index, first, lead) { return end }
    if let end = takeMesh(at: index, first, lead) { return end }
    if let end = takeGap(at: index, first, lead) { return end }
    if let end = takeCentre(at: index, first, lead) { return end }
    if let end = takeUnequal(at: index, first, lead) { return end }
    if let end = takeSize(at: index, first, lead) { return end }
    if let end = takeRange(at: index, first, lead) { return end }
    if let end = takeList(at: index, first, lead) { return end }
    if let end = takeCompound(at: index, first, lead) { return end }
    return finish([first], as: nil, at: index, end: index + 1, lead: lead)
  }

  /// `104/cm2`: ten to the fourth, its mark lost.
  private mutating func takeHiddenPower(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    guard let power = first.number.hiddenPower, !first.number.hasMultiplier, let unit = first.unit,
      isDensity(unit)
    else { return nil }
    var single = first
    single.number.number = WrittenNumber(digits: 1, exponent: power)
    single.number.damage = .lostPower(literal: first.number.number.value)
    return finish([single], as: nil, at: index, end: index + 1, lead: lead)
  }

  /// Things per area or volume.
  private func isDensity(_ unit: UnitText) -> Bool {
    let kinds = lexicon.kinds
    return [kinds.length * -2, kinds.length * -3].contains(unit.measure.dimension)
  }

  /// 4×50方 and `8 x H100`: a count of things, then the thing.
  private mutating func takeCount(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    guard has(index + 1, .times), first.number.isPlain, first.number.number.value <= 10_000,
      first.number.unit == nil || !(first.number.unit?.isLength(of: lexicon) ?? false)
    else { return nil }
    let isOwn = first.number.unit.map { $0.start < $0.end } ?? false
    guard !isOwn else { return nil }
    if let next = operandAfter(index + 2) {
      guard let unit = number(next.token)?.unit, !unit.isLength(of: lexicon) else { return nil }
      return count(first, at: index, lead, end: index + 2)
    }
    let after = index + 2 < tokens.tokens.count ? tokens.tokens[index + 2] : nil
    guard let after, after.kind == .text || after.kind == .rank else { return nil }
    return count(first, at: index, lead, end: index + 2)
  }

  mutating func count(_ first: Operand, at index: Int, _ lead: Lead, end: Int) -> Int? {
    guard let measure = lexicon.algebra.measure("{unit}") else { return nil }
    var operand = first
    operand.unit = UnitText(
      ucum: "{unit}", measure: measure, start: first.number.numberEnd, end: first.number.numberEnd)
    operand.number.unit = operand.unit
    operand.number.end = first.number.numberEnd
    return finish([operand], as: nil, at: index, end: index + 1, lead: lead, next: end)
  }

  /// -100+200目: through 100, on 200.
  private mutating func takeMesh(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    guard first.isNegative || first.unit?.tag == .mesh, isPlusSign(index + 1),
      let next = operand(index + 2, negative: false), next.unit?.tag == .mesh
    else { return nil }
    var low = first
    low.isNegative = false
    low.unit = next.unit
    return finish([low, next], as: .range, at: index, end: index + 3, lead: lead)
  }

  /// `30  31 GHz`, `9 5%`: a sign or a digit's neighbour was lost.
  private mutating func takeGap(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    guard first.number.isPlain, first.number.end == first.number.numberEnd,
      let next = operand(index + 1, negative: false), next.number.isPlain, let unit = first.unit,
      unit.start == unit.end, !next.number.isChinese
    else { return nil }
    let start = Int(tokens.phrase.offsets[first.number.end])
    let blanks = Int(tokens.phrase.offsets[next.number.start]) - start
    let (low, high) = (first.number.number.value, next.number.number.value)
    let firstDigits = first.number.end - first.number.start
    let nextDigits = next.number.numberEnd - next.number.start
    if blanks > 1 || firstDigits > 1 && firstDigits == nextDigits && low < high {
      return takeLostDash(at: index, first, next, lead)
    }
    var joined = next
    var power = 1.0
    for _ in 0..<nextDigits { power *= 10 }
    joined.number.number.digits = low * power + high
    joined.number.start = first.number.start
    let mark = reading.quantities.count
    let end = finish([joined], as: nil, at: index, end: index + 2, lead: lead)
    guard reading.quantities.count > mark, var other = reading.quantities.last else { return end }
    let taken = other
    other.value = replaced(other.value, by: low)
    doubt("quantity.doubt.split_number", taken, [other])
    return end
  }

  private mutating func takeLostDash(
    at index: Int, _ first: Operand, _ next: Operand, _ lead: Lead
  ) -> Int {
    let end = finish([first, next], as: .range, at: index, end: index + 2, lead: lead)
    if var other = reading.quantities.last {
      let taken = other
      other.value = .set([first.number.number.value, next.number.number.value])
      doubt("quantity.doubt.lost_dash", taken, [other])
    }
    return end
  }

  /// 5±0.1mm, 380V±10%, 10+0.1/-0.05mm.
  private mutating func takeCentre(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    if has(index + 1, .plusMinus), let next = operandAfter(index + 2) {
      guard let second = operand(next.token, negative: false) else { return nil }
      return finish([first, second], as: .tolerance, at: index, end: next.token + 1, lead: lead)
    }
    return nil
  }

  /// +0.1/-0.05 mm, alone or behind its centre.
  private mutating func takeUnequal(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    let hasCentre = isPlusSign(index + 1) && isTouching(index + 1, index + 2)
    let plus = hasCentre ? index + 2 : index
    guard hasCentre || isPlusSign(index - 1) && isTouching(index - 1, index),
      has(plus + 1, .list), kind(plus + 2) == .dash, let up = operand(plus, negative: false),
      let down = operand(plus + 3, negative: false), let unit = down.unit ?? up.unit
    else { return nil }
    var width = down
    width.unit = unit
    let mark = reading.quantities.count
    let end = finish([width], as: nil, at: plus + 3, end: plus + 4, lead: Lead(start: lead.start))
    guard reading.quantities.count > mark, case .interval(let low) = reading.quantities[mark].value,
      let below = low.low
    else { return end }
    let ratio = down.number.number.value == 0 ? 1 : below / down.number.number.value
    let centre = hasCentre ? first.number.number.value * ratio : 0
    reading.quantities[mark].value = .interval(
      .init(low: centre - below, high: centre + up.number.number.value * ratio))
    if !hasCentre { reading.quantities[mark].form = .tolerance }
    return end
  }

  /// a×b×c of lengths: one entry each.
  private mutating func takeSize(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    guard has(index + 1, .times) else { return nil }
    var operands = [first]
    var end = index + 1
    while has(end, .times), let next = operand(end + 1, negative: false) {
      operands.append(next)
      end += 2
    }
    guard operands.count > 1 else { return nil }
    if operands.count == 2, let unit = first.unit, !unit.isLength(of: lexicon),
      operands[1].unit == nil,
      operands[1].number.isPlain
    {
      _ = finish([first], as: nil, at: index, end: index + 1, lead: lead, isMember: true)
      return count(operands[1], at: index + 2, Lead(start: index + 2), end: end)
    }
    let shared = operands.last?.unit ?? operands.first?.unit
    for position in operands.indices {
      let operand = operands[position]
      var lead = lead
      if position > 0 { lead = Lead(start: index + 2 * position) }
      var single = operand
      if single.unit == nil { single.unit = shared }
      _ = finish(
        [single], as: nil, at: index + 2 * position, end: index + 2 * position + 1, lead: lead,
        isMember: position + 1 < operands.count)
    }
    return end
  }

  private mutating func takeRange(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    var place = index + 1
    let isWord = has(place, .range)
    guard kind(place) == .dash || isWord || lead.isBetween && has(place, .list) else { return nil }
    if kind(place) == .dash, kind(place + 1) == .dash, kind(place + 2) == .dash { return nil }
    place += 1
    if has(place, [.range]), !has(place, .minus) { place += 1 }
    if kind(place) == .word, has(place, .before), !has(place, .approximateBefore) { return nil }
    if kind(index + 1) == .dash, let end = takeLostPower(at: index, first, lead) { return end }
    if has(place, .roomTemperature), let end = takeUpToRoom(at: index, place, first, lead) {
      return end
    }
    guard let next = operandAfter(place),
      let second = operand(next.token, negative: next.isNegative),
      sameKind(first.unit, second.unit)
    else { return nil }
    let isChange = isChange(from: lead.start, to: next.token)
    if isChange {
      _ = finish([first], as: nil, at: index, end: index + 1, lead: lead, isMember: true)
      return finish(
        [second], as: nil, at: next.token, end: next.token + 1, lead: Lead(start: next.token))
    }
    var lead = lead
    lead.isApproximate = lead.isApproximate || next.isApproximate
    return finish([first, second], as: .range, at: index, end: next.token + 1, lead: lead)
  }

  /// -196℃～室温.
  private mutating func takeUpToRoom(
    at index: Int, _ room: Int, _ first: Operand, _ lead: Lead
  ) -> Int? {
    guard let unit = first.unit, sameKind(unit, unit),
      let kelvin = lexicon.algebra.measure("Cel")
    else { return nil }
    var ambient = first
    ambient.isNegative = false
    ambient.multiplier = 0
    ambient.number.number = WrittenNumber(digits: 25, exponent: 0)
    ambient.unit = UnitText(ucum: "Cel", measure: kelvin, start: unit.end, end: unit.end)
    var lead = lead
    lead.isApproximate = true
    return finish([first, ambient], as: .range, at: index, end: room + 1, lead: lead)
  }

  /// `10-6 Pa`: ten to the minus six, its mark lost.
  private mutating func takeLostPower(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    guard first.number.isPlain, first.number.number.value == 10, !first.number.isChinese,
      isTouching(index, index + 1), isTouching(index + 1, index + 2),
      let next = operand(index + 2, negative: false), next.number.isPlain,
      (2...15).contains(next.number.number.value), let unit = next.unit, isSmallByNature(unit),
      next.number.number.value < 10 || unit.measure.dimension == lexicon.kinds.pressure
    else { return nil }
    let power = -Int(next.number.number.value)
    var single = next
    single.number.number = WrittenNumber(digits: 1, exponent: power)
    single.number.start = first.number.start
    let mark = reading.quantities.count
    let end = finish([single], as: nil, at: index, end: index + 3, lead: lead)
    if reading.quantities.count > mark, let taken = reading.quantities.last {
      var other = taken
      let values = [next.number.number.value, 10]
      other.value = .interval(.init(low: values.min(), high: values.max()))
      doubt("quantity.doubt.lost_power", taken, [other])
    }
    return end
  }

  /// Pressures of a vacuum and compound units, of which small powers of ten are common.
  private func isSmallByNature(_ unit: UnitText) -> Bool {
    unit.measure.dimension == lexicon.kinds.pressure
      || unit.ucum.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
  }

  /// Whether a word of change stands before `from … to …` or right behind it.
  private func isChange(from start: Int, to end: Int) -> Bool {
    if has(end + 1, .change) { return true }
    guard
      lead(of: start + 1).isFrom || has(start, .from) || has(start - 1, .from)
        || has(start, .change)
    else { return false }
    var place = start
    while place >= 0, place > start - 8 {
      if has(place, .change) { return true }
      if kind(place) == .stop || kind(place) == .comma { return false }
      place -= 1
    }
    return false
  }

  func sameKind(_ left: UnitText?, _ right: UnitText?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    if left.measure.dimension == right.measure.dimension { return true }
    let temperatures: [UnitTag] = [.degree, .letterC, .degreeSign]
    return temperatures.contains(left.tag) && right.measure.dimension == lexicon.kinds.temperature
      || temperatures.contains(right.tag) && left.measure.dimension == lexicon.kinds.temperature
  }

  /// 6/8/12英寸; `50 L, 200 L and 2 x 1,000 L`; 1000V/500A ends the group but shares its bound.
  private mutating func takeList(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    guard separates(index + 1) else { return nil }
    var operands = [first]
    var last = index
    var counted: (token: Int, operand: Operand)?
    var shared: Int?
    while true {
      var place = last + 1
      guard separates(place) else { break }
      place += 1
      if kind(place - 1) == .comma, has(place, .list), kind(place) == .word { place += 1 }
      guard let next = operand(place, negative: false) else { break }
      if has(place + 1, .times), next.number.isPlain,
        let thing = operand(place + 2, negative: false),
        sameKind(first.unit, thing.unit), !(thing.unit?.isLength(of: lexicon) ?? true)
      {
        counted = (place, next)
        operands.append(thing)
        last = place + 2
        continue
      }
      guard sameKind(first.unit, next.unit), !isRangeNext(place), isListMember(next, of: first)
      else {
        shared = place
        break
      }
      operands.append(next)
      last = place
    }
    if operands.count > 1 {
      let end = finish(operands, as: .list, at: index, end: last + 1, lead: lead)
      if let counted {
        _ = count(counted.operand, at: counted.token, Lead(start: counted.token), end: 0)
      }
      return end
    }
    guard let shared, lead.bound != nil else { return nil }
    return takeShared(at: index, first, shared, lead)
  }

  private func isRangeNext(_ index: Int) -> Bool {
    (kind(index + 1) == .dash || has(index + 1, .range)) && operandAfter(index + 2) != nil
  }

  /// 3年或20万公里 differ in kind; 3个 and 5% both count but are not alternatives.
  private func isListMember(_ next: Operand, of first: Operand) -> Bool {
    guard let left = first.unit, let right = next.unit else { return first.unit == nil }
    if left.measure.dimension == lexicon.kinds.none { return left.ucum == right.ucum }
    return true
  }

  private func separates(_ place: Int) -> Bool {
    if has(place, .list) { return true }
    return kind(place) == .comma && isListed(place)
  }

  /// ≥100MW/200MWh: the bound holds for both.
  private mutating func takeShared(
    at index: Int, _ first: Operand, _ second: Int, _ lead: Lead
  ) -> Int? {
    guard let next = operand(second, negative: false), next.unit != nil, first.unit != nil,
      !isRangeNext(second)
    else { return nil }
    _ = finish([first], as: nil, at: index, end: index + 1, lead: lead, isMember: true)
    var carried = lead
    carried.start = second
    return finish([next], as: nil, at: second, end: second + 1, lead: carried)
  }

  /// 2h30min, 1小时30分.
  private mutating func takeCompound(at index: Int, _ first: Operand, _ lead: Lead) -> Int? {
    guard let unit = first.unit, unit.measure.dimension == lexicon.kinds.time, !unit.hasStroke,
      let next = operand(index + 1, negative: false), let part = next.unit,
      part.measure.dimension == lexicon.kinds.time, part.measure.factor < unit.measure.factor,
      part.start < part.end, next.number.start - first.number.end <= 1
    else { return nil }
    var sum = first
    let value =
      first.number.number.scaled(by: first.multiplier)
      + next.number.number.value * part.measure.factor / unit.measure.factor
    sum.number.number = WrittenNumber(digits: value, exponent: 0)
    sum.number.end = next.number.end
    return finish([sum], as: nil, at: index, end: index + 2, lead: lead)
  }
}
