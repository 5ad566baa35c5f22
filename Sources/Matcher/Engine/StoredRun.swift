import Matcher
import MatcherIndex

/// The sections of a run's state, as they are read back.
struct StoredRun {
  let layout: UInt64
  /// The identity of the snapshot it was saved beside.
  let snapshot: UInt64
  let asOf: CivilDate
  let limits: (top: Int, reserve: Int, compaction: Int)
  let position: String
  /// The version of the policy it was decided by.
  let policy: String
  private let segments: Int
  private let sections: Sections

  /// - Throws: `SectionError` where a section is missing or has another size.
  init(_ sections: Sections) throws(SectionError) {
    self.sections = sections
    let head: Column<UInt64> = try sections.column("standing.head")
    guard head.count == 7 else { throw .width("standing.head", expected: 7, found: head.count) }
    layout = head[0]
    snapshot = head[1]
    asOf = CivilDate(dayNumber: Int(Int32(truncatingIfNeeded: head[2])))
    let counts = (3..<7).map { Int(min(head[$0], 1 << 30)) }
    limits = (max(1, counts[0]), counts[1], counts[2])
    segments = counts[3]
    let text: Column<UInt8> = try sections.column("standing.position")
    position = String(decoding: text.buffer, as: UTF8.self)
    let version: Column<UInt8> = try sections.column("standing.policy")
    policy = String(decoding: version.buffer, as: UTF8.self)
  }

  /// The base and what changed since; nil where sizes do not agree.
  func lines(_ snapshot: Snapshot, _ corpus: Corpus) throws(SectionError) -> StandingLines? {
    let foreign: Column<UInt8> = try sections.column("lines.foreign")
    guard segments > 0, foreign.count == segments else { return nil }
    var base = Segment(base: snapshot.index, corpus, asOf, snapshot.lines(corpus))
    var all: [Segment] = []
    for number in 0..<segments {
      let gone: Column<UInt8> = try sections.column("gone.\(number)")
      let marks = gone.count == 0 ? nil : gone
      if number == 0 {
        base.restore(gone: marks)
        all.append(base)
      } else {
        let part = sections.part("segment.\(number).")
        let isForeign = foreign[number] != 0
        let index = try LineIndex(opening: part, home: isForeign ? nil : base.index)
        let records = try PlatformRecords(opening: part)
        all.append(
          Segment(
            index, isForeign: isForeign, gone: marks, base: base.matching,
            records.lines(index, corpus)))
      }
      guard gone.count == 0 || gone.count == all[number].index.count else { return nil }
    }
    let stored: Column<UInt64> = try sections.column("lines.places")
    let places = stored.buffer.map {
      StandingLines.Place(
        segment: Int32(truncatingIfNeeded: $0 >> 32), ordinal: UInt32(truncatingIfNeeded: $0))
    }
    let isWhole = places.allSatisfy {
      all.indices.contains(Int($0.segment))
        && Int($0.ordinal) < all[Int($0.segment)].index.count
    }
    return isWhole ? StandingLines(all, places) : nil
  }

  /// The demands in their order, as they were given or else as they were stored; nil where they were not.
  private func demands(_ given: [Demand]?, _ corpus: Corpus) -> [StandingDemand]? {
    guard let ids = try? Texts(sections, "demands.id") else { return nil }
    if let given {
      let byID = Dictionary(given.map { ($0.id, $0) }) { first, _ in first }
      return (0..<ids.count).map { number in
        let id = ids.text(number)
        return byID[id].map { StandingDemand($0) } ?? StandingDemand(gone: id)
      }
    }
    guard let records = try? Texts(sections, "demands.record"), records.count == ids.count else {
      return nil
    }
    return (0..<ids.count).map {
      StandingDemand(id: ids.text($0), stored: records.column($0), corpus)
    }
  }

