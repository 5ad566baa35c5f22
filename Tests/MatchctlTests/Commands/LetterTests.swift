import Foundation
import Matcher
import RecordFiles
import Testing

@testable import matchctl

// Proves, of texts that leave the house, in every language:
// 1. A platform never sees the firm's name, contact, budget, exclusions or another platform.
// 2. An enterprise sees no score, and none of its own sealed exclusions.
// 3. Sealed values reach neither, nor the explanation, the comparison or the record.
// 4. A message has at most 300 characters, is numbered, and always asks something.
// 5. `explain --for` prints the text and nothing else.
@Suite("letters")
struct LetterTests {
  /// A demand whose every secret is a word of its own.
  private static let secretDemand = """
    {"type":"demand","id":"SECRET-ID","title":"机密标题","text":"机密正文","park":"机密园区",\
    "enterprise":{"name":"机密企业有限公司","uscc":"91440300SECRET","place":"深圳"},\
    "contact":{"name":"机密联系人","phone":"13800001234"},"services":["ic.sic"],\
    "requirements":[{"key":"wafer_diameter","op":"one_of","value":[150],"unit":"mm"},\
    {"key":"implant_temperature","op":"at_least","value":4321,"unit":"℃","visibility":"named"},\
    {"key":"voltage","op":"at_least","value":8765,"unit":"V","visibility":"brokers"},\
    {"key":"substrate","op":"one_of","value":["SiC"]}],\
    "certificates":[{"scheme":"IATF 16949","scope":["机密范围"],"visibility":"named"}],\
    "budget":{"max":9090909,"currency":"CNY","basis":"total","quantity":12,"unit":"片"},\
    "quantity":{"value":12,"unit":"片"},"exclude":["乙平台","PB"]}

    """
  private static let secrets = [
    "SECRET", "机密", "13800001234", "9090909", "909.0", "9,090,909", "乙平台", "丙平台", "PB", "PC",
  ]
  private static let sealed = ["4321", "8765", "机密范围", "3721", "3921"]

  private func evaluations() throws -> (corpus: Corpus, pairs: [Evaluation]) {
    let corpus = try Samples.loaded.get().corpus
    let folder = try Scratch()
    var reader = RecordReader(corpus: corpus)
    let files = [
      try folder.file("p.jsonl", Made.platforms),
      try folder.file("d.jsonl", LetterTests.secretDemand),
    ]
    try reader.readPlatforms(FileSource.open(files[0]), file: "p.jsonl")
    try reader.readDemands(FileSource.open(files[1]), file: "d.jsonl")
    let engine = MatchEngine(corpus: corpus, platforms: reader.platforms)
    let demand = try #require(reader.demands.first)
    let pairs = engine.lines.compactMap {
      engine.evaluate(demand, line: $0.line.id, options: Samples.options)
    }
    return (corpus, pairs)
  }

  @Test("a platform sees nothing that tells the firm, its money or rivals")
  func platformTexts() throws {
    let (corpus, pairs) = try evaluations()
    #expect(pairs.count == 4)
    for language in Language.allCases {
      let letters = Letters(corpus: corpus, language: language)
      for pair in pairs where pair.line.platform.id == "PA" {
        for register in TextRegister.allCases {
          let text = letters.text([pair], for: .platform, in: register)
          for secret in LetterTests.secrets + LetterTests.sealed {
            #expect(!text.contains(secret), "\(secret) in \(text)")
          }
        }
      }
    }
  }

  @Test("a platform's text says nothing of any score")
  func platformScore() throws {
    let (corpus, pairs) = try evaluations()
    let letters = Letters(corpus: corpus, language: .simplified)
    for pair in pairs {
      for register in TextRegister.allCases {
        #expect(!letters.text([pair], for: .platform, in: register).contains("评分"))
      }
    }
  }

  @Test("an enterprise sees no score and no sealed value")
  func enterpriseTexts() throws {
    let (corpus, pairs) = try evaluations()
    for language in Language.allCases {
      let letters = Letters(corpus: corpus, language: language)
      for register in TextRegister.allCases {
        let text = letters.text(pairs, for: .enterprise, in: register)
        for word in ["评分", "評分", "Score", "score"] + LetterTests.sealed {
          #expect(!text.contains(word), "\(word) in \(text)")
        }
        for pair in pairs where pair.score.weight > 0 {
          let points = MatchSheet.whole(pair.score, pair.score.expected)
          #expect(!text.contains("\(points)（") && !text.contains("\(points) ("), "\(text)")
        }
      }
    }
  }

  @Test("sealed values are in no explanation, comparison or record")
  func sealedEverywhere() throws {
    let folder = try Scratch()
    let tail = [
      "--platforms", try folder.file("p.jsonl", Made.platforms), "--demands",
      try folder.file("d.jsonl", LetterTests.secretDemand),
    ]
    let calls = [
      ["explain", "SECRET-ID", "PA/1"], ["explain", "SECRET-ID", "PA/1", "--format", "json"],
      ["explain", "SECRET-ID", "PA/1", "--for", "file"],
      ["compare", "PA/1", "PB/1", "--for", "SECRET-ID"],
      ["match", "--include", "conflict", "--by", "line", "--format", "jsonl"],
      ["match", "--include", "conflict", "--by", "line", "--format", "csv"],
    ]
    for call in calls {
      let run = try Command.run(call + tail)
      #expect(!run.stdout.isEmpty)
      for value in LetterTests.sealed {
        #expect(!run.stdout.contains(value), "\(call): \(value)")
        #expect(!run.stderr.contains(value), "\(call): \(value) on standard error")
      }
    }
  }

  @Test("a message has at most 300 characters and is numbered from 1")
  func messages() throws {
    let corpus = try Samples.loaded.get().corpus
    for language in Language.allCases {
      let letters = Letters(corpus: corpus, language: language)
      for pair in try Samples.evaluations.get() {
        for addressee in [Addressee.platform, .enterprise] {
          let text = letters.text([pair], for: addressee, in: .message)
          #expect(text.count <= 300, "\(text)")
          let lines = text.split(separator: "\n")
          #expect(lines.count >= 3 && lines[1].hasPrefix("1. "), "\(text)")
        }
      }
    }
  }

  @Test("a message about many lines still fits")
  func manyLines() throws {
    let corpus = try Samples.loaded.get().corpus
    let pairs = Array(try Samples.evaluations.get().prefix(40))
    for language in Language.allCases {
      let text = Letters(corpus: corpus, language: language)
        .text(pairs, for: .enterprise, in: .message)
      #expect(text.count <= 300)
    }
  }

  @Test("explain --for prints the text alone")
  func command() throws {
    let run = try Command.run(
      ["explain", "DEMO-01", "S116/L1", "--for", "platform", "--register", "message"]
        + Samples.sheet)
    #expect(run.stdout.hasPrefix("有一项需求可能适合贵平台「6英寸SiC代工」"))
    #expect(run.stdout.contains("\n1. 离子注入温度"))
    #expect(run.stderr.isEmpty)
    let letter = try Command.run(
      ["explain", "DEMO-01", "S116/L1", "--for", "enterprise", "--register", "letter"]
        + Samples.sheet)
    #expect(letter.stdout.contains("日期：2026-11-22"))
  }
}
