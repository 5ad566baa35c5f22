import Ledger
import Matcher

/// A demand of the ledger as it is compared with what is handed in.
struct StandingDemand {
  let stored: StoredRecord
  let firm: Firm
  let shape: TextShape
  let contactRef: String?

  var id: String { stored.id }
  var own: String? { stored.version.own }
  var isWithdrawn: Bool { stored.version.state == .withdrawn }

  init(_ stored: StoredRecord, corpus: Corpus, reader: LedgerReader) throws {
    self.stored = stored
    let record = stored.version.record
    contactRef = record["contact"]?.object?["ref"]?.string
    var hidden: JSONObject?
    if stored.version.notes["firm_hidden"]?.bool == true, let contactRef {
      hidden = try reader.contact(contactRef)?.body
    }
    firm = Firm(record, hidden: hidden, corpus: corpus)
    shape = TextShape(
      title: record["title"]?.string ?? "", text: record["text"]?.string ?? "", corpus: corpus)
  }
}
