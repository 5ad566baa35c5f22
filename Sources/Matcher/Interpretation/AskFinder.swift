/// What a text asks besides services and specs: certificates, lot, time, money, place. Every part
/// comes as the JSON object of the record form, with the words it was read from.
struct AskFinder: Sendable {
  let corpus: Corpus
  let names: CertificateNames

  init(corpus: Corpus) {
    self.corpus = corpus
    names = CertificateNames(corpus: corpus)
  }

  /// How strictly a place of a text is meant; nil when the text waives it.
  ///
  /// A waiver or a wish beside it decides; else it is what the part's default is.
  func strictness(
    at range: Range<Int>, _ text: ReadText, wish: Strictness = .soft
  ) -> Strictness?? {
    nearest(to: range, in: text.clause(at: range.lowerBound), text, wish)
      ?? text.heading(of: range).flatMap { nearest(to: range, in: $0, text, wish) }
  }

  /// What the nearest cue in a half-sentence says.
  private func nearest(
    to range: Range<Int>, in clause: Range<Int>, _ text: ReadText, _ wish: Strictness
  ) -> Strictness?? {
    var nearest: (gap: Int, kind: ReadingCue.Kind)?
    for mention in text.mentions where clause.contains(mention.range.lowerBound) {
      for case .cue(let kind) in mention.targets
      where [.must, .prefer, .wish, .waive].contains(kind) && !text.isInsideCue(mention) {
        if kind == .waive, !text.isWaiver(mention, about: range) { continue }
        let gap = AskFinder.gap(mention.range, range)
        if gap < nearest?.gap ?? Int.max { nearest = (gap, kind) }
      }
    }
    switch nearest?.kind {
    case .waive: return .some(nil)
    case .prefer: return .soft
    case .wish: return .some(wish)
    case .must: return .hard
    default: return nil
    }
  }

  private static func gap(_ left: Range<Int>, _ right: Range<Int>) -> Int {
    if left.overlaps(right) { return 0 }
    return left.lowerBound >= right.upperBound
      ? left.lowerBound - right.upperBound : right.lowerBound - left.upperBound
  }

  /// Says that a part was read from these words.
  static func mark(_ object: inout JSONObject, _ quote: String) {
    object["source"] = .object(JSONObject([("kind", .string("inferred"))]))
    object["quote"] = .string(quote)
  }

  // MARK: Certificates

  /// The schemes that the text asks, each with the scope it names, else with what the text tests; and
  /// certificates of names that no scheme has.
  ///
  /// - Parameters:
  ///   - ranges: Where schemes and scopes count; empty for the whole text.
  ///   - own: Where a scope is sought first.
  func certificates(
    in text: ReadText, within ranges: [Range<Int>], first own: [Range<Int>] = []
  ) -> [JSONValue] {
    var seen: Set<TermID> = []
    var found: [JSONValue] = []
    for mention in text.longest(\.isScheme)
    where isInside(mention.range, ranges) && !text.isPartOfTerm(mention)
      && !names.isExcepted(mention, in: text)
    {
      guard let scheme = mention.scheme, !seen.contains(scheme) else { continue }
      let strictness = strictness(at: mention.range, text, wish: .strong)
      if case .some(nil) = strictness {
        seen.insert(scheme)
        continue
      }
      seen.insert(scheme)
      var object = JSONObject([("scheme", .string(scheme.id))])
      let scopes = scopes(for: mention, scheme, text, ranges, own)
      if !scopes.isEmpty { object["scope"] = .array(scopes.map { .string($0) }) }
      if scopes.count > 1 { object["scope_any"] = .bool(true) }
      if let strictness = strictness.flatMap({ $0 }) {
        object["strictness"] = .string(strictness.rawValue)
      }
      AskFinder.mark(&object, text.quote(text.clause(at: mention.range.lowerBound)))
      found.append(.object(object))
    }
    return found
      + names.found(in: text).filter { isInside($0.range, ranges) && !$0.isOfProduct }
      .compactMap { named($0, text) }
  }

  /// A certificate of a name that the lexicon does not know; nil where it is waived.
  private func named(_ found: NamedCertificate, _ text: ReadText) -> JSONValue? {
    let strictness = found.isRefusal ? .hard : strictness(at: found.range, text, wish: .strong)
    if case .some(nil) = strictness { return nil }
    var object = JSONObject([("scheme", .string(found.name))])
    if let strictness = strictness.flatMap({ $0 }) {
      object["strictness"] = .string(strictness.rawValue)
    }
    AskFinder.mark(&object, text.quote(text.clause(at: found.range.lowerBound)))
    return .object(object)
  }

