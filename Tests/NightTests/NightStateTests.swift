import Foundation
import Ledger
import Matcher
import MatcherTestSupport
import Testing

@testable import Night

/// 1. A night goes on from what the one before left; what it left is not in the run.
/// 2. A state that is missing, damaged or of something else makes a full night, said once, and the same run.
/// 3. What is written of a state is what is read; anything else is refused.
@Suite struct NightStateTests {
  private func bench() throws -> NightBench {
    let bench = try NightBench()
    try bench.put(.demand, Sample.demand)
    try bench.put(.platform, Sample.platform())
    try bench.put(.platform, Sample.platform(2, temperature: 450))
    return bench
  }

  private func path(_ bench: NightBench, _ name: String) -> String { "\(bench.out)/.state/\(name)" }

  /// A night, an edit, something that happens to what it left, a night; gives the second.
  private func second(
    _ happens: (NightBench) throws -> Void,
    _ choose: (inout NightSettings) -> Void = { _ in }
  ) throws -> Night.Result {
    let bench = try bench()
    try bench.night(Sample.day)
    try bench.put(.platform, Sample.platform(2, temperature: 700))
    try happens(bench)
    var settings = bench.settings(Sample.day + 1)
    choose(&settings)
    let result = try Night(bench.inputs(), settings).run()
    #expect(bench.changes(result.run).map { $0["kind"] } == ["risen"])
    let again = try bench.replay(result.run)
    #expect(again.isSame)
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(bench.out)/\(result.run)")
    let named = result.manifest.files.compactMap { $0.name.split(separator: "/").first }
    #expect(Set(names) == Set(named.map(String.init) + ["manifest.json", "timings.json"]))
    return result
  }

  @Test("a night goes on from what the one before left, and --full does not")
  func carried() throws {
    let result = try second { _ in }
    #expect(result.isCarried && result.notes.isEmpty)
    let full = try second({ _ in }) { $0.isFull = true }
    #expect(!full.isCarried && full.notes.isEmpty)
    #expect(full.manifest.bytes == result.manifest.bytes)
  }

  @Test("a state that is gone or of another list length makes a full night, said once")
  func others() throws {
    let plain = try second { _ in }
    let missing = try second {
      try FileManager.default.removeItem(atPath: "\($0.out)/.state")
    }
    #expect(missing.notes.map(\.id) == ["night.state.missing"])
    #expect(!missing.isCarried && missing.manifest.bytes == plain.manifest.bytes)
    let longer = try second({ _ in }) { $0.top = 12 }
    #expect(!longer.isCarried && longer.notes.map(\.id) == ["night.state.other"])
  }

  @Test("a state of another ledger is not gone on from")
  func foreign() throws {
    let (mine, other) = (try bench(), try NightBench())
    try other.put(.platform, Sample.platform(3))
    try mine.night(Sample.day)
    try other.night(Sample.day)
    try FileManager.default.removeItem(atPath: "\(mine.out)/.state")
    try FileManager.default.copyItem(atPath: "\(other.out)/.state", toPath: "\(mine.out)/.state")
    let result = try mine.night(Sample.day)
    #expect(!result.isCarried && result.notes.map(\.id) == ["night.state.other"])
    #expect(try mine.replay(result.run).isSame)
  }

  @Test(
    "a byte that is another, or an end that is missing, makes a full night",
    arguments: ["night", "standing", "catalogue.snap"])
  func damaged(name: String) throws {
    var random = SeededGenerator(seed: 11)
    for isCut in [false, true] {
      let plain = try second { _ in }
      let result = try second { bench in
        // The run's own snapshot shares its bytes with the state's.
        let file = self.path(bench, name)
        var bytes = try #require(NightFiles.bytes(file))
        let place = random.int(64...(bytes.count - 1))
        if isCut { bytes.removeLast(bytes.count - place) } else { bytes[place] ^= 64 }
        try FileManager.default.removeItem(atPath: file)
        try DurableFile.write(bytes, to: file)
      }
      #expect(!result.isCarried, "\(name), cut \(isCut)")
      #expect(result.notes.map(\.id) == ["night.state.damaged"], "\(name), cut \(isCut)")
      #expect(result.manifest.bytes == plain.manifest.bytes)
    }
  }

  @Test("what is written of stages is read back, and no part of it is taken for the whole")
  func stages() throws {
    let bench = try bench()
    try bench.night(Sample.day)
    let state = try NightState(opening: path(bench, "night"), workers: .one)
    #expect(!state.stages.isEmpty && state.stages.contains { !$0.matches.isEmpty })
    var writer = StateWriter()
    writer.put(state.stages.count)
    for stage in state.stages { writer.put(stage) }
    let bytes = writer.take()
    let words = StateReader.words(writer.starts, writer.words)
    var reader = StateReader(bytes, words)
    #expect(reader.stages() == state.stages && reader.isDone)
    for count in 0..<bytes.count {
      var cut = StateReader(Array(bytes.prefix(count)), words)
      #expect(cut.stages() == nil)
    }
  }
}
