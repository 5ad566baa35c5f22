extension DemandLint {
  /// What a text says against itself: bounds that cross, a title that its text contradicts, a thing
  /// both asked and waived. Texts of several stages may well state a key several times.
  func textContradictions(_ view: LintView) -> [DemandProblem] {
    guard let text = view.text else { return [] }
    let waived = waivers(view, text)
    guard view.isSingle else { return waived }
    return crossedBounds(view, text) + differingTitle(view, text) + waived
  }

  // MARK: Bounds

  private struct Bound {
    let key: KeyID
    let quantity: Int
    let value: Double
    let isLow: Bool
    /// The name or the half-sentence says that it goes on about the same thing.
    let isCarried: Bool
  }

  private func crossedBounds(_ view: LintView, _ text: ReadText) -> [DemandProblem] {
    let bounds = bounds(view, text)
    var found: [DemandProblem?] = []
    for (index, one) in bounds.enumerated() {
      for two in bounds.dropFirst(index + 1) where two.key == one.key && two.isLow != one.isLow {
        let (low, high) = one.isLow ? (one, two) : (two, one)
        guard low.value > high.value, isNear(one, two, text) else { continue }
        found.append(
          problem(
            "min_over_max", view, part: "requirements", key: one.key,
            at: joined(text.quantities[one.quantity].span, text.quantities[two.quantity].span),
            ["low": bare(low.quantity, text), "high": bare(high.quantity, text)]))
      }
    }
    return found.compactMap(\.self)
  }

  /// Bounds of one key further apart may be about other things: a hot and a cold side.
  private func isNear(_ one: Bound, _ two: Bound, _ text: ReadText) -> Bool {
    let (left, right) = (text.quantities[one.quantity].span, text.quantities[two.quantity].span)
    return text.sentence(at: left.lowerBound) == text.sentence(at: right.lowerBound)
  }

  private func bounds(_ view: LintView, _ text: ReadText) -> [Bound] {
    var bounds: [Bound] = []
    for index in text.quantities.indices {
      guard case .interval(let interval) = text.quantities[index].value,
        (interval.low == nil) != (interval.high == nil),
        !text.quantities[index].isNegated,
        text.quantities[index].form == nil
      else { continue }
      let named = view.specs.first { $0.quantity == index && $0.isNamed }
      let carried = bounds.last.flatMap { goesOn(index, after: $0.quantity, text) ? $0.key : nil }
      guard let key = carried ?? named?.key,
        let value = canonical(interval.low ?? interval.high ?? 0, text.quantities[index], key)
      else { continue }
      bounds.append(
        Bound(
          key: key, quantity: index, value: value, isLow: interval.low != nil,
          isCarried: carried != nil))
    }
    return bounds
  }

  /// Whether nothing but words such as 也, 且, but stands between two neighbouring quantities.
  private func goesOn(_ index: Int, after previous: Int, _ text: ReadText) -> Bool {
    guard index == previous + 1, let also = corpus.lint.words[.also] else { return false }
    let between = text.quantities[previous].span.upperBound..<text.quantities[index].span.lowerBound
    guard between.count > 0, between.count <= 30 else { return false }
    let marks: Set<Character> = ["，", ",", "、", "；", ";", "。"]
    return also.makesUp(text.quote(between).filter { !marks.contains($0) }, folding: corpus.folding)
  }

  func canonical(_ number: Double, _ quantity: WrittenQuantity, _ key: KeyID) -> Double? {
    guard let unit = tools.specs.unit(quantity, key),
      let canonical = corpus.registry.canonicalUnit(key)
    else { return nil }
    return corpus.registry.units.convert(number, from: unit, to: canonical)
  }

  func value(_ index: Int, _ text: ReadText) -> LocalizedName {
    LocalizedName(plain: text.quote(text.quantities[index].span))
  }

  /// The bound's number and unit without its comparator.
  private func bare(_ index: Int, _ text: ReadText) -> LocalizedName {
    let quantity = text.quantities[index]
    guard case .interval(let interval) = quantity.value, let bound = interval.low ?? interval.high
    else { return value(index, text) }
    let unit = quantity.unitText.isEmpty ? quantity.unit : quantity.unitText
    return LocalizedName(plain: trimmed("\(NumberText.plain(bound)) \(unit)"))
  }

  func joined(_ left: Range<Int>, _ right: Range<Int>) -> Range<Int> {
    min(left.lowerBound, right.lowerBound)..<max(left.upperBound, right.upperBound)
  }

  // MARK: Title and text

  /// A key with one value in the title and only others in the text.
  private func differingTitle(_ view: LintView, _ text: ReadText) -> [DemandProblem] {
    let heads = view.specs.filter { text.isInTitle(text.quantities[$0.quantity].span) }
    return heads.compactMap { head in
      guard heads.count(where: { $0.key == head.key }) == 1, isSure(head, view, text),
        let wanted = point(head, text),
        !isRepeated(head, text)
      else { return nil }
      let body = view.specs.filter {
        $0.key == head.key && isSure($0, view, text)
          && !text.isInTitle(text.quantities[$0.quantity].span)
      }
      let others = body.compactMap { point($0, text) }
      guard let first = body.first, others.count == body.count,
        others.allSatisfy({ differs($0, wanted) })
      else { return nil }
      return problem(
        "title_differs", view, part: "requirements", key: head.key,
        at: text.quantities[first.quantity].span,
        ["value": value(head.quantity, text), "other": value(first.quantity, text)])
    }
  }

  /// Whether the number is about the key for certain: its name stands right before it, or it is a
  /// class, or of a kind that no other key has, as the few sizes of wafers.
  private func isSure(_ spec: FoundSpec, _ view: LintView, _ text: ReadText) -> Bool {
    let row = corpus.registry[spec.key]
    return row.kind == .ordinal
      || name(before: spec.quantity, text)?.keys.contains(spec.key) ?? false
      || [.oneOf, .equal].contains(row.direction)
        && corpus.registry.keys.count { $0.kind == .number && $0.domain == row.domain } == 1
  }

  /// The one number or class of a spec; nil for bounds, ranges and sets.
  private func point(_ spec: FoundSpec, _ text: ReadText) -> Double? {
    let quantity = text.quantities[spec.quantity]
    switch quantity.value {
    case .interval(let interval):
      guard let low = interval.low, low == interval.high, quantity.form == nil else { return nil }
      return canonical(low, quantity, spec.key)
    case .rank(let rank) where rank.classes.count == 1 && rank.comparison == .equal:
      return tools.specs.rank(rank.classes[0], spec.key).map(Double.init)
    default: return nil
    }
  }

  private func differs(_ one: Double, _ other: Double) -> Bool {
    (one - other).magnitude > 0.02 * max(one.magnitude, other.magnitude)
  }

  /// Whether the text says the title's number again, of whatever key.
  private func isRepeated(_ head: FoundSpec, _ text: ReadText) -> Bool {
    guard let wanted = point(head, text) else { return false }
    return text.quantities.contains { quantity in
      guard !text.isInTitle(quantity.span) else { return false }
      let numbers: [Double]
      switch quantity.value {
      case .interval(let interval): numbers = [interval.low, interval.high].compactMap(\.self)
      case .set(let set): numbers = set
      default: return false
      }
      return numbers.contains { number in
        canonical(number, quantity, head.key).map { !differs($0, wanted) } ?? false
      }
    }
  }

  // MARK: Asked and waived

  /// A flag, term or certificate that the title or a must asks and another place waives.
  private func waivers(_ view: LintView, _ text: ReadText) -> [DemandProblem] {
    var seen: Set<MentionTarget> = []
    return text.mentions.compactMap { mention in
      guard let target = mention.targets.first(where: isThing), !seen.contains(target),
        isWaived(mention, text), !text.isInTitle(mention.range),
        text.mentions.contains(where: { other in
          other.targets.contains(target) && isAsked(other, text)
        })
      else { return nil }
      seen.insert(target)
      return problem(
        "waived_differs", view, part: "requirements",
        key: key(of: target), at: text.clause(at: mention.range.lowerBound),
        ["name": LocalizedName(plain: text.quote(mention.range))])
    }
  }

  private func isThing(_ target: MentionTarget) -> Bool {
    switch target {
    case .key(let key), .localKey(let key, _): corpus.registry[key].kind == .flag
    case .term, .scheme: true
    case .service, .scope, .place, .cue: false
    }
  }

  private func key(of target: MentionTarget) -> KeyID? {
    switch target {
    case .key(let key), .localKey(let key, _): key
    default: nil
    }
  }

  private func isAsked(_ mention: Mention, _ text: ReadText) -> Bool {
    guard !isWaived(mention, text) else { return false }
    if text.isInTitle(mention.range) { return true }
    let clause = text.clause(at: mention.range.lowerBound)
    return text.has(.must, in: clause) && !text.has(.waive, in: clause)
  }

  /// Whether a waiver stands right before or right behind it in its half-sentence.
  private func isWaived(_ mention: Mention, _ text: ReadText) -> Bool {
    let clause = text.clause(at: mention.range.lowerBound)
    return text.mentions.contains { cue in
      guard cue.targets.contains(.cue(.waive)), cue.length > 1, !text.isInsideCue(cue),
        clause.contains(cue.range.lowerBound)
      else { return false }
      let gap =
        cue.range.upperBound <= mention.range.lowerBound
        ? mention.range.lowerBound - cue.range.upperBound
        : cue.range.lowerBound - mention.range.upperBound
      return (0...6).contains(gap)
    }
  }
}
