import Matcher

/// The words that all reports share, in one language.
package struct ReportWords: Sendable {
  let corpus: Corpus
  let language: Language

  package init(corpus: Corpus, language: Language) {
    self.corpus = corpus
    self.language = language
  }

  func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }

  func list(_ items: [String]) -> String { corpus.texts.list(items, language) }

  func verdict(_ verdict: Verdict) -> String {
    switch verdict {
    case .full: text("group.fits")
    case .potential: text("group.confirm")
    case .nearMiss: text("group.close")
    case .conflict: text("group.conflict")
    }
  }

  /// The name of a criterion as results label it: `spec:wafer_diameter`, `certificate:CNAS`, `window`.
  func criterion(_ label: String) -> String {
    let parts = label.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return text("name.\(label)") }
    if parts[0] == "spec" { return key(parts[1]) ?? parts[1] }
    // A number stands for a scheme that must not be told.
    return Int(parts[1]) == nil ? parts[1] : text("name.certificate")
  }

  /// A key of the registry by its id.
  func key(_ id: String) -> String? {
    corpus.registry.key(id).map { corpus.registry[$0].name.text(language) }
  }

  func sector(_ code: String) -> String {
    corpus.sectors.first { $0.code == code }?.name.text(language) ?? text("report.noSector")
  }

  func city(_ place: PlaceID?) -> String {
    place.map { corpus.places[$0].name.text(language) } ?? text("report.noCity")
  }

  /// How a demand is named where everybody may look.
  func title(_ demand: Demand) -> String {
    guard demand.visibility == .everyone else { return text("report.restricted") }
    let short = demand.title.isEmpty ? services(demand) : demand.title
    return RestrictedRecord.anonymous(short, without: demand.enterpriseName)
      ?? text("report.untitled")
  }

  /// The services that a demand asks for.
  func services(_ demand: Demand) -> String {
    var seen: Set<ServiceID> = []
    return demand.stages.flatMap(\.ask.services).filter { seen.insert($0).inserted }
      .map { corpus.taxonomy[$0].name.text(language) }.joined(separator: " / ")
  }

  func platform(_ platform: Platform) -> String { platform.name.text(language) }

  /// `2026-11` as people write it.
  func period(_ name: String) -> String {
    if name == "all" { return text("report.period.all") }
    let parts = name.split(separator: "-").map(String.init)
    guard parts.count == 2 else { return text("report.period.year", ["year": name]) }
    if parts[1].hasPrefix("Q") {
      return text(
        "report.period.quarter", ["year": parts[0], "quarter": String(parts[1].dropFirst())])
    }
    return text(
      "report.period.month", ["year": parts[0], "month": String(Int(parts[1]) ?? 0)])
  }

  /// Unit, cut-off and source, as every table carries them.
  func facts(_ data: NightData, unit: String) -> String {
    text(
      "report.facts",
      [
        "unit": unit, "date": "\(data.asOf)", "run": data.run, "seq": String(data.world.seq),
      ])
  }
}

extension ReportWords {
  /// In Chinese, between two sentences nothing; in English a blank.
  var gap: String { language == .english ? " " : "" }

  func changeKind(_ kind: NightChange.Kind) -> String { text("report.change.\(kind.rawValue)") }

  /// What did it, as a clause; a restricted demand's field stays untold.
  package func cause(_ cause: NightCause, isRestricted: Bool) -> String {
    let isTold = !(isRestricted && cause.side == .demand)
    let isNamed = isTold && cause.kind == .day && cause.criterion != nil
    return text(
      isNamed ? "report.cause.day.of" : "report.cause.\(cause.kind.rawValue)",
      [
        "side": cause.side.map { text("report.side.\($0.rawValue)") } ?? "",
        "field": isTold
          ? cause.field.map(field) ?? text("report.field.record")
          : text("report.restricted"),
        "criterion": isTold ? cause.criterion.map(criterion) ?? "" : "",
      ])
  }

  /// A member's path as people call it: `requirements[implant_temperature]`, `lines[x].price`.
  func field(_ path: String) -> String {
    let parts = path.split(separator: ".").map(String.init)
    let inner = parts.count > 1 && parts[0].hasPrefix("lines") ? Array(parts.dropFirst()) : parts
    guard let last = inner.first else { return path }
    let member = String(last.prefix { $0 != "[" })
    let bracket = last.contains("[") ? last.drop { $0 != "[" }.dropFirst().prefix { $0 != "]" } : ""
    let id = "report.field.\(member)"
    let known = corpus.texts.text(id, language)
    let name = known == "[\(id)]" ? member : known
    if bracket.isEmpty || member == "lines" || member == "stages" { return name }
    return "\(name) · \(key(String(bracket)) ?? String(bracket))"
  }
}
