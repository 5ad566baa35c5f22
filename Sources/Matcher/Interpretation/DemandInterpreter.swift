/// Reads a demand's title and free text into the parts of the record that it does not state.
///
/// What it adds is labelled `inferred` and quotes its words; a part that the record states
/// (services, requirements, certificates, quantity, window, budget, place, stages) is left alone.
/// `DESIGN` §5, *Inferred*.
public struct DemandInterpreter: Sendable {
  private let corpus: Corpus
  private let tools: ReadingTools

  public init(corpus: Corpus, tools: ReadingTools) {
    self.corpus = corpus
    self.tools = tools
  }

  /// The record with what its text says.
  ///
  /// - Parameter asOf: From which relative and year-less dates count, where the record has no
  ///   `published` day.
  /// - Complexity: O(length of the text · names at one place).
  public func completed(_ object: JSONObject, asOf: CivilDate) -> JSONObject {
    let title = object["title"]?.string ?? ""
    let body = object["text"]?.string ?? ""
    guard !(title + body).isEmpty else { return object }
    let day = object["published"]?.string.flatMap { CivilDate(iso: $0) } ?? asOf
    let text = tools.read(title: title, text: body, asOf: day)
    let stated = named(object)
    let found = stated.isEmpty ? tools.services.services(in: text) : []
    var object = object
    let canSplit = stated.isEmpty && isAbsent(object, "requirements") && isAbsent(object, "stages")
    let steps = canSplit ? tools.stages.stages(in: text, found) : []
    if steps.isEmpty {
      let services = stated.isEmpty ? likeliest(found) : stated
      addSingle(&object, text, services, found)
    } else {
      addStages(&object, text, steps)
    }
    addCommon(&object, text, day)
    addDoubts(&object, text, day)
    return object
  }

  /// The services that the record itself names.
  private func named(_ object: JSONObject) -> [ServiceID] {
    let own = object["services"]?.array ?? object["services"].map { [$0] } ?? []
    return own.compactMap { value in
      value.string.flatMap { corpus.taxonomy.node(named: $0, fold: corpus.folding) }
    }
  }

  private func isAbsent(_ object: JSONObject, _ name: String) -> Bool {
    switch object[name] {
    case nil, .null?: true
    case .array(let list)?: list.isEmpty
    default: false
    }
  }

  /// The likeliest service, and those that are as likely.
  private func likeliest(_ found: [ServiceFinder.Found]) -> [ServiceID] {
    guard let first = found.first else { return [] }
    return found.prefix(2).filter { $0.weight >= 0.97 * first.weight }.map(\.service)
  }

  private func addSingle(
    _ object: inout JSONObject, _ text: ReadText, _ services: [ServiceID],
    _ found: [ServiceFinder.Found]
  ) {
    if isAbsent(object, "services"), isAbsent(object, "stages"), !services.isEmpty {
      object["services"] = .array(services.map { .string(corpus.taxonomy[$0].code) })
      let words = found.first { $0.service == services.first }?.ranges.map(text.quote) ?? []
      object["services_source"] = source(words.withoutRepeats.joined(separator: "；"))
    }
    guard isAbsent(object, "stages") else { return }
    // Without a number, and where all of it is stated, there is nothing to find.
    let isOpen = isAbsent(object, "requirements") || isAbsent(object, "quantity")
    let lots =
      isOpen && !text.quantities.isEmpty
      ? tools.asks.lots(in: text).union(tools.asks.ownOutputs(in: text)) : []
    let specs = isOpen ? tools.specs.specs(in: text, for: services, except: lots) : []
    if isAbsent(object, "requirements") {
      let terms = tools.specs.terms(in: text, for: services)
      let list = tools.writer.requirements(specs, terms.filter { !isProcess($0) }, text)
      if !list.isEmpty { object["requirements"] = .array(list) }
      addProcesses(&object, terms)
    }
    if isAbsent(object, "certificates") {
      let list = tools.asks.certificates(in: text, within: [])
      if !list.isEmpty { object["certificates"] = .array(list) }
    }
    if isAbsent(object, "quantity") {
      object["quantity"] = tools.asks.quantity(
        in: text, within: [], except: Set(specs.map(\.quantity)))
    }
  }

  private func addStages(_ object: inout JSONObject, _ text: ReadText, _ steps: [TextStage]) {
    let specs = assigned(steps, text)
    let isOrdered = tools.stages.isOrdered(text)
    let shared = shared(steps, text)
    object["stages"] = .array(
      steps.enumerated().map { index, step in
        let own = specs.filter { $0.stage == index }.map(\.spec)
        let terms = tools.specs.terms(in: text, for: [step.service]).filter {
          tools.asks.isInside($0.range, step.ranges) || tools.asks.isInside($0.range, shared)
        }
        var stage = JSONObject([
          ("id", .string("S\(index + 1)")), ("title", .string(step.title)),
          ("services", .array([.string(corpus.taxonomy[step.service].code)])),
        ])
        let list = tools.writer.requirements(own, terms.filter { !isProcess($0) }, text)
        if !list.isEmpty { stage["requirements"] = .array(list) }
        addProcesses(&stage, terms)
        let certificates = tools.asks.certificates(
          in: text, within: step.ranges + shared + forAll(text), first: step.ranges)
        if !certificates.isEmpty { stage["certificates"] = .array(certificates) }
        stage["quantity"] = tools.asks.quantity(
          in: text, within: step.ranges, except: Set(own.map(\.quantity)))
        if isOrdered, index > 0 { stage["after"] = .array([.string("S\(index)")]) }
        stage["services_source"] = source(step.title)
        AskFinder.mark(&stage, step.title)
        return .object(stage)
      })
  }