  /// The scope in brackets behind the scheme; else what is tested and the standards for it, of
  /// which a certificate may name either.
  private func scopes(
    for mention: Mention, _ scheme: TermID, _ text: ReadText, _ ranges: [Range<Int>],
    _ own: [Range<Int>]
  ) -> [String] {
    if let grade = grade(of: mention, scheme, text) { return [grade.id] }
    let all = text.longest(\.isScope).filter { other in
      !other.range.overlaps(mention.range) && isInside(other.range, ranges)
    }
    let sentence = text.sentence(at: mention.range.lowerBound)
    let behind = all.first {
      $0.range.lowerBound >= mention.range.upperBound
        && $0.range.lowerBound - mention.range.upperBound <= 9
        && sentence.contains($0.range.lowerBound)
    }
    if let behind { return [text.quote(behind.range)] }
    let near = own.isEmpty ? all : all.filter { isInside($0.range, own) }
    let standards = near.filter(isStandard)
    // What is tested rather than what it is made on: 振动 before 无人机.
    let tests = near.filter { !isStandard($0) && isTelling($0) }
    let test = tests.last { $0.range.upperBound <= mention.range.lowerBound } ?? tests.first
    let found = [test].compactMap { $0 } + standards
    if !found.isEmpty { return found.map { text.quote($0.range) }.withoutRepeats }
    for candidates in [near, all] {
      let before = candidates.last { $0.range.upperBound <= mention.range.lowerBound }
      if let found = before ?? candidates.first { return [text.quote(found.range)] }
    }
    return []
  }

  private func isStandard(_ mention: Mention) -> Bool {
    mention.targets.contains { target in
      if case .term(Corpus.standardVocabulary, _) = target { true } else { false }
    }
  }

  /// Also tells a service or a process, so that it is what the work is about.
  private func isTelling(_ mention: Mention) -> Bool {
    mention.targets.contains { target in
      switch target {
      case .service(_, let evidence): evidence > .weak
      case .term: true
      default: false
      }
    }
  }

  /// 等保三级 names the scheme and its grade in one word.
  func grade(of mention: Mention, _ scheme: TermID, _ text: ReadText) -> TermID? {
    text.mentions.first { other in
      other.range.overlaps(mention.range) && other.scope != nil && other.range != mention.range
        || other.range == mention.range && isGrade(other, scheme)
    }?.scope
  }

  /// Whether a mention is a scope and no other name of the scheme.
  private func isGrade(_ mention: Mention, _ scheme: TermID) -> Bool {
    guard let scope = mention.scope else { return false }
    return corpus.lexicon.scopes.name(scope)?.all.contains { $0 == scheme.id } == false
  }

  func isInside(_ range: Range<Int>, _ ranges: [Range<Int>]) -> Bool {
    ranges.isEmpty || ranges.contains { $0.contains(range.lowerBound) }
  }

  // MARK: Lot

  /// The quantities that a word for lots stands directly before (单炉30公斤): never a spec.
  func lots(in text: ReadText) -> Set<Int> {
    Set(
      text.quantities.indices.filter { place in
        let quantity = text.quantities[place]
        return lotWeight(quantity, text) != nil
          && text.follows([.lot], quantity.span, within: 6)
      })
  }

  /// The count, mass or length that is to be made or tested: in the half-sentence of a word for
  /// lots, else a count of pieces.
  func quantity(
    in text: ReadText, within ranges: [Range<Int>], except taken: Set<Int>
  ) -> JSONValue? {
    var best: (weight: Double, place: Int)?
    for (place, quantity) in text.quantities.enumerated()
    where !taken.contains(place) && !quantity.isNegated && isInside(quantity.span, ranges) {
      guard let weight = lotWeight(quantity, text), weight > best?.weight ?? 0 else { continue }
      best = (weight, place)
    }
    guard let best, let amount = amount(text.quantities[best.place]) else {
      return output(in: text, within: ranges, except: taken)
    }
    let quantity = text.quantities[best.place]
    var object = JSONObject([
      ("value", .number(quantity.unitText.isEmpty ? amount : amount / lotFactor(quantity))),
      ("unit", .string(quantity.unitText.isEmpty ? quantity.unit : lotUnit(quantity))),
    ])
    if let strictness = strictness(at: quantity.span, text).flatMap({ $0 }) {
      object["strictness"] = .string(strictness.rawValue)
    }
    AskFinder.mark(&object, text.quote(quantity.span))
    return .object(object)
  }

