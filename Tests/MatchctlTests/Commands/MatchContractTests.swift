import Foundation
import Testing

// Proves, of `match` (DESIGN §8):
// 1. Every object fits its schema, and Corpus/schema/check.py agrees.
// 2. Ranks run from 1 per demand and stage, in the order of the groups.
// 3. `--by platform` lists each platform once by its best line, `--by line` every line; `--top`.
// 4. `--include conflict` adds the misfits behind the others, closest first.
// 5. The summary counts every line, and what each gate and requirement removed.
// 6. `--weights` changes weights and scores, never a verdict; `--policy` changes the policy.
@Suite("match contract")
struct MatchContractTests {
  @Test("every object fits its schema")
  func schemas() throws {
    let (match, summary) = (try Schema("match"), try Schema("summary"))
    let objects = try Samples.jsonLines.get().objects()
    for object in objects.dropLast() {
      #expect(match.errors(object) == [], "\(object["demand"]) \(object["line"])")
    }
    let last = try #require(objects.last)
    #expect(summary.errors(last) == [])
  }

  @Test("the command prints the report that GoldenTests recorded")
  func golden() throws {
    let recorded = try String(
      contentsOfFile: Command.corpus("cases/report/expected.jsonl"), encoding: .utf8)
    #expect(try Samples.jsonLines.get().lines == recorded.split(separator: "\n").map(String.init))
  }

  @Test("a broken object is told: the check is no rubber stamp")
  func schemaCheck() throws {
    let errors = try Schema("match").errors(JSON("{\"type\":\"match\",\"rank\":0,\"coverage\":2}"))
    #expect(errors.contains(".rank: minimum"))
    #expect(errors.contains(".coverage: maximum"))
    #expect(errors.contains(".verdict: missing"))
  }

  @Test("Corpus/schema/check.py passes on real output", .enabled(if: hasPythonSchema))
  func python() throws {
    let folder = try Scratch()
    let matches = try folder.file("match.jsonl", Samples.jsonLines.get().stdout)
    let lint = try Command.run(
      ["lint", Command.corpus("lists/sample_demands.csv"), "--format", "jsonl"])
    let issues = try folder.file("lint.jsonl", lint.stdout)
    let run = try Command.start(
      "/usr/bin/env", ["python3", Command.corpus("schema/check.py"), matches, issues], stdin: "",
      environment: [:])
    #expect(run.status == 0, "\(run.stdout)")
    #expect(run.stdout.contains("match.jsonl: ok"))
  }

  private static var hasPythonSchema: Bool {
    let run = try? Command.start(
      "/usr/bin/env", ["python3", "-c", "import jsonschema"], stdin: "", environment: [:])
    return run?.status == 0
  }

  @Test("ranks run from 1 per demand and stage; groups never fall")
  func ranks() throws {
    let matches = try Samples.jsonLines.get().matches()
    let stages = Dictionary(grouping: matches) {
      "\($0["demand"].string ?? "") \($0["stage"].string ?? "")"
    }
    #expect(stages.count == 13)
    for (stage, matches) in stages {
      #expect(matches.compactMap { $0["rank"].number } == (1...matches.count).map(Double.init))
      let groups = matches.compactMap { $0["group"].number }
      #expect(groups == groups.sorted(), "\(stage)")
      #expect(!matches.contains { $0["verdict"].string == "conflict" })
    }
  }

