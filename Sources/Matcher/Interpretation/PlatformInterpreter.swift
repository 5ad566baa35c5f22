/// Reads the prose of a platform that states no line of service into a line, or into one for each
/// part that tells of its own; every part of it is labelled `inferred` with its quote.
///
/// What the prose does not say stays unknown; it is denied only in so many words (不具备, 不对外).
/// `DESIGN` §5, *Inferred*.
public struct PlatformInterpreter: Sendable {
  private let corpus: Corpus
  private let tools: ReadingTools

  /// A longer half-sentence is about more than whether the platform works or takes outside work.
  private static let shortClause = 45

  public init(corpus: Corpus, tools: ReadingTools) {
    self.corpus = corpus
    self.tools = tools
  }

  /// The record with the lines that its text tells of; a record that states lines, sites or no text is
  /// left alone.
  ///
  /// - Complexity: O(length of the text · names at one place).
  public func completed(_ object: JSONObject, asOf: CivilDate) -> JSONObject {
    guard object["lines"]?.array?.isEmpty ?? true, object["sites"]?.array?.isEmpty ?? true,
      let body = object["text"]?.string, !body.isEmpty, let id = object["id"]?.string
    else { return object }
    let name = object["name"]?.string ?? object["name"]?.object?["zh-Hans"]?.string ?? ""
    let title = name == id ? "" : name
    let text = tools.read(title: title, text: body, asOf: asOf)
    let parts = ProseLines(finder: tools.services).parts(text)
    let services = offered(text, ProseDenials(text, registry: corpus.registry))
    var object = object
    if parts.isEmpty {
      object["lines"] = .array([.object(line(text, id: id, services))])
    } else {
      object["lines"] = .array(
        parts.enumerated().map { index, part in
          let text = tools.read(title: title, text: part.text, asOf: asOf)
          let own = offered(tools.read(title: "", text: part.own, asOf: asOf))
          var line = line(text, id: "\(id)/L\(index + 1)", own)
          line["text"] = .string(part.text)
          return .object(line)
        })
    }
    // Words such as 停业 say something of the platform only in a text that says what it offers.
    for (field, words) in [("openness", "openness"), ("status", "status")]
    where object[field] == nil && !services.isEmpty {
      if let said = said(words, text) { object[field] = .string(said) }
    }
    if object["place"] == nil, let place = place(text) { object["place"] = .string(place) }
    return object
  }

  private func line(_ text: ReadText, id: String, _ services: [ServiceID]) -> JSONObject {
    let denials = ProseDenials(text, registry: corpus.registry)
    var line = JSONObject([
      ("id", .string(id)), ("source", .object(JSONObject([("kind", .string("inferred"))]))),
      ("prose", .bool(true)),
    ])
    if !services.isEmpty {
      line["services"] = .array(services.map { .string(corpus.taxonomy[$0].code) })
    }
    let lists = [
      ("specs", specs(text, services, denials)), ("certificates", certificates(text, denials)),
      ("denied", denied(text, denials).map { .string($0) }),
    ]
    for (name, list) in lists where !list.isEmpty { line[name] = .array(list) }
    // What is paid for or made says something of a line only where the text says what it offers.
    if !services.isEmpty { addCommerce(&line, text) }
    return line
  }

  private func addCommerce(_ line: inout JSONObject, _ text: ReadText) {
    line["lot"] = tools.asks.lot(in: text)
    line["capacity"] = tools.asks.capacity(in: text)
    line["price"] = tools.asks.price(in: text)
    line["lead_time"] = tools.asks.leadTime(in: text)
    let slots = tools.asks.slots(in: text)
    if !slots.isEmpty { line["calendar"] = .array(slots) }
  }

  private func offered(_ text: ReadText) -> [ServiceID] {
    offered(text, ProseDenials(text, registry: corpus.registry))
  }

  /// Every service that the prose names; of names inside one another only the longest.
  private func offered(_ text: ReadText, _ denials: ProseDenials) -> [ServiceID] {
    var seen: Set<ServiceID> = []
    var offered: [ServiceID] = []
    for (mention, service, evidence) in tools.services.named(in: text) where evidence > .weak {
      let clause = text.clause(at: mention.range.lowerBound)
      if text.has(.denied, in: clause.lowerBound..<mention.range.lowerBound) { continue }
      if denials.isTaken(mention.range) { continue }
      if seen.insert(service).inserted { offered.append(service) }
    }
    return offered.isEmpty ? tools.services.services(in: text).prefix(1).map(\.service) : offered
  }

  // MARK: Specs

  private func specs(
    _ text: ReadText, _ services: [ServiceID], _ denials: ProseDenials
  ) -> [JSONValue] {
    let numbers = tools.specs.specs(in: text, for: services, several: true).compactMap { found in
      denials.isPlanned(text.quantities[found.quantity].span) ? nil : number(found, text)
    }
    let words = tools.specs.terms(in: text, for: services).compactMap {
      terms($0, text, denials)
    }
    return ProseSets.joined(numbers.compactMap(\.object)) + words
  }