  /// How much is to be made in a month or a year, where the words ask for it: 需月产300片, 产能不低于5吨/年.
  private func output(
    in text: ReadText, within ranges: [Range<Int>], except taken: Set<Int>
  ) -> JSONValue? {
    for found in outputs(in: text)
    where found.isAsked && !taken.contains(found.place)
      && isInside(text.quantities[found.place].span, ranges)
    {
      let quantity = text.quantities[found.place]
      var object = JSONObject([
        ("value", .number(found.amount)), ("unit", .string(found.unit)),
        ("per", .string(found.period)),
      ])
      if let strictness = strictness(at: quantity.span, text).flatMap({ $0 }) {
        object["strictness"] = .string(strictness.rawValue)
      }
      AskFinder.mark(&object, text.quote(text.clause(at: quantity.span.lowerBound)))
      return .object(object)
    }
    return nil
  }

  /// An amount in a month or a year: what a platform must be able to make, or, in words that ask nothing,
  /// what somebody makes or means to make.
  struct Output: Sendable {
    /// The place among the text's quantities.
    let place: Int
    let amount: Double
    let unit: String
    /// `month` or `year`.
    let period: String
    let isAsked: Bool
    /// Said of the writer's own works, or of a plan.
    let isBackground: Bool
  }

  /// The amounts in a month or a year of what is made: counts, masses, volumes, lengths and areas.
  func outputs(in text: ReadText) -> [Output] {
    text.quantities.enumerated().compactMap { place, quantity in
      guard !quantity.isNegated, let period = period(quantity), let amount = amount(quantity),
        let unit = outputUnit(quantity)
      else { return nil }
      let clause = text.clause(at: quantity.span.lowerBound)
      let words = LooseText(text.words(clause), folding: corpus.folding)
      func says(_ kind: ReadingWord) -> Bool {
        corpus.reading.words[kind].map { !$0.found(in: words).isEmpty } ?? false
      }
      let isOwn = says(.outputOwn) || text.has(.past, in: clause)
      let isAsked = says(.outputAsked) || text.has(.must, in: clause)
      return Output(
        place: place, amount: amount, unit: unit, period: period, isAsked: isAsked && !isOwn,
        isBackground: isOwn)
    }
  }

  /// The amounts in a month or a year that are said of the writer's own works or of a plan: no spec.
  func ownOutputs(in text: ReadText) -> Set<Int> {
    Set(outputs(in: text).filter(\.isBackground).map(\.place))
  }

  private func period(_ quantity: WrittenQuantity) -> String? {
    switch quantity.basis {
    case .perMonth: "month"
    case .perYear: "year"
    default: nil
    }
  }

  /// The unit without its period: 片 of 片/月, t of t/a.
  private func outputUnit(_ quantity: WrittenQuantity) -> String? {
    let units = corpus.registry.units
    let written = quantity.unitText.split(whereSeparator: { "/／每".contains($0) }).first ?? ""
    // wafers of `wafers per month`.
    let noun = written.split(separator: " ").first.map { trimmed($0) }
    if let noun, units.lotKinds.contains(where: { units.unit(noun, of: $0) != nil }) { return noun }
    let measure = quantity.unit.split(separator: "/").first.map(String.init) ?? ""
    let isMeasure = ["mass", "length", "volume", "area"].contains {
      units.unit(measure, of: $0) != nil
    }
    return isMeasure ? measure : nil
  }

  /// The unit's own words for counts, its symbol for measures.
  func lotUnit(_ quantity: WrittenQuantity) -> String {
    quantity.unit.hasPrefix("{") || quantity.unit == "1" ? quantity.unitText : quantity.unit
  }

  /// How many ones a counted unit holds: 12 of a dozen. The amount was read in ones.
  func lotFactor(_ quantity: WrittenQuantity) -> Double {
    guard quantity.unit.hasPrefix("{") else { return 1 }
    let units = corpus.registry.units
    let known = units.lotKinds.lazy.compactMap { units.unit(quantity.unitText, of: $0) }
    return known.first?.factor ?? 1
  }