  @Test("low, expected and high are shares in order, and exact where all is known")
  func scores() throws {
    for match in try Samples.jsonLines.get().matches() {
      let values = ["low", "expected", "high"].compactMap { match["score"][$0].number }
      #expect(values == values.sorted())
      #expect(values.allSatisfy { (0...1).contains($0) })
      if match["coverage"].number == 1 { #expect(Set(values).count == 1) }
    }
  }

  @Test("a potential match says what is pending, a near miss what fails")
  func reasons() throws {
    for match in try Samples.jsonLines.get().matches() {
      let (failures, pending) = (match["failures"].array, match["pending"].array)
      switch match["verdict"].string {
      case "full": #expect(failures.isEmpty && pending.isEmpty)
      case "potential": #expect(failures.isEmpty && !pending.isEmpty)
      default: #expect((1...2).contains(failures.count))
      }
      #expect(match["questions"].array.count <= 5)
    }
  }

  @Test("by platform lists each once by its best line; by line lists all; top cuts")
  func rows() throws {
    let folder = try Scratch()
    let call = try made(folder)
    let platforms = try Command.run(call).matches()
    #expect(platforms.map { $0["line"].string } == ["PA/1", "PB/1"])
    let lines = try Command.run(call + ["--by", "line"]).matches()
    #expect(lines.map { $0["line"].string } == ["PA/1", "PA/2", "PB/1"])
    #expect(lines.map { $0["verdict"].string } == ["full", "potential", "near_miss"])
    let cut = try Command.run(call + ["--by", "line", "--top", "2"]).matches()
    #expect(cut == Array(lines.prefix(2)))
  }

  @Test("conflicts come last, closest first, on request only")
  func conflicts() throws {
    let run = try Command.run(
      ["match", "--include", "conflict", "--by", "line", "--top", "400", "--format", "jsonl"]
        + Samples.platforms + Samples.first)
    let matches = try run.matches()
    for (_, stage) in Dictionary(grouping: matches, by: { "\($0["demand"])\($0["stage"])" }) {
      #expect(stage.count == 325)
      let isConflict = stage.map { $0["verdict"].string == "conflict" }
      let first = isConflict.firstIndex(of: true) ?? stage.count
      #expect(isConflict[first...].allSatisfy { $0 })
      let expected = stage[first...].compactMap { $0["score"]["expected"].number }
      #expect(expected == expected.sorted(by: >))
    }
  }

  @Test("the summary counts every line and what each must removed")
  func summary() throws {
    let folder = try Scratch()
    let summary = try #require(try Command.run(made(folder)).objects().last)
    let demand = try #require(summary["demands"].array.first)
    #expect(demand["lines"].number == 4)
    let verdicts = ["full", "potential", "near_miss", "conflict"].map { demand[$0].number }
    #expect(verdicts == [1, 1, 1, 1])
    #expect(demand["removed"]["spec:implant_temperature"].number == 1)
    #expect(demand["removed"]["service"].number == 1)
  }

  @Test("weights change what is applied and the score, never a verdict")
  func weights() throws {
    let folder = try Scratch()
    let call = try made(folder) + ["--by", "line", "--include", "conflict"]
    let plain = try Command.run(call).matches()
    let weighted = try Command.run(call + ["--weights", "specs=0", "service=1000"]).matches()
    func verdicts(_ matches: [JSON]) -> [String: JSON] {
      Dictionary(uniqueKeysWithValues: matches.map { ($0["line"].string ?? "", $0["verdict"]) })
    }
    #expect(verdicts(plain) == verdicts(weighted))
    #expect(plain.map { $0["score"] } != weighted.map { $0["score"] })
    let explained = try Command.run(
      ["explain", "D1", "PA/2"] + call[1...6] + ["--format", "json", "--weights", "specs=7"])
    let applied = try JSON(explained.stdout)["weights"]
    #expect(applied["preferred"]["specs"].number == 7)
    #expect(applied["applied"]["specs"].number == 7)
    #expect(applied["suggested"]["specs"].number == 40)
  }

  @Test("a policy file replaces its members, and results name its version")
  func policy() throws {
    let folder = try Scratch()
    let policy = try folder.file("p.json", "{\"version\":\"trial-7\",\"weights\":{\"service\":99}}")
    let call = try made(folder)
    let plain = try Command.run(call).matches()
    let changed = try Command.run(call + ["--policy", policy]).matches()
    #expect(changed.allSatisfy { $0["policy"].string == "trial-7" })
    #expect(plain.map { $0["verdict"] } == changed.map { $0["verdict"] })
    #expect(plain.last?["score"] != changed.last?["score"])
  }

  private func made(_ folder: Scratch) throws -> [String] {
    [
      "match", "--platforms", try folder.file("p.jsonl", Made.platforms), "--demands",
      try folder.file("d.jsonl", Made.demand), "--as-of", "2026-11-22", "--format", "jsonl",
    ]
  }
}
