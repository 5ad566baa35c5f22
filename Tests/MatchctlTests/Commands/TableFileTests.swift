import Foundation
import Testing

// 1. a template opens as a table in each language: headings, example, instructions, choices
// 2. inspect --table shows text files of other encodings, told or given, from a path or stdin
// 3. files that are not read end with one sentence in the user's language and exit 2
// 4. collect writes one list of forms and goes on past files that it cannot read
@Suite("files of tables") struct TableFileTests {
  @Test(
    "templates in three languages",
    arguments: [
      ("zh-Hans", "需求名称*", "填写说明"), ("zh-Hant", "需求名稱*", "填寫說明"),
      ("en", "Title*", "Instructions"),
    ])
  func templates(language: String, title: String, guide: String) throws {
    let folder = try Scratch()
    let path = folder.url.appendingPathComponent("t.xlsx").path
    for list in ["platforms", "demands"] {
      let made = try Command.run(["template", list, "--lang", language, "--out", path])
      #expect(made.status == 0)
    }
    let first = try Data(contentsOf: URL(fileURLWithPath: path))
    _ = try Command.run(["template", "demands", "--lang", language, "--out", path])
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
    let shown = try Command.run(["inspect", "--table", path, "--format", "jsonl"])
    let objects = try shown.objects()
    let names = objects.filter { $0["type"].string == "sheet" }.map { $0["sheet"].string ?? "" }
    #expect(names.count == 3)
    #expect(names[1] == guide)
    #expect(shown.stdout.contains(title))
  }

  @Test("text in other encodings is told, or read as given")
  func encodings() throws {
    let script = "printf '需求名称,预算\\n试飞,60\\n' | iconv -f utf-8 -t gb18030"
    let told = try Command.shell("\(script) | $M inspect --table - --format jsonl")
    #expect(told.stdout.contains("\"试飞\""))
    let summary = try told.objects().last
    #expect(summary?["encoding"].string == "gb18030")
    #expect(summary?["basis"].string == "likely")
    let given = try Command.shell("\(script) | $M inspect --table - --encoding big5 --format jsonl")
    #expect(try given.objects().last?["basis"].string == "given")
    #expect(!given.stdout.contains("试飞"))
  }

  @Test(
    "what is not read is said in the user's language",
    arguments: [("zh-Hans", "请"), ("zh-Hant", "請"), ("en", "send")])
  func foreign(language: String, word: String) throws {
    let folder = try Scratch()
    let path = try folder.file("list.xlsx", "%PDF-1.7")
    let shown = try Command.run(["inspect", "--table", path, "--lang", language])
    #expect(shown.status == 2)
    #expect(shown.stdout.isEmpty)
    #expect(shown.stderr.contains(word) && shown.stderr.contains("PDF"))
    #expect(shown.stderr.split(separator: "\n").count == 1)
  }

  @Test("forms and exports become one list; what cannot be read is told")
  func collect() throws {
    let folder = try Scratch()
    let out = folder.url.appendingPathComponent("out.csv").path
    let forms = folder.url.appendingPathComponent("forms")
    try FileManager.default.createDirectory(at: forms, withIntermediateDirectories: true)
    _ = try folder.file("forms/a.csv", "企业名称,示例甲有限公司\n需求名称,试飞\n需求描述,=1+1\n")
    _ = try folder.file("forms/b.csv", "1、企业名称,2、需求名称,3、类型【多选】\n示例乙有限公司,流片,中试┋检测\n")
    _ = try folder.file("forms/c.pdf", "%PDF-1.7")
    _ = try folder.file("forms/~$a.xlsx", "open elsewhere")
    let run = try Command.run(["collect", forms.path, "--out", out, "--lang", "zh-Hans"])
    #expect(run.status == 0)
    #expect(run.stderr.contains("PDF"))
    #expect(run.stderr.contains("已汇集 2 行，来自 2 个文件；未读入 1 个"))
    let lines = try folder.text("out.csv").split(whereSeparator: \.isNewline)
    #expect(lines.count == 3)
    #expect(lines[0].hasSuffix("来源文件"))
    #expect(lines[1].hasSuffix("a.csv") && lines[1].contains(",'=1+1,"))
    #expect(lines[2].hasSuffix("中试；检测,b.csv"))
    let empty = try Command.run(["collect", forms.path + "/c.pdf", "--out", out])
    #expect(empty.status == 1)
  }

  @Test("a table or a topic, not both")
  func usage() throws {
    #expect(try Command.run(["inspect"]).status == 64)
    #expect(try Command.run(["inspect", "keys", "--table", "x"]).status == 64)
    #expect(try Command.run(["inspect", "--table", "x.xlsx"]).status == 2)
  }
}
