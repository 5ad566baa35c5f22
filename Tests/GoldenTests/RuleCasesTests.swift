import Matcher
import MatcherTestSupport
import Testing

// Proves, for every case of Corpus/cases/rules:
// 1. verdict and rank group
// 2. which criteria fail, wait for an answer, and are relaxed, by the labels of MatchRecord
// 3. how many causes and shortfalls are counted
// 4. degrees in millionths and scores in hundredths, where the case states them
// 5. who is asked
@Suite("Rules of DESIGN §3–§5, case by case")
struct RuleCasesTests {
  @Test("the truth table is there")
  func tableIsThere() {
    #expect(RuleCase.all.count >= 110)
    #expect(Set(RuleCase.all.map(\.name)).count == RuleCase.all.count, "names are unique")
  }

  @Test("a case comes out as the rule says", arguments: RuleCase.all)
  func follows(_ row: RuleCase) throws {
    let seen = Seen(try row.evaluation())
    let expect = row.expect
    #expect(!expect.members.isEmpty)
    for (name, value) in expect.members where value != .null {
      switch name {
      case "verdict": #expect(seen.verdict == value.string, "\(row.rule)")
      case "group": #expect(seen.group == value.number.map { Int($0) }, "\(row.rule)")
      case "failures": #expect(seen.failures == sorted(value), "\(row.rule)")
      case "pending": #expect(seen.pending == sorted(value), "\(row.rule)")
      case "relaxed": #expect(seen.relaxed == sorted(value), "\(row.rule)")
      case "shortfalls": #expect(seen.shortfalls == value.number.map { Int($0) }, "\(row.rule)")
      case "causes": compare(value, seen.causes, "causes", row)
      case "score": compare(value, seen.score, "score", row)
      case "degree": degrees(value, seen, row)
      case "questions_to":
        for (label, who) in value.object?.members ?? [] {
          #expect(seen.addressees[label] == who.string, "\(label): \(row.rule)")
        }
      default: Issue.record("the case expects '\(name)', which this test does not know")
      }
    }
  }

  private func sorted(_ value: JSONValue) -> [String] {
    (value.array ?? []).compactMap(\.string).sorted()
  }

  private func compare(
    _ value: JSONValue, _ seen: [String: Double], _ what: String, _ row: RuleCase
  ) {
    for (name, number) in value.object?.members ?? [] {
      #expect(seen[name] == number.number, "\(what) \(name): \(row.rule)")
    }
  }

  /// One number for a known degree, `[low, expected, high]` for an unknown one.
  private func degrees(_ value: JSONValue, _ seen: Seen, _ row: RuleCase) {
    for (label, asked) in value.object?.members ?? [] {
      let known = asked.number.map { [$0, $0, $0] }
      let numbers = known ?? asked.array?.compactMap(\.number) ?? []
      let wanted = numbers.map { Int(($0 * 1_000_000).rounded()) }
      #expect(seen.degrees[label] == wanted, "degree of \(label): \(row.rule)")
    }
  }
}

/// What an evaluation says, as its public record says it.
struct Seen {
  var verdict: String?
  var group: Int?
  var failures: [String]
  var pending: [String]
  var relaxed: [String]
  var shortfalls: Int?
  var causes: [String: Double]
  var score: [String: Double] = [:]
  var degrees: [String: [Int]] = [:]
  var addressees: [String: String] = [:]

  init(_ evaluation: Evaluation) {
    let record = MatchRecord(corpus: CorpusFiles.plain, language: .english)
    let object = record.fullJSON(evaluation, rank: nil).object ?? JSONObject()
    verdict = object["verdict"]?.string
    group = object["group"]?.number.map { Int($0) }
    shortfalls = object["shortfalls"]?.number.map { Int($0) }
    func labels(_ name: String) -> [String] {
      (object[name]?.array ?? []).compactMap { $0.object?["criterion"]?.string }.sorted()
    }
    failures = labels("failures")
    pending = labels("pending")
    relaxed = labels("relaxed")
    causes = [
      "failures": Double(evaluation.judgment.failures),
      "pending": Double(evaluation.judgment.pending),
    ]
    for (name, value) in object["score"]?.object?.members ?? [] {
      score[name] = value.number.map { ($0 * 10_000).rounded() / 100 }
    }
    for criterion in (object["criteria"]?.array ?? []).compactMap(\.object) {
      guard let label = criterion["criterion"]?.string, let degree = criterion["degree"]?.array
      else { continue }
      degrees[label] = degree.compactMap(\.number).map { Int($0) }
    }
    for question in (object["questions"]?.array ?? []).compactMap(\.object) {
      guard let label = question["criterion"]?.string else { continue }
      addressees[label] = question["to"]?.string
    }
  }
}
