import Matcher

/// One requirement against what lines state for its key. As `SpecCriterion`; the arithmetic is
/// `SpecComparison`'s.
final class SpecGrader: Sendable {
  let key: Int32
  let asked: Requirement.Asked
  let strictness: Strictness
  let tolerance: Double?
  let comparison: SpecComparison
  /// The asked value with its negotiable limit in its place; nil without one that widens it.
  let relaxed: Requirement.Asked?
  let prior: Int64
  /// The only number of a "one of"; nil for anything else.
  private let single: Double?
  /// The asked terms as the index numbers them.
  let terms: [UInt32]

  init(
    _ requirement: Requirement, prior: Int64, _ comparison: SpecComparison, _ index: LineIndex
  ) {
    key = requirement.key.ordinal
    asked = requirement.asked
    strictness = requirement.strictness
    tolerance = requirement.tolerance
    self.comparison = comparison
    self.prior = prior
    switch (requirement.asked, requirement.limit) {
    case (.atLeast(let asked), let limit?) where limit < asked: relaxed = .atLeast(limit)
    case (.atMost(let asked), let limit?) where limit > asked: relaxed = .atMost(limit)
    default: relaxed = nil
    }
    if case .oneOfNumbers(let asked) = requirement.asked, asked.count == 1 {
      single = asked[0]
    } else {
      single = nil
    }
    switch requirement.asked {
    case .oneOfTerms(let asked), .allOfTerms(let asked): terms = asked.map { index.term($0.id) }
    default: terms = []
    }
  }

  /// What its grades rest on.
  var content: CriterionContent {
    var content = CriterionContent(0, family: Family.spec(key), strictness)
    content.add(Int(prior))
    content.add(tolerance)
    add(asked, to: &content)
    if let relaxed { add(relaxed, to: &content) }
    return content
  }

  private func add(_ asked: Requirement.Asked, to content: inout CriterionContent) {
    switch asked {
    case .atLeast(let value): content.add([0, value])
    case .atMost(let value): content.add([1, value])
    case .cover(let low, let high): content.add([2, low, high])
    case .overlap(let low, let high): content.add([3, low, high])
    case .oneOfNumbers(let values): content.add([4] + values)
    case .oneOfTerms:
      content.add([5.0])
      content.add(terms)
    case .allOfTerms:
      content.add([6.0])
      content.add(terms)
    case .rank(let rank):
      content.add([7.0])
      content.add(rank)
    case .flag(let flag): content.add([8, flag ? 1 : 0])
    }
  }

  /// - Parameter denials: the line's denials; facet 0 for none.
  func grade(
    _ facet: UInt32, _ table: FacetTable, denials: FacetReader?, _ setting: Setting
  ) -> Grade {
    guard facet != 0 else { return unstated(denials) }
    var reader = table.reader(facet)
    let count = Int(reader.word())
    var best = statement(&reader, denials, setting)
    for _ in 1..<max(1, count) { best = statement(&reader, denials, setting).better(best) }
    return best
  }

  private func statement(
    _ reader: inout FacetReader, _ denials: FacetReader?, _ setting: Setting
  ) -> Grade {
    let head = reader.word()
    switch SpecWord(rawValue: head & 0xF) {
    case .stated: break
    case .denied: return denied
    default: return unstated(denials)
    }
    let until = Int32(truncatingIfNeeded: head >> 32)
    let result = compare(head, &reader)
    guard until == Day.none || until >= setting.asOf else { return unknown }
    var grade = self.grade(result.result, result.withinLimit, denials, setting)
    grade.lapse(after: until)
    if head >> 9 & 1 == 1 { confirmInferred(&grade, isClause: head >> 10 & 1 == 1) }
    return grade
  }

  /// Compares with the value the reader stands at, and passes it.
  private func compare(
    _ head: UInt64, _ reader: inout FacetReader
  ) -> (result: SpecComparison.Result, withinLimit: Bool) {
    let complete = head >> 8 & 1 == 1
    let value: Spec.Value
    switch SpecValue(rawValue: head >> 4 & 0xF) {
    case .interval:
      let (lower, upper) = (reader.number(), reader.number())
      value = .interval(lower: lower.isNaN ? nil : lower, upper: upper.isNaN ? nil : upper)
    case .numbers:
      let count = Int(reader.word())
      if let single {
        defer { reader.skip(count) }
        return (nearest(single, reader.next, count), false)
      }
      value = .numbers((0..<count).map { _ in reader.number() })
    case .terms:
      let count = Int(reader.word())
      defer { reader.skip(count) }
      return (compare(terms: reader.next, count, complete: complete), false)
    case .rank: value = .rank(Int(Int64(bitPattern: reader.word())))
    default: value = .flag(reader.word() == 1)
    }
    let result = comparison.compare(asked, value, complete: complete)
    var withinLimit = false
    if case .short = result, strictness == .hard, let relaxed,
      case .met = comparison.compare(relaxed, value, complete: true)
    {
      withinLimit = true
    }
    return (result, withinLimit)
  }