  /// The stages in their order; nil where sizes do not agree.
  func stages(
    _ lines: StandingLines, _ corpus: Corpus, _ given: [Demand]?
  ) -> [StandingStage]? {
    guard let records = demands(given, corpus), let names = try? Texts(sections, "stages.id"),
      let heads: Column<UInt32> = try? sections.column("stages.head"),
      let services: Column<UInt32> = try? sections.column("stages.services"),
      let ranks: Column<Int64> = try? sections.column("stages.ranks"),
      let pairs: Column<UInt64> = try? sections.column("stages.pairs"),
      let codes: Column<UInt16> = try? sections.column("stages.codes"),
      heads.count == 6 * names.count, ranks.count == 4 * names.count
    else { return nil }
    var reader = Reader(services: services, pairs: pairs, codes: codes)
    var stages: [StandingStage] = []
    for number in 0..<names.count {
      let head = (0..<6).map { Int(heads[6 * number + $0]) }
      let flags = head[3]
      guard head[0] < records.count, let asked = reader.services(head[2]) else { return nil }
      var stored = StandingStage.Stored(
        isBeyond: flags & 1 != 0, startMoves: flags & 2 != 0,
        ranks: SIMD4((0..<4).map { Int(ranks[4 * number + $0]) }))
      guard let kept = reader.pairs(head[4], below: lines.count),
        let bound = reader.pairs(flags & 4 == 0 ? 0 : 1, below: lines.count + 1),
        head[5] <= lines.segments.count,
        asked.allSatisfy({ $0 < lines.base.index.serviceCount })
      else { return nil }
      (stored.kept, stored.bound) = (kept, bound.first)
      for segment in lines.segments.prefix(head[5]) {
        guard let codes = reader.codes(segment.index.passage(asked).slots) else { return nil }
        stored.codes.append(codes)
      }
      stages.append(
        StandingStage(
          records[head[0]], number: head[1], id: flags & 8 == 0 ? nil : names.text(number),
          services: asked, stored))
    }
    return reader.isDone ? stages : nil
  }

  /// Texts one behind the other; nothing outside the bytes is ever read.
  private struct Texts {
    private let starts: Column<UInt64>
    private let bytes: Column<UInt8>

    var count: Int { max(1, starts.count) - 1 }

    init(_ sections: Sections, _ name: String) throws(SectionError) {
      starts = try sections.column("\(name).starts")
      bytes = try sections.column("\(name).bytes")
    }

    func column(_ number: Int) -> Column<UInt8> {
      let to = Int(min(starts[number + 1], UInt64(bytes.count)))
      let from = Int(min(starts[number], UInt64(to)))
      return bytes.part(from..<to)
    }

    func text(_ number: Int) -> String {
      String(decoding: column(number).buffer, as: UTF8.self)
    }
  }

  /// Takes what stages have in order; nil behind the end.
  private struct Reader {
    let services: Column<UInt32>
    let pairs: Column<UInt64>
    let codes: Column<UInt16>
    private var places = (services: 0, pairs: 0, codes: 0)

    init(services: Column<UInt32>, pairs: Column<UInt64>, codes: Column<UInt16>) {
      self.services = services
      self.pairs = pairs
      self.codes = codes
    }

    var isDone: Bool {
      places == (services.count, pairs.count, codes.count)
    }

    mutating func services(_ count: Int) -> [Int]? {
      guard count <= services.count - places.services else { return nil }
      defer { places.services += count }
      return (0..<count).map { Int(services[places.services + $0]) }
    }

    /// - Parameter lines: the pairs' lines are below it.
    mutating func pairs(_ count: Int, below lines: Int) -> [PairScore]? {
      let words = count * PairScore.words
      guard words <= pairs.count - places.pairs else { return nil }
      defer { places.pairs += words }
      let found = (0..<count).map { number -> PairScore in
        let from = places.pairs + number * PairScore.words
        return PairScore(stored: pairs.buffer[from..<from + PairScore.words])
      }
      return found.allSatisfy { Int($0.line) < lines } ? found : nil
    }

    mutating func codes(_ count: Int) -> [UInt16]? {
      guard count <= codes.count - places.codes else { return nil }
      defer { places.codes += count }
      return Array(codes.buffer[places.codes..<places.codes + count])
    }
  }
}