  func lotWeight(_ quantity: WrittenQuantity, _ text: ReadText) -> Double? {
    // How often something is repeated (寿命10000次) is no lot.
    guard amount(quantity) != nil, quantity.unit != "{cycle}" else { return nil }
    let units = corpus.registry.units
    let isCount =
      units.lotKinds.contains { units.unit(quantity.unitText, of: $0) != nil }
      && (quantity.unit.hasPrefix("{") || quantity.unit == "1")
    let isMeasure = ["mass", "length", "volume", "area"].contains {
      units.unit(quantity.unit, of: $0) != nil
    }
    guard isCount || isMeasure && !isSize(quantity) else { return nil }
    let clause = text.clause(at: quantity.span.lowerBound)
    let hasCue =
      text.has(.lot, in: clause) || quantity.basis == .perBatch || isTried(quantity, clause, text)
    if quantity.basis == .perYear || quantity.basis == .perMonth { return nil }
    if isCount { return hasCue ? 4 : 2 }
    return hasCue ? 3 : nil
  }

  /// 试3吨料, 出 10 克: directly before the amount.
  private func isTried(_ quantity: WrittenQuantity, _ clause: Range<Int>, _ text: ReadText) -> Bool
  {
    let around = WordsAround(corpus, quantity.span, in: clause, of: text)
    return around.isRightBefore(.lotBefore) && !around.isRightBefore(.lotOther)
  }

  /// A length or area in units smaller than metres tells how large something is, not how much of it.
  private func isSize(_ quantity: WrittenQuantity) -> Bool {
    let units = corpus.registry.units
    return ["length": "m", "area": "m²"].contains { kind, name in
      guard let unit = units.unit(quantity.unit, of: kind), let whole = units.unit(name, of: kind)
      else { return false }
      return units.convert(1, from: unit, to: whole).map { $0 < 0.3 } ?? false
    }
  }

  private func amount(_ quantity: WrittenQuantity) -> Double? {
    guard case .interval(let interval) = quantity.value else { return nil }
    let value = interval.low ?? interval.high
    return value.flatMap { $0 > 0 ? $0 : nil }
  }

  // MARK: Money

  /// The most that may be spent, in all or for one piece.
  func budget(in text: ReadText) -> JSONValue? {
    for quantity in text.quantities where !quantity.isNegated {
      let clause = text.clause(at: quantity.span.lowerBound)
      guard case .interval(let interval) = quantity.value,
        let (currency, per) = currency(quantity) ?? unnamedCurrency(quantity, clause, text),
        let most = interval.high ?? interval.low, most > 0
      else { continue }
      if text.has(.past, in: clause) { continue }
      var object = JSONObject([("max", .number(most)), ("currency", .string(currency))])
      let unit = per ?? perPiece(clause, text)
      if let unit {
        object["basis"] = .string("unit")
        object["unit"] = .string(unit)
      }
      if case .some(.some(.soft)) = strictness(at: quantity.span, text) {
        object["strictness"] = .string(Strictness.soft.rawValue)
      }
      AskFinder.mark(&object, text.quote(clause))
      return .object(object)
    }
    return nil
  }

  /// `CNY`, or `CNY` and the unit behind the slash.
  func currency(_ quantity: WrittenQuantity) -> (code: String, per: String?)? {
    let parts = quantity.unit.split(separator: "/", maxSplits: 1).map(String.init)
    guard let code = parts.first, code == "CNY" || isCurrency(code) else { return nil }
    guard parts.count > 1 else { return (code, nil) }
    // 元 of 每片5万元 names no unit behind a slash: the UCUM spelling has it in braces.
    let written = quantity.unitText.split(whereSeparator: { "/／每".contains($0) }).map(trimmed)
    if written.count > 1, let last = written.last, !last.isEmpty { return (code, last) }
    return (code, String(parts[1].filter { $0 != "{" && $0 != "}" }))
  }

  /// Money without its currency beside a word for money, `15万/月` or `每片1.8万`: yuan in the
  /// mainland's script, else it has to be asked.
  private func unnamedCurrency(
    _ quantity: WrittenQuantity, _ clause: Range<Int>, _ text: ReadText
  ) -> (code: String, per: String?)? {
    guard text.has(.budget, in: clause) || text.has(.perPiece, in: clause) else { return nil }
    if quantity.unit.hasPrefix("/") {
      let per = quantity.unitText.split(whereSeparator: { "/／每".contains($0) }).last
      return ("CNY", per.map { trimmed($0) } ?? String(quantity.unit.dropFirst()))
    }
    let isTenThousands = quantity.unit == "1" && ["万", "萬"].contains(quantity.unitText)
    return isTenThousands ? ("CNY", nil) : nil
  }

  private func isCurrency(_ code: String) -> Bool {
    corpus.policy.rates.contains { $0.currency == code }
  }

