import Ledger
import Matcher

/// The facts of a demand as lists show them, each only to those who may read it.
struct DemandFacts {
  let record: JSONObject
  /// What stands of people beside it; nil where nothing does.
  let contact: JSONObject?
  let corpus: Corpus
  let language: Language
  /// For everyone to read, or for the park itself.
  let isPublic: Bool

  private func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }

  /// Whether something in it is not for everyone: its words may then repeat what is sealed.
  private var hasSealed: Bool {
    record.members.contains { FieldChange.isSealed($0.value) }
  }

  private var isFirmOpen: Bool {
    record["enterprise"]?.object?["visibility"]?.string == Visibility.everyone.rawValue
  }

  var title: String {
    let title = opened(record["title"]?.string ?? "")
    guard isPublic, hasSealed else { return title }
    let holds = sealedTexts(.object(record), isSealed: false).contains { title.contains($0) }
    return holds ? text("publish.sealed") : title
  }

  var words: String {
    guard isPublic else { return record["text"]?.string ?? "" }
    return hasSealed ? text("publish.sealed") : opened(record["text"]?.string ?? "")
  }

  /// The numbers and terms inside what is not for everyone.
  private func sealedTexts(_ value: JSONValue, isSealed: Bool) -> [String] {
    switch value {
    case .object(let object):
      let isSealed = isSealed || FieldChange.tier(object) != .everyone
      return object.members.filter { !["visibility", "key", "op", "strictness"].contains($0.name) }
        .flatMap { sealedTexts($0.value, isSealed: isSealed) }
    case .array(let items): return items.flatMap { sealedTexts($0, isSealed: isSealed) }
    case .string(let text): return isSealed && text.unicodeScalars.count > 1 ? [text] : []
    case .number(_, let text): return isSealed && text.utf8.count > 1 ? [text] : []
    default: return []
    }
  }

  /// The words without the firm's name, where that is not public.
  private func opened(_ words: String) -> String {
    guard isPublic, !isFirmOpen else { return words }
    let names = [record["enterprise"]?.object?["name"]?.string, contact?["enterprise"]?.string]
    var out = words
    for name in names.compactMap(\.self) {
      out = corpus.replacing(name, in: out, with: text("publish.someFirm"))
      // Its short name too, unless that is short enough to be a common word.
      if let core = corpus.firmCore(name), core.unicodeScalars.count >= 4 {
        out = corpus.replacing(core, in: out, with: text("publish.someFirm"))
      }
    }
    return out
  }

  /// The firm's name: for everyone only where it says so itself.
  var firm: String {
    let name = record["enterprise"]?.object?["name"]?.string
    if isPublic { return isFirmOpen ? name ?? "" : "" }
    return name ?? contact?["enterprise"]?.string ?? ""
  }

  var firmCode: String {
    if isPublic { return "" }
    return record["enterprise"]?.object?["uscc"]?.string ?? contact?["uscc"]?.string ?? ""
  }

  /// One of the contact's data; never in a public list.
  func person(_ field: String) -> String {
    isPublic ? "" : FieldChange.shown(contact?[field]) ?? ""
  }

  var sector: String {
    let code = record["sector"]?.string ?? record["services"]?.array?.first?.string
    let prefix = code.map { String($0.prefix { $0 != "." }) }
    return corpus.sectors.first { $0.code == prefix }?.name.text(language) ?? ""
  }

  /// A member that is an object, where it may be read.
  private func part(_ name: String) -> (object: JSONObject?, isWithheld: Bool) {
    let value = record[name]
    if isPublic, FieldChange.isSealed(value) { return (nil, true) }
    return (value?.object, false)
  }

  private func shown(_ name: String, _ say: (JSONObject) -> String) -> String {
    let part = part(name)
    if part.isWithheld { return text("publish.sealed") }
    return part.object.map(say) ?? ""
  }

  var quantity: String {
    shown("quantity") { quantity in
      let value = FieldChange.shown(quantity["value"]) ?? ""
      return value + (quantity["unit"]?.string ?? "")
    }
  }

  var window: String {
    shown("window") { window in
      let (start, finish) = (window["start"]?.string, window["finish"]?.string)
      switch (start, finish) {
      case (let start?, let finish?): return "\(start) – \(finish)"
      case (nil, let finish?): return text("publish.until", ["date": finish])
      case (let start?, nil): return text("publish.from", ["date": start])
      case (nil, nil): return ""
      }
    }
  }

  var budget: String {
    shown("budget") { budget in
      guard let maximum = budget["max"]?.number else { return "" }
      let currency = budget["currency"]?.string ?? "CNY"
      let id = currency == "CNY" ? "publish.budget.cny" : "publish.budget.other"
      // Yuan are written in ten thousands in Chinese.
      let isInWan = currency == "CNY" && language != .english
      let amount = isInWan ? (maximum / 100).rounded() / 100 : maximum
      let text = text(
        id, ["amount": JSONWriter.line(.number(amount)), "currency": currency])
      return budget["basis"]?.string == "unit"
        ? self.text("publish.budget.unit", ["text": text])
        : text
    }
  }

  var place: String {
    shown("place") { place in
      let names = (place["allowed"]?.array ?? []).compactMap(\.string)
      return corpus.texts.list(names, language)
    }
  }

  var certificates: String {
    let value = record["certificates"]
    if isPublic, FieldChange.isSealed(value) { return text("publish.sealed") }
    let names = (value?.array ?? []).compactMap { $0.object?["scheme"]?.string }
    return corpus.texts.list(names, language)
  }
}
