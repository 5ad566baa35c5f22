import Foundation
import Matcher
import Testing

@testable import matchctl

// Proves:
// 1. In each language no text has an id in brackets or an open placeholder: match, explain,
//    compare, find, lint, and every text for an addressee in either register.
// 2. The language is `--lang`, else the locale's, else Simplified Chinese.
@Suite("languages")
struct LanguageTests {
  @Test("commands leave no id and no placeholder", arguments: Language.allCases)
  func commands(language: Language) throws {
    let records = ["--platforms", Samples.synthetic] + Samples.first
    let calls = [
      ["match", "--all", "--overseas", "--include", "conflict"] + records,
      ["match", "--format", "csv"] + records,
      ["explain", "DEMO-01", "S125/L1", "--above", "S126/L1"] + records,
      ["compare", "S101/L1", "S125/L1", "S116/L1", "--for", "DEMO-01"] + records,
      ["find", "--service", "ic.sic", "--top", "2", "--platforms", Samples.synthetic],
      ["lint", Command.corpus("lists/sample_demands.csv")],
    ]
    for call in calls {
      let run = try Command.run(call + ["--lang", language.rawValue])
      #expect(run.status <= 1 && !run.stdout.isEmpty, "\(call[0])")
      #expect(holes(run.stdout) == [], "\(call[0])")
    }
  }

  @Test("explanations of every listed pair leave no id and no placeholder")
  func explanations() throws {
    let corpus = try Samples.loaded.get().corpus
    for language in Language.allCases {
      for evaluation in try Samples.evaluations.get() {
        let page = Explanation(evaluation, corpus: corpus, language: language)
        let texts =
          [page.verdict, page.score, page.parts, page.coverage] + page.reasons + page.against
          + page.open + page.questions + page.give + page.gain + page.warnings
        #expect(holes(texts.joined(separator: "\n")) == [], "\(evaluation.line.line.id)")
      }
    }
  }

  @Test("texts for every addressee and register leave no id and no placeholder")
  func letters() throws {
    let corpus = try Samples.loaded.get().corpus
    for language in Language.allCases {
      let letters = Letters(corpus: corpus, language: language)
      for evaluation in try Samples.evaluations.get() {
        for addressee in Addressee.allCases {
          for register in TextRegister.allCases {
            let text = letters.text([evaluation], for: addressee, in: register)
            #expect(!text.isEmpty && holes(text) == [], "\(evaluation.line.line.id)")
          }
        }
      }
    }
  }

  @Test(
    "the locale decides when --lang does not",
    arguments: [
      (["LANG": "zh_CN.UTF-8"], "退回补正"), (["LANG": "zh_HK.UTF-8"], "退回補正"),
      (["LANG": "de_DE.UTF-8"], "退回补正"),
      (["LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"], "Returned"),
      (["LANG": "en_US.UTF-8", "LC_ALL": ""], "Returned"),
    ])
  func locale(environment: [String: String], word: String) throws {
    let run = try Command.run(["lint", "-"], stdin: "no json", environment: environment)
    #expect(run.stdout.contains(word), "\(run.stdout)")
  }

  @Test(
    "problems of rows are told in the language, but for programs in English",
    arguments: [
      ("zh-Hans", "「x」重复出现"), ("zh-Hant", "「x」重複出現"), ("en", "'x' a second time"),
    ])
  func problems(language: String, words: String) throws {
    let call = ["lint", "-", "--lang", language, "--format"]
    for format in ["table", "csv"] {
      let run = try Command.run(call + [format], stdin: "{\"id\":\"x\"}\n{\"id\":\"x\"}")
      #expect(run.stdout.contains(words), "\(run.stdout)")
    }
    let lines = try Command.run(call + ["jsonl"], stdin: "{\"id\":\"x\"}\n{\"id\":\"x\"}")
    #expect(lines.stdout.contains("'x' a second time"), "\(lines.stdout)")
    let typed = ["match", "--require", "wafer_diameter=5 parsec", "--lang", language]
    let refused = try Command.run(typed)
    #expect(refused.status == 64)
    #expect(refused.stderr.contains("an unknown unit") == (language == "en"))
  }

  /// `[some.id]` and `{name}` in a text.
  private func holes(_ text: String) -> [String] {
    text.matches(of: #/\[[a-z]+\.[A-Za-z.]+\]|\{[A-Za-z]*\}/#).map { String($0.output) }
  }
}
