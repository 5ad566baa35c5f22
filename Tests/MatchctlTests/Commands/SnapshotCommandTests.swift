import Foundation
import Testing

// Proves:
// 1. `snapshot build` writes a file that `info` describes and `verify` finds whole; built again from
//    the same files it is the same, byte for byte.
// 2. `match --snapshot` prints what `match --platforms` and `match --reference` print, byte for byte.
// 3. A missing, foreign, cut, damaged, newer file or one of another corpus is exit 2 with what to do,
//    and nothing on standard output.
// 4. Wrong combinations of options are 64; a snapshot that cannot be written leaves nothing.
@Suite("snapshots")
struct SnapshotCommandTests {
  private static let built = Result { () throws -> (Scratch, String, Command) in
    let folder = try Scratch()
    let path = folder.url.appendingPathComponent("catalogue.snap").path
    let run = try Command.run(
      ["snapshot", "build"] + Samples.platforms + Samples.day + ["--out", path])
    return (folder, path, run)
  }

  @Test("built, described, verified, and the same again")
  func build() throws {
    let (folder, path, run) = try Self.built.get()
    #expect(run.status == 0, "\(run.stderr)")
    #expect(run.lines.contains("sources\treal.jsonl;synthetic.jsonl"))
    #expect(run.lines.contains("words-read-as-of\t2026-11-22"))
    let info = try Command.run(["snapshot", "info", path, "--sections", "--format", "jsonl"])
    #expect(info.status == 0)
    for name in [
      "columns.layout", "corpus.fingerprint", "section lines.id.bytes", "section blocks",
    ] {
      #expect(info.stdout.contains(name), "\(name)")
    }
    let verify = try Command.run(["snapshot", "verify", path])
    #expect(verify.status == 0)
    #expect(verify.stdout.contains("whole") && verify.stderr.isEmpty)
    let again = folder.url.appendingPathComponent("again.snap").path
    let second = try Command.run(
      ["snapshot", "build"] + Samples.platforms + Samples.day + ["--out", again])
    #expect(second.stdout == run.stdout)
    #expect(FileManager.default.contentsEqual(atPath: path, andPath: again))
  }

  @Test(
    "a snapshot, the files and the reference give the same bytes",
    arguments: [
      ["--format", "jsonl", "--by", "line", "--include", "conflict", "--top", "40"],
      ["--format", "csv"], ["--lang", "zh-Hans"],
      ["--format", "json", "--weights", "specs=60", "window=0"],
    ])
  func sameResults(options: [String]) throws {
    let path = try Self.built.get().1
    let call = ["match"] + Samples.first + options
    let wanted = try Command.run(call + Samples.platforms + ["--reference"])
    #expect(wanted.status == 0 && wanted.lines.count > 2)
    for source in [Samples.platforms, ["--snapshot", path]] {
      let run = try Command.run(call + source)
      #expect(run.status == wanted.status, "\(source[0])")
      #expect(run.stdout == wanted.stdout, "\(source[0])")
      #expect(run.stderr == wanted.stderr, "\(source[0])")
    }
  }

  @Test("one snapshot serves every day")
  func otherDay() throws {
    let path = try Self.built.get().1
    let call = ["match", "--service", "ic.sic", "--format", "jsonl", "--as-of", "2027-05-01"]
    // Words were read as of the snapshot's day: compare lines that need none.
    let run = try Command.run(call + ["--snapshot", path])
    #expect(run.status == 0)
    #expect(try run.objects().last?["as_of"].string == "2027-05-01")
  }

  @Test("what is no whole snapshot of this corpus is 2 and says what to do")
  func refused() throws {
    let (_, path, _) = try Self.built.get()
    let folder = try Scratch()
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
      let url = folder.url.appendingPathComponent(name)
      try Data(bytes).write(to: url)
      return url.path
    }
    var (newer, damaged) = (whole, whole)
    newer[8] = 2
    // In the first section, which verifying and matching both read.
    damaged[Self.sections(whole)] ^= 64
    let again = "build it again with matchctl snapshot build"
    let cases: [(String, [String])] = [
      ("/no/such.snap", ["no file '/no/such.snap'", "check the path"]),
      (folder.url.path, ["cannot map"]),
      (try file("empty", []), ["is no snapshot", again]),
      (try file("foreign", Array("PK\u{3}\u{4} something else".utf8)), ["is no snapshot", again]),
      (try file("short", whole.prefix(40)), ["has 40 bytes of 64", "copy it again", again]),
      (
        try file("cut", whole.prefix(5000)),
        ["has 5000 bytes of \(whole.count)", "copy it again", again]
      ),
      (try file("newer", newer), ["has version 2", "reads up to 1", "update the program", again]),
      (try file("damaged", damaged), ["is damaged (", "copy it again", again]),
    ]
    for (path, messages) in cases {
      for call in [["snapshot", "verify", path], ["match", "--text", "x", "--snapshot", path]] {
        let run = try Command.run(call)
        #expect(run.status == 2, "\(call): \(run.stderr)")
        #expect(run.stdout.isEmpty || call[0] == "match", "\(call)")
        for message in messages { #expect(run.stderr.contains(message), "\(call): \(run.stderr)") }
      }
    }
    // Only a reader of all bytes sees what is wrong inside a section.
    #expect(try Command.run(["snapshot", "info", folder.url.path + "/damaged"]).status == 0)
    #expect(try Command.run(["snapshot", "info", folder.url.path + "/cut"]).status == 2)
  }

