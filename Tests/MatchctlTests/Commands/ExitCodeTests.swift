import Foundation
import Testing

// Proves:
// 1. 0 when done, also for help, version and completions, and when the reader of a pipe goes away.
// 2. 1 when nothing matched; with --strict when a demand is unmatched or a row was refused; when
//    lint refuses.
// 3. 2 when a source is missing, a folder, unreadable or empty, or the corpus or policy is broken.
// 4. 64 for wrong words in the call, with a message that quotes them.
// 5. No input makes it trap: good rows survive bad ones.
@Suite("exit codes")
struct ExitCodeTests {
  @Test(
    "help, version, completions and look-ups end with 0",
    arguments: [
      ["--help"], ["--version"], ["match", "--help"], ["help", "explain"],
      ["--generate-completion-script", "bash"], ["inspect", "sectors"], ["lint"],
      ["match", "--service", "ic.sic"],
    ])
  func done(arguments: [String]) throws {
    let run = try Command.run(arguments)
    #expect(run.status == 0, "\(run.stderr)")
    #expect(!run.stdout.isEmpty)
    #expect(run.stderr.isEmpty)
  }

  @Test("completions are generated for the subcommands")
  func completions() throws {
    let script = try Command.run(["--generate-completion-script", "bash"]).stdout
    for word in ["match", "explain", "compare", "find", "lint", "inspect", "--as-of"] {
      #expect(script.contains(word), "\(word)")
    }
  }

  @Test("nothing matched is 1, also when the misfits are listed")
  func nothingMatched() throws {
    let folder = try Scratch()
    let platforms = ["--platforms", try folder.file("p.jsonl", Made.platforms)]
    let asked = ["--service", "bm.cell"]
    #expect(try Command.run(["match"] + platforms + asked).status == 1)
    let listed = try Command.run(["match", "--include", "conflict"] + platforms + asked)
    #expect(listed.status == 1)
    #expect(listed.stdout.contains("PA/1"))
    #expect(try Command.run(["find"] + platforms + asked).status == 1)
    #expect(try Command.run(["inspect", "keys", "no_such_key"]).status == 1)
  }

  @Test("one unmatched demand of two is 0, with --strict 1")
  func strictUnmatched() throws {
    let folder = try Scratch()
    let list = Made.demand + "{\"id\":\"D2\",\"services\":[\"bm.cell\"]}\n"
    let call = [
      "match", "--platforms", try folder.file("p.jsonl", Made.platforms), "--demands",
      try folder.file("d.jsonl", list),
    ]
    #expect(try Command.run(call).status == 0)
    #expect(try Command.run(call + ["--strict"]).status == 1)
  }

  @Test("a refused row is 0, with --strict 1; lint is 1")
  func strictRefused() throws {
    let folder = try Scratch()
    let list = try folder.file("d.jsonl", "not json\n" + Made.demand)
    let call = [
      "match", "--platforms", try folder.file("p.jsonl", Made.platforms), "--demands", list,
    ]
    #expect(try Command.run(call).status == 0)
    #expect(try Command.run(call + ["--strict"]).status == 1)
    #expect(try Command.run(["lint", list]).status == 1)
    #expect(try Command.run(["lint", try folder.file("good.jsonl", Made.demand)]).status == 0)
  }

  @Test("a source that cannot be read is 2 and is named")
  func unreadable() throws {
    let folder = try Scratch()
    let text = ["match", "--service", "ic.sic"]
    let empty = try folder.file("empty.jsonl", "")
    let broken = try folder.file("policy.json", "{\"weights\":")
    let wrong = try folder.file("wrong.json", "{\"weights\":{\"service\":\"much\"}}")
    let calls: [([String], String)] = [
      (["match", "--demands", "/no/such.jsonl"], "/no/such.jsonl"),
      (["match", "--demands", folder.url.path], "is a folder"),
      (["match", "--demands", empty], "no demand could be read"),
      (text + ["--platforms", empty], "no platform could be read"),
      (text + ["--corpus", folder.url.path], "no Corpus folder"),
      (text + ["--policy", "/no/policy.json"], "/no/policy.json"),
      (text + ["--policy", broken], "byte"), (text + ["--policy", wrong], "weights.service"),
      (["lint", "/no/such.csv"], "/no/such.csv"),
      (["explain", "NO", "P001/L1", "--demands", Samples.demands], "no demand 'NO'"),
      (["explain", "DEMO-01", "NO", "--demands", Samples.demands], "no line 'NO'"),
      (
        ["explain", "DEMO-08", "P001/L1", "--stage", "S9", "--demands", Samples.demands],
        "no stage 'S9'"
      ),
    ]
    for (call, message) in calls {
      let run = try Command.run(call)
      #expect(run.status == 2, "\(call)")
      #expect(run.stderr.contains(message), "\(call): \(run.stderr)")
      #expect(run.stdout.isEmpty, "\(call)")
    }
  }

  @Test("a file without read permission is 2", .enabled(if: getuid() != 0))
  func noPermission() throws {
    let folder = try Scratch()
    let path = try folder.file("d.jsonl", Made.demand)
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    #expect(try Command.run(["match", "--demands", path]).status == 2)
  }

