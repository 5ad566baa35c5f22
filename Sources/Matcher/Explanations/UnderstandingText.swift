/// What was read out of a demand's words, in one language.
public struct UnderstandingText: Sendable {
  private let corpus: Corpus
  private let language: Language

  public init(corpus: Corpus, language: Language) {
    self.corpus = corpus
    self.language = language
  }

  /// The name of what an item is about: a part, or the key of a requirement.
  public func name(_ item: Understanding.Item) -> String {
    if item.part == "requirements" || item.part == "specs", let id = item.object["key"]?.string,
      let key = corpus.registry.key(id)
    {
      return corpus.registry[key].name.text(language)
    }
    return corpus.texts.text("understood.\(item.part)", language)
  }

  /// What it asks: `≥ 500 ℃`.
  public func value(_ item: Understanding.Item) -> String {
    let object = item.object
    switch item.part {
    case "services": return list(object["services"]) { service($0) }
    case "requirements": return requirement(object)
    case "specs": return spec(object)
    case "certificates":
      let scheme = object["scheme"]?.string ?? ""
      let scope = list(object["scope"]) { $0 }
      return scope.isEmpty ? scheme : "\(scheme)（\(scope)）"
    case "quantity":
      let per = object["per"]?.string.map { corpus.texts.text("understood.per.\($0)", language) }
      return number(object["value"]) + " " + (object["unit"]?.string ?? "") + (per ?? "")
    case "window": return window(object)
    case "budget": return budget(object)
    case "place":
      let overseas = object["overseas"]?.string.map {
        corpus.texts.text("understood.overseas.\($0)", language)
      }
      let places = list(object["allowed"]) { place($0) }
      let near = object["of"]?.string.map {
        corpus.texts.text(
          "understood.within", language,
          ["place": place($0), "km": number(object["within_km"])])
      }
      return [places, near ?? "", overseas ?? ""].filter { !$0.isEmpty }.joined(separator: "；")
    default: return offer(item)
    }
  }

  /// What a platform says of lots, prices and days.
  private func offer(_ item: Understanding.Item) -> String {
    let object = item.object
    let unit = object["unit"]?.string.map { " " + $0 } ?? ""
    switch item.part {
    case "lot": return ends(object) + unit
    case "capacity":
      let per = corpus.texts.text("understood.per.\(object["per"]?.string ?? "month")", language)
      return number(object["value"]) + unit + per
    case "price":
      let per = object["per"]?.string.map { "/" + $0 } ?? ""
      return (object["currency"]?.string ?? "CNY") + " " + ends(object) + per
    case "lead_time":
      let days = object["days"]?.number.map { NumberText.plain($0) } ?? ""
      let name = object["kind"]?.string == "working" ? "understood.workdays" : "understood.wait"
      return corpus.texts.text(name, language, ["days": days])
    case "calendar":
      return [object["from"], object["to"]].compactMap { $0?.string }.joined(separator: "–")
    default: return ""
    }
  }

  private func ends(_ object: JSONObject) -> String {
    switch (object["min"], object["max"]) {
    case (let low?, nil): "≥ " + number(low)
    case (nil, let high?): "≤ " + number(high)
    case (let low?, let high?): number(low) + "–" + number(high)
    case (nil, nil): ""
    }
  }

  /// 必须, 重要, 优先 or 仅供参考; the part's default where the words say nothing; empty for what a
  /// platform states.
  public func strictness(_ item: Understanding.Item) -> String {
    let part = item.part
    if item.isOffered { return "" }
    let own = item.object["strictness"]?.string.flatMap(Strictness.init(rawValue:))
    let strictness = own ?? corpus.policy.defaultStrictness(part)
    return corpus.texts.text("strictness.\(strictness.rawValue)", language)
  }

  private func service(_ code: String) -> String {
    corpus.taxonomy.node(code).map { corpus.taxonomy[$0].name.text(language) } ?? code
  }

