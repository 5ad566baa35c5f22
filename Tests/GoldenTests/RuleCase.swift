import Matcher
import MatcherTestSupport
import Testing

/// One row of the truth table: a demand, a platform and what the rules of DESIGN make of the two.
struct RuleCase: Sendable, CustomTestStringConvertible {
  let file: String
  let name: String
  let rule: String
  let object: JSONObject

  var testDescription: String { "\(file): \(name)" }

  /// Every case of `Corpus/cases/rules`.
  static let all: [RuleCase] = CorpusFiles.names(in: "cases/rules", suffix: ".json")
    .flatMap { file -> [RuleCase] in
      guard let bytes = CorpusFiles.bytes("cases/rules/\(file)"),
        let rows = try? JSONParser.parse(bytes).array
      else { return [RuleCase(file: file, name: "unreadable", rule: "", object: JSONObject())] }
      return rows.compactMap(\.object).map {
        RuleCase(
          file: file, name: $0["name"]?.string ?? "", rule: $0["rule"]?.string ?? "", object: $0)
      }
    }

  var expect: JSONObject { object["expect"]?.object ?? JSONObject() }

  /// The evaluation of the case's stage and line; throws when a record cannot be read.
  func evaluation() throws -> Evaluation {
    let corpus = CorpusFiles.plain
    var reader = RecordReader(corpus: corpus)
    try reader.readDemands(source(object["demand"]), file: "demand", format: .json)
    try reader.readPlatforms(source(object["platform"]), file: "platform", format: .json)
    let refused = reader.issues.filter { $0.severity == .refused }
    let isBad = object["refuses"]?.bool ?? false
    #expect(refused.isEmpty != isBad, "\(refused.map(\.description))")
    let demand = try #require(reader.demands.first)
    let day = try #require(object["as_of"]?.string.flatMap { CivilDate(iso: $0) })
    let engine = MatchEngine(corpus: corpus, platforms: reader.platforms)
    let line = object["line"]?.string ?? engine.lines.first?.line.id ?? ""
    return try #require(
      engine.evaluate(
        demand, stage: object["stage"]?.string, line: line, options: MatchOptions(asOf: day)))
  }

  private func source(_ value: JSONValue?) -> ByteSource {
    var chunks = [Array(JSONWriter.line(value ?? .null).utf8)]
    return { chunks.popLast() }
  }
}
