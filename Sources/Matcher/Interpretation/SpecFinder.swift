/// A number or class of a text with the key it is about.
struct FoundSpec: Sendable {
  let key: KeyID
  /// The place among the text's quantities.
  let quantity: Int
  /// The words that tell it: name and number.
  let range: Range<Int>
  let isNamed: Bool
  /// Comparable within one text: how surely the number is about the key.
  let weight: Double
}

/// Terms or a yes of a text with the key they are about.
struct FoundTerms: Sendable {
  let key: KeyID
  /// Empty for a flag.
  let terms: [TermID]
  let isAlternative: Bool
  let range: Range<Int>
}

/// Finds which key a number, class or term of a text is about: by a name beside it, else because in
/// this service a value of its kind means nothing else (`taxonomy/typical.tsv`).
struct SpecFinder: Sendable {
  private let registry: SpecRegistry
  private let taxonomy: Taxonomy
  private let folding: Folding
  private let typical: [ServiceID: [TypicalKey]]
  private let guards: [String: TermGuard]
  private let byQuantity: [String: [KeyID]]
  private let byVocabulary: [String: [KeyID]]
  private let ordinals: [KeyID]
  private let allNumbers: [KeyID]
  private let nouns: PropertyNouns

  /// How close a name must stand to a number without a unit.
  private static let besideName = 5.0

  init(corpus: Corpus) {
    registry = corpus.registry
    taxonomy = corpus.taxonomy
    folding = corpus.folding
    typical = corpus.reading.typical
    guards = corpus.reading.guards
    var byQuantity: [String: [KeyID]] = [:]
    var byVocabulary: [String: [KeyID]] = [:]
    var ordinals: [KeyID] = []
    for (index, key) in corpus.registry.keys.enumerated() {
      let id = KeyID(ordinal: Int32(index))
      switch key.kind {
      case .number: byQuantity[key.domain, default: []].append(id)
      case .terms: byVocabulary[key.domain, default: []].append(id)
      case .ordinal: ordinals.append(id)
      case .flag: break
      }
    }
    self.byQuantity = byQuantity
    self.byVocabulary = byVocabulary
    self.ordinals = ordinals
    allNumbers = byQuantity.values.flatMap { $0 }.sorted()
    nouns = PropertyNouns(corpus: corpus)
  }

  /// The keys that demands for these services usually state, and whether a bare value means them.
  /// A service's own row comes before its field's and its sector's.
  func usual(for services: [ServiceID]) -> [KeyID: Bool] {
    var usual: [KeyID: Bool] = [:]
    for service in services {
      var own: [KeyID: Bool] = [:]
      var current: ServiceID? = service
      while let node = current {
        for row in typical[node] ?? [] where own[row.key] == nil { own[row.key] = row.bare }
        current = taxonomy.node(taxonomy[node].parent)
      }
      for (key, bare) in own { usual[key] = bare || usual[key] ?? false }
    }
    return usual
  }

  // MARK: Numbers and classes

  /// The numbers and classes that are about a key; at most one key for each, each key once but for
  /// `several`, where a profile may state it again for another line. `taken` are left out.
  func specs(
    in text: ReadText, for services: [ServiceID], except taken: Set<Int> = [],
    several: Bool = false
  ) -> [FoundSpec] {
    let open = text.quantities.indices.filter {
      !text.quantities[$0].isNegated && !taken.contains($0)
    }
    guard !open.isEmpty else { return [] }
    let usual = usual(for: services)
    let found = open.compactMap { best($0, text, services, usual) }
    return several ? found : unique(found)
  }

  /// The surest of each key; of equally sure ones the first.
  private func unique(_ found: [FoundSpec]) -> [FoundSpec] {
    var kept: [FoundSpec] = []
    for one in found {
      guard let place = kept.firstIndex(where: { $0.key == one.key }) else {
        kept.append(one)
        continue
      }
      if one.weight > kept[place].weight { kept[place] = one }
    }
    return kept
  }

