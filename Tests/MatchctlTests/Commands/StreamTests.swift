import Foundation
import Testing

// Proves:
// 1. Results alone go to standard output: JSON Lines parse line by line and end with a summary.
// 2. Problems of rows go to standard error; nothing else does when it is no terminal.
// 3. No colour and no carriage return leaves the program when it is no terminal.
// 4. `--format json` holds the objects of JSON Lines; CSV holds one row a match.
@Suite("streams")
struct StreamTests {
  @Test("JSON Lines parse line by line and end with the one summary")
  func jsonLines() throws {
    let objects = try Samples.jsonLines.get().objects()
    #expect(objects.count > 50)
    #expect(objects.last?["type"].string == "summary")
    #expect(objects.dropLast().allSatisfy { $0["type"].string == "match" })
  }

  @Test("nothing but results: no progress, no colour, no carriage return")
  func quiet() throws {
    for run in [try Samples.jsonLines.get(), try Samples.table.get()] {
      #expect(run.stderr.isEmpty)
      #expect(!run.stdout.contains("\u{1B}") && !run.stdout.contains("\r"))
    }
  }

  @Test("problems of rows go to standard error, results stay clean")
  func issues() throws {
    let folder = try Scratch()
    let run = try Command.run([
      "match", "--platforms", try folder.file("p.jsonl", Made.platforms), "--demands",
      try folder.file("d.jsonl", "nonsense\n" + Made.demand), "--format", "jsonl", "--lang", "en",
    ])
    #expect(run.stderr.contains("d.jsonl, row 1"))
    #expect(run.stderr.contains("expected"))
    #expect(try run.objects().last?["type"].string == "summary")
  }

  @Test("json holds the objects of jsonl")
  func json() throws {
    let folder = try Scratch()
    let call = [
      "match", "--platforms", try folder.file("p.jsonl", Made.platforms), "--demands",
      try folder.file("d.jsonl", Made.demand), "--include", "conflict", "--by", "line", "--format",
    ]
    let lines = try Command.run(call + ["jsonl"]).objects()
    #expect(try JSON(Command.run(call + ["json"]).stdout).array == lines)
    #expect(lines.count == 5)
  }

  @Test("csv holds a row a match behind a byte order mark and a header")
  func csv() throws {
    let folder = try Scratch()
    let run = try Command.run([
      "match", "--platforms", try folder.file("p.jsonl", Made.platforms), "--demands",
      try folder.file("d.jsonl", Made.demand), "--by", "line", "--format", "csv",
    ])
    #expect(run.stdout.hasPrefix("\u{FEFF}需求编号,"))
    #expect(run.lines.count(where: { $0.hasPrefix("D1,碳化硅,") }) == 3)
  }

  @Test("every command's JSON Lines are objects, line by line, and lists end with a summary")
  func commands() throws {
    let pair = ["DEMO-01", "S101/L1"] + Samples.sheet
    let lists = [
      ["find", "--service", "ic.sic", "--platforms", Samples.synthetic],
      ["lint", Command.corpus("lists/sample_demands.csv")],
    ]
    for call in lists {
      let objects = try Command.run(call + ["--format", "jsonl"]).objects()
      #expect(objects.last?["type"].string == "summary", "\(call[0])")
    }
    let explained = try Command.run(["explain"] + pair + ["--format", "jsonl"]).objects()
    #expect(explained.count == 1)
    let compared = try Command.run(
      ["compare", "S101/L1", "S116/L1", "--for", "DEMO-01"] + Samples.sheet
        + ["--format", "jsonl"])
    #expect(try compared.objects().map { $0["line"].string } == ["S101/L1", "S116/L1"])
  }
}
