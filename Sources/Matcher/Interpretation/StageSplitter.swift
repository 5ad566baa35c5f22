/// One step that a text describes: its service and where the text speaks of it.
struct TextStage: Sendable {
  let service: ServiceID
  /// The words of its service.
  let title: String
  /// UTF-8 ranges of the text that are about this step; what no step holds is about all.
  var ranges: [Range<Int>]
}

/// Tells a demand of several steps from a demand of one: services joined in the title, or steps told
/// one after another in the text.
struct StageSplitter: Sendable {
  let taxonomy: Taxonomy
  let finder: ServiceFinder

  /// A step counts from this share of the likeliest service's weight.
  private static let share = 0.25

  init(corpus: Corpus, finder: ServiceFinder) {
    taxonomy = corpus.taxonomy
    self.finder = finder
  }

  /// The steps in the order of the text; empty when it describes one.
  func stages(in text: ReadText, _ found: [ServiceFinder.Found]) -> [TextStage] {
    let candidates = unrelated(found)
    guard candidates.count > 1 else { return [] }
    if let steps = numbered(text, found) { return steps }
    let order = joinedInTitle(text, candidates) ?? toldInTurn(text, candidates)
    guard let order, (2...6).contains(order.count) else { return [] }
    return territories(order, text, found)
  }

  /// Whether the text tells an order of the steps.
  func isOrdered(_ text: ReadText) -> Bool {
    text.has(.stageNext, in: 0..<text.text.utf8.count)
  }

  /// The likely services of which none stands for another.
  private func unrelated(_ found: [ServiceFinder.Found]) -> [ServiceFinder.Found] {
    let least = (found.first?.weight ?? 0) * StageSplitter.share
    var kept: [ServiceFinder.Found] = []
    for one in found where one.isNamed && one.weight >= least {
      if !kept.contains(where: { isRelated($0.service, one.service) }) { kept.append(one) }
    }
    return kept
  }

  /// The services of a title's parts (`抗风+振动+EMC`), when at least two parts have one of their
  /// own.
  private func joinedInTitle(
    _ text: ReadText, _ candidates: [ServiceFinder.Found]
  ) -> [ServiceID]? {
    let title = text.quote(0..<text.titleEnd)
    let tail = title.split(whereSeparator: { ":：".contains($0) }).last ?? Substring(title)
    let parts = tail.split(whereSeparator: { "+＋、&＆→/—–".contains($0) })
    guard parts.count > 1 else { return nil }
    var order: [ServiceID] = []
    var cursor = title.utf8.count - tail.utf8.count
    for part in parts {
      let range = cursor..<(cursor + part.utf8.count)
      cursor = range.upperBound + 1
      let own = candidates.first { one in
        !order.contains(one.service)
          && (one.ranges.contains { $0.overlaps(range) } || speaks(one, of: part, text))
      }
      if let own { order.append(own.service) }
    }
    return order.count > 1 ? order : nil
  }

  /// Whether the words that tell a service hold a title's part.
  private func speaks(_ one: ServiceFinder.Found, of part: Substring, _ text: ReadText) -> Bool {
    let wanted = finder.folded(part)
    guard wanted.unicodeScalars.count > 1 else { return false }
    return one.ranges.contains { finder.folded(text.quote($0)).contains(wanted) }
      || taxonomy[one.service].name.all.contains { finder.folded($0).contains(wanted) }
  }

  /// The services of a text that tells steps in turn (第一步…第二步, 通过后…).
  private func toldInTurn(
    _ text: ReadText, _ candidates: [ServiceFinder.Found]
  ) -> [ServiceID]? {
    guard isOrdered(text) else { return nil }
    let steps = text.mentions.filter { $0.targets.contains(.cue(.stageNext)) }
    guard let turn = steps.first?.range.lowerBound else { return nil }
    let firsts = candidates.compactMap { one in
      one.ranges.first { $0.lowerBound >= text.titleEnd }.map { (one.service, $0.lowerBound) }
    }
    .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    let isSplit = firsts.contains { $0.1 < turn } && firsts.contains { $0.1 > turn }
    return isSplit ? firsts.map(\.0) : nil
  }

  /// From each mention of a step's service to the next mention of another's; the beginning of the
  /// text and its title are about all.
  private func territories(
    _ order: [ServiceID], _ text: ReadText, _ found: [ServiceFinder.Found]
  ) -> [TextStage] {
    var marks: [(start: Int, service: ServiceID)] = []
    for one in found {
      let owner = order.first { owner in
        owner == one.service || taxonomy.relation(asked: owner, offered: one.service) != .none
      }
      guard let owner else { continue }
      for range in one.ranges where range.lowerBound >= text.titleEnd {
        marks.append((start(of: range, text), owner))
      }
    }
    marks.sort { ($0.start, $0.service) < ($1.start, $1.service) }
    let end = text.text.utf8.count
    return order.map { service in
      var ranges: [Range<Int>] = []
      for (index, mark) in marks.enumerated() where mark.service == service {
        let next = marks[(index + 1)...].first { $0.service != service }?.start ?? end
        if next > mark.start { ranges.append(mark.start..<next) }
      }
      let words = title(service, text, found)
      return TextStage(service: service, title: words, ranges: ranges)
    }
  }

  /// The longest words that tell this service and no other.
  func title(
    _ service: ServiceID, _ text: ReadText, _ found: [ServiceFinder.Found]
  ) -> String {
    let others = Set(found.filter { $0.service != service }.flatMap(\.ranges))
    let own = found.first { $0.service == service }?.ranges ?? []
    let alone = own.filter { !others.contains($0) }
    let longest = (alone.isEmpty ? own : alone).max { $0.count < $1.count }
    return longest.map(text.quote) ?? taxonomy[service].name.simplified
  }

  /// Where the list item or half-sentence that holds a mention begins.
  private func start(of range: Range<Int>, _ text: ReadText) -> Int {
    let clause = text.clause(at: range.lowerBound)
    let before = text.quote(clause.lowerBound..<range.lowerBound)
    guard let comma = before.lastIndex(where: { "、+＋和及".contains($0) }) else {
      return clause.lowerBound
    }
    return range.lowerBound - before[before.index(after: comma)...].utf8.count
  }
}