  @Test(
    "a corpus that lacks a table is 2 and is named, and lint says what is wrong with it",
    arguments: ["registry/sectors.tsv", "policy/policy.json"])
  func corruptCorpus(name: String) throws {
    let folder = try Scratch()
    let copy = folder.url.appendingPathComponent("Corpus")
    try FileManager.default.copyItem(atPath: Command.corpus(""), toPath: copy.path)
    try Data("garbage".utf8).write(to: copy.appendingPathComponent(name))
    let run = try Command.run(["match", "--text", "SiC", "--corpus", copy.path])
    #expect(run.status == 2)
    #expect(run.stderr.contains(name.prefix(5)), "\(run.stderr)")
    #expect(run.stdout.isEmpty)
    let lint = try Command.run(["lint", "--corpus", copy.path, "--format", "jsonl"])
    #expect(lint.status == 1)
    #expect(try lint.objects().count > 1)
  }

  @Test(
    "wrong words in the call are 64, and the message quotes them",
    arguments: [
      (["match", "--text", "x", "--bogus"], "--bogus"), (["nosuch"], "nosuch"),
      (["match"], "--demands"), (["match", "--text", "x", "--as-of", "2026-02-30"], "2026-02-30"),
      (["match", "--text", "x", "--zone", "Mars/Base"], "Mars/Base"),
      (["match", "--text", "x", "--top", "0"], "--top"),
      (["match", "--text", "x", "--top", "many"], "many"),
      (["match", "--text", "x", "--weights", "specs=1001"], "specs=1001"),
      (["match", "--text", "x", "--weights", "no_such=1"], "no_such"),
      (["match", "--require", "wafer"], "wafer"),
      (["match", "--require", "no_key=3 mm"], "no_key"),
      (["match", "--require", "wafer_diameter=3 parsec"], "parsec"),
      (["match", "--service", "no.such"], "no.such"),
      (["match", "--text", "x", "--finish", "2026-99-99"], "2026-99-99"),
      (["match", "--text", "x", "--lang", "fr"], "fr"),
      (["match", "--text", "x", "--format", "xml"], "xml"),
      (["match", "--text", "x", "--by", "site"], "site"), (["find", "--sector", "zz"], "zz"),
      (["find", "--top", "0"], "--top"), (["inspect", "nothing"], "nothing"),
      (["compare", "P001/L1", "--for", "D", "--demands", "d"], "two or more"),
      (["explain", "D", "P001/L1"], "--demands"),
    ])
  func usage(call: [String], quoted: String) throws {
    let run = try Command.run(call)
    #expect(run.status == 64)
    #expect(run.stderr.contains(quoted), "\(run.stderr)")
    #expect(run.stdout.isEmpty)
  }

  @Test("a closed pipe is 0 and says nothing")
  func closedPipe() throws {
    let run = try Command.shell(
      "{ \"$M\" inspect terms --format jsonl; echo \"status $?\" >&2; } | head -1")
    #expect(run.stdout.hasPrefix("{"))
    #expect(run.stderr == "status 0\n")
  }

  @Test("bad cells of a table are refused with their row, and the good rows are read")
  func hostileTable() throws {
    let cells = [
      "P1,x,", "P2,,wafer_diameter>=|", "P3,,wafer_diameter=|", "P4,,temperature>=1~3 ℃",
      "P5,2027-01-04..2027-06-30 x many,", "P6,\"un\"ended,", "P7,,wafer_diameter=NaN",
    ]
    let table = "id,slots,specs\n" + cells.joined(separator: "\n") + "\nP9,,wafer_diameter=150 mm\n"
    let run = try Command.run(
      ["lint", "--side", "platform", "--input-format", "csv", "--format", "jsonl", "-"],
      stdin: table)
    #expect(run.status == 1, "\(run.stderr)")
    let rows = try run.objects().filter { $0["severity"].string == "error" }.compactMap {
      $0["row"].number
    }
    #expect(Set(rows) == [2, 3, 4, 5, 6, 7, 8])
    #expect(try run.objects().last?["records"].number ?? 0 >= 7)
  }

  @Test("bad rows of every kind are told by row, and the good ones are matched")
  func hostile() throws {
    let rows = [
      "not json", "[1,2]", "{\"id\":7}", "{\"text\":\"no id\"}", "{\"id\":\"D1\",\"id\":",
      "{\"id\":\"N\",\"requirements\":[{\"key\":\"wafer_diameter\",\"value\":NaN}]}",
      "{\"id\":\"U\",\"requirements\":[{\"key\":\"wafer_diameter\",\"value\":\"5 parsec\"}]}",
      "{\"id\":\"R\",\"requirements\":[{\"key\":\"temperature\",\"value\":[300,-5],\"unit\":\"℃\"}]}",
      "{\"id\":\"T\",\"requirements\":\"many\",\"window\":7,\"budget\":[],\"title\":{}}",
      "{\"id\":\"K\",\"requirements\":[{\"key\":\"no_such_key\",\"value\":1}]}",
      String(repeating: "[", count: 5_000), "\u{0}x\u{1}",
      "{\"id\":\"L\",\"text\":\"" + String(repeating: "长", count: 6 << 20) + "\"}",
    ]
    let folder = try Scratch()
    let list = rows.joined(separator: "\n") + "\n" + Made.demand + Made.demand
    let run = try Command.run([
      "match", "--platforms", try folder.file("p.jsonl", Made.platforms), "--demands",
      try folder.file("d.jsonl", list), "--format", "jsonl", "--lang", "en",
    ])
    #expect(run.status == 0)
    let best = try run.matches().first { $0["demand"].string == "D1" }
    #expect(best?["line"].string == "PA/1")
    for row in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15] {
      #expect(
        [",", ":", " "].contains { run.stderr.contains("row \(row)\($0)") }, "row \(row)")
    }
  }
}
