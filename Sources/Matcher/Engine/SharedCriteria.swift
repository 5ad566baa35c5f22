import Matcher

/// The criteria of many plans with equal ones numbered once, and of each plan no more than tells
/// whether a line is a conflict: so that a line is compared with each different criterion once.
///
/// Immutable; any number of threads may use one. Memory: 8 bytes a criterion.
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
  /// By plan: whether it asks a term that no line of its home states.
  private let asksUnknown: [Bool]

  /// O(criteria).
  ///
  /// - Parameter plans: nil for a stage that has none.
  init(_ plans: [StagePlan?]) {
    var numbers: [CriterionContent: UInt32] = [:]
    var distinct: [Unmanaged<Criterion>] = []
    var starts = [0]
    var parts: [Part] = []
    for plan in plans {
      if let plan {
        for place in plan.byHardness {
          let criterion = plan.criteria[place]
          let number = numbers[criterion.content] ?? UInt32(distinct.count)
          if Int(number) == distinct.count {
            numbers[criterion.content] = number
            distinct.append(.passUnretained(criterion))
          }
          let failure = plan.isGrouped[place] ? 0 : UInt32(criterion.failure & Cell.failures)
          parts.append(Part(number: number, failure: failure))
        }
      }
      starts.append(parts.count)
    }
    self.plans = plans
    asksUnknown = plans.map { $0?.unknown.isEmpty == false }
    self.distinct = distinct
    self.starts = starts
    self.parts = parts
  }

  /// The criteria of a plan, hard ones first; valid inside the body. nil for a plan whose words other
  /// lines may number another way.
  @inline(__always)
  func withParts<Result>(
    _ plan: Int, _ body: (Slice<UnsafeBufferPointer<Part>>) -> Result
  ) -> Result? {
    guard !asksUnknown[plan] else { return nil }
    return parts.withUnsafeBufferPointer { body($0[starts[plan]..<starts[plan + 1]]) }
  }
}
