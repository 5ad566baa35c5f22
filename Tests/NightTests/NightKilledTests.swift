import Foundation
import Ledger
import Matcher
import MatcherTestSupport
import Testing

@testable import Night

/// A night that is killed at any moment leaves whole runs alone under final names, and the next night is
/// whole: `.ci/soak kill-night` does it 200 times.
@Suite struct NightKilledTests {
  /// The binary beside the test bundle, else the debug build of this package.
  private static let program: String = {
    let root = CorpusFiles.root.deletingLastPathComponent()
    var folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<5 {
      guard let current = folder else { break }
      let candidate = current.appendingPathComponent("matchctl").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
      folder = current.deletingLastPathComponent()
    }
    return root.appendingPathComponent(".build/debug/matchctl").path
  }()

  private func start(_ bench: NightBench) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: NightKilledTests.program)
    process.arguments = [
      "night", "--ledger", bench.folder + "/ledger.db", "--out", bench.out, "--as-of",
      "\(Sample.day)", "--corpus", CorpusFiles.root.path, "--by", "test", "--lang", "en",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  @Test("killed at some moment, the next night is whole")
  func killed() throws {
    let bench = try NightBench()
    try bench.put(.demand, Sample.demand)
    try bench.put(.platform, Sample.platform())
    let folder = RunFolder(out: bench.out)
    for phase in [NightPhase.ledger, .match, .files] {
      let process = try start(bench)
      wait(for: phase, bench, process)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      for run in folder.runs() { try check(run, bench) }
    }
    let process = try start(bench)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try bench.ledger.integrity().problems.isEmpty)
    let runs = try bench.ledger.read { try RunLog.all($0).map(\.run) }
    #expect(runs == folder.runs())
    let names = try FileManager.default.contentsOfDirectory(atPath: bench.out)
    #expect(!names.contains { $0.hasSuffix(".part") })
  }

  /// Until the night says that it is there, or has ended.
  private func wait(for phase: NightPhase, _ bench: NightBench, _ process: Process) {
    for _ in 0..<3000 where process.isRunning {
      let status = NightFiles.bytes("\(bench.out)/status.json").flatMap {
        try? JSONParser.parse($0)
      }
      if status?["phase"]?.string == phase.rawValue,
        status?["process"]?.number == Double(process.processIdentifier)
      {
        return
      }
      usleep(2000)
    }
  }

  /// Every file is what the run's manifest says.
  private func check(_ run: String, _ bench: NightBench) throws {
    let manifest = try #require(NightManifest(bytes: bench.bytes(run, NightManifest.name)))
    for file in manifest.files {
      #expect(SHA256.hex(bench.bytes(run, file.name)) == file.hash, "\(run)/\(file.name)")
    }
  }
}
