import Matcher

extension Workload {
  /// The clauses of the texts of sample demands, golden texts and both catalogues: each once, in the
  /// order of the alphabet.
  func makeClauses() -> [String] {
    let cases = ["demands", "platforms"].flatMap {
      Workload.bytes("\(options.corpus)/cases/texts/\($0).jsonl")
    }
    var texts: [String] = []
    for line in [demandBytes, cases, platformBytes].flatMap({ $0.split(separator: 10) }) {
      guard let value = try? JSONParser.parse(Array(line)) else { continue }
      Workload.collectTexts(value, into: &texts)
    }
    let clauses = texts.flatMap { text in
      text.split(whereSeparator: { "。；;\n".contains($0) }).map(String.init)
    }
    return Set(clauses.filter { (24...300).contains($0.utf8.count) }).sorted()
  }

  /// What members named `text` hold.
  private static func collectTexts(_ value: JSONValue, into texts: inout [String]) {
    switch value {
    case .array(let values):
      for element in values { collectTexts(element, into: &texts) }
    case .object(let object):
      for (name, member) in object.members {
        if name == "text", let text = member.string {
          texts.append(text)
        } else {
          collectTexts(member, into: &texts)
        }
      }
    default: break
    }
  }
}