  private func best(
    _ index: Int, _ text: ReadText, _ services: [ServiceID], _ usual: [KeyID: Bool]
  ) -> FoundSpec? {
    let quantity = text.quantities[index]
    var best: FoundSpec?
    for key in candidates(quantity) where isPlausible(quantity, key) {
      let name = name(of: key, beside: index, text, services)
      if quantity.isBare, !isBeside(name, quantity, text) { continue }
      let isBare =
        usual[key] ?? false && isTelling(quantity, key)
        && !(name == nil && nouns.isOther(before: quantity.span, registry[key].domain, text))
      guard name != nil || isBare else { continue }
      var weight = name?.weight ?? 0
      if isBare { weight += 3 }
      if usual[key] != nil { weight += 2 } else if !isAtHome(key, services) { weight -= 1.5 }
      if isBound(quantity) { weight += 0.3 }
      guard weight >= 3, weight > best?.weight ?? 0 else { continue }
      let range = name.map { joined($0.range, quantity.span) } ?? quantity.span
      best = FoundSpec(
        key: key, quantity: index, range: range, isNamed: name != nil, weight: weight)
    }
    return best
  }

  /// What is asked is said with a bound more often than what is told (来料 D50 约 2 μm, 磨到 ≤ 0.15 μm).
  private func isBound(_ quantity: WrittenQuantity) -> Bool {
    guard case .interval(let interval) = quantity.value else { return false }
    return (interval.low == nil) != (interval.high == nil)
  }

  /// Whether a name stands close before or behind a number without a unit, with no comma between.
  private func isBeside(
    _ name: (weight: Double, range: Range<Int>)?, _ quantity: WrittenQuantity, _ text: ReadText
  ) -> Bool {
    guard let name, name.weight >= SpecFinder.besideName else { return false }
    let (left, right) = (name.range, quantity.span)
    guard left.upperBound < right.lowerBound else { return true }
    return text.words(left.upperBound..<right.lowerBound).allSatisfy { !"，,、；;。".contains($0) }
  }

  /// The keys whose kind of value it is, in registry order.
  private func candidates(_ quantity: WrittenQuantity) -> [KeyID] {
    switch quantity.value {
    case .days: return []
    case .rank(let rank):
      return ordinals.filter { key in rank.classes.allSatisfy { self.rank($0, key) != nil } }
    case .interval, .set:
      if quantity.isBare { return allNumbers }
      let kinds =
        registry.units.quantities(of: quantity.unit)
        + (quantity.unitText.isEmpty ? [] : registry.units.quantities(of: quantity.unitText))
      return Set(kinds).flatMap { byQuantity[$0] ?? [] }.sorted()
    }
  }

  /// The rank of a class on the key's ladder.
  func rank(_ name: String, _ key: KeyID) -> Int? {
    registry.ladders[registry[key].domain]?.rank(name, fold: folding)
  }

  /// The unit of the key's kind in which the quantity's numbers are.
  func unit(_ quantity: WrittenQuantity, _ key: KeyID) -> Units.Unit? {
    let domain = registry[key].domain
    if quantity.isBare { return registry.canonicalUnit(key) }
    if !quantity.unit.hasPrefix("{"), let unit = registry.units.unit(quantity.unit, of: domain) {
      return unit
    }
    let isCount = quantity.unit.hasPrefix("{") || quantity.unit == "1"
    return isCount ? registry.units.unit(quantity.unitText, of: domain) : nil
  }

  private func isPlausible(_ quantity: WrittenQuantity, _ key: KeyID) -> Bool {
    let numbers: [Double]
    switch quantity.value {
    case .interval(let interval): numbers = [interval.low, interval.high].compactMap { $0 }
    case .set(let set): numbers = set
    case .rank, .days: return true
    }
    guard let unit = unit(quantity, key), let canonical = registry.canonicalUnit(key) else {
      return false
    }
    guard let range = registry[key].plausible else { return true }
    return numbers.allSatisfy { number in
      let value = quantity.form == .tolerance ? number.magnitude : number
      return registry.units.convert(value, from: unit, to: canonical).map(range.contains) ?? false
    }
  }

  /// Whether a value without a name can mean the key: a time only in hours or less (3个月 is the
  /// window), a count only in the key's own noun, a class only with its ladder's name.
  private func isTelling(_ quantity: WrittenQuantity, _ key: KeyID) -> Bool {
    let spec = registry[key]
    if case .rank = quantity.value { return true }
    if spec.domain == "duration" { return !["d", "wk", "mo", "a"].contains(quantity.unit) }
    guard quantity.unit.hasPrefix("{") || quantity.unit == "1" else { return true }
    let written = registry.units.unit(quantity.unitText, of: spec.domain)
    return written?.name == registry.canonicalUnit(key)?.name
  }

