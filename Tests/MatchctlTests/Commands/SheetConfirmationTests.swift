import Foundation
import Testing

// Proves, of the columns by which a park confirms what was read out of words:
// 1. A returned sheet shows the items; 是 makes them statements, 否 drops them, numbers choose.
// 2. The answer stays where it stands when the sheet is returned again, and nothing else changes.
// 3. An answer to words that have changed is not taken and is asked for again.
// 4. A correction takes the item's place.
@Suite("confirmation in the returned sheet")
struct SheetConfirmationTests {
  private static let list = """
    需求名称,需求描述,企业名称
    碳化硅器件流片,6英寸SiC片25片，最小线宽0.5μm，2027年6月底前完成,示例甲有限公司

    """

  /// The sheet returned once, with the park's answer put into the last column of its row.
  private func answered(_ answer: String, _ folder: Scratch) throws -> String {
    let list = try folder.file("list.csv", Self.list)
    let out = folder.url.appendingPathComponent("returned.csv").path
    _ = try Command.run(["lint", list, "--returned", out] + ListLintTests.asOf)
    var text = try String(contentsOfFile: out, encoding: .utf8)
    #expect(text.contains("确认（是、否或序号）"))
    #expect(text.contains("1. "))
    while let last = text.last, last.isNewline { text.removeLast() }
    if text.hasSuffix(",") { text.removeLast() }
    return try folder.file("answered.csv", text + "," + answer + "\n")
  }

  private func sources(_ path: String) throws -> [String] {
    let run = try Command.run(["confirm", path, "--format", "jsonl"] + ListLintTests.asOf)
    let text = run.stdout
    return ["inferred", "confirmed"].filter { text.contains("\"kind\":\"\($0)\"") }
  }

  @Test("yes makes statements, no drops, numbers choose")
  func answers() throws {
    let folder = try Scratch()
    #expect(try sources(answered("", folder)) == ["inferred"])
    #expect(try sources(answered("是", folder)) == ["confirmed"])
    #expect(try sources(answered("否", folder)) == [])
    #expect(try sources(answered("\"1,2\"", folder)) == ["confirmed"])
  }

  @Test("returned again it keeps the answer and changes nothing else")
  func again() throws {
    let folder = try Scratch()
    let path = try answered("是", folder)
    let out = folder.url.appendingPathComponent("again.csv").path
    _ = try Command.run(["lint", path, "--returned", out] + ListLintTests.asOf)
    #expect(
      try String(contentsOfFile: out, encoding: .utf8)
        == String(contentsOfFile: path, encoding: .utf8))
  }

  @Test("an answer to other words is asked for again")
  func stale() throws {
    let folder = try Scratch()
    let path = try answered("是", folder)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let changed = try folder.file(
      "changed.csv", text.replacingOccurrences(of: "6英寸SiC片25片，", with: "8英寸SiC片25片，"))
    #expect(try sources(changed) == ["inferred"])
    let out = folder.url.appendingPathComponent("again.csv").path
    _ = try Command.run(["lint", changed, "--returned", out] + ListLintTests.asOf)
    let returned = try String(contentsOfFile: out, encoding: .utf8)
    #expect(returned.contains("答复未采用"))
    #expect(!returned.contains(",是\n"))
  }

  @Test("a correction takes the item's place")
  func corrected() throws {
    let folder = try Scratch()
    let list = try String(contentsOfFile: answered("", folder), encoding: .utf8)
    let item = list.split(separator: "\n").first { $0.contains("最小线宽：") }
    let number = item?.prefix { $0.isNumber } ?? ""
    let path = try answered("\(number)：最小线宽0.35μm", folder)
    let run = try Command.run(["confirm", path, "--format", "jsonl"] + ListLintTests.asOf)
    #expect(run.stdout.contains("0.35"))
    #expect(!run.stdout.contains("\"value\":0.5"))
  }
}