  /// The counting noun of 每片, 单片, per wafer.
  func perPiece(_ clause: Range<Int>, _ text: ReadText) -> String? {
    for mention in text.mentions where clause.contains(mention.range.lowerBound) {
      guard mention.targets.contains(.cue(.perPiece)) else { continue }
      let words = text.quote(mention.range)
      let noun = words.hasPrefix("per ") ? String(words.dropFirst(4)) : String(words.dropFirst())
      let units = corpus.registry.units
      if (units.lotKinds + ["mass", "length", "duration"]).contains(where: {
        units.unit(noun, of: $0) != nil
      }) {
        return noun
      }
    }
    return nil
  }

  // MARK: Time

  /// The window: a last day named, a span of days, a first day; else within how long all must be done.
  ///
  /// A named last day is hard, a bare month or season strong.
  ///
  /// - Parameter day: From which such a time counts where no first day is named.
  func window(in text: ReadText, from day: CivilDate) -> JSONValue? {
    var window = JSONObject()
    var isHard = false
    var quotes: [String] = []
    for quantity in text.quantities where !quantity.isNegated {
      guard case .days(let from, let to) = quantity.value else { continue }
      let clause = text.clause(at: quantity.span.lowerBound)
      if text.has(.past, in: clause) || text.has(.validUntil, in: clause) { continue }
      quotes.append(withoutMark(text.quote(clause)))
      let isStart = text.has(.start, in: clause) && !text.has(.finish, in: clause)
      if isStart {
        if let day = from ?? to, window["start"] == nil {
          window["start"] = .string(day.description)
        }
        if let to, from != nil, window["latest_start"] == nil {
          window["latest_start"] = .string(to.description)
        }
      } else if let to, isFinish(to, window, clause, text) {
        window["finish"] = .string(to.description)
        isHard =
          isNamed(quantity, text)
          && (from == nil || text.has(.finish, in: clause))
        if let from, window["start"] == nil, !text.has(.finish, in: clause) {
          window["start"] = .string(from.description)
        }
      } else if to == nil, let from, window["start"] == nil {
        window["start"] = .string(from.description)
      }
    }
    var stated: Strictness?
    if window["finish"] == nil, window["latest_start"] == nil {
      let start = window["start"]?.string.flatMap { CivilDate(iso: $0) } ?? day
      guard let deadline = deadline(in: text, from: start) else { return nil }
      window["finish"] = .string(deadline.day.description)
      stated = deadline.strictness
      quotes.append(withoutMark(text.quote(deadline.clause)))
    } else if let days = duration(text) {
      window["duration_days"] = .integer(days)
    }
    window["strictness"] = .string((stated ?? (isHard ? .hard : .strong)).rawValue)
    AskFinder.mark(&window, quotes.withoutRepeats.joined(separator: "；"))
    return .object(window)
  }

  /// A half-sentence without the comma that ends it.
  private func withoutMark(_ clause: String) -> String {
    let marks: Set<Unicode.Scalar> = ["，", ",", "；", ";", "。", "、"]
    let end = clause.unicodeScalars.lastIndex { !marks.contains($0) }
    return end.map { String(clause.unicodeScalars[...$0]) } ?? clause
  }

  /// The first day named, or a later one by which the rest must be done: 其余4月底前交完.
  private func isFinish(
    _ day: CivilDate, _ window: JSONObject, _ clause: Range<Int>, _ text: ReadText
  ) -> Bool {
    guard let known = window["finish"]?.string.flatMap({ CivilDate(iso: $0) }) else { return true }
    return day > known && text.has(.finish, in: clause)
  }

  /// Whether the words name a day, month or quarter, not only 年底 or 春节.
  private func isNamed(_ quantity: WrittenQuantity, _ text: ReadText) -> Bool {
    let words = text.quote(quantity.span)
    return words.unicodeScalars.contains { "0123456789０１２３４５６７８９月季".unicodeScalars.contains($0) }
      || words.unicodeScalars.contains { ("A"..."Z").contains($0) }
  }

  /// How long the work lasts, where the text says so in days, weeks or months.
  private func duration(_ text: ReadText) -> Int? {
    let units = corpus.registry.units
    guard let day = units.unit("d", of: "duration") else { return nil }
    for quantity in text.quantities where !quantity.isNegated {
      guard ["d", "wk", "mo"].contains(quantity.unit), quantity.basis == nil,
        case .interval(let interval) = quantity.value, let low = interval.low,
        let unit = units.unit(quantity.unit, of: "duration"),
        let days = units.convert(low, from: unit, to: day)
      else { continue }
      return max(1, Int(days.rounded(.up)))
    }
    return nil
  }
}
