/// Reads the prose of a platform that states no line of service into one line, every part of it
/// labelled `inferred` with its quote.
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

  /// The record with a line of what its text says; a record that states lines, sites or no text is
  /// left alone.
  ///
  /// - Complexity: O(length of the text · names at one place).
  public func completed(_ object: JSONObject, asOf: CivilDate) -> JSONObject {
    guard object["lines"]?.array?.isEmpty ?? true, object["sites"]?.array?.isEmpty ?? true,
      let body = object["text"]?.string, !body.isEmpty, let id = object["id"]?.string
    else { return object }
    let name = object["name"]?.string ?? object["name"]?.object?["zh-Hans"]?.string ?? ""
    let text = tools.read(title: name == id ? "" : name, text: body, asOf: asOf)
    var line = JSONObject([
      ("id", .string(id)), ("source", .object(JSONObject([("kind", .string("inferred"))]))),
      ("prose", .bool(true)),
    ])
    let services = offered(text)
    if !services.isEmpty {
      line["services"] = .array(services.map { .string(corpus.taxonomy[$0].code) })
    }
    let specs = specs(text, services)
    if !specs.isEmpty { line["specs"] = .array(specs) }
    let certificates = certificates(text)
    if !certificates.isEmpty { line["certificates"] = .array(certificates) }
    let denied = denied(text)
    if !denied.isEmpty { line["denied"] = .array(denied.map { .string($0) }) }
    var object = object
    object["lines"] = .array([.object(line)])
    // Words such as 停业 say something of the platform only in a text that says what it offers.
    for (field, words) in [("openness", "openness"), ("status", "status")]
    where object[field] == nil && !services.isEmpty {
      if let said = said(words, text) { object[field] = .string(said) }
    }
    if object["place"] == nil, let place = place(text) { object["place"] = .string(place) }
    return object
  }

  /// Every service that the prose names; of names inside one another only the longest.
  private func offered(_ text: ReadText) -> [ServiceID] {
    var seen: Set<ServiceID> = []
    var offered: [ServiceID] = []
    for (mention, service, evidence) in tools.services.named(in: text) where evidence > .weak {
      let clause = text.clause(at: mention.range.lowerBound)
      if text.has(.denied, in: clause.lowerBound..<mention.range.lowerBound) { continue }
      if seen.insert(service).inserted { offered.append(service) }
    }
    return offered.isEmpty ? tools.services.services(in: text).prefix(1).map(\.service) : offered
  }

  // MARK: Specs

  private func specs(_ text: ReadText, _ services: [ServiceID]) -> [JSONValue] {
    let numbers = tools.specs.specs(in: text, for: services, several: true).compactMap {
      number($0, text)
    }
    let words = tools.specs.terms(in: text, for: services).compactMap { terms($0, text) }
    return numbers + words
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
      return (interval.low, interval.high)
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

  private func terms(_ found: FoundTerms, _ text: ReadText) -> JSONValue? {
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
  private func certificates(_ text: ReadText) -> [JSONValue] {
    var found: [JSONValue] = []
    for mention in text.longest(\.isScheme) {
      guard let scheme = mention.scheme, !isDenied(mention, text) else { continue }
      let sentence = text.sentence(at: mention.range.lowerBound)
      var object = JSONObject([("scheme", .string(scheme.id))])
      let behind =
        mention.range.upperBound..<min(sentence.upperBound, mention.range.upperBound + 60)
      let next =
        text.mentions.first {
          $0.range.lowerBound >= mention.range.upperBound && $0.scheme != nil
        }?.range.lowerBound ?? text.text.utf8.count
      let scopes = text.longest(\.isScope).filter {
        behind.contains($0.range.lowerBound) && $0.range.lowerBound < next
      }
      if !scopes.isEmpty {
        object["scope"] = .array(scopes.map { .string(text.quote($0.range)) })
      }
      if let until = validity(text, mention.range.upperBound, next) {
        object["valid_until"] = .string(until.description)
      }
      AskFinder.mark(&object, text.quote(text.clause(at: mention.range.lowerBound)))
      found.append(.object(object))
    }
    return found
  }

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

  /// What the prose says it does not have: names behind 不具备 in its sentence.
  private func denied(_ text: ReadText) -> [String] {
    var denied: [String] = []
    for cue in text.mentions where cue.targets.contains(.cue(.denied)) {
      let end = text.sentence(at: cue.range.lowerBound).upperBound
      for mention in text.mentions
      where mention.range.lowerBound >= cue.range.upperBound && mention.range.lowerBound < end {
        let isName = mention.targets.contains {
          switch $0 {
          case .scheme, .term, .key: true
          default: false
          }
        }
        let words = text.quote(mention.range)
        if isName, !denied.contains(words) { denied.append(words) }
      }
    }
    for mention in text.longest(\.isScheme) where text.follows([.no], mention.range, within: 3) {
      if let scheme = mention.scheme, !denied.contains(scheme.id) { denied.append(scheme.id) }
    }
    return denied
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

  /// The place behind 位于, else the one in its name.
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
    return places.first { text.isInTitle($0.range) }.flatMap(place)
  }

  private func depth(_ mention: Mention) -> Int {
    place(mention).map { $0.split(separator: ".").count } ?? 0
  }

  private func place(_ mention: Mention) -> String? {
    for case .place(let place) in mention.targets { return corpus.places[place].id }
    return nil
  }
}
