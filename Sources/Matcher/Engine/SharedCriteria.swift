import Matcher

/// The criteria of many plans with equal ones numbered once, and of each plan no more than tells
/// what a line is to it: so that a line is compared with each different criterion once.
///
/// Immutable; any number of threads may use one. Memory: 20 bytes a criterion, 16 a word.
/// `@unchecked`: the unmanaged references are to criteria of `plans`, which it keeps.
final class SharedCriteria: @unchecked Sendable {
  /// One criterion of a plan.
  struct Part: BitwiseCopyable {
    /// The number of its content.
    let number: UInt32
    /// The bit of a finite failure's cause; 0 for one of a group of alternatives, which alone rules
    /// nothing out.
    let failure: UInt32
  }

  /// One of each content.
  let distinct: [Unmanaged<Criterion>]
  private let plans: [StagePlan?]
  /// By plan: where its parts begin.
  private let starts: [Int]
  private let parts: [Part]
  /// In the order of `parts`: what each makes of a grade.
  private let weighings: [Weighing.Packed]
  /// By plan: whether its criteria are to be asked themselves: it asks a term that no line of its home
  /// states, or weighs more than the packed form holds.
  private let asksItself: [Bool]
  let words: SharedWords

  /// O(criteria).
  ///
  /// - Parameter plans: nil for a stage that has none.
  init(_ plans: [StagePlan?]) {
    var numbers: [CriterionContent: UInt32] = [:]
    var distinct: [Unmanaged<Criterion>] = []
    var starts = [0]
    var parts: [Part] = []
    var weighings: [Weighing.Packed] = []
    var asksItself: [Bool] = []
    for plan in plans {
      var isWhole = true
      if let plan {
        for place in plan.byHardness {
          let criterion = plan.criteria[place]
          let content = numbers[criterion.content] ?? UInt32(distinct.count)
          if Int(content) == distinct.count {
            numbers[criterion.content] = content
            distinct.append(.passUnretained(criterion))
          }
          let failure =
            plan.isGrouped[place] ? 0 : UInt32(criterion.weighing.failure & Cell.failures)
          parts.append(Part(number: content, failure: failure))
          let packed = Weighing.Packed(criterion.weighing)
          weighings.append(packed ?? .none)
          if packed == nil { isWhole = false }
        }
      }
      asksItself.append(!isWhole || plan?.unknown.isEmpty == false)
      starts.append(parts.count)
    }
    self.plans = plans
    self.asksItself = asksItself
    self.weighings = weighings
    words = SharedWords(plans)
    self.distinct = distinct
    self.starts = starts
    self.parts = parts
  }

  /// The criteria of a plan, hard ones first; valid inside the body. nil for a plan whose criteria are to
  /// be asked themselves.
  @inline(__always)
  func withParts<Result>(
    _ plan: Int, _ body: (Slice<UnsafeBufferPointer<Part>>) -> Result
  ) -> Result? {
    guard !asksItself[plan] else { return nil }
    return parts.withUnsafeBufferPointer { body($0[starts[plan]..<starts[plan + 1]]) }
  }

  /// What the criterion of a part, counted through all plans, makes of a grade.
  @inline(__always)
  func cell(_ part: Int, _ grade: Grade) -> Cell {
    weighings.withUnsafeBufferPointer { $0[part].whole.cell(grade) }
  }
}
