import Matcher
import MatcherIndex
import MatcherTestSupport
import Testing

@testable import MatcherEngine

/// A run that is saved beside its snapshot and taken up again goes on as if it had never stopped.
@Suite struct StandingFileTests {
  private static var files: Corpus.Files { .folder(CorpusFiles.root.path) }

  private static func snapshot(_ history: History) -> Snapshot {
    Snapshot(
      history.platforms.values.sorted { $0.id < $1.id }, corpus: TestCorpus.shared, files: files)
  }

  @Test(
    "Each night another process: what is taken up equals what is made anew, with records or without",
    arguments: 0..<3, [true, false])
  func nights(seed: Int, withRecords: Bool) throws {
    let corpus = TestCorpus.shared
    let folder = try TemporaryFolder()
    let path = folder.path("standing.state")
    let base = folder.path("catalogue.snapshot")
    var history = History(seed: UInt64(900 + seed))
    try Self.snapshot(history).write(to: base)
    try StandingRun(
      demands: history.demands, snapshot: try Snapshot(opening: base, files: nil, verify: true),
      corpus: corpus, asOf: history.asOf, top: 3, reserve: 2, compaction: 8
    ).save(to: path, position: "0", withRecords: withRecords)
    var bases = 0
    for night in 0..<7 {
      let (changed, withdrawn, ids) = history.step()
      let run = try StandingRun(
        opening: path, snapshot: try Snapshot(opening: base, files: nil, verify: true),
        corpus: corpus, position: String(night),
        demands: withRecords ? nil : history.demands.filter { !ids.contains($0.id) })
      run.advance(
        changed: changed, withdrawn: withdrawn, order: history.demands.map(\.id),
        demands: history.demands.filter { ids.contains($0.id) }, asOf: history.asOf)
      let anew = StandingRun(
        demands: history.demands, platforms: Array(history.platforms.values), corpus: corpus,
        asOf: history.asOf, top: 3, reserve: 2)
      let (own, wanted) = (run.described, anew.described)
      if own != wanted {
        let first = zip(own, wanted).first { $0 != $1 }
        Issue.record("night \(night): \(first?.0 ?? "") for \(first?.1 ?? "")")
        return
      }
      if run.wantsBase {
        let next = Self.snapshot(history)
        try run.rebase(on: next)
        try next.write(to: base)
        bases += 1
        #expect(run.described == wanted)
      }
      try run.save(to: path, position: String(night + 1), withRecords: withRecords)
    }
    #expect(bases > 0)
  }

  @Test("A state of another snapshot or position, and a base in memory are refused")
  func refusals() throws {
    let corpus = TestCorpus.shared
    let folder = try TemporaryFolder()
    let path = folder.path("standing.state")
    var history = History(seed: 950)
    let snapshot = Self.snapshot(history)
    let run = StandingRun(
      demands: history.demands, snapshot: snapshot, corpus: corpus, asOf: history.asOf)
    try run.save(to: path, position: "ledger 7")
    #expect(Self.refusal(path, snapshot, "ledger 7") == nil)
    let bare = folder.path("bare.state")
    try run.save(to: bare, position: "ledger 7", withRecords: false)
    #expect(Self.refusal(bare, snapshot, "ledger 7") != nil)
    guard case .otherPosition(_, "ledger 8", "ledger 7")? = Self.refusal(path, snapshot, "ledger 8")
    else {
      Issue.record("another position is taken")
      return
    }
    while history.step().changed.isEmpty {}
    guard case .otherSnapshot? = Self.refusal(path, Self.snapshot(history), "ledger 7") else {
      Issue.record("another snapshot is taken")
      return
    }
    #expect(throws: StandingStateError.self) { try run.rebase(on: Self.snapshot(history)) }
    let memory = StandingRun(
      demands: history.demands, platforms: Array(history.platforms.values), corpus: corpus,
      asOf: history.asOf)
    #expect(throws: StandingStateError.self) {
      try memory.save(to: folder.path("none"), position: "")
    }
  }

  @Test("Flipped bytes and cuts all over the file are refused")
  func damage() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("standing.state")
    let history = History(seed: 960)
    let snapshot = Self.snapshot(history)
    try StandingRun(
      demands: history.demands, snapshot: snapshot, corpus: TestCorpus.shared, asOf: history.asOf
    ).save(to: path, position: "")
    let bytes = try TemporaryFolder.bytes(path)
    for part in 0..<60 {
      var other = bytes
      other[part * (bytes.count - 1) / 59] ^= 0x10
      let flipped = try folder.file("flipped", other)
      #expect(Self.refusal(flipped, snapshot, "") != nil, "byte \(part) of 60")
      let cut = try folder.file("cut", Array(bytes.prefix(part * bytes.count / 60)))
      #expect(Self.refusal(cut, snapshot, "") != nil, "cut \(part) of 60")
    }
  }

  private static func refusal(
    _ path: String, _ snapshot: Snapshot, _ position: String
  ) -> StandingStateError? {
    do throws(StandingStateError) {
      _ = try StandingRun(
        opening: path, snapshot: snapshot, corpus: TestCorpus.shared, position: position)
      return nil
    } catch {
      return error
    }
  }
}
