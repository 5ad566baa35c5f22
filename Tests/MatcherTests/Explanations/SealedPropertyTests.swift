// Proves that sealed stays sealed (DESIGN §4.8), for requirements, certificates and budgets that
// only named readers see:
//  1. no asked value, line's value, margin, gap, degree or text of a sealed criterion is in a match
// record, short or full;
//  2. planted numbers and words occur nowhere in the output, for any language, explanation or
// summary;
//  3. a relaxation never changes what is sealed.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct SealedPropertyTests {
  @Test("nothing of a sealed criterion leaves", arguments: UInt64(0)..<200)
  func sealed(seed: UInt64) {
    var random = SeededGenerator(seed: seed ^ 0xDD)
    for pair in World.random(seed: seed, platforms: 3).pairs.prefix(3) {
      var pair = pair
      pair.demand["stages"] = nil
      let secrets = plant(&pair, &random)
      for evaluation in pair.evaluations() {
        for text in texts(evaluation) {
          for secret in secrets where text.contains(secret) {
            Issue.record("'\(secret)' in \(text)\n\(pair.text)")
          }
        }
        let changes = evaluation.relaxation?.changes ?? []
        #expect(changes.allSatisfy { $0.visibility == .everyone }, "\(pair.text)")
      }
    }
  }

  /// Gives the demand sealed parts with numbers and words found nowhere else; returns what must not
  /// be seen.
  private func plant(_ pair: inout Pair, _ random: inout SeededGenerator) -> [String] {
    let has = random.pick([3141.7, 9271.3, 5233.9])
    let strictness = JSONValue.string(random.pick(["hard", "strong", "soft"]))
    let requirement: JSONValue = [
      "key": "crane_capacity", "value": .number(7391.3), "unit": "kg", "visibility": "named",
      "strictness": strictness,
    ]
    let certificate: JSONValue = [
      "scheme": .string(random.pick(["CMMI", "ITSS"])), "scope": ["密项壬癸"], "visibility": "named",
      "strictness": strictness,
    ]
    pair.demand["requirements"] = .array(pair.demand.list("requirements") + [requirement])
    pair.demand["certificates"] = .array(pair.demand.list("certificates") + [certificate])
    pair.demand["budget"] = [
      "max": 137_913, "strictness": strictness, "visibility": "brokers",
    ]
    pair.line["specs"] = .array(
      pair.line.list("specs") + [["key": "crane_capacity", "max": .number(has), "unit": "kg"]])
    pair.line["certificates"] = .array(
      pair.line.list("certificates") + [["scheme": "CMMI", "scope": ["密项壬癸"]]])
    pair.line["price"] = ["min": 188_813]
    return [
      "7391.3", "7.3913", "\(has)", "密项壬癸", "CMMI", "ITSS", "137913", "137,913", "13.79", "188813",
      "50900", "50,900", "188,813",
    ]
  }

  /// Everything that is written about a pair.
  private func texts(_ evaluation: Evaluation) -> [String] {
    var out: [String] = []
    for language in [Language.simplified, .english] {
      let writer = MatchRecord(corpus: TestCorpus.shared, language: language)
      out.append(JSONWriter.line(writer.json(evaluation, rank: 1)))
      out.append(JSONWriter.line(writer.fullJSON(evaluation, rank: 1)))
      let words = Explanation(evaluation, corpus: TestCorpus.shared, language: language)
      out += words.reasons + words.against + words.open + words.pending + words.questions
      out += words.give + words.gain + words.warnings
      let sealed = evaluation.outcomes.filter { $0.visibility != .everyone }
      out += sealed.map { OutcomeText(corpus: TestCorpus.shared, language: language).name($0) }
      var summary = StageSummary()
      summary.count(evaluation)
      let result = StageResult(
        demand: evaluation.stage.demand, stage: evaluation.stage.stage, matches: [],
        summary: summary)
      out.append(JSONWriter.line(writer.summary([result], asOf: evaluation.asOf)))
    }
    return out
  }

  @Test("a sealed criterion shows its state alone", arguments: UInt64(0)..<200)
  func members(seed: UInt64) {
    let writer = MatchRecord(corpus: TestCorpus.shared, language: .english)
    let shown: Set = ["criterion", "strictness", "state", "sealed", "failure"]
    for (_, evaluations) in EvaluatedWorlds.pairs(seed: seed) {
      for evaluation in evaluations {
        let record = writer.fullJSON(evaluation, rank: nil)
        for name in ["criteria", "failures", "relaxed", "pending"] {
          for criterion in record.list(name) where criterion["sealed"] != nil {
            let names = Set(criterion.object?.members.map(\.name) ?? [])
            #expect(names.isSubset(of: shown), "\(JSONWriter.line(criterion))")
          }
        }
      }
    }
  }
}