  /// Where the first section begins.
  private static func sections(_ bytes: [UInt8]) -> Int {
    func number(_ place: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
    return (64 + 48 * number(12) + number(24) + 63) / 64 * 64
  }

  @Test("a damaged record is 2 before its demand is shown; what matching never reads is verify's")
  func damagedParts() throws {
    let (_, path, _) = try Self.built.get()
    let folder = try Scratch()
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    var records = whole
    var place = records.startIndex
    while let found = records[place...].firstRange(of: Data("\"platform\"".utf8)) {
      records[found.lowerBound + 1] ^= 1
      place = found.upperBound
    }
    let url = folder.url.appendingPathComponent("records")
    try records.write(to: url)
    for call in [["snapshot", "verify"], ["match", "--service", "ic.sic", "--snapshot"]] {
      let run = try Command.run(call + [url.path])
      #expect(run.status == 2, "\(call): \(run.stderr)")
      #expect(run.stderr.contains("is damaged (records.bytes); copy it again"), "\(run.stderr)")
      #expect(!run.stdout.contains("ic.sic") && run.stdout.utf8.count < 400, "\(run.stdout)")
    }
  }

  @Test("another corpus is 2; its own policy is not part of a snapshot")
  func otherCorpus() throws {
    let path = try Self.built.get().1
    let folder = try Scratch()
    let copy = folder.url.appendingPathComponent("Corpus")
    try FileManager.default.copyItem(atPath: Command.corpus(""), toPath: copy.path)
    func append(_ name: String) throws {
      let handle = try FileHandle(forWritingTo: copy.appendingPathComponent(name))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("# a remark\n".utf8))
      try handle.close()
    }
    let call = ["snapshot", "verify", path, "--corpus", copy.path]
    #expect(try Command.run(call).status == 0)
    try append("policy/rates.tsv")
    #expect(try Command.run(call).status == 0)
    try append("lexicon/schemes.tsv")
    let run = try Command.run(call)
    #expect(run.status == 2)
    #expect(run.stderr.contains("was built with another corpus; build it again"))
    #expect(try Command.run(["snapshot", "info", path]).status == 0)
  }

  @Test("the snapshot takes the place of files and reference: 64")
  func usage() throws {
    for other in [["--platforms", Samples.real], ["--reference"]] {
      let run = try Command.run(["match", "--text", "x", "--snapshot", "s.snap"] + other)
      #expect(run.status == 64)
      #expect(run.stderr.contains("--snapshot"))
    }
    #expect(try Command.run(["snapshot", "build"]).status == 64)
    #expect(try Command.run(["snapshot", "info"]).status == 64)
  }

  @Test("no platform, or a place where nothing can be written, is 2 and leaves nothing")
  func notWritten() throws {
    let folder = try Scratch()
    let out = folder.url.appendingPathComponent("out.snap").path
    let empty = try folder.file("empty.jsonl", "")
    let none = try Command.run(["snapshot", "build", "--platforms", empty, "--out", out])
    #expect(none.status == 2)
    #expect(none.stderr.contains("no platform could be read"))
    let platforms = ["--platforms", try folder.file("p.jsonl", Made.platforms)]
    let lost = try Command.run(
      ["snapshot", "build"] + platforms + ["--out", folder.url.path + "/no/such/folder.snap"])
    #expect(lost.status == 2)
    #expect(lost.stderr.contains("cannot create"))
    let taken = folder.url.appendingPathComponent("taken")
    try FileManager.default.createDirectory(
      at: taken.appendingPathComponent("inside"), withIntermediateDirectories: true)
    let blocked = try Command.run(["snapshot", "build"] + platforms + ["--out", taken.path])
    #expect(blocked.status == 2)
    #expect(blocked.stderr.contains("cannot rename"))
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(!left.contains { $0.contains("snap") || $0.hasSuffix(".part") })
  }

  @Test("refused rows are told; with --strict they are 1 and the rest is written")
  func strict() throws {
    let folder = try Scratch()
    let out = folder.url.appendingPathComponent("out.snap").path
    let platforms = try folder.file("p.jsonl", "nonsense\n" + Made.platforms)
    let run = try Command.run(
      ["snapshot", "build", "--platforms", platforms, "--out", out, "--strict", "--lang", "en"])
    #expect(run.status == 1)
    #expect(run.stderr.contains("p.jsonl, row 1"))
    #expect(try Command.run(["snapshot", "verify", out]).status == 0)
  }
}
