import Ledger
import Matcher
import MatcherTestSupport
import Testing

@testable import Night

/// Nothing that is sealed is in any file of a run, nor in its status: values, names, words.
@Suite struct NightSealedTests {
  private static let secrets = ["543.21", "876543", "绝密流片", "保密公司", "13800001234", "IATF"]

  private var demand: JSONValue {
    Sample.demand.with("id", "D9").with("visibility", "named").with("title", "绝密流片")
      .with("enterprise", ["name": "保密公司"])
      .with("budget", ["max": 876_543, "strictness": "hard", "visibility": "named"])
      .with("certificates", [["scheme": "IATF 16949", "strictness": "hard"]])
      .with(
        "requirements",
        [
          [
            "key": "implant_temperature", "op": "at_least", "value": .number(543.21), "unit": "℃",
            "strictness": "hard", "visibility": "named",
          ]
        ])
  }

  @Test("no sealed value, name or word is in any file, changed or not")
  func sealed() throws {
    let bench = try NightBench()
    try bench.put(.demand, demand)
    try bench.put(.platform, Sample.platform())
    try bench.put(.platform, Sample.platform(2, temperature: 300))
    let first = try bench.night(Sample.day)
    try bench.put(.platform, Sample.platform(2, temperature: 700))
    try bench.put(.demand, demand.with("certificates", nil).with("text", "电话13800001234"))
    let second = try bench.night(Sample.day + 1)
    #expect(!bench.changes(second.run).isEmpty)
    #expect(first.manifest.counts["matches"]?.number ?? 0 > 0)
    let files = NightBench.files(below: bench.out)
    #expect(files.count > 12)
    for (name, bytes) in files where !name.hasSuffix(".xlsx") {
      for secret in NightSealedTests.secrets where !name.hasSuffix(NightManifest.name) {
        #expect(!bytes.holds(Array(secret.utf8)), "\(name) holds '\(secret)'")
      }
    }
  }
}

extension [UInt8] {
  fileprivate func holds(_ word: [UInt8]) -> Bool {
    guard let first = word.first else { return true }
    return indices.contains { self[$0] == first && self[$0...].starts(with: word) }
  }
}
