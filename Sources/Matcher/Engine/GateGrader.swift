import Matcher

/// Openness, status and border of a line together, and the processes its licence allows. As
/// `Gates`.
struct GateGrader: Sendable {
  /// The last day on which the stage's work may start; `Day.none` without a window.
  let start: Int32
  let overseas: Bool?
  let processes: [UInt32]

  /// What the three gates give; their causes are apart, so there is a grade for each.
  struct Gates {
    var openness = Grade.silent
    var status = Grade.silent
    var border = Grade.silent
  }

  func grade(_ facet: UInt32, _ table: FacetTable, _ setting: Setting) -> Gates {
    guard facet != 0 else { return Gates() }
    var reader = table.reader(facet)
    let head = reader.word()
    let (from, _) = reader.halves()
    var gates = Gates()
    switch Openness.State(code: head & 0xFF) {
    case .closed, .groupOnly: gates.openness.marks = .final
    case .ownProduction, .members: gates.openness.marks = .pending
    case .open, .unstated: break
    }
    gates.status = status(Status.State(code: head >> 8 & 0xFF), from, setting)
    if head >> 16 & 0xFF == 2 {
      switch overseas {
      case true?: break
      case false?: gates.border.marks = .final
      case nil: gates.border.marks = .pending
      }
    }
    return gates
  }

  private func status(_ state: Status.State, _ from: Int32, _ setting: Setting) -> Grade {
    var grade = Grade.silent
    switch state {
    case .open, .unstated: break
    case .suspended: grade.marks = .final
    case .unclear: grade.marks = .pending
    case .preparing, .building, .planned, .full:
      guard from != Day.none else {
        grade.marks = state == .full ? .pending : .final
        return grade
      }
      let asOf = setting.asOf
      guard from >= asOf else {
        grade.marks = .pending
        return grade
      }
      let days = from - (start == Day.none ? asOf : start)
      grade.change(on: from + 1)
      if days > 0 { grade.marks = setting.finite(setting.dateGap(days)) }
      // Without a window the days until it opens grow fewer.
      if start == Day.none, days > 0 {
        grade.change(on: days > setting.dateLimitDays ? asOf + 1 : from)
      }
    }
    return grade
  }

  /// A line licensed for stated purposes, against the processes the stage names.
  func permitted(_ facet: UInt32, _ table: FacetTable) -> Grade {
    guard facet != 0, !processes.isEmpty else { return .silent }
    var reader = table.reader(facet)
    let head = reader.word()
    let terms = reader.next
    let count = Int(head >> 32)
    var grade = Grade.silent
    if !processes.allSatisfy({ FacetTerms.contains($0, terms, count) }) {
      grade.marks = head & 1 == 1 ? .final : .pending
    }
    return grade
  }
}

/// Terms of a facet: one a word, ascending.
enum FacetTerms {
  @inline(__always)
  static func contains(_ term: UInt32, _ terms: UnsafePointer<UInt64>, _ count: Int) -> Bool {
    for place in 0..<count where terms[place] == UInt64(term) { return true }
    return false
  }
}

extension Openness.State {
  /// Its code in facets. A stored snapshot depends on it.
  var code: UInt64 {
    switch self {
    case .open: 0
    case .members: 1
    case .groupOnly: 2
    case .closed: 3
    case .ownProduction: 4
    case .unstated: 5
    }
  }

  init(code: UInt64) {
    switch code {
    case 0: self = .open
    case 1: self = .members
    case 2: self = .groupOnly
    case 3: self = .closed
    case 4: self = .ownProduction
    default: self = .unstated
    }
  }
}

extension Status.State {
  /// Its code in facets. A stored snapshot depends on it.
  var code: UInt64 {
    switch self {
    case .open: 0
    case .preparing: 1
    case .building: 2
    case .planned: 3
    case .full: 4
    case .suspended: 5
    case .unclear: 6
    case .unstated: 7
    }
  }

  init(code: UInt64) {
    switch code {
    case 0: self = .open
    case 1: self = .preparing
    case 2: self = .building
    case 3: self = .planned
    case 4: self = .full
    case 5: self = .suspended
    case 6: self = .unclear
    default: self = .unstated
    }
  }
}