  private func isAtHome(_ key: KeyID, _ services: [ServiceID]) -> Bool {
    let sectors = registry[key].sectors
    return services.isEmpty || services.contains { sectors.contains(taxonomy.sector(of: $0)) }
  }

  /// A name of the key beside a quantity: before it in the sentence with no other quantity between,
  /// or close behind it in its half-sentence.
  private func name(
    of key: KeyID, beside index: Int, _ text: ReadText, _ services: [ServiceID]
  ) -> (weight: Double, range: Range<Int>)? {
    let span = text.quantities[index].span
    let sentence = text.sentence(at: span.lowerBound)
    var best: (weight: Double, range: Range<Int>)?
    for mention in text.mentions where sentence.contains(mention.range.lowerBound) {
      guard names(mention, key, services), !isCovered(mention, text, by: .key) else { continue }
      guard let weight = closeness(mention.range, index, text) else { continue }
      let total = weight + min(2, Double(mention.length) / 4)
      if total > best?.weight ?? 0 { best = (total, mention.range) }
    }
    return best
  }

  func names(_ mention: Mention, _ key: KeyID, _ services: [ServiceID]) -> Bool {
    mention.targets.contains { target in
      switch target {
      case .key(let named): named == key
      case .localKey(let named, let node): named == key && services.contains { isIn($0, node) }
      default: false
      }
    }
  }

  private func isIn(_ service: ServiceID, _ node: ServiceID) -> Bool {
    var current: ServiceID? = service
    while let inner = current {
      if inner == node { return true }
      current = taxonomy.node(taxonomy[inner].parent)
    }
    return false
  }

  private func closeness(_ range: Range<Int>, _ index: Int, _ text: ReadText) -> Double? {
    let span = text.quantities[index].span
    let clause = text.clause(at: span.lowerBound)
    func others(between low: Int, _ high: Int) -> Int {
      text.quantities.count { $0.span.lowerBound >= low && $0.span.upperBound <= high }
    }
    if range.overlaps(span) { return 7 }
    if range.upperBound <= span.lowerBound {
      let gap = span.lowerBound - range.upperBound
      let between = others(between: range.upperBound, span.lowerBound)
      let isSame = clause.contains(range.lowerBound)
      guard isSame || gap <= 30, between == 0 || isSame else { return nil }
      let weight = 6 - Double(gap) / 12 - 2.5 * Double(between)
      return weight > 0 ? weight : nil
    }
    let gap = range.lowerBound - span.upperBound
    guard clause.contains(range.lowerBound), gap <= 18,
      others(between: span.upperBound, range.lowerBound) == 0
    else { return nil }
    let weight = 5 - Double(gap) / 6
    // It may as well be the name of the number that follows it.
    let next = text.quantities.dropFirst(index + 1).first { clause.contains($0.span.lowerBound) }
    if let next, next.span.lowerBound >= range.upperBound,
      next.span.lowerBound - range.upperBound <= gap + 3
    {
      return weight - 3
    }
    return weight
  }

  private func joined(_ left: Range<Int>, _ right: Range<Int>) -> Range<Int> {
    min(left.lowerBound, right.lowerBound)..<max(left.upperBound, right.upperBound)
  }

  // MARK: Terms and flags

  /// The terms and flags that are asked or stated, by key in the order of the text.
  func terms(in text: ReadText, for services: [ServiceID]) -> [FoundTerms] {
    guard !text.mentions.isEmpty else { return [] }
    let usual = usual(for: services)
    var found: [FoundTerms] = []
    for mention in text.mentions
    where !isCovered(mention, text, by: .anything) && !text.isWaived(mention.range) {
      if let flag = flag(mention, usual, services), !found.contains(where: { $0.key == flag }) {
        found.append(
          FoundTerms(key: flag, terms: [], isAlternative: false, range: mention.range))
      }
      for case .term(let vocabulary, let term) in mention.targets {
        guard !isPart(mention, of: vocabulary, text.loose),
          let key = key(of: vocabulary, mention, text, usual, services)
        else { continue }
        add(term, key, mention, text, &found)
      }
    }
    return found.map { withoutBroader($0, text) }
  }

