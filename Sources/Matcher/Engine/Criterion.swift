import Matcher

/// What depends on the day and the index alone and graders look at.
struct GradeContext: Sendable {
  let setting: Setting
  let days: WorkDays
  let money: Money
  let distances: PlaceDistances
}

/// One criterion of a stage with its weight and the bits of its causes.
///
/// `@unchecked`: the unmanaged reference is to its own immutable grader.
final class Criterion: @unchecked Sendable {
  enum Grader: Sendable {
    case spec(SpecGrader)
    case certificate(CertificateGrader)
    case window(WindowGrader)
    case price(PriceGrader)
    case place(PlaceGrader)
    case lot(LotGrader)
  }

  private enum Kind {
    case spec(Unmanaged<SpecGrader>)
    case certificate(Unmanaged<CertificateGrader>)
    case window(Unmanaged<WindowGrader>)
    case price(Unmanaged<PriceGrader>)
    case place(Unmanaged<PlaceGrader>)
    case lot(Unmanaged<LotGrader>)

    init(_ grader: Grader) {
      switch grader {
      case .spec(let grader): self = .spec(.passUnretained(grader))
      case .certificate(let grader): self = .certificate(.passUnretained(grader))
      case .window(let grader): self = .window(.passUnretained(grader))
      case .price(let grader): self = .price(.passUnretained(grader))
      case .place(let grader): self = .place(.passUnretained(grader))
      case .lot(let grader): self = .lot(.passUnretained(grader))
      }
    }
  }

  let grader: Grader
  /// The grader without counting references: `grader` keeps it alive.
  private let kind: Kind
  /// Whose facets it compares.
  let family: UInt32
  let strictness: Strictness
  let weighing: Weighing
  /// Whether a person has not confirmed the words it was read from.
  let isRead: Bool
  let isHard: Bool
  let isSpec: Bool
  /// What its grades rest on.
  let content: CriterionContent

  init(
    grader: Grader, family: UInt32, strictness: Strictness, weight: Int64, failure: UInt64,
    pending: UInt64, pendingOther: UInt64, own: UInt64, isRead: Bool
  ) {
    self.grader = grader
    kind = Kind(grader)
    self.family = family
    self.strictness = strictness
    self.isRead = isRead
    isHard = strictness == .hard
    var isLot = false
    if case .lot = grader { isLot = true }
    weighing = Weighing(
      weight: weight, failure: failure, pending: pending, pendingOther: pendingOther, own: own,
      isStrong: strictness == .strong && weight > 0, isLot: isLot)
    if case .spec = grader { isSpec = true } else { isSpec = false }
    content =
      switch grader {
      case .spec(let grader): grader.content
      case .certificate(let grader): grader.content
      case .window(let grader): grader.content
      case .price(let grader): grader.content
      case .place(let grader): grader.content
      case .lot(let grader): grader.content
      }
  }

  /// Whether the index it was made for has a number for each term it asks.
  var isKnown: Bool {
    switch grader {
    case .spec(let grader): !grader.terms.contains(StringTable.absent)
    case .certificate(let grader): grader.isKnown
    default: true
    }
  }

  /// A grade as it adds up.
  @inline(__always)
  func cell(_ grade: Grade) -> Cell { weighing.cell(grade) }

  /// Gives codes to the facets of some rows that have none yet.
  ///
  /// - Returns: false when there are more different grades than codes.
  func fill(
    _ grades: GradeTable, _ facets: UnsafePointer<UInt32>, rows: Int, _ table: FacetTable,
    _ context: GradeContext
  ) -> Bool {
    var isWhole = true
    let codes = grades.codes
    withGrades(table, context) { grade in
      for row in 0..<rows where codes[Int(facets[row])] == GradeTable.unmade {
        isWhole = grades.set(Int(facets[row]), grade(facets[row])) && isWhole
      }
    }
    return isWhole
  }

