/// What brokers' steps, reasons and contracts are called and mean. `policy/decline-reasons.tsv`,
/// `contract-kinds.tsv`, `next-steps.tsv`.
package struct BrokerTables: Sendable {
  package enum Side: String, Sendable {
    case platform
    case demand
    case either
  }

  package struct DeclineReason: Sendable {
    package let id: String
    package let name: LocalizedName
    /// What must change before the pair is listed again: the label of a slot, `spec` or
    /// `certificate` where the one is named with the decision, `any` for anything.
    package let field: String
    /// In whose record.
    package let side: Side

    /// Whether the decision must name the field.
    package var needsField: Bool { field == "spec" || field == "certificate" }
  }

  package struct ContractKind: Sendable {
    package let id: String
    package let name: LocalizedName
    let aliases: [String]
    /// Whether it is registered as a technology contract.
    package let isTechnology: Bool
  }

  package enum Party: String, Sendable {
    case me
    case platform
    case enterprise
  }

  package enum End: String, Sendable {
    case pair
    case demand
  }

  package struct NextStep: Sendable {
    package let name: LocalizedName
    /// nil when nobody waits.
    package let waitsFor: Party?
    /// Working days until it is due.
    package let days: Int?
    package let ends: End?
  }

  package internal(set) var reasons: [DeclineReason] = []
  package internal(set) var contracts: [ContractKind] = []
  /// By the step that was taken; `new` for none.
  package internal(set) var next: [String: NextStep] = [:]

  package func reason(_ id: String) -> DeclineReason? {
    reasons.first { $0.id == id }
  }

  /// The kind of that id, name or alias.
  package func contract(_ text: String) -> ContractKind? {
    let wanted = trimmed(text).lowercased()
    return contracts.first { kind in
      ([kind.id] + kind.name.all + kind.aliases).contains { $0.lowercased() == wanted }
    }
  }
}

extension CorpusTables {
  mutating func loadBrokerTables(_ files: Files) {
    let corpus = Corpus(self)
    for row in rows(
      "policy/decline-reasons.tsv", in: files, required: ["reason", "field", "side", "zh-Hans"])
    {
      let field = row["field"]
      let isKnown =
        ["any", "spec", "certificate"].contains(field) || FactSlot(field, corpus: corpus) != nil
      guard let side = BrokerTables.Side(rawValue: row["side"]), isKnown else {
        refuse(
          row, "field", expected: "a slot, spec, certificate or any; and platform, demand or either"
        )
        continue
      }
      broker.reasons.append(
        BrokerTables.DeclineReason(id: row["reason"], name: row.name, field: field, side: side))
    }
    for row in rows("policy/contract-kinds.tsv", in: files, required: ["contract", "zh-Hans"]) {
      broker.contracts.append(
        BrokerTables.ContractKind(
          id: row["contract"], name: row.name, aliases: row.list("aliases"),
          isTechnology: row["technology"] == "yes"))
    }
    for row in rows("policy/next-steps.tsv", in: files, required: ["step", "waits_for", "zh-Hans"])
    {
      let days = row.number("days").flatMap { Int(exactly: $0) }
      let ends = BrokerTables.End(rawValue: row["ends"])
      let party = BrokerTables.Party(rawValue: row["waits_for"])
      guard (party == nil) == (ends != nil), row["days"].isEmpty || (0...1000).contains(days ?? -1)
      else {
        refuse(row, "waits_for", expected: "me, platform or enterprise, or what it ends")
        continue
      }
      broker.next[row["step"]] = BrokerTables.NextStep(
        name: row.name, waitsFor: party, days: days, ends: ends)
    }
  }
}
