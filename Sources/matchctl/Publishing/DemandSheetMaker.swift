import Ledger
import Matcher

/// Makes the sheets of a park out of what stands in the ledger.
package struct DemandSheetMaker {
  package let corpus: Corpus
  package let language: Language
  package let asOf: CivilDate
  /// Made-up records are shown too.
  package var showsMadeUp = false

  package init(corpus: Corpus, language: Language, asOf: CivilDate) {
    self.corpus = corpus
    self.language = language
    self.asOf = asOf
  }

  /// - Returns: rows by our number; a public list has those that stand on the day.
  package func sheet(
    _ edition: DemandSheet.Edition, of park: Park, _ reader: LedgerReader
  ) throws -> DemandSheet {
    let own = try reader.records(.demand).filter { $0.version.park == park.code }
    let shown = own.filter { record in
      (showsMadeUp || record.version.record["synthetic"]?.bool != true)
        && (edition == .everyone
          ? record.version.stands(on: asOf) : record.version.state != .withdrawn)
    }
    let open = shown.filter {
      edition == .park || FieldChange.tier($0.version.record) == .everyone
    }
    let facts = try open.map { try self.facts($0, edition, reader) }
    let all = columns(edition, hasFirms: facts.contains { !$0.firm.isEmpty })
    let cells = zip(open, facts).map { record, facts in
      all.map { cell($0.id, record, facts) }
    }
    // A column in which nobody states anything takes room from the others.
    let kept = all.indices.filter { place in
      DemandSheetMaker.always.contains(all[place].id)
        || cells.contains { !$0[place].isEmpty }
    }
    let columns = kept.map { all[$0] }
    let rows = cells.map { row in kept.map { row[$0] } }
    return DemandSheet(
      title: text("publish.title.\(edition.rawValue)", ["park": park.name]),
      head: text("publish.head", ["date": "\(asOf)", "count": String(open.count)]),
      columns: columns.map {
        DemandSheet.Column(heading: text("publish.column.\($0.id)"), width: $0.width)
      },
      rows: rows,
      remarks: remarks(edition, park, withheld: shown.count - open.count, shown))
  }

  private static let always: Set<String> = ["id", "own", "title", "text", "until"]

  private func facts(
    _ record: StoredRecord, _ edition: DemandSheet.Edition, _ reader: LedgerReader
  ) throws -> DemandFacts {
    let ref = record.version.record["contact"]?.object?["ref"]?.string
    return DemandFacts(
      record: record.version.record, contact: try ref.flatMap { try reader.contact($0)?.body },
      corpus: corpus, language: language, isPublic: edition == .everyone)
  }

  private func columns(
    _ edition: DemandSheet.Edition, hasFirms: Bool
  ) -> [(id: String, width: Int)] {
    var out = [("id", 14), ("own", 10), ("title", 24), ("sector", 10)]
    if edition == .park {
      out += [("state", 10), ("firm", 22), ("code", 20), ("person", 10), ("phone", 14)]
      out += [("email", 18), ("tier", 10)]
    } else if hasFirms {
      out += [("firm", 20)]
    }
    out += [("text", 44), ("quantity", 10), ("window", 13), ("budget", 12), ("place", 12)]
    out += [("certificates", 14), ("until", 12)]
    if edition == .park { out += [("reasons", 26), ("twin", 14), ("row", 16)] }
    return out.map { (id: $0.0, width: $0.1) }
  }

  private func cell(_ id: String, _ record: StoredRecord, _ facts: DemandFacts) -> String {
    let version = record.version
    switch id {
    case "id": return record.id
    case "own": return version.own ?? ""
    case "title": return facts.title
    case "sector": return facts.sector
    case "state": return PublishText(corpus: corpus, language: language).state(version, asOf)
    case "firm": return facts.firm
    case "code": return facts.firmCode
    case "person": return facts.person("name")
    case "phone": return facts.person("phone")
    case "email": return facts.person("email")
    case "tier": return text("tier." + FieldChange.tier(version.record).rawValue)
    case "text": return facts.words
    case "quantity": return facts.quantity
    case "window": return facts.window
    case "budget": return facts.budget
    case "place": return facts.place
    case "certificates": return facts.certificates
    case "until": return version.validUntil.map { "\($0)" } ?? ""
    case "reasons":
      return PublishText(corpus: corpus, language: language).reasons(version.reasons)
    case "twin": return version.notes[Twins.note]?.string ?? ""
    case "row": return place(version)
    default: return ""
    }
  }

  private func place(_ version: RecordVersion) -> String {
    guard let row = version.notes["row"]?.object else { return "" }
    let parts = [row["file"]?.string, row["sheet"]?.string].compactMap(\.self)
    return parts.joined(separator: "/") + "#" + (FieldChange.shown(row["row"]) ?? "")
  }

  private func remarks(
    _ edition: DemandSheet.Edition, _ park: Park, withheld: Int, _ shown: [StoredRecord]
  ) -> [String] {
    var out: [String] = []
    let contact = ["name", "phone", "email"].compactMap { park.contact[$0]?.string }
    if !contact.isEmpty {
      out.append(
        text("publish.contact", ["park": park.name, "contact": contact.joined(separator: "  ")]))
    }
    // A small number would tell whose they are.
    if withheld >= 3 { out.append(text("publish.withheld", ["count": String(withheld)])) }
    if (1...2).contains(withheld) { out.append(text("publish.withheld.few")) }
    if shown.contains(where: { $0.version.record["synthetic"]?.bool == true }) {
      out.append(text("publish.madeUp"))
    }
    out.append(text("publish.source.\(edition.rawValue)", ["park": park.name, "date": "\(asOf)"]))
    return out
  }

  private func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}