  private func number(_ found: FoundSpec, _ text: ReadText) -> JSONValue? {
    let quantity = text.quantities[found.quantity]
    let key = corpus.registry[found.key]
    var object = JSONObject([("key", .string(key.id))])
    switch quantity.value {
    case .days: return nil
    case .rank(let rank):
      let best = rank.classes.max {
        tools.specs.rank($0, found.key) ?? 0 < tools.specs.rank($1, found.key) ?? 0
      }
      object["value"] = best.map { .string($0) }
    case .set(let numbers): object["values"] = .array(numbers.map { .number($0) })
    case .interval(let interval):
      let (low, high) = ends(interval, key, quantity.form)
      if let low { object["min"] = .number(low) }
      if let high { object["max"] = .number(high) }
    }
    if key.kind == .number, let unit = tools.specs.unit(quantity, found.key) {
      object["unit"] = .string(unit.name)
    }
    AskFinder.mark(&object, quote(found, text))
    return .object(object)
  }

  /// What the line can do, from what it states: of a single number the end that the key's direction
  /// asks for, both where it must contain the asked value.
  private func ends(
    _ interval: WrittenQuantity.Interval, _ key: SpecKey, _ form: WrittenQuantity.Form?
  ) -> (low: Double?, high: Double?) {
    guard let low = interval.low, let high = interval.high else {
      // 不大于0.5μm of what is better small is how far down it gets, 99.95%以上 how far up.
      switch (key.direction, interval.low, interval.high) {
      case (.atMost, nil, let most?): return (most, nil)
      case (.atLeast, let least?, nil): return (nil, least)
      default: return (interval.low, interval.high)
      }
    }
    if form == .tolerance { return (high, nil) }
    guard low == high else { return (low, high) }
    switch key.direction {
    case .atLeast: return (nil, high)
    case .atMost: return (low, nil)
    default: return (low, high)
    }
  }

  /// Name and number when they stand in one half-sentence, else the whole sentence.
  private func quote(_ found: FoundSpec, _ text: ReadText) -> String {
    let clause = text.clause(at: text.quantities[found.quantity].span.lowerBound)
    let isOne =
      clause.lowerBound <= found.range.lowerBound
      && found.range.upperBound <= clause.upperBound
    return found.isNamed && isOne
      ? text.quote(found.range) : text.quote(text.sentence(at: found.range.lowerBound))
  }

  private func terms(
    _ found: FoundTerms, _ text: ReadText, _ denials: ProseDenials
  ) -> JSONValue? {
    if denials.isTaken(found.range) { return nil }
    let key = corpus.registry[found.key]
    let clause = text.clause(at: found.range.lowerBound)
    if text.has(.denied, in: clause.lowerBound..<max(clause.lowerBound, found.range.lowerBound)) {
      return nil
    }
    var object = JSONObject([("key", .string(key.id))])
    if key.kind == .flag {
      object["value"] = .bool(true)
    } else {
      object["values"] = .array(found.terms.map { .string($0.id) })
    }
    AskFinder.mark(&object, text.quote(found.range))
    return .object(object)
  }

  // MARK: Certificates, denials, openness, place

  /// A scheme with the scopes in brackets behind it and the day until which it is valid.
  private func certificates(_ text: ReadText, _ denials: ProseDenials) -> [JSONValue] {
    var found: [JSONValue] = []
    for mention in text.longest(\.isScheme) {
      guard let scheme = mention.scheme, !isDenied(mention, text),
        !denials.isTaken(mention.range)
      else { continue }
      let sentence = text.sentence(at: mention.range.lowerBound)
      var object = JSONObject([("scheme", .string(scheme.id))])
      let (scopes, next) = scopes(of: mention, scheme, sentence, text)
      if !scopes.isEmpty { object["scope"] = .array(scopes.map { .string($0) }) }
      if let until = validity(text, mention.range.upperBound, next) {
        object["valid_until"] = .string(until.description)
      }
      AskFinder.mark(&object, text.quote(text.clause(at: mention.range.lowerBound)))
      if !found.contains(.object(object)) { found.append(.object(object)) }
    }
    return found
  }

  /// The grade in its name, else what stands behind it, before the next scheme that is not named with
  /// it (CNAS、CMA); else what stands before it in its half-sentence.
  private func scopes(
    of mention: Mention, _ scheme: TermID, _ sentence: Range<Int>, _ text: ReadText
  ) -> (names: [String], next: Int) {
    var end = mention.range.upperBound
    var next = text.text.utf8.count
    for other in text.longest(\.isScheme) where other.range.lowerBound >= end {
      if other.range.lowerBound - end > PlatformInterpreter.betweenSchemes {
        next = other.range.lowerBound
        break
      }
      end = other.range.upperBound
    }
    if let grade = tools.asks.grade(of: mention, scheme, text) { return ([grade.id], next) }
    let all = text.longest(\.isScope).filter { $0.scheme == nil }
    let behind = end..<max(end, min(sentence.upperBound, end + 60))
    let found = all.filter { behind.contains($0.range.lowerBound) && $0.range.lowerBound < next }
    if !found.isEmpty { return (found.map { text.quote($0.range) }, next) }
    let clause = text.clause(at: mention.range.lowerBound)
    let before = all.filter {
      $0.range.lowerBound >= clause.lowerBound && $0.range.upperBound <= mention.range.lowerBound
    }
    return (before.map { text.quote($0.range) }, next)
  }

