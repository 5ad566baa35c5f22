extension DemandLint {
  /// Values that no law allows: below absolute zero, humidity over 100 %.
  func impossibilities(_ view: LintView) -> [DemandProblem] {
    guard let text = view.text else { return [] }
    let names = corpus.lint.lawNames.found(in: text.loose)
    return text.quantities.indices.compactMap { index in
      guard let (law, range) = brokenLaw(index, names, text) else { return nil }
      return problem(
        "impossible", view, part: "requirements", at: range, ["law": corpus.lint.laws[law].reason])
    }
  }

  private func brokenLaw(
    _ index: Int, _ names: [WordList.Found], _ text: ReadText
  ) -> (law: Int, range: Range<Int>)? {
    let quantity = text.quantities[index]
    for (place, law) in corpus.lint.laws.enumerated() where breaks(quantity, law) {
      guard law.isNamed else { return (place, quantity.span) }
      let name = names.last { $0.row == place && isBeside($0.range, quantity.span, text) }
      if let name { return (place, joined(name.range, quantity.span)) }
    }
    return nil
  }

  private func breaks(_ quantity: WrittenQuantity, _ law: LintTables.Law) -> Bool {
    guard quantity.form == nil, !quantity.isNegated else { return false }
    let units = corpus.registry.units
    let unit = units.unit(quantity.unit, of: law.kind)
    let isPlain = quantity.unit.isEmpty || quantity.unit == "1"
    guard unit != nil || isPlain && law.isNamed && law.kind != "ratio" else { return false }
    return numbers(quantity).contains { number in
      guard let value = unit.map({ units.convert(number, from: $0, to: law.unit) }) ?? number
      else { return false }
      return law.least.map { value < $0 } ?? false || law.most.map { value > $0 } ?? false
    }
  }

  private func numbers(_ quantity: WrittenQuantity) -> [Double] {
    switch quantity.value {
    case .interval(let interval): [interval.low, interval.high].compactMap(\.self)
    case .set(let set): set
    case .rank, .days: []
    }
  }

  /// Whether between a name and a number stand only words such as 为, 达到, of, in one sentence.
  private func isBeside(_ name: Range<Int>, _ span: Range<Int>, _ text: ReadText) -> Bool {
    let gap = span.lowerBound - name.upperBound
    guard (0...30).contains(gap), let filler = corpus.lint.words[.filler] else { return false }
    return filler.makesUp(
      text.quote(name.upperBound..<span.lowerBound), folding: corpus.folding)
  }

  // MARK: Named keys

  /// The sector of keys that every sector uses.
  private static let general = "gen"

  /// Numbers right behind the name of a key whose value or unit does not go with it.
  func misfits(_ view: LintView) -> [DemandProblem] {
    guard let text = view.text else { return [] }
    let names = corpus.lint.lawNames.found(in: text.loose)
    return text.quantities.indices.compactMap { index in
      let quantity = text.quantities[index]
      guard quantity.form == nil, !quantity.isNegated, !numbers(quantity).isEmpty,
        brokenLaw(index, names, text) == nil,
        !view.specs.contains(where: { $0.quantity == index && $0.isNamed }),
        let (name, named) = name(before: index, text)
      else { return nil }
      let keys = named.filter { isAtHome($0, view.services) }
      guard !keys.isEmpty else { return nil }
      let fitting = keys.filter { tools.specs.unit(quantity, $0) != nil }
      return fitting.isEmpty
        ? wrongUnit(index, name, keys, view, text) : outside(index, name, fitting, view, text)
    }
  }

  /// The longest name of keys that stands right before a quantity, with the keys it may mean.
  func name(
    before index: Int, _ text: ReadText
  ) -> (range: Range<Int>, keys: [KeyID])? {
    let span = text.quantities[index].span
    let beside = text.mentions.filter { mention in
      isBeside(mention.range, span, text) && !isCovered(mention, text)
        && !text.quantities.contains { $0.span.overlaps(mention.range) }
    }
    guard let best = beside.max(by: { $0.length < $1.length }) else { return nil }
    // A word that names a key in one service only (极片 for a coating's width) is no name of it.
    let keys = best.targets.compactMap { target -> KeyID? in
      if case .key(let key) = target { key } else { nil }
    }
    let isKey = best.targets.allSatisfy { target in
      switch target {
      case .key, .localKey: true
      default: false
      }
    }
    return keys.isEmpty || !isKey ? nil : (best.range, keys)
  }

  /// Whether demands for these services may be about the key; any, while no service is known.
  private func isAtHome(_ key: KeyID, _ services: [ServiceID]) -> Bool {
    let sectors = corpus.registry[key].sectors
    return services.isEmpty || sectors.contains(DemandLint.general)
      || services.contains { sectors.contains(corpus.taxonomy.sector(of: $0)) }
  }

  /// Whether a longer name holds it: 温度 in 温度循环.
  private func isCovered(_ mention: Mention, _ text: ReadText) -> Bool {
    text.mentions.contains { other in
      other.covers(mention)
    }
  }

  /// The value is outside the plausible range of every key that the name may mean.
  private func outside(
    _ index: Int, _ name: Range<Int>, _ keys: [KeyID], _ view: LintView, _ text: ReadText
  ) -> DemandProblem? {
    let quantity = text.quantities[index]
    let misses = keys.filter { key in
      guard let range = corpus.registry[key].plausible else { return false }
      return numbers(quantity).contains { number in
        canonical(number, quantity, key).map { !range.contains($0) } ?? false
      }
    }
    guard misses.count == keys.count, let key = nearest(keys, view.services),
      let range = corpus.registry[key].plausible
    else { return nil }
    return problem(
      "outside_range", view, part: "requirements", key: key, at: joined(name, quantity.span),
      [
        "value": value(index, text), "low": number(range.lowerBound),
        "high": number(range.upperBound), "unit": LocalizedName(plain: corpus.registry[key].unit),
      ])
  }

  /// The key of the asked service's sector, else the first.
  private func nearest(_ keys: [KeyID], _ services: [ServiceID]) -> KeyID? {
    let sectors = services.map { corpus.taxonomy.sector(of: $0) }
    let home = keys.first { key in corpus.registry[key].sectors.contains(where: sectors.contains) }
    return home ?? keys.first
  }

  private func number(_ value: Double) -> LocalizedName {
    LocalizedName(plain: NumberText.plain(value))
  }

  // MARK: Units

  /// Kinds that stand behind any name and say nothing about it.
  private static let neutral: Set<String> = ["duration", "duration_workday", "ratio", "count"]

  private func wrongUnit(
    _ index: Int, _ name: Range<Int>, _ keys: [KeyID], _ view: LintView, _ text: ReadText
  ) -> DemandProblem? {
    let quantity = text.quantities[index]
    let kinds = corpus.registry.units.quantities(of: quantity.unit)
    guard !kinds.isEmpty, !kinds.contains(where: isNeutral), !quantity.unit.contains("/"),
      !isDimension(index, text), !isNamedBehind(index, text),
      keys.allSatisfy({ key in
        let row = corpus.registry[key]
        return row.kind == .number && !isNeutral(row.domain)
          && !kinds.contains { corpus.lint.isMixed($0, row.domain) || $0 == row.domain }
      }), let key = nearest(keys, view.services)
    else { return nil }
    let unit = quantity.unitText.isEmpty ? quantity.unit : quantity.unitText
    return problem(
      "wrong_unit", view, part: "requirements", key: key, at: joined(name, quantity.span),
      [
        "value": value(index, text), "unit": LocalizedName(plain: unit),
        "units": list(usualUnits(key).map { LocalizedName(plain: $0) }),
      ])
  }

  private func isNeutral(_ kind: String) -> Bool {
    DemandLint.neutral.contains(kind) || kind.hasPrefix("lot_") || kind.hasPrefix("money_")
  }

  /// The canonical unit and up to two more of the kind.
  private func usualUnits(_ key: KeyID) -> [String] {
    let row = corpus.registry[key]
    let others = corpus.registry.units.all.filter {
      $0.quantity == row.domain && $0.name != row.unit
    }
    return [row.unit] + others.prefix(2).map(\.name)
  }

  /// A factor of `2 m × 3 m`.
  private func isDimension(_ index: Int, _ text: ReadText) -> Bool {
    let span = text.quantities[index].span
    let crosses: Set<Character> = ["×", "x", "X", "*", "✕", "╳", "·"]
    let bytes = text.text.utf8.count
    let behind = text.quote(span.upperBound..<min(bytes, span.upperBound + 4)).first
    let before = text.quote(max(0, span.lowerBound - 4)..<span.lowerBound).last
    let inside = text.quote(span).contains { "×✕╳*".contains($0) }
    return inside || [behind, before].contains { $0.map(crosses.contains) ?? false }
  }

  /// Whether the name of a key that it fits stands right behind it: `压力机 5 kW 电机功率`.
  private func isNamedBehind(_ index: Int, _ text: ReadText) -> Bool {
    let quantity = text.quantities[index]
    let clause = text.clause(at: quantity.span.lowerBound)
    return text.mentions.contains { mention in
      (0...6).contains(mention.range.lowerBound - quantity.span.upperBound)
        && clause.contains(mention.range.lowerBound)
        && mention.targets.contains { target in
          switch target {
          case .key(let key), .localKey(let key, _): tools.specs.unit(quantity, key) != nil
          default: false
          }
        }
    }
  }

  // MARK: Scale

  /// How many times beyond everything known a value is before it is asked about, and by how many
  /// lines the range must be known.
  private static let jump = 100.0
  private static let leastKnown = 3

  /// Values that are far from all that is known for their keys.
  func farValues(_ view: LintView) -> [DemandProblem] {
    view.demand.stages.flatMap { stage in
      stage.ask.requirements.compactMap { farValue($0, stage, view) }
    }
  }

  private func farValue(
    _ requirement: Requirement, _ stage: Stage, _ view: LintView
  ) -> DemandProblem? {
    let row = corpus.registry[requirement.key]
    guard row.scale == .ratio || row.scale == .log, isSurelyAsked(requirement, view),
      let known = corpus.lint.known[requirement.key], known.count >= DemandLint.leastKnown,
      let value = far(requirement.asked, known)
    else { return nil }
    let slip = slip(requirement, value, known)
    var values = [
      "value": LocalizedName(plain: requirement.written), "low": number(known.low),
      "high": number(known.high), "unit": LocalizedName(plain: row.unit),
    ]
    values["other"] = slip
    return problem(
      slip == nil ? "far_value" : "unit_slip", view, part: "requirements", stage: stage,
      key: requirement.key, at: view.range(of: requirement.provenance.quote),
      visibility: requirement.visibility, values)
  }

  /// Whether a number that was read out of the text stands right behind the key's name, or is about
  /// the key without one; one that a name further off explains may be about something else.
  private func isSurelyAsked(_ requirement: Requirement, _ view: LintView) -> Bool {
    guard requirement.provenance.inferred, let text = view.text else { return true }
    return view.specs.contains { spec in
      spec.key == requirement.key && text.quote(spec.range) == requirement.provenance.quote
        && (!spec.isNamed || name(before: spec.quantity, text)?.keys.contains(spec.key) ?? false)
    }
  }

  /// The asked number that is far outside; a small one of what must be reached, and a large one of
  /// what must not be passed, are easily met.
  private func far(_ asked: Requirement.Asked, _ known: LintTables.Known) -> Double? {
    func isHigh(_ value: Double) -> Bool { value >= known.high * DemandLint.jump && known.high > 0 }
    func isLow(_ value: Double) -> Bool { value > 0 && value <= known.low / DemandLint.jump }
    switch asked {
    case .atLeast(let value): return isHigh(value) ? value : nil
    case .atMost(let value): return isLow(value) ? value : nil
    case .cover(let low, let high):
      return isHigh(high) ? high : isLow(low) && low == high ? low : nil
    case .overlap(let low, let high):
      return isHigh(low) ? low : isLow(high) ? high : nil
    case .oneOfNumbers(let values): return values.first { isHigh($0) || isLow($0) }
    case .oneOfTerms, .allOfTerms, .rank, .flag: return nil
    }
  }

  /// The written number with the unit, nearest in size, that brings it among the known values.
  private func slip(
    _ requirement: Requirement, _ value: Double, _ known: LintTables.Known
  ) -> LocalizedName? {
    let row = corpus.registry[requirement.key]
    let units = corpus.registry.units
    let parts = requirement.written.split(separator: " ", maxSplits: 1).map(String.init)
    guard let canonical = corpus.registry.canonicalUnit(requirement.key), parts.count == 2,
      let stated = units.unit(parts[1], of: row.domain), stated.table.isEmpty, stated.offset == 0
    else { return nil }
    var best: (unit: Units.Unit, distance: Double)?
    for unit in units.all
    where unit.quantity == row.domain && unit.table.isEmpty && unit.offset == 0
      && canonical.offset == 0
    {
      let factor = unit.factor / stated.factor
      let moved = value * factor
      guard moved >= known.low / 2, moved <= known.high * 2 else { continue }
      let distance = Elementary.ln(factor).magnitude
      if distance < best?.distance ?? .infinity { best = (unit, distance) }
    }
    return best.map { LocalizedName(plain: "\(parts[0]) \($0.unit.name)") }
  }
}
