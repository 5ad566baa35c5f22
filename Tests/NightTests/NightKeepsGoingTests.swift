import Foundation
import Ledger
import Matcher
import MatcherTestSupport
import Testing

@testable import Night

/// 1. Two nights in one folder: the second refuses and changes nothing; a lock that a dead process left is
///    taken over.
/// 2. What an interrupted night left is cleared; a run that was whole but not recorded is recorded.
/// 3. Files of the run before that are gone or damaged are made again; the difference is the same.
/// 4. A folder that cannot be written, a foreign run, a damaged ledger stop the night and leave no part.
/// 5. An empty ledger gives a whole run.
@Suite struct NightKeepsGoingTests {
  private func bench() throws -> NightBench {
    let bench = try NightBench()
    try bench.put(.demand, Sample.demand)
    try bench.put(.platform, Sample.platform())
    return bench
  }

  private func code(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return NightError.code(of: error)
    }
  }

  @Test("a second night in the folder refuses, and says who is at work")
  func running() throws {
    let bench = try bench()
    try RunFolder(out: bench.out).make()
    let lock = try NightLock(folder: bench.out)
    withExtendedLifetime(lock) {
      #expect(code { try bench.night(Sample.day) } == "running")
    }
    #expect(RunFolder(out: bench.out).runs().isEmpty)
    #expect(NightFiles.bytes("\(bench.out)/status.json") == nil)
  }

  @Test("a lock left by a process that is gone is taken over and said")
  func leftLock() throws {
    let bench = try bench()
    try RunFolder(out: bench.out).make()
    let since = Instant(milliseconds: 1_780_000_000_000)
    try DurableFile.write(Array("999999 12 boot \(since)\n".utf8), to: "\(bench.out)/.night.lock")
    let result = try bench.night(Sample.day)
    #expect(result.notes.contains { $0.id == "night.lock.left" && $0.value == "\(since)" })
    #expect(try bench.night(Sample.day).notes.isEmpty)
  }

  @Test("what an interrupted night left is cleared")
  func parts() throws {
    let bench = try bench()
    let folder = RunFolder(out: bench.out)
    try folder.make()
    try folder.begin("2026-11-22-1")
    try DurableFile.write([1, 2], to: "\(folder.part("2026-11-22-1"))/matches.jsonl")
    let result = try bench.night(Sample.day)
    #expect(result.notes.map(\.id) == ["night.part.removed"])
    #expect(!FileManager.default.fileExists(atPath: folder.part("2026-11-22-1")))
    #expect(try bench.replay(result.run).isSame)
  }

  @Test("a run that was whole but not recorded is recorded, and is the run that was wanted")
  func recorded() throws {
    let bench = try bench()
    let seq = try bench.ledger.read { try $0.lastSeq() }
    let first = try bench.night(Sample.day)
    let before = NightBench.files(below: bench.out + "/" + first.run)
    // The same ledger as it was before the run was recorded.
    let other = try NightBench()
    try other.put(.demand, Sample.demand)
    try other.put(.platform, Sample.platform())
    #expect(try other.ledger.read { try $0.lastSeq() } == seq)
    try FileManager.default.createDirectory(atPath: other.out, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: bench.out + "/" + first.run, toPath: other.out + "/" + first.run)
    let again = try other.night(Sample.day)
    #expect(again.run == first.run)
    #expect(again.notes.map(\.id) == ["night.recorded"])
    #expect(NightBench.files(below: other.out + "/" + first.run) == before)
    #expect(try other.ledger.read { try RunLog.all($0).map(\.run) } == [first.run])
    #expect(try other.replay(first.run).isSame)
    #expect(try other.night(Sample.day).run == "2026-11-22-2")
  }

  @Test("the run before is made again where its files are gone or damaged")
  func previousGone() throws {
    let bench = try bench()
    let first = try bench.night(Sample.day)
    try bench.put(.platform, Sample.platform(temperature: 450))
    try FileManager.default.removeItem(atPath: "\(bench.out)/\(first.run)")
    let second = try bench.night(Sample.day)
    #expect(second.notes.map(\.id) == ["night.previous.again"])
    #expect(bench.causes(second.run) == ["edited"])
    let path = "\(bench.out)/\(second.run)/\(NightFiles.stages)"
    try DurableFile.write(Array("damaged".utf8), to: path)
    try bench.put(.platform, Sample.platform())
    let third = try bench.night(Sample.day)
    #expect(third.notes.map(\.id) == ["night.previous.again"])
    #expect(bench.changes(third.run).map { $0["kind"] } == ["risen"])
    #expect(try bench.replay(second.run) == .differs(file: NightFiles.stages, byte: 0))
    #expect(try bench.replay(second.run, hasFolder: false).isSame)
  }

  @Test("a folder that is none, and a run of another ledger, stop the night")
  func folders() throws {
    let bench = try bench()
    try DurableFile.write([1], to: bench.folder + "/file")
    let settings = bench.settings(Sample.day, out: bench.folder + "/file/runs")
    #expect(code { _ = try Night(bench.inputs(), settings).run() } != nil)
    let other = try NightBench()
    try other.put(.platform, Sample.platform(7))
    let run = try other.night(Sample.day).run
    let foreign = bench.settings(Sample.day, out: other.out)
    #expect(code { _ = try Night(bench.inputs(), foreign).run() } == "foreign")
    #expect(RunFolder(out: other.out).runs() == [run])
    #expect(try bench.ledger.read { try RunLog.all($0).isEmpty })
    let status = NightFiles.bytes("\(other.out)/status.json").flatMap { try? JSONParser.parse($0) }
    #expect(status?["state"] == "failed")
    #expect(status?["code"] == "foreign")
  }

  @Test("an entry that is not what was written stops the night and leaves nothing")
  func damaged() throws {
    let bench = try bench()
    // A copy without a log beside it, whose pages are all in one file.
    let path = bench.folder + "/copy.db"
    try bench.ledger.backup(to: path)
    var bytes = try #require(NightFiles.bytes(path))
    let word = Array("wafer_diameter".utf8)
    let starts = bytes.indices.filter { bytes[$0...].starts(with: word) }
    for start in starts { bytes[start] = UInt8(ascii: "v") }
    #expect(!starts.isEmpty)
    try DurableFile.write(bytes, to: path)
    let ledger = try Ledger(opening: path)
    defer { try? ledger.close() }
    let old = bench.inputs()
    let inputs = NightInputs(
      ledger: ledger, corpus: old.corpus, files: old.files, imprint: old.imprint)
    #expect(code { _ = try Night(inputs, bench.settings(Sample.day)).run() } == "damaged")
    let left = try FileManager.default.contentsOfDirectory(atPath: bench.out).sorted()
    #expect(left == [".night.lock", "status.json"])
  }

  @Test("an empty ledger gives a whole run that says so")
  func empty() throws {
    let bench = try NightBench()
    let first = try bench.night(Sample.day)
    #expect(
      first.manifest.warnings == ["night.warning.no_demands", "night.warning.no_platforms"])
    #expect(try bench.replay(first.run).isSame)
    #expect(try bench.night(Sample.day + 1).manifest.previousRun == first.run)
    let latest = try FileManager.default.destinationOfSymbolicLink(atPath: "\(bench.out)/latest")
    #expect(latest == "2026-11-23-1")
  }
}
