/// What a question is about and an answer states: one fact of a line, or of a demand.
///
/// Written as results label criteria: `spec:implant_temperature`, `certificate:CNAS`, `price`.
package enum FactSlot: Hashable, Sendable, CustomStringConvertible {
  /// By the key's id.
  case spec(String)
  /// By the scheme's id; a scheme that the lexicon does not know by its folded text behind `~`.
  case certificate(String)
  case openness
  case status
  case border
  case service
  case process
  /// When the line could do it: what `calendar` and `leadTime` answer.
  case window
  case calendar
  case leadTime
  case price
  case place
  /// How much at once; on the demand side the quantity.
  case lot
  case capacity

  private static let plain: [(String, FactSlot)] = [
    ("openness", .openness), ("status", .status), ("border", .border), ("service", .service),
    ("process", .process), ("window", .window), ("calendar", .calendar), ("lead_time", .leadTime),
    ("price", .price), ("place", .place), ("lot", .lot), ("capacity", .capacity),
  ]

  private static let others: [String: FactSlot] = [
    "budget": .price, "quantity": .lot, "services": .service, "processes": .process,
  ]

  /// Reads a label of a criterion, its name in any language, or the name of a key or scheme; nil for
  /// anything else and for a name that several keys share.
  package init?(_ text: String, corpus: Corpus) {
    let text = trimmed(text)
    if let cut = text.firstIndex(of: ":") {
      let name = trimmed(text[text.index(after: cut)...])
      switch text[..<cut].lowercased() {
      case "spec": self.init(key: name, corpus: corpus)
      case "certificate" where !name.isEmpty: self.init(scheme: name, corpus: corpus)
      default: return nil
      }
      return
    }
    let lower = text.lowercased()
    if let slot = FactSlot.plain.first(where: { $0.0 == lower })?.1 ?? FactSlot.others[lower] {
      self = slot
      return
    }
    let folded = corpus.folding.name(text)
    for (name, slot) in FactSlot.plain {
      let names = corpus.texts.localized("name.\(name)")?.all ?? []
      if !folded.isEmpty, names.contains(where: { corpus.folding.name($0) == folded }) {
        self = slot
        return
      }
    }
    if let slot = FactSlot(key: text, corpus: corpus) {
      self = slot
      return
    }
    guard corpus.lexicon.schemes.resolve(text, fold: corpus.folding).isRegistered else {
      return nil
    }
    self.init(scheme: text, corpus: corpus)
  }

  /// The key of that id, name or alias.
  package init?(key name: String, corpus: Corpus) {
    let keys = corpus.registry.keys(named: name, fold: corpus.folding)
    guard keys.count == 1 else { return nil }
    self = .spec(corpus.registry[keys[0]].id)
  }

  package init(scheme name: String, corpus: Corpus) {
    self = .certificate(corpus.lexicon.schemes.resolve(name, fold: corpus.folding).id)
  }

  /// What an open outcome asks for; nil for what no single fact settles.
  package init?(_ outcome: Outcome, _ ask: Ask, corpus: Corpus) {
    switch outcome.criterion {
    case .spec(let key): self = .spec(corpus.registry[key].id)
    case .certificate(let place):
      guard ask.certificates.indices.contains(place) else { return nil }
      self = .certificate(ask.certificates[place].scheme.id)
    case .openness: self = .openness
    case .status: self = .status
    case .border: self = .border
    case .service: self = .service
    case .process: self = .process
    case .window: self = .window
    case .price: self = outcome.message == "price.noQuantity" ? .lot : .price
    case .place: self = .place
    case .lot: self = .lot
    case .unread, .exclusion, .text: return nil
    }
  }

  /// The slot under which the fact is asked.
  package var asked: FactSlot {
    switch self {
    case .calendar, .leadTime: .window
    case .capacity: .lot
    default: self
    }
  }

  package var description: String {
    switch self {
    case .spec(let id): "spec:\(id)"
    case .certificate(let id): "certificate:\(id)"
    default: FactSlot.plain.first { $0.1 == self }?.0 ?? ""
    }
  }

  /// The name that people read.
  package func name(_ corpus: Corpus, _ language: Language) -> String {
    switch self {
    case .spec(let id):
      corpus.registry.key(id).map { corpus.registry[$0].name.text(language) } ?? id
    case .certificate(let id):
      corpus.texts.text("name.certificate", language) + " "
        + String(id.drop(while: { $0 == "~" }))
    default: corpus.texts.text("name.\(self)", language)
    }
  }
}
