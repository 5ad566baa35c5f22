import Ledger
import Matcher
import MatcherEngine

/// One message a platform, and one a firm, over all of a broker's open demands: each fact asked once,
/// none that is answered or still waited for.
package struct AskRound: Sendable {
  /// One fact in a message.
  package struct Fact: Sendable {
    /// The line asked about; of a firm the stage, if the demand has any.
    package let line: String?
    package let slot: FactSlot
    /// The demands that wait for it, sorted.
    package let demands: [String]
    package let text: String
  }

  package struct Message: Sendable {
    package let to: Addressee
    /// The platform's id; of a firm the ids of its demands, each an addressee of its own.
    package let addressees: [String]
    /// The platform's name; empty for a firm.
    package let name: String
    package let text: String
    /// By addressee.
    package let facts: [(addressee: String, fact: Fact)]

    /// The demands that the message is for, sorted.
    package var demands: [String] { Set(facts.flatMap(\.fact.demands)).sorted() }
  }

  package let messages: [Message]
  /// Facts that were left out because they are waited for or answered.
  package let settled: Int

  /// Works out who has to be asked what.
  ///
  /// - Parameters:
  ///   - demands: a broker's open ones.
  ///   - top: how many platforms of each demand's list are asked.
  ///   - register: nil: a message where all fits into 300 characters, else a letter.
  /// - Complexity: O(stages × lines).
  package static func make(
    _ demands: [Demand], _ matches: StandingMatches, _ asked: AskedFacts, corpus: Corpus,
    language: Language, top: Int, register: TextRegister? = nil
  ) -> AskRound {
    var gathered = Gathered()
    let worker = Worker()
    var options = MatchOptions(asOf: matches.asOf)
    options.top = top
    options.includesOverseas = false
    for demand in demands {
      for result in matches.match(demand, options: options, worker: worker).results {
        for match in result.matches { gathered.add(match, asked, corpus) }
      }
    }
    let writer = Writer(
      letters: Letters(corpus: corpus, language: language), corpus: corpus, language: language,
      asOf: matches.asOf, register: register)
    return AskRound(
      messages: writer.platforms(gathered) + writer.firms(gathered, demands),
      settled: gathered.settled.count)
  }

  /// What one fact is waited for by.
  private struct Gathered {
    struct Key: Hashable {
      let to: Addressee
      let addressee: String
      let line: String?
      let slot: FactSlot
    }

    var order: [Key] = []
    var pairs: [Key: [(outcome: Outcome, evaluation: Evaluation)]] = [:]
    var settled: Set<Key> = []

    mutating func add(_ match: Evaluation, _ asked: AskedFacts, _ corpus: Corpus) {
      for to in [Addressee.platform, .enterprise] {
        let isPlatform = to == .platform
        let id = isPlatform ? match.line.platform.id : match.stage.demand.id
        let line = isPlatform ? match.line.line.id : match.stage.stage.id
        let open = asked.open(match, to: to, corpus: corpus)
        for (slot, outcome) in open {
          let key = Key(to: to, addressee: id, line: line, slot: slot)
          if pairs[key] == nil { order.append(key) }
          pairs[key, default: []].append((outcome, match))
        }
        for outcome in match.questions where Addressee.of(outcome) == to {
          guard let slot = FactSlot(outcome, match.stage.ask, corpus: corpus),
            !open.contains(where: { $0.slot == slot })
          else { continue }
          settled.insert(Key(to: to, addressee: id, line: line, slot: slot))
        }
      }
    }
  }

  /// Gathered facts into messages.
  private struct Writer {
    let letters: Letters
    let corpus: Corpus
    let language: Language
    let asOf: CivilDate
    let register: TextRegister?

    func platforms(_ gathered: Gathered) -> [Message] {
      let keys = gathered.order.filter { $0.to == .platform }
      let ids = Dictionary(grouping: keys, by: \.addressee)
      return ids.keys.sorted().compactMap { id in
        let facts = (ids[id] ?? []).compactMap { fact($0, gathered) }
        let first = ids[id]?.first.flatMap { gathered.pairs[$0]?.first?.evaluation }
        guard !facts.isEmpty, let first else { return nil }
        let names = Dictionary(
          first.line.platform.lines.map { ($0.id, $0.name.text(language)) },
          uniquingKeysWith: { first, _ in first })
        let name = first.line.platform.name.text(language)
        let text = letters.round(
          groups(facts) { names[$0 ?? ""] ?? $0 ?? name }, for: .platform, name: name, asOf: asOf,
          in: register)
        return Message(
          to: .platform, addressees: [id], name: name, text: text, facts: facts.map { (id, $0) })
      }
    }

    /// Demands of one firm stand in one message.
    func firms(_ gathered: Gathered, _ demands: [Demand]) -> [Message] {
      let keys = gathered.order.filter { $0.to == .enterprise }
      let byDemand = Dictionary(grouping: keys, by: \.addressee)
      let asked = demands.filter { byDemand[$0.id] != nil }
      let firms = Dictionary(grouping: asked) { $0.enterpriseName ?? "\u{0}\($0.id)" }
      return firms.values.sorted { $0[0].id < $1[0].id }.compactMap { own in
        var all: [(addressee: String, fact: Fact)] = []
        var parts: [QuestionGroup] = []
        for demand in own {
          let facts = (byDemand[demand.id] ?? []).compactMap { fact($0, gathered) }
          all += facts.map { (demand.id, $0) }
          let title = demand.title.isEmpty ? demand.id : "\(demand.id) \(demand.title)"
          parts += groups(facts) { $0.map { "\(title) · \($0)" } ?? title }
        }
        guard !all.isEmpty else { return nil }
        let text = letters.round(
          parts, for: .enterprise, name: "", asOf: asOf, in: register)
        return Message(
          to: .enterprise, addressees: own.map(\.id), name: "", text: text, facts: all)
      }
    }

    private func fact(_ key: Gathered.Key, _ gathered: Gathered) -> Fact? {
      let pairs = gathered.pairs[key] ?? []
      // What must not be told is not asked in writing.
      let open = pairs.filter { $0.outcome.visibility == .everyone }
      guard let text = letters.question(open) else { return nil }
      let demands = Set(open.map(\.evaluation.stage.demand.id)).sorted()
      return Fact(line: key.line, slot: key.slot, demands: demands, text: text)
    }

    private func groups(_ facts: [Fact], _ title: (String?) -> String) -> [QuestionGroup] {
      var groups: [QuestionGroup] = []
      var places: [String?: Int] = [:]
      for fact in facts {
        if let place = places[fact.line] {
          groups[place].questions.append(fact.text)
        } else {
          places[fact.line] = groups.count
          groups.append(QuestionGroup(title: title(fact.line), questions: [fact.text]))
        }
      }
      return groups
    }
  }

  /// Records that the messages were sent: each fact as asked, each demand's step.
  package func record(_ writer: LedgerWriter, day: CivilDate) throws {
    for message in messages {
      for (addressee, fact) in message.facts {
        let asked = Asked(
          addressee: addressee, line: fact.line, slot: "\(fact.slot)", demands: fact.demands,
          text: fact.text, day: day)
        try writer.append(.asked, addressee, asked.json)
      }
      for id in message.demands {
        var decision = Decision(demand: id, step: .asked, day: day)
        if message.to == .platform { decision.platform = message.addressees.first }
        try writer.append(.decision, id, decision.json)
      }
    }
  }
}