  /// Calls the body once with what grades a facet, so that which grader it is is asked once for
  /// many facets.
  @inline(__always)
  private func withGrades(
    _ table: FacetTable, _ context: GradeContext, _ each: ((UInt32) -> Grade) -> Void
  ) {
    let setting = context.setting
    switch grader {
    case .spec(let grader): each { grader.grade($0, table, denials: nil, setting) }
    case .certificate(let grader): each { grader.grade($0, table, setting) }
    case .window(let grader):
      let days = context.days
      each { grader.grade($0, table, days, setting) }
    case .price(let grader):
      let money = context.money
      each { grader.grade($0, table, money, setting) }
    case .place(let grader):
      let distances = context.distances
      each { grader.grade($0, table, distances, setting) }
    case .lot(let grader): each { grader.grade($0, table, setting) }
    }
  }

  /// The grade of one facet.
  func grade(
    _ facet: UInt32, _ table: FacetTable, _ denials: FacetReader?, _ context: GradeContext
  ) -> Grade {
    let setting = context.setting
    switch kind {
    case .spec(let grader):
      return grader._withUnsafeGuaranteedRef {
        $0.grade(facet, table, denials: denials, setting)
      }
    case .certificate(let grader):
      return grader._withUnsafeGuaranteedRef { $0.grade(facet, table, setting) }
    case .window(let grader):
      return grader._withUnsafeGuaranteedRef { $0.grade(facet, table, context.days, setting) }
    case .price(let grader):
      return grader._withUnsafeGuaranteedRef { $0.grade(facet, table, context.money, setting) }
    case .place(let grader):
      return grader._withUnsafeGuaranteedRef {
        $0.grade(facet, table, context.distances, setting)
      }
    case .lot(let grader):
      return grader._withUnsafeGuaranteedRef { $0.grade(facet, table, setting) }
    }
  }

  func causes(_ marks: Grade.Marks) -> UInt64 { weighing.causes(marks) }
}

/// What a failure rests on or an answer settles; outcomes of one cause count once. As the causes of
/// `Outcome`, without their texts.
enum Cause: Equatable {
  case date
  case price
  case place
  case lot
  case window
  case refund
  case unread
  case openness
  case status
  case border
  case process
  case service
  case spec(Int32)
  case term(TermID)
  case certificate(TermID)
  /// A certificate's own cause.
  case named(String)

  /// As `Causes.spec`.
  static func of(_ requirement: Requirement) -> Cause {
    switch requirement.asked {
    case .oneOfTerms(let terms) where terms.count == 1: .term(terms[0])
    case .allOfTerms(let terms) where terms.count == 1: .term(terms[0])
    default: .spec(requirement.key.ordinal)
    }
  }

  /// A certificate's cause; one that a requirement may share is that requirement's.
  static func of(_ requirement: CertificateRequirement) -> Cause {
    let cause = requirement.cause
    return cause.hasPrefix("term:") ? .term(TermID(id: String(cause.dropFirst(5)))) : .named(cause)
  }
}

/// Gives each cause of a stage a bit of its own.
struct CauseBits {
  private var failures: [Cause] = []
  private var waiting: [Cause] = []
  private(set) var isFull = false

  static let most = 30

  init() {
    failures.reserveCapacity(CauseBits.most)
    waiting.reserveCapacity(CauseBits.most)
  }

  mutating func failure(_ cause: Cause) -> UInt64 {
    CauseBits.bit(cause, &failures, &isFull)
  }

  mutating func pending(_ cause: Cause) -> UInt64 {
    CauseBits.bit(cause, &waiting, &isFull) << 30
  }

  private static func bit(_ cause: Cause, _ known: inout [Cause], _ isFull: inout Bool) -> UInt64 {
    if let place = known.firstIndex(of: cause) { return 1 << UInt64(place) }
    guard known.count < most else {
      isFull = true
      return 0
    }
    known.append(cause)
    return 1 << UInt64(known.count - 1)
  }
}