  /// A process under licence is what the line's permit must allow, not what the line can do.
  private func isProcess(_ found: FoundTerms) -> Bool {
    corpus.registry[found.key].domain == Corpus.processVocabulary
  }

  private func addProcesses(_ object: inout JSONObject, _ terms: [FoundTerms]) {
    guard isAbsent(object, "processes") else { return }
    let processes = terms.filter(isProcess).flatMap(\.terms)
    if !processes.isEmpty { object["processes"] = .array(processes.map { .string($0.id) }) }
  }

  /// Each number with the step it is about: by its key and by where it stands.
  private func assigned(
    _ steps: [TextStage], _ text: ReadText
  ) -> [(stage: Int, spec: FoundSpec)] {
    var best: [Int: (weight: Double, stage: Int, spec: FoundSpec)] = [:]
    for (index, step) in steps.enumerated() {
      let lots = tools.asks.lots(in: text).union(tools.asks.ownOutputs(in: text))
      for spec in tools.specs.specs(
        in: text, for: [step.service], except: lots, several: true)
      {
        let span = text.quantities[spec.quantity].span
        let isOwn = tools.asks.isInside(span, step.ranges)
        let isOther = steps.contains { tools.asks.isInside(span, $0.ranges) }
        let weight = spec.weight + (isOwn ? 3 : isOther ? -4 : 0)
        guard weight >= 3, weight > best[spec.quantity]?.weight ?? 0 else { continue }
        best[spec.quantity] = (weight, index, spec)
      }
    }
    var kept: [(stage: Int, spec: FoundSpec)] = []
    for (_, one) in best.sorted(by: { $0.key < $1.key }) {
      let isTold = kept.contains { $0.stage == one.stage && $0.spec.key == one.spec.key }
      if !isTold { kept.append((one.stage, one.spec)) }
    }
    return kept
  }

  /// What of the text no step holds.
  private func shared(_ steps: [TextStage], _ text: ReadText) -> [Range<Int>] {
    let first = steps.flatMap(\.ranges).map(\.lowerBound).min() ?? text.text.utf8.count
    return first > 0 ? [0..<first] : []
  }

  /// The half-sentences that speak of all steps.
  private func forAll(_ text: ReadText) -> [Range<Int>] {
    text.clauses.filter { text.has(.all, in: $0) }
  }

  private func addCommon(_ object: inout JSONObject, _ text: ReadText, _ day: CivilDate) {
    if isAbsent(object, "window"), isAbsent(object, "window_start") {
      object["window"] = tools.asks.window(in: text, from: day)
    }
    if isAbsent(object, "budget"), isAbsent(object, "budget_cny") {
      object["budget"] = tools.asks.budget(in: text)
    }
    if isAbsent(object, "place") { object["place"] = tools.asks.place(in: text) }
  }

  /// What has to be asked about the words before they may be relied on. A day that has passed is no
  /// reading, and a number beside the name of its key has the key's.
  private func addDoubts(_ object: inout JSONObject, _ text: ReadText, _ day: CivilDate) {
    let stages = [object] + (object["stages"]?.array ?? []).compactMap(\.object)
    let named = stages.flatMap { tools.specs.specs(in: text, for: self.named($0)) }
      .filter(\.isNamed).map { text.quantities[$0.quantity].span }
    let doubts = text.doubts.filter { doubt in
      let open = doubt.readings.dropFirst().filter { !isPast($0, day) }
      return !open.isEmpty && !named.contains { $0.overlaps(doubt.span) }
    }
    let asked = doubts.map { doubt in
      entry(doubt.code, text.quote(doubt.span)) { language in
        QuantityRecord(corpus: corpus, language: language).sentence(doubt, in: text.text)
      }
    }
    let open = questions(object, text).map { question in
      entry(question.code, text.quote(question.range)) { question.sentence(corpus, $0) }
    }
    guard !(asked + open).isEmpty else { return }
    object["doubts"] = .array(asked + open)
  }

  /// What else of the words has to be asked: where the record states the part itself, nothing of it.
  private func questions(_ object: JSONObject, _ text: ReadText) -> [OpenQuestion] {
    let all = [object] + (object["stages"]?.array ?? []).compactMap(\.object)
    let certificates = all.flatMap { $0["certificates"]?.array ?? [] }.compactMap(\.object)
    let isStated = all.contains {
      !isAbsent($0, "services") && $0["services_source"]?.object?["kind"]?.string != "inferred"
    }
    let service = isStated ? nil : tools.serviceQuestion(in: text, corpus)
    return [service].compactMap(\.self)
      + tools.asks.openQuestions(
        in: text, certificates: certificates.allSatisfy(isInferred),
        quantity: all.contains { $0["quantity"] != nil })
  }

  private func isInferred(_ object: JSONObject) -> Bool {
    object["source"]?.object?["kind"]?.string == "inferred"
  }

  private func entry(
    _ code: String, _ quote: String, _ question: (Language) -> String
  ) -> JSONValue {
    let questions = Language.allCases.map { ($0.rawValue, JSONValue.string(question($0))) }
    return .object(
      JSONObject([
        ("code", .string(code)), ("quote", .string(quote)),
        ("question", .object(JSONObject(questions))),
      ]))
  }

  private func isPast(_ reading: [WrittenQuantity], _ day: CivilDate) -> Bool {
    reading.contains { quantity in
      if case .days(let from, let to) = quantity.value { (to ?? from ?? day) < day } else { false }
    }
  }

  private func source(_ quote: String) -> JSONValue {
    .object(JSONObject([("kind", .string("inferred")), ("quote", .string(quote))]))
  }
}

extension [String] {
  /// Each once, in the order of the first.
  var withoutRepeats: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
