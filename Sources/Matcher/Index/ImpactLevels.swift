/// The fifteen levels to which a term's impacts are rounded up, so that four bits bound an impact.
///
/// Level 0 stands for a document without the term; level *c* in 1...15 is
/// `lowest + step · (c − 1)`. A level is never below the impact it stands for.
struct ImpactLevels {
  let lowest: Float
  let step: Float

  @inline(__always)
  init(lowest: Float, step: Float) {
    self.lowest = lowest
    self.step = step
  }

  /// Levels for impacts from `lowest` to `highest`, both positive and finite.
  init(from lowest: Float, to highest: Float) {
    self.lowest = lowest
    var step = (highest - lowest) / 14
    while Double(lowest) + Double(step) * 14 < Double(highest) { step = step.nextUp }
    self.step = step
  }

  /// What a level stands for, exactly as every bound is formed from it.
  @inline(__always)
  func value(_ level: Int) -> Double {
    level == 0 ? 0 : Double(lowest) + Double(step) * Double(level - 1)
  }

  /// The highest impact that can be met.
  var most: Double {
    value(15)
  }

  /// 1 ÷ step for `level`, 0 when all impacts are the same.
  var inverse: Double {
    step > 0 ? 1 / Double(step) : 0
  }

  /// The lowest level that is not below an impact of this term.
  @inline(__always)
  func level(of impact: Float, inverse: Double) -> UInt32 {
    var level = Int((Double(impact) - Double(lowest)) * inverse) + 1
    if value(level) < Double(impact) { level += 1 }
    return UInt32(min(15, level))
  }
}
