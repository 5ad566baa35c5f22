import Matcher

extension Demand {
  /// The demand as it may be matched and explained to anybody with access: where something of it is
  /// restricted, its words are nobody's to quote. Scores stay what they are.
  func sealedForShowing(_ corpus: Corpus) -> Demand {
    guard let record = stated.object, SealedRecord.hidesWords(record) else { return self }
    var demand = self
    let services = stages.flatMap(\.ask.services).map { corpus.taxonomy[$0].name.simplified }
    demand.title = services.isEmpty ? id : services.joined(separator: " / ")
    demand.enterpriseName = nil
    for index in demand.stages.indices {
      if demand.stages[index].id != nil { demand.stages[index].title = "" }
      demand.stages[index].ask.forgetQuotes()
    }
    demand.totalBudget?.provenance.quote = nil
    return demand
  }
}

extension Ask {
  fileprivate mutating func forgetQuotes() {
    servicesProvenance.quote = nil
    for index in requirements.indices { requirements[index].provenance.quote = nil }
    for index in certificates.indices { certificates[index].provenance.quote = nil }
    quantity?.provenance.quote = nil
    window?.provenance.quote = nil
    budget?.provenance.quote = nil
    place?.provenance.quote = nil
  }
}