  /// 钛合金 beside TC4 ELI says nothing more; as the title it is what would do too.
  private func withoutBroader(_ found: FoundTerms, _ text: ReadText) -> FoundTerms {
    guard found.terms.count > 1,
      let vocabulary = registry.vocabularies[registry[found.key].domain]
    else { return found }
    let titled = text.mentions.filter { text.isInTitle($0.range) }.flatMap(\.targets)
    let broader = Set(found.terms.flatMap { vocabulary.withBroader($0).dropFirst() })
      .filter { !titled.contains(.term(vocabulary: registry[found.key].domain, $0)) }
    return FoundTerms(
      key: found.key, terms: found.terms.filter { !broader.contains($0) },
      isAlternative: found.isAlternative, range: found.range)
  }

  /// Whether the term is part of another word, 氧化 in 抗氧化剂, or only tells the service.
  private func isPart(_ mention: Mention, of vocabulary: String, _ text: LooseText) -> Bool {
    guard let guards = guards[vocabulary] else { return false }
    let tells = mention.targets.contains { target in
      if case .service(_, let evidence) = target { evidence > .weak } else { false }
    }
    if guards.byService, tells { return true }
    let before = text.scalars[..<mention.part.lowerBound]
    let after = text.scalars[mention.part.upperBound...]
    return guards.before.contains { before.suffix($0.count).elementsEqual($0) }
      || guards.after.contains { after.starts(with: $0) }
  }

  private func flag(
    _ mention: Mention, _ usual: [KeyID: Bool], _ services: [ServiceID]
  ) -> KeyID? {
    for target in mention.targets {
      switch target {
      case .key(let key) where registry[key].kind == .flag && usual[key] != nil: return key
      case .localKey(let key, let node)
      where registry[key].kind == .flag && services.contains { isIn($0, node) }:
        return key
      default: continue
      }
    }
    return nil
  }

  /// The key of the vocabulary that is asked: the usual bare one, else one named in the
  /// half-sentence.
  private func key(
    of vocabulary: String, _ mention: Mention, _ text: ReadText, _ usual: [KeyID: Bool],
    _ services: [ServiceID]
  ) -> KeyID? {
    let keys = byVocabulary[vocabulary] ?? []
    if let bare = keys.first(where: { usual[$0] == true }) { return bare }
    let clause = text.clause(at: mention.range.lowerBound)
    return keys.first { key in
      isAtHome(key, services)
        && text.mentions.contains {
          clause.contains($0.range.lowerBound) && !$0.range.overlaps(mention.range)
            && names($0, key, services)
        }
    }
  }

  /// Terms of one key that stand side by side are one list; 或 and a slash make them alternatives.
  private func add(
    _ term: TermID, _ key: KeyID, _ mention: Mention, _ text: ReadText, _ found: inout [FoundTerms]
  ) {
    guard let place = found.lastIndex(where: { $0.key == key }) else {
      found.append(
        FoundTerms(key: key, terms: [term], isAlternative: false, range: mention.range))
      return
    }
    let last = found[place]
    if last.terms.contains(term) { return }
    let between = last.range.upperBound..<max(last.range.upperBound, mention.range.lowerBound)
    let joint = text.quote(between)
    let isOr = text.has(.or, in: between) || joint.contains("/") || joint.contains("／")
    found[place] = FoundTerms(
      key: key, terms: last.terms + [term],
      isAlternative: last.isAlternative || isOr, range: joined(last.range, mention.range))
  }

  private enum Cover {
    case key
    case anything
  }

  /// Whether a longer name covers the mention: `温度` in `温度循环`.
  private func isCovered(_ mention: Mention, _ text: ReadText, by cover: Cover) -> Bool {
    text.mentions.contains { other in
      guard other.covers(mention) else { return false }
      return other.targets.contains { target in
        switch target {
        case .key, .localKey, .term, .scheme, .scope: true
        case .service: cover == .anything
        case .place, .cue: false
        }
      }
    }
  }
}

extension WrittenQuantity {
  /// A number without a unit: it means something only beside a name.
  var isBare: Bool { unit == "1" && unitText.isEmpty }
}