  private func place(_ id: String) -> String {
    corpus.places.place(id).map { corpus.places.shortName($0, language) } ?? id
  }

  private func list(_ value: JSONValue?, _ name: (String) -> String) -> String {
    (value?.array ?? []).compactMap(\.string).map(name).joined(separator: language.listMark)
  }

  private func number(_ value: JSONValue?) -> String {
    value?.number.map { NumberText.plain($0, digits: 12) } ?? value?.string ?? ""
  }

  private func requirement(_ object: JSONObject) -> String {
    guard let id = object["key"]?.string, let key = corpus.registry.key(id) else { return "" }
    let spec = corpus.registry[key]
    let unit = object["unit"]?.string.map { " " + $0 } ?? ""
    let about = object["approximate"]?.bool == true ? "≈ " : ""
    let asked = object["op"]?.string.flatMap(SpecKey.Direction.init(rawValue:)) ?? spec.direction
    switch spec.kind {
    case .flag:
      return corpus.texts.text(object["value"]?.bool == true ? "yes" : "no", language)
    case .terms:
      let terms = object["value"]?.array ?? []
      let names = terms.compactMap(\.string).map { term($0, spec) }
      return names.joined(separator: asked == .oneOf ? " / " : language.listMark)
    case .ordinal: return "≥ " + number(object["value"])
    case .number:
      if let ends = object["value"]?.array {
        let mark = asked == .oneOf ? " / " : "–"
        return ends.map { number($0) }.joined(separator: mark) + unit
      }
      let sign = asked == .atLeast ? "≥ " : asked == .atMost ? "≤ " : ""
      return sign + about + number(object["value"]) + unit
    }
  }

  private func spec(_ object: JSONObject) -> String {
    guard let id = object["key"]?.string, let key = corpus.registry.key(id) else { return "" }
    let spec = corpus.registry[key]
    let unit = object["unit"]?.string.map { " " + $0 } ?? ""
    if let flag = object["value"]?.bool { return corpus.texts.text(flag ? "yes" : "no", language) }
    if let values = object["values"]?.array {
      let names = values.map { $0.string.map { term($0, spec) } ?? number($0) }
      return names.joined(separator: language.listMark) + unit
    }
    switch (object["min"], object["max"]) {
    case (let low?, nil): return "≥ " + number(low) + unit
    case (nil, let high?): return "≤ " + number(high) + unit
    case (let low?, let high?):
      return low == high ? number(low) + unit : number(low) + "–" + number(high) + unit
    default: return number(object["value"])
    }
  }

  private func term(_ text: String, _ key: SpecKey) -> String {
    guard let vocabulary = corpus.registry.vocabularies[key.domain] else { return text }
    let term = vocabulary.resolve(text, fold: corpus.folding)
    return vocabulary.name(term)?.text(language) ?? text
  }

  private func window(_ object: JSONObject) -> String {
    let days = ["start", "finish"].map { object[$0]?.string ?? "" }
    let span: String
    if days[0].isEmpty {
      span = corpus.texts.text("understood.until", language, ["date": days[1]])
    } else if days[1].isEmpty {
      let latest = object["latest_start"]?.string ?? ""
      span = corpus.texts.text(
        "understood.from", language, ["date": latest.isEmpty ? days[0] : days[0] + "–" + latest])
    } else {
      span = days.joined(separator: "–")
    }
    guard let length = object["duration_days"]?.number else { return span }
    return span + "；"
      + corpus.texts.text("understood.days", language, ["days": NumberText.plain(length)])
  }

  private func budget(_ object: JSONObject) -> String {
    let currency = object["currency"]?.string ?? "CNY"
    let most = object["max"]?.number ?? 0
    let money =
      currency == "CNY" ? NumberText.money(most, language) : "\(currency) \(NumberText.plain(most))"
    let unit = object["basis"]?.string == "unit" ? object["unit"]?.string : nil
    return "≤ " + money + (unit.map { "/" + $0 } ?? "")
  }
}