  /// One asked number against a set, without an array: as `SpecComparison` has it for one of
  /// numbers.
  private func nearest(
    _ asked: Double, _ stated: UnsafePointer<UInt64>, _ count: Int
  ) -> SpecComparison.Result {
    var best = (gap: Double.infinity, margin: 0.0)
    for place in 0..<count {
      let has = Double(bitPattern: stated[place])
      if SpecComparison.atLeast(asked, has), SpecComparison.atLeast(has, asked) {
        return .met(margin: nil)
      }
      let gap = comparison.gap(asked, has)
      if gap < best.gap || place == 0 { best = (gap, -(asked - has).magnitude) }
    }
    return count == 0 ? .open : .short(gap: best.gap, margin: best.margin, degree: nil)
  }

  private func compare(
    terms stated: UnsafePointer<UInt64>, _ count: Int, complete: Bool
  ) -> SpecComparison.Result {
    let met: Bool
    switch asked {
    case .oneOfTerms: met = terms.contains { FacetTerms.contains($0, stated, count) }
    case .allOfTerms: met = terms.allSatisfy { FacetTerms.contains($0, stated, count) }
    default: return .open
    }
    return met ? .met(margin: nil) : complete ? .missing : .open
  }

  private func grade(
    _ result: SpecComparison.Result, _ withinLimit: Bool, _ denials: FacetReader?,
    _ setting: Setting
  ) -> Grade {
    switch result {
    case .met: return .satisfied
    case .missing: return denied
    case .open: return isDenied(denials) ? denied : unknown
    case .short(let gap, let margin, _, let isPartial):
      let degree = comparison.degree(result, tolerance: tolerance) ?? 0
      var grade = Grade(degree, .known)
      if !withinLimit {
        grade.marks.formUnion(
          setting.fail(
            strictness, gap: gap, share: share(margin) ?? gap, groupGap: gap,
            strongLimit: setting.strongLimit))
      }
      if isPartial {
        grade.low = 0
        grade.expected = Int32(truncatingIfNeeded: Int64(grade.high) * prior / 1_000_000)
      }
      return grade
    }
  }

  /// The missing part of the asked value, which the strong limit is a share of; nil for intervals.
  private func share(_ margin: Double?) -> Double? {
    guard let margin else { return nil }
    switch asked {
    case .atLeast(let asked) where asked != 0, .atMost(let asked) where asked != 0:
      return margin.magnitude / asked.magnitude
    default: return nil
    }
  }

  private var unknown: Grade {
    Grade(prior: prior, strictness == .hard ? .pending : [])
  }

  private var denied: Grade {
    Grade(0, strictness == .hard ? [.known, .final] : .known)
  }

  private func unstated(_ denials: FacetReader?) -> Grade {
    isDenied(denials) ? denied : unknown
  }

  /// The key, or every term that would serve, is denied in so many words.
  private func isDenied(_ denials: FacetReader?) -> Bool {
    guard var denials else { return false }
    let head = denials.word()
    let (keys, count) = (Int(head & 0xFFFF_FFFF), Int(head >> 32))
    if FacetTerms.contains(UInt32(key), denials.next, keys) { return true }
    denials.skip(keys)
    let denied = denials.next
    switch asked {
    case .oneOfTerms: return terms.allSatisfy { FacetTerms.contains($0, denied, count) }
    case .allOfTerms: return terms.contains { FacetTerms.contains($0, denied, count) }
    default: return false
    }
  }

  private func confirmInferred(_ grade: inout Grade, isClause: Bool) {
    guard grade.marks.contains(.known) else { return }
    grade.low = 0
    grade.high = 1_000_000
    if grade.marks.contains(.finite), isClause { return }
    grade.marks = strictness == .hard ? .pendingOther : []
  }
}
