import Matcher

extension Workload {
  /// The longer texts of both catalogues and the sample demands, with the phrases of the quantity
  /// cases: about one phrase to three texts. Copied as the catalogue is.
  func makeProse() -> [String] {
    let records = [platformBytes, demandBytes].flatMap { $0.split(separator: 10) }
    var texts = Workload.phrases(options.corpus)
    for record in records {
      guard let value = try? JSONParser.parse(Array(record)) else { continue }
      Workload.collect(value, into: &texts)
    }
    return texts
  }

  /// The phrases of the golden cases.
  static func phrases(_ corpus: String) -> [String] {
    Workload.bytes("\(corpus)/cases/quantities/synthetic.jsonl").split(separator: 10).compactMap {
      try? JSONParser.parse(Array($0)).object?["text"]?.string
    }
  }

  private static func collect(_ value: JSONValue, into texts: inout [String]) {
    switch value {
    case .string(let text) where text.utf8.count >= 40 && !text.hasPrefix("http"):
      texts.append(text)
    case .array(let values):
      for element in values { collect(element, into: &texts) }
    case .object(let object):
      for member in object.members { collect(member.value, into: &texts) }
    default: break
    }
  }
}
