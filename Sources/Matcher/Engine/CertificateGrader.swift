import Matcher

/// One asked certificate against those a line holds. As `CertificateCriterion`.
struct CertificateGrader {
  let strictness: Strictness
  let schemes: [UInt32]
  /// For each scope asked: the scopes that serve.
  let scopes: [[UInt32]]
  let isCurable: Bool
  /// From and to when it must be valid.
  let start: Int32
  let end: Int32
  /// The day after the window's end; `Day.none` without one.
  let afterFinish: Int32

  init(
    _ requirement: CertificateRequirement, _ stage: ResolvedStage, isCurable: Bool,
    term: (TermID) -> UInt32
  ) {
    strictness = requirement.strictness
    schemes = requirement.acceptedSchemes.map(term).sorted()
    scopes = requirement.acceptedScopes.map { $0.map(term).sorted() }
    self.isCurable = isCurable
    let asOf = stage.asOf
    start = Day.of(max(asOf, stage.ask.window?.start ?? asOf))
    end = Day.of(max(asOf, stage.deadline.finish ?? asOf))
    afterFinish = Day.of(stage.deadline.finish.map { $0 + 1 })
  }

  func grade(_ facet: UInt32, _ table: FacetTable, _ setting: Setting) -> Grade {
    guard facet != 0 else { return unknown(setting) }
    var reader = table.reader(facet)
    let head = reader.word()
    let (entries, denials) = (Int(head >> 8 & 0xFF_FFFF), Int(head >> 32))
    var best: (grade: Grade, rank: Int)?
    var holds = Day.never
    for _ in 0..<entries {
      let scheme = reader.word()
      let (from, until) = reader.halves()
      let count = Int(scheme >> 32)
      let stated = reader.next
      reader.skip(max(0, count - 1))
      guard schemes.contains(UInt32(truncatingIfNeeded: scheme)) else { continue }
      let judged = judge(stated, count, from, until, setting)
      holds = min(holds, judged.grade.holds)
      if judged.rank < best?.rank ?? .max { best = judged }
    }
    guard var grade = best?.grade else {
      if (0..<denials).contains(where: { schemes.contains(UInt32(reader.next[$0])) }) {
        return denied(setting)
      }
      return head & 1 == 1 ? denied(setting) : unknown(setting)
    }
    grade.holds = holds
    return grade
  }

  /// Satisfied stands before unknown before missed: ranks 0, 1, 2.
  private func judge(
    _ stated: UnsafePointer<UInt64>, _ count: Int, _ from: Int32, _ until: Int32,
    _ setting: Setting
  ) -> (grade: Grade, rank: Int) {
    var grade: Grade
    var rank = 1
    let serves = scopes.allSatisfy { accepted in
      accepted.contains { FacetTerms.contains($0, stated, max(0, count - 1)) }
    }
    if count > 0, !serves {
      (grade, rank) = (missed(setting), 2)
    } else if until != Day.none, until < end {
      (grade, rank) = (missed(setting), 2)
    } else if from != Day.none, from > start {
      (grade, rank) = (missed(setting), 2)
    } else if count == 0, !scopes.isEmpty {
      grade = unknown(setting)
    } else if until == Day.none {
      grade = unknown(setting)
    } else {
      (grade, rank) = (.satisfied, 0)
    }
    for day in [until == Day.none ? until : until + 1, from, afterFinish] where day > setting.asOf {
      grade.hold(until: day)
    }
    if rank == 0 {
      let warns = until - setting.certificateWarningDays
      if warns > setting.asOf { grade.hold(until: warns) }
    }
    return (grade, rank)
  }

  private func missed(_ setting: Setting) -> Grade {
    let gap = setting.curableGap
    let marks = setting.fail(strictness, gap: gap, groupGap: gap, strongLimit: .infinity)
    return Grade(0, marks.union(.known))
  }

  private func denied(_ setting: Setting) -> Grade {
    guard strictness == .hard else { return Grade(0, .known) }
    return Grade(
      0, isCurable ? setting.finite(setting.curableGap).union(.known) : [.known, .final])
  }

  private func unknown(_ setting: Setting) -> Grade {
    Grade(prior: setting.certificatePrior, strictness == .hard ? .pending : [])
  }
}
