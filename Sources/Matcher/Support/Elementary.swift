import Glibc

/// Elementary functions from + − × ÷ √ alone, so that every processor gives the same bits.
///
/// The C library's versions differ in the last place between machines. These evaluate fixed series
/// with a fixed number of terms; they are meant for gaps and distances, with a relative error below
/// 1e-13.
package enum Elementary {
  package static let ln2 = 0.693_147_180_559_945_3
  package static let pi = 3.141_592_653_589_793

  /// The natural logarithm of a finite `x` > 0.
  package static func ln(_ x: Double) -> Double {
    var exponent = Double(x.exponent)
    var significand = x.significand
    if significand > 1.414_213_562_373_095 {
      significand *= 0.5
      exponent += 1
    }
    let s = (significand - 1) / (significand + 1)
    let square = s * s
    var sum = 0.0
    var odd = 33.0
    while odd >= 1 {
      sum = sum * square + 1 / odd
      odd -= 2
    }
    return 2 * s * sum + exponent * ln2
  }

  /// The sine of an angle of −2π…2π in radians.
  package static func sin(_ angle: Double) -> Double {
    var x = angle
    if x > pi { x -= 2 * pi }
    if x < -pi { x += 2 * pi }
    if x > pi / 2 { x = pi - x }
    if x < -pi / 2 { x = -pi - x }
    let square = x * x
    var sum = 0.0
    var n = 25.0
    while n >= 1 {
      sum = 1 - sum * square / ((n + 1) * (n + 2))
      n -= 2
    }
    return x * sum
  }

  /// The cosine of an angle of −π…π in radians.
  package static func cos(_ angle: Double) -> Double {
    sin(angle + pi / 2)
  }

  /// The arc sine of −1…1, in radians.
  package static func asin(_ x: Double) -> Double {
    guard x < 1 else { return pi / 2 }
    guard x > -1 else { return -pi / 2 }
    return atan(x / (1 - x * x).squareRoot())
  }

  package static func atan(_ value: Double) -> Double {
    var x = value
    for _ in 0..<3 { x = x / (1 + (1 + x * x).squareRoot()) }
    let square = x * x
    var sum = 0.0
    var odd = 31.0
    while odd >= 1 {
      sum = 1 / odd - sum * square
      odd -= 2
    }
    return 8 * x * sum
  }

  /// The nearest integer of `x`, half to even.
  package static func rounded(_ x: Double) -> Double {
    x.rounded(.toNearestOrEven)
  }
}
