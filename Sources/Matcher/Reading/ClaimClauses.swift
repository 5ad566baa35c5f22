/// What stands against taking an answer.
package struct ClaimProblem: Error, Sendable, Equatable, CustomStringConvertible {
  package let got: String
  package let expected: String
  package let hint: String?

  init(got: String, expected: String, hint: String? = nil) {
    self.got = got
    self.expected = expected
    self.hint = hint
  }

  init(_ issue: RecordIssue) {
    self.init(got: issue.got, expected: issue.expected, hint: issue.hint)
  }

  package var description: String {
    "got \(got), expected \(expected)" + (hint.map { "; \($0)" } ?? "")
  }
}

/// Answers in the short form that fits one flag, into the member that a record would state.
///
/// The same words as in cells: `max 650 ℃`, `-40..85 ℃`, `no`, `CNAS(振动)@2028-05-31`,
/// `2027-01-04..2027-06-30 x4`, `32000..45000 CNY / 片`.
package struct ClaimClauses {
  package enum Side: Sendable {
    case platform
    case demand
  }

  package struct Read: Sendable {
    /// The slot that is answered: `window` becomes `calendar` or `leadTime` by what is said.
    package let slot: FactSlot
    /// For a spec an object of `specs` (or `requirements`), for a certificate one of
    /// `certificates`, else the member itself.
    package let claim: JSONValue
    /// What is odd about it.
    package let warnings: [RecordIssue]
  }

  let corpus: Corpus
  let side: Side

  package init(corpus: Corpus, side: Side) {
    self.corpus = corpus
    self.side = side
  }

  static let yes: Set<String> = ["yes", "true", "y", "是", "有", "能", "可以", "具备", "具備", "可"]
  static let no: Set<String> = [
    "no", "false", "n", "none", "denied", "否", "无", "無", "没有", "沒有", "不能", "不可以", "不具备",
    "不具備", "不支持", "不支援",
  ]

  /// Reads an answer; what it says is then read as a record's member, so that units, terms and places
  /// are held to the same tables.
  package func read(_ slot: FactSlot, _ text: String) throws(ClaimProblem) -> Read {
    let text = trimmed(text)
    guard !text.isEmpty else {
      throw ClaimProblem(got: "nothing", expected: "a value")
    }
    let (slot, claim) =
      side == .platform ? try line(slot, text) : try ask(slot, text)
    return Read(slot: slot, claim: claim, warnings: try checked(slot, claim))
  }

  // MARK: A line

  private func line(
    _ slot: FactSlot, _ text: String
  ) throws(ClaimProblem) -> (FactSlot, JSONValue) {
    switch slot {
    case .spec(let key): (slot, try spec(key, text))
    case .certificate(let scheme): (slot, try certificate(scheme, text))
    case .openness: (slot, try openness(text))
    case .status: (slot, try status(text))
    case .service: (slot, try services(text))
    case .process: (slot, processes(text))
    case .window:
      if let days = leadTime(text) { (.leadTime, days) } else { (.calendar, calendar(text)) }
    case .calendar: (slot, calendar(text))
    case .leadTime:
      if let days = leadTime(text) {
        (slot, days)
      } else {
        throw ClaimProblem(
          got: RecordIssue.quoted(text), expected: "a number of days such as 45 days")
      }
    case .price: (slot, try MoneyClause.price(text))
    case .lot: (slot, try lot(text))
    case .capacity: (slot, try capacity(text))
    case .place: (slot, .string(text))
    case .border:
      throw ClaimProblem(
        got: "'border'", expected: "a fact that the platform can state",
        hint: "the demand says whether work abroad is allowed")
    }
  }

  private func spec(_ key: String, _ text: String) throws(ClaimProblem) -> JSONValue {
    let (body, sign) = try value(key, text)
    if isNo(body) {
      return .object(JSONObject([("key", .string(key)), ("state", .string("denied"))]))
    }
    guard let clause = ClauseReader.clause("\(key) \(sign) \(spelled(body))") else {
      throw ClaimProblem(
        got: RecordIssue.quoted(text), expected: "a value such as max 650 ℃, 100..150 mm, yes or no"
      )
    }
    return ClauseReader.spec(clause)
  }

  /// The value behind the key's name, if it is written, and the sign that its words mean.
  private func value(
    _ key: String, _ text: String
  ) throws(ClaimProblem) -> (body: String, sign: String) {
    var body = text
    if let clause = ClauseReader.clause(text), !clause.key.isEmpty {
      let isPlain = ClaimClauses.sign(of: clause.key) == nil
      if isPlain, FactSlot(key: clause.key, corpus: corpus) != .spec(key) {
        throw ClaimProblem(
          got: RecordIssue.quoted(clause.key), expected: "the fact that is answered, \(key)",
          hint: "answer one fact at a time")
      }
      if isPlain { body = trimmed(body.drop(while: { !"=<>≥≤＝＜＞".contains($0) })) }
    } else if let word = body.split(separator: " ", maxSplits: 1).first, word.count < body.count,
      FactSlot(key: String(word), corpus: corpus) == .spec(key)
    {
      body = trimmed(body.dropFirst(word.count))
    }
    if let first = body.first, "=<>≥≤＝＜＞".contains(first) {
      let signs = body.prefix(while: { "=<>≥≤＝＜＞".contains($0) })
      return (trimmed(body.dropFirst(signs.count)), String(signs))
    }
    if let (length, sign) = ClaimClauses.sign(of: body) {
      return (trimmed(body.dropFirst(length)), sign)
    }
    return (body, "=")
  }

  private static let bounds: [(String, String)] = [
    ("at most", "<="), ("at least", ">="), ("up to", "<="), ("maximum", "<="), ("minimum", ">="),
    ("max", "<="), ("min", ">="), ("最大", "<="), ("最高", "<="), ("至多", "<="), ("不超过", "<="),
    ("不超過", "<="), ("最小", ">="), ("最低", ">="), ("至少", ">="), ("不低于", ">="), ("不低於", ">="),
  ]

  /// The bound that a text begins with, and its length.
  static func sign(of text: String) -> (length: Int, sign: String)? {
    let lower = text.lowercased()
    return bounds.first { lower.hasPrefix($0.0) }.map { ($0.0.count, $0.1) }
  }

  func isNo(_ text: String) -> Bool { ClaimClauses.no.contains(text.lowercased()) }
  func isYes(_ text: String) -> Bool { ClaimClauses.yes.contains(text.lowercased()) }

  private func spelled(_ body: String) -> String { isYes(body) ? "yes" : body }

  private func certificate(_ scheme: String, _ text: String) throws(ClaimProblem) -> JSONValue {
    let name = String(scheme.drop(while: { $0 == "~" }))
    if isNo(text) {
      return .object(JSONObject([("scheme", .string(name)), ("state", .string("denied"))]))
    }
    let isRest = "(（@".contains(text.first ?? " ")
    let written = isYes(text) ? name : isRest ? name + text : text
    guard let entries = CertificateClauses.objects(written).array, entries.count == 1,
      let entry = entries[0].object, let stated = entry["scheme"]?.string
    else {
      throw ClaimProblem(
        got: RecordIssue.quoted(text), expected: "one certificate such as CNAS(振动)@2028-05-31")
    }
    guard FactSlot(scheme: stated, corpus: corpus) == .certificate(scheme) else {
      throw ClaimProblem(
        got: RecordIssue.quoted(stated), expected: "the certificate that is answered, \(name)")
    }
    return entries[0]
  }

  private func openness(_ text: String) throws(ClaimProblem) -> JSONValue {
    let word = isYes(text) ? "open" : isNo(text) ? "closed" : text
    let read = corpus.lexicon.meaning(of: word, field: "openness", fold: corpus.folding)
    guard let state = Openness.State(rawValue: word) ?? read.flatMap(Openness.State.init),
      state != .unstated
    else {
      throw ClaimProblem(
        got: RecordIssue.quoted(text),
        expected: "open, members, group_only, closed or own_production")
    }
    return .object(JSONObject([("state", .string(state.rawValue)), ("text", .string(text))]))
  }

  private func status(_ text: String) throws(ClaimProblem) -> JSONValue {
    var words = text.split(separator: " ").map(String.init)
    let from = words.last.flatMap { CivilDate(iso: $0) }
    if from != nil { words.removeLast() }
    let said = words.joined(separator: " ")
    let word = isYes(said) ? "open" : said
    let read = corpus.lexicon.meaning(of: word, field: "status", fold: corpus.folding)
    let silent: Status.State? = said.isEmpty && from != nil ? .planned : nil
    guard let state = Status.State(rawValue: word) ?? read.flatMap(Status.State.init) ?? silent,
      state != .unstated
    else {
      throw ClaimProblem(
        got: RecordIssue.quoted(text),
        expected:
          "open, preparing, building, planned, full, suspended or unclear, and the day it is free")
    }
    var object = JSONObject([("state", .string(state.rawValue)), ("text", .string(text))])
    if let from { object["from"] = .string(from.description) }
    return .object(object)
  }

  func list(_ text: String) -> [String] {
    text.split(whereSeparator: { ";；|、，,".contains($0) }).map { trimmed($0) }
      .filter { !$0.isEmpty }
  }

  func services(_ text: String) throws(ClaimProblem) -> JSONValue {
    var codes: [JSONValue] = []
    for name in list(text) {
      guard let node = corpus.taxonomy.node(named: name, fold: corpus.folding) else {
        throw ClaimProblem(
          got: RecordIssue.quoted(name), expected: "services that are offered, by code or name",
          hint: "matchctl inspect services")
      }
      codes.append(.string(corpus.taxonomy[node].code))
    }
    return .array(codes)
  }

  /// `only 聚合; 硝化`: a complete list.
  private func processes(_ text: String) -> JSONValue {
    let only = ["only ", "仅", "僅", "只"].first { text.lowercased().hasPrefix($0) }
    let values = list(String(text.dropFirst(only?.count ?? 0)))
    return .object(
      JSONObject([
        ("values", .array(values.map { .string($0) })), ("complete", .bool(only != nil)),
      ]))
  }

  private func calendar(_ text: String) -> JSONValue {
    TableRecords.slots(text)
  }

  /// `45 days`, `30 working days`, `45 天`, `30 个工作日`.
  private func leadTime(_ text: String) -> JSONValue? {
    guard let (days, unit) = MeasureReader.parts(of: text), days >= 0,
      days == days.rounded(), days <= 36_500
    else { return nil }
    let word = unit.lowercased().filter { !$0.isWhitespace }
    let calendar = ["day", "days", "天", "日", "个自然日", "個自然日", "d"]
    let working = ["workingday", "workingdays", "个工作日", "個工作日", "工作日"]
    guard calendar.contains(word) || working.contains(word) else { return nil }
    return .object(
      JSONObject([
        ("days", .integer(Int(days))),
        ("kind", .string(working.contains(word) ? "working" : "calendar")),
      ]))
  }

  private func lot(_ text: String) throws(ClaimProblem) -> JSONValue {
    let bound = ClaimClauses.sign(of: text)
    let body = bound.map { "\($0.sign) \(text.dropFirst($0.length))" } ?? text
    let clause = ClauseReader.clause("lot \(body)") ?? ClauseReader.clause("lot = \(body)")
    guard let clause, clause.isRange || clause.sign != "=" else {
      throw ClaimProblem(
        got: RecordIssue.quoted(text), expected: "limits of a batch such as 6..100 片 or max 100 片")
    }
    let parts = clause.values.compactMap { MeasureReader.parts(of: $0) }
    guard parts.count == clause.values.count, let unit = parts.last?.1, !unit.isEmpty else {
      throw ClaimProblem(got: RecordIssue.quoted(text), expected: "numbers with their unit")
    }
    var object = JSONObject()
    if clause.sign != "<=" { object["min"] = .number(parts[0].0) }
    if clause.sign != ">=" { object["max"] = .number(parts[parts.count - 1].0) }
    object["unit"] = .string(unit)
    return .object(object)
  }

  private func capacity(_ text: String) throws(ClaimProblem) -> JSONValue {
    let sides = text.split(separator: "/", maxSplits: 1).map { trimmed($0) }
    let periods = [
      "month": "month", "月": "month", "year": "year", "年": "year", "batch": "batch", "批": "batch",
    ]
    guard sides.count == 2, let (value, unit) = MeasureReader.parts(of: sides[0]),
      let period = periods[sides[1].lowercased()]
    else {
      throw ClaimProblem(got: RecordIssue.quoted(text), expected: "a capacity such as 400 片/month")
    }
    return .object(
      JSONObject([
        ("value", .number(value)), ("unit", .string(unit)), ("per", .string(period)),
      ]))
  }

  // MARK: A demand

  private func ask(
    _ slot: FactSlot, _ text: String
  ) throws(ClaimProblem) -> (FactSlot, JSONValue) {
    switch slot {
    case .spec(let key):
      let (body, sign) = try value(key, text)
      guard !isNo(body) || corpus.registry.key(key).map({ corpus.registry[$0].kind }) == .flag,
        let clause = ClauseReader.clause("\(key) \(sign) \(isNo(body) ? "no" : spelled(body))")
      else {
        throw ClaimProblem(
          got: RecordIssue.quoted(text), expected: "what is needed, such as at least 500 ℃")
      }
      return (slot, ClauseReader.requirement(clause))
    case .certificate(let scheme):
      let claim = try certificate(scheme, text)
      guard claim.object?["state"] == nil else {
        throw ClaimProblem(got: RecordIssue.quoted(text), expected: "a certificate with its scope")
      }
      return (slot, claim)
    case .service: return (slot, try services(text))
    case .process: return (slot, .array(list(text).map { .string($0) }))
    case .lot, .capacity:
      return (.lot, .object(JSONObject([("value", .string(text))])))
    case .window, .calendar, .leadTime: return (.window, try window(text))
    case .price: return (slot, try MoneyClause.budget(text))
    case .place:
      return (slot, .object(JSONObject([("allowed", .array(list(text).map { .string($0) }))])))
    case .border:
      guard isYes(text) || isNo(text) else {
        throw ClaimProblem(got: RecordIssue.quoted(text), expected: "yes or no")
      }
      return (slot, .object(JSONObject([("overseas", .string(isYes(text) ? "yes" : "no"))])))
    case .openness, .status:
      throw ClaimProblem(
        got: "'\(slot)'", expected: "a fact that the demand can state",
        hint: "name the platform instead of the demand")
    }
  }

  private func window(_ text: String) throws(ClaimProblem) -> JSONValue {
    guard let days = DayRange(text) else {
      throw ClaimProblem(
        got: RecordIssue.quoted(text), expected: "days such as 2027-01-04..2027-03-31, or the last")
    }
    var object = JSONObject()
    if let start = days.start { object["start"] = .string(start.description) }
    object["finish"] = .string(days.finish.description)
    return .object(object)
  }
}
