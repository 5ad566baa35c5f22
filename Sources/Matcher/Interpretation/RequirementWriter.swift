/// Turns found specs and terms into requirement objects of the record form.
///
/// A key that no line of the frozen catalogue states tells no line from another: what the words ask
/// on it is for information, unless they say that it must be.
struct RequirementWriter: Sendable {
  let corpus: Corpus
  let specs: SpecFinder
  let asks: AskFinder

  /// The requirements of one stage, in the order of the text; a waived one is left out.
  func requirements(
    _ found: [FoundSpec], _ terms: [FoundTerms], _ text: ReadText
  ) -> [JSONValue] {
    let numbers: [(Int, JSONValue)] = found.compactMap { one in
      number(one, text).map { (one.range.lowerBound, $0) }
    }
    let words: [(Int, JSONValue)] = terms.compactMap { one in
      self.terms(one, text).map { (one.range.lowerBound, $0) }
    }
    return (numbers + words).sorted { $0.0 < $1.0 }.map(\.1)
  }

  private func number(_ found: FoundSpec, _ text: ReadText) -> JSONValue? {
    let quantity = text.quantities[found.quantity]
    let key = corpus.registry[found.key]
    guard let (value, sign) = value(quantity, key, found.key) else { return nil }
    let isEnd = sign == SpecKey.Direction.atLeast.rawValue && isLowest(found, text)
    var object = JSONObject([("key", .string(key.id))])
    if let sign, !isEnd { object["op"] = .string(sign) }
    object["value"] = value
    if let unit = specs.unit(quantity, found.key), key.kind == .number {
      object["unit"] = .string(unit.name)
    }
    if quantity.isApproximate { object["approximate"] = .bool(true) }
    if asks.outputs(in: text).contains(where: { $0.place == found.quantity && !$0.isAsked }) {
      // Whose it is has to be asked first.
      object["strictness"] = .string(Strictness.info.rawValue)
      AskFinder.mark(&object, text.quote(found.range))
      return .object(object)
    }
    return finish(&object, found.key, found.range, quantity.role, text)
  }

  /// 最低温度 -78 ℃: the lowest that must be reached, not a bound of what is reached.
  private func isLowest(_ found: FoundSpec, _ text: ReadText) -> Bool {
    let direction = corpus.registry[found.key].direction
    guard direction == .cover || direction == .overlap else { return false }
    let span = text.quantities[found.quantity].span
    let start = max(text.clause(at: span.lowerBound).lowerBound, span.lowerBound - 24)
    let words = LooseText(text.words(start..<span.upperBound), folding: corpus.folding)
    return corpus.reading.words[.specLowest].map { !$0.found(in: words).isEmpty } ?? false
  }

  private func terms(_ found: FoundTerms, _ text: ReadText) -> JSONValue? {
    let key = corpus.registry[found.key]
    var object = JSONObject([("key", .string(key.id))])
    if key.kind == .flag {
      object["value"] = .bool(true)
    } else {
      if found.isAlternative || found.terms.count == 1 { object["op"] = .string("one_of") }
      object["value"] = .array(found.terms.map { .string(name($0, key)) })
    }
    return finish(&object, found.key, found.range, nil, text)
  }

  /// The term's name where it says the same as its id.
  private func name(_ term: TermID, _ key: SpecKey) -> String {
    let vocabulary = corpus.registry.vocabularies[key.domain]
    guard let name = vocabulary?.name(term)?.simplified,
      vocabulary?.resolve(name, fold: corpus.folding) == term
    else { return term.id }
    return name
  }

  private func finish(
    _ object: inout JSONObject, _ key: KeyID, _ range: Range<Int>, _ role: WrittenQuantity.Role?,
    _ text: ReadText
  ) -> JSONValue? {
    switch asks.strictness(at: range, text) {
    case .some(nil): return nil
    case .some(.some(let strictness)): object["strictness"] = .string(strictness.rawValue)
    case nil where !corpus.reading.stated.contains(key):
      object["strictness"] = .string(Strictness.info.rawValue)
    case nil where role == .preferred: object["strictness"] = .string(Strictness.soft.rawValue)
    case nil: break
    }
    AskFinder.mark(&object, text.quote(range))
    return .object(object)
  }

  /// What a key is asked for: one end of what is written, by the key's direction. A bound above on
  /// a key where more is better still asks to reach it: 真高300 m以下试飞 needs 300 m.
  private func value(
    _ quantity: WrittenQuantity, _ key: SpecKey, _ id: KeyID
  ) -> (JSONValue, sign: String?)? {
    switch quantity.value {
    case .days: return nil
    case .rank(let rank):
      let best = rank.classes.max { specs.rank($0, id) ?? 0 < specs.rank($1, id) ?? 0 }
      return best.map { (.string($0), nil) }
    case .set(let numbers): return set(numbers, key)
    case .interval(let interval):
      if quantity.form == .tolerance, let high = interval.high { return (.number(high), nil) }
      return self.interval(interval, key)
    }
  }

  private func set(_ numbers: [Double], _ key: SpecKey) -> (JSONValue, sign: String?)? {
    guard let low = numbers.min(), let high = numbers.max() else { return nil }
    switch key.direction {
    case .atLeast: return (.number(high), nil)
    case .atMost: return (.number(low), nil)
    case .cover, .overlap: return (.array([.number(low), .number(high)]), nil)
    case .oneOf, .allOf, .equal: return (.array(numbers.map { .number($0) }), nil)
    }
  }

  private func interval(
    _ interval: WrittenQuantity.Interval, _ key: SpecKey
  ) -> (JSONValue, sign: String?)? {
    switch (interval.low, interval.high) {
    case (let low?, let high?) where low == high: return (.number(low), nil)
    case (let low?, let high?):
      switch key.direction {
      case .atLeast: return (.number(high), nil)
      case .atMost: return (.number(low), nil)
      case .cover, .overlap: return (.array([.number(low), .number(high)]), nil)
      case .oneOf, .allOf, .equal:
        return (.array([.number(low), .number(high)]), SpecKey.Direction.cover.rawValue)
      }
    case (let low?, nil):
      let isOpen = key.direction != .atLeast && key.direction != .atMost
      return (.number(low), isOpen ? SpecKey.Direction.atLeast.rawValue : nil)
    case (nil, let high?): return (.number(high), nil)
    case (nil, nil): return nil
    }
  }
}
