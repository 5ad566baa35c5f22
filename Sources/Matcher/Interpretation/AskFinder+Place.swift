/// Where a demand's words say that the work is to be done, and where not.
extension AskFinder {
  /// Where the work may be done: hard as a bare list, behind 限 or where it is said to be done, soft
  /// beside 优先 or 周边, and where it is only planned or wished.
  func place(in text: ReadText) -> JSONValue? {
    var names: [String] = []
    var strictness = Strictness.hard
    var quotes: [String] = []
    var end = 0
    var last: (end: Int, strictness: Strictness)?
    for mention in text.mentions {
      guard let place = mention.place, !isCoveredPlace(mention, text),
        !isInsideQuantity(mention, text)
      else { continue }
      // 山东 of 佛山/东莞 begins inside of another place.
      if mention.range.lowerBound < end { continue }
      end = mention.range.upperBound
      let clause = text.clause(at: mention.range.lowerBound)
      if corpus.places[place].level == "country" { continue }
      guard !text.has(.placeOwn, in: clause),
        let own = asked(mention, clause, text) ?? continued(mention, from: last, text)
      else { continue }
      last = (end, own)
      if own == .soft { strictness = .soft }
      // A city beside one of its districts only says where the district is.
      let known = names.compactMap { corpus.places.place($0) }
      if known.contains(where: { $0 != place && corpus.places.contains(place, $0) }) { continue }
      names.removeAll { name in
        corpus.places.place(name).map { $0 != place && corpus.places.contains($0, place) } ?? false
          && corpus.places[place].members.isEmpty
      }
      let name = corpus.places[place].id
      if !names.contains(name) { names.append(name) }
      let quote = text.quote(clause)
      if quotes.last != quote { quotes.append(quote) }
    }
    let overseas = overseas(text)
    if names.isEmpty, let near = distance(in: text) { return near }
    guard !names.isEmpty || overseas != nil else { return nil }
    var object = JSONObject()
    if !names.isEmpty {
      object["allowed"] = .array(names.map { .string($0) })
      object["strictness"] = .string(strictness.rawValue)
    }
    if let overseas {
      object["overseas"] = .string(overseas.value)
      quotes.append(overseas.quote)
    }
    AskFinder.mark(&object, quotes.joined(separator: "；"))
    return .object(object)
  }

  /// How far from a place: 距离广州100公里以内, within 50 km of Shenzhen.
  private func distance(in text: ReadText) -> JSONValue? {
    for mention in text.mentions {
      guard let place = mention.place, !isCoveredPlace(mention, text),
        !text.isInTitle(mention.range), corpus.places[place].level != "country"
      else { continue }
      let clause = text.clause(at: mention.range.lowerBound)
      let words = LooseText(text.words(clause), folding: corpus.folding)
      guard corpus.reading.words[.placeDistance].map({ !$0.found(in: words).isEmpty }) ?? false,
        let far = kilometers(in: clause, text)
      else { continue }
      var object = JSONObject([
        ("of", .string(corpus.places[place].id)), ("within_km", .number(far)),
      ])
      let strictness = strictness(at: mention.range, text).flatMap { $0 } ?? .hard
      object["strictness"] = .string(strictness.rawValue)
      AskFinder.mark(&object, text.quote(clause))
      return .object(object)
    }
    return nil
  }

  /// The one length in kilometres of a half-sentence that bounds from above or is about so much.
  private func kilometers(in clause: Range<Int>, _ text: ReadText) -> Double? {
    let lengths = text.quantities.filter { clause.contains($0.span.lowerBound) && $0.unit == "km" }
    guard lengths.count == 1, let first = lengths.first, !first.isNegated,
      case .interval(let interval) = first.value, let high = interval.high, high > 0
    else { return nil }
    return interval.low == nil || interval.low == interval.high ? high : nil
  }

  private func isCoveredPlace(_ mention: Mention, _ text: ReadText) -> Bool {
    text.mentions.contains { other in
      other.covers(mention)
        && other.targets.contains {
          switch $0 {
          case .cue: false
          default: true
          }
        }
    }
  }

  /// The name of a place in a currency's: HK$3M, 300万澳门元.
  private func isInsideQuantity(_ mention: Mention, _ text: ReadText) -> Bool {
    text.quantities.contains { $0.span.overlaps(mention.range) }
  }

  /// How strictly a place is asked: where a cue of places stands, where it is said what is to be done
  /// there, or where its half-sentence says little else; nil when it is something else than where the work
  /// may be done.
  private func asked(_ mention: Mention, _ clause: Range<Int>, _ text: ReadText) -> Strictness? {
    if text.isInTitle(mention.range) { return nil }
    let around = PlaceWords(corpus: corpus, mention: mention, clause: clause, text: text)
    if around.isSomethingElse { return nil }
    let isOnly = text.has(.placeOnly, in: clause)
    if text.has(.placePrefer, in: clause), !isOnly { return .soft }
    if isOnly { return .hard }
    if around.hasWork { return wished(mention, text) ?? (around.isPlanned ? .soft : .hard) }
    let inside = text.mentions.filter { clause.contains($0.range.lowerBound) }
    let other = inside.contains { mention in
      mention.targets.contains {
        switch $0 {
        case .service, .key, .localKey, .term: true
        default: false
        }
      }
    }
    let named = inside.filter { $0.place != nil }.reduce(0) { $0 + $1.range.count }
    guard !other, clause.count - named <= 36 else { return nil }
    return wished(mention, text) ?? .hard
  }

  /// 元朗 of 在大嶼山或元朗進行: joined to a place that is asked.
  private func continued(
    _ mention: Mention, from last: (end: Int, strictness: Strictness)?, _ text: ReadText
  ) -> Strictness? {
    guard let last, !text.isInTitle(mention.range), last.end < mention.range.lowerBound,
      mention.range.lowerBound - last.end <= 9
    else { return nil }
    let between = last.end..<mention.range.lowerBound
    let joint = text.words(between)
    let isMark = ["、", "/", "／"].contains(trimmed(joint))
    let links = corpus.reading.words[.certificateLink]
    return isMark || links?.makesUp(joint, folding: corpus.folding) ?? false
      ? last.strictness : nil
  }

  /// Soft where a wish stands nearest; nil where the words say nothing of it.
  private func wished(_ mention: Mention, _ text: ReadText) -> Strictness? {
    strictness(at: mention.range, text).flatMap { $0 } == .soft ? .soft : nil
  }

  private func overseas(_ text: ReadText) -> (value: String, quote: String)? {
    for mention in text.mentions {
      if mention.targets.contains(.cue(.placeInland)) { return ("no", text.quote(mention.range)) }
      if mention.targets.contains(.cue(.placeAbroad)) { return ("yes", text.quote(mention.range)) }
    }
    return nil
  }
}
