import Foundation
import Testing

// Proves, of `quantity` from outside:
// 1. JSON Lines keep id and text and carry the entries; doubts have a sentence and two readings.
// 2. Phrases come as arguments, as lines, and as JSON objects with the same readings.
// 3. Every format ends well; a wrong line and a wrong unit are told with what to do.
// 4. Questions are in the language asked for.
@Suite("quantity")
struct QuantityTests {
  private let day = ["--as-of", "2026-11-21"]

  @Test("JSON Lines carry id, text, entries and doubts")
  func contract() throws {
    let input = """
      {"id":"a","text":"反应釜容积≥500L"}
      {"id":7,"text":"6月14日前反馈"}

      """
    let run = try Command.run(["quantity", "--format", "jsonl"] + day, stdin: input)
    let objects = try run.lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    try #require(run.status == 0)
    try #require(objects.count == 2)
    #expect(objects.map { "\($0["id"] ?? "")" } == ["a", "7"])
    let first = try #require((objects[0]["quantities"] as? [[String: Any]])?.first)
    #expect(first["low"] as? Int == 500)
    #expect(first["unit"] as? String == "L")
    #expect(objects[0]["flagged"] as? Bool == false)
    let doubt = try #require((objects[1]["doubts"] as? [[String: Any]])?.first)
    #expect(doubt["code"] as? String == "quantity.doubt.year")
    #expect((doubt["readings"] as? [Any])?.count == 2)
    #expect((doubt["sentence"] as? String)?.contains("2027-06-14") == true)
  }

  @Test("arguments and lines read alike")
  func inputs() throws {
    let phrases = ["8英寸SiC", "温度-40℃~85℃"]
    let arguments = try Command.run(["quantity"] + phrases + ["--format", "jsonl"] + day)
    let lines = try Command.run(
      ["quantity", "--format", "jsonl"] + day, stdin: phrases.joined(separator: "\r\n") + "\n")
    #expect(arguments.stdout == lines.stdout)
    #expect(arguments.lines.count == 2)
  }

  @Test("every format ends with 0", arguments: ["table", "csv", "json", "jsonl"])
  func formats(format: String) throws {
    let run = try Command.run(["quantity", "预算60W以内", "--format", format] + day)
    #expect(run.status == 0)
    #expect(run.stdout.contains("600000"))
    #expect(run.stdout.contains("W"))
  }

  @Test("a heading's unit holds for bare numbers")
  func heading() throws {
    let run = try Command.run(["quantity", "43.2", "--unit", "万元", "--format", "jsonl"] + day)
    #expect(run.stdout.contains("\"low\":432000"))
    let wrong = try Command.run(["quantity", "43.2", "--unit", "doz"] + day)
    #expect(wrong.status == 64)
    #expect(wrong.stderr.contains("--unit"))
  }

  @Test("a broken line is told with its number")
  func broken() throws {
    let run = try Command.run(["quantity"] + day, stdin: "好\n{\"text\": \n")
    #expect(run.status == 2)
    #expect(run.stderr.contains("line 2"))
  }

  @Test(
    "questions are in the language asked for",
    arguments: [("zh-Hans", "还是"), ("zh-Hant", "還是"), ("en", " or ")])
  func languages(_ language: String, _ word: String) throws {
    let run = try Command.run(["quantity", "6月14日前", "--lang", language] + day)
    #expect(run.stdout.contains(word))
  }
}
