import Matcher
import MatcherIndex

/// One asked certificate against those a line holds. As `CertificateCriterion`.
final class CertificateGrader: Sendable {
  let strictness: Strictness
  private let schemes: Column<UInt32>
  /// For each scope asked: the scopes that serve.
  let scopes: [[UInt32]]
  let isCurable: Bool
  /// As `CertificateRequirement.isOnlyNamed`.
  private let isOnlyNamed: Bool
  /// The window's first and last day; `Day.none` without.
  private let windowStart: Int32
  private let finish: Int32

  init(
    _ requirement: CertificateRequirement, _ stage: ResolvedStage, isCurable: Bool,
    _ index: LineIndex
  ) {
    strictness = requirement.strictness
    schemes = Column(requirement.acceptedSchemes.map { index.term($0.id) }.sorted())
    scopes = requirement.acceptedScopes.map { $0.map { index.term($0.id) }.sorted() }
    self.isCurable = isCurable
    isOnlyNamed = requirement.isOnlyNamed
    windowStart = Day.of(stage.ask.window?.start)
    finish = Day.of(stage.deadline.finish)
  }

  /// Whether the index has a number for each scheme and scope.
  var isKnown: Bool {
    !schemes.buffer.contains(StringTable.absent)
      && !scopes.contains { $0.contains(StringTable.absent) }
  }

  /// What its grades rest on.
  var content: CriterionContent {
    var content = CriterionContent(1, family: Family.certificate.rawValue, strictness)
    content.add((isCurable ? 1 : 0) | (isOnlyNamed ? 2 : 0))
    content.add(windowStart, finish)
    content.add(schemes.buffer)
    for accepted in scopes { content.add(accepted) }
    return content
  }

  func grade(_ facet: UInt32, _ table: FacetTable, _ setting: Setting) -> Grade {
    guard facet != 0 else { return unknown(setting) }
    var reader = table.reader(facet)
    let head = reader.word()
    let (entries, denials) = (Int(head >> 8 & 0xFF_FFFF), Int(head >> 32))
    var best: (grade: Grade, rank: Int)?
    var changes = Day.never
    for _ in 0..<entries {
      let scheme = reader.word()
      let (from, until) = reader.halves()
      let count = Int(scheme >> 32)
      let stated = reader.next
      reader.skip(max(0, count - 1))
      guard isAccepted(UInt32(truncatingIfNeeded: scheme)) else { continue }
      let judged = judge(stated, count, from, until, setting)
      changes = min(changes, judged.grade.changes)
      if judged.rank < best?.rank ?? .max { best = judged }
    }
    guard var grade = best?.grade else {
      if (0..<denials).contains(where: { isAccepted(UInt32(reader.next[$0])) }) {
        return denied(setting)
      }
      return head & 1 == 1 && !isOnlyNamed ? denied(setting) : unknown(setting)
    }
    grade.changes = changes
    return grade
  }

  /// Satisfied stands before unknown before missed: ranks 0, 1, 2.
  private func judge(
    _ stated: UnsafePointer<UInt64>, _ count: Int, _ from: Int32, _ until: Int32,
    _ setting: Setting
  ) -> (grade: Grade, rank: Int) {
    // It must be valid from the first to the last day; both move with the as-of date.
    let (start, end) = (max(setting.asOf, windowStart), max(setting.asOf, finish))
    var grade: Grade
    var rank = 1
    if count > 0, !scopes.isEmpty, !serves(stated, count - 1) {
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
    if until >= end { grade.lapse(after: until) }
    if from > start { grade.change(on: from) }
    return (grade, rank)
  }

  @inline(__always)
  private func isAccepted(_ scheme: UInt32) -> Bool {
    let known = schemes.base
    for place in 0..<schemes.count where known[place] == scheme { return true }
    return false
  }

  /// Whether some of the stated scopes serve each scope asked.
  private func serves(_ stated: UnsafePointer<UInt64>, _ count: Int) -> Bool {
    scopes.allSatisfy { accepted in
      accepted.contains { FacetTerms.contains($0, stated, count) }
    }
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