  /// Bytes between two schemes that are named together: `、`, `及`, ` and `.
  private static let betweenSchemes = 6

  /// Behind 不具备 in its sentence, or directly behind 无.
  private func isDenied(_ mention: Mention, _ text: ReadText) -> Bool {
    let sentence = text.sentence(at: mention.range.lowerBound)
    return text.has(.denied, in: sentence.lowerBound..<mention.range.lowerBound)
      || text.follows([.no], mention.range, within: 3)
  }

  private func validity(_ text: ReadText, _ start: Int, _ end: Int) -> CivilDate? {
    let cue = text.mentions.first {
      $0.targets.contains(.cue(.validUntil)) && $0.range.lowerBound >= start
        && $0.range.lowerBound < end
    }
    guard let cue else { return nil }
    for quantity in text.quantities where quantity.span.lowerBound >= start {
      guard quantity.span.lowerBound < end + 40, quantity.span.upperBound >= cue.range.lowerBound,
        case .days(let from, let to) = quantity.value
      else { continue }
      return to ?? from
    }
    return nil
  }

  /// What the prose says it does not have, by name.
  private func denied(_ text: ReadText, _ denials: ProseDenials) -> [String] {
    denials.denied.map { mention in
      let isNo = text.follows([.no], mention.range, within: 3)
      return isNo ? mention.scheme?.id ?? text.quote(mention.range) : text.quote(mention.range)
    }.withoutRepeats
  }

  /// A short half-sentence that the status table can read.
  private func said(_ field: String, _ text: ReadText) -> String? {
    for clause in text.clauses where clause.count <= PlatformInterpreter.shortClause {
      let words = text.quote(clause)
      if corpus.lexicon.meaning(of: words, field: field, fold: corpus.folding) != nil {
        return words
      }
    }
    return nil
  }

  /// The place behind 位于, else the one in its name, else one that stands alone: 东莞松山湖。
  private func place(_ text: ReadText) -> String? {
    let places = text.mentions.filter { place($0) != nil }
    let own = text.mentions.filter { $0.targets.contains(.cue(.placeOwn)) }
    for cue in own {
      let clause = text.clause(at: cue.range.lowerBound)
      let inside = places.filter {
        $0.range.lowerBound >= cue.range.upperBound && clause.contains($0.range.lowerBound)
      }
      if let last = inside.max(by: { depth($0) < depth($1) }) { return place(last) }
    }
    if let named = places.first(where: { text.isInTitle($0.range) || isInName($0, text) }) {
      return place(named)
    }
    let alone = places.filter { isAlone($0, places, text) }
    return alone.max(by: { depth($0) < depth($1) }).flatMap(place)
  }

  /// At the beginning of the name that a profile opens with, or in brackets in it: 惠东试飞基地：,
  /// 电芯中试线（江门）：.
  private func isInName(_ mention: Mention, _ text: ReadText) -> Bool {
    guard let name = text.clauses.first, name.count <= 60, name.contains(mention.range.lowerBound)
    else { return false }
    let words = text.quote(name)
    guard words.hasSuffix("：") || words.hasSuffix(":") else { return false }
    return mention.range.lowerBound == name.lowerBound
      || text.opening(in: name.lowerBound..<mention.range.lowerBound) == mention.range.lowerBound
  }

  /// A half-sentence that says little more than one place, and nothing of whom one serves.
  private func isAlone(_ mention: Mention, _ places: [Mention], _ text: ReadText) -> Bool {
    let clause = text.clause(at: mention.range.lowerBound)
    let inside = text.mentions.filter { clause.contains($0.range.lowerBound) }
    let isOther = inside.contains { other in
      other.targets.contains {
        switch $0 {
        case .service, .key, .term, .scheme: !other.range.overlaps(mention.range)
        case .cue(.clients), .cue(.placeOnly), .cue(.placePrefer), .cue(.past): true
        default: false
        }
      }
    }
    let ids = places.filter { clause.contains($0.range.lowerBound) }.compactMap(\.place)
    let isOne = ids.allSatisfy { one in
      ids.allSatisfy {
        one == $0 || corpus.places.contains(one, $0) || corpus.places.contains($0, one)
      }
    }
    let isNumbered = text.quantities.contains { $0.span.overlaps(clause) }
    return !isOther && isOne && !isNumbered
      && clause.count - mention.range.count <= PlatformInterpreter.besidePlace
  }

  /// Bytes beside a place that stands alone: ten characters.
  private static let besidePlace = 30

  private func depth(_ mention: Mention) -> Int {
    place(mention).map { $0.split(separator: ".").count } ?? 0
  }

  private func place(_ mention: Mention) -> String? {
    for case .place(let place) in mention.targets { return corpus.places[place].id }
    return nil
  }
}
