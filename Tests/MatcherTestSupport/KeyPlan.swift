import Matcher

/// A key of the real registry with the values that random records give it.
package struct KeyPlan: Sendable {
  package enum Values: Sendable {
    /// Positive numbers of several decades, or numbers of one interval scale.
    case logarithmic(ClosedRange<Double>)
    case linear(ClosedRange<Double>, span: Double)
    case discrete([Double])
    case names([String])
    case flag
  }

  package let key: String
  package let unit: String
  package let values: Values
  /// `at_least`, `at_most`, `cover`, `one_of`, `all_of`: the key's own direction.
  package let direction: String

  package static let all: [KeyPlan] = [
    KeyPlan("implant_energy", "keV", .logarithmic(5...2000), "at_least"),
    KeyPlan("etch_aspect_ratio", ":1", .logarithmic(5...60), "at_least"),
    KeyPlan("anneal_temperature", "℃", .linear(200...2000, span: 100), "at_least"),
    KeyPlan("specimen_mass", "kg", .logarithmic(1...500), "at_least"),
    KeyPlan("overlay_accuracy", "nm", .logarithmic(2...500), "at_most"),
    KeyPlan("contact_resistivity", "Ω·cm²", .logarithmic(1e-8...1e-3), "at_most"),
    KeyPlan("dew_point", "℃", .linear(-70...0, span: 20), "at_most"),
    KeyPlan("film_stress", "MPa", .linear(-800...800, span: 150), "cover"),
    KeyPlan("resist_thickness", "μm", .logarithmic(0.1...100), "cover"),
    KeyPlan("wafer_diameter", "mm", .discrete([100, 150, 200, 300]), "one_of"),
    KeyPlan(
      "cleanroom_class", "", .names(["ISO 4", "ISO 5", "ISO 6", "ISO 7", "ISO 8"]), "ladder"),
    KeyPlan(
      "substrate", "", .names(["substrate.sic", "substrate.sic_4h_n", "硅", "氮化镓", "自制衬底"]), "one_of"
    ),
    KeyPlan(
      "process_module", "",
      .names(["光刻", "process_module.krf", "process_module.arf", "process_module.i_line"]), "all_of"),
    KeyPlan("data_onshore", "", .flag, "flag"),
    KeyPlan("continuous_operation", "", .flag, "flag"),
  ]

  private init(_ key: String, _ unit: String, _ values: Values, _ direction: String) {
    self.key = key
    self.unit = unit
    self.values = values
    self.direction = direction
  }

  package static func plan(_ key: String) -> KeyPlan? {
    all.first { $0.key == key }
  }
}

extension KeyPlan {
  /// A value around which a world's records lie.
  package func base(_ random: inout SeededGenerator) -> Double {
    switch values {
    case .logarithmic(let range):
      var value = range.lowerBound
      let decades = range.upperBound / range.lowerBound
      var steps = random.int(0...9)
      while steps > 0 {
        value *= 1 + (decades - 1) / 40
        steps -= 1
      }
      return KeyPlan.short(min(value, range.upperBound))
    case .linear(let range, _): return KeyPlan.short(random.number(range))
    case .discrete(let list): return random.pick(list)
    case .names, .flag: return 0
    }
  }

  /// A value that lies above the base (`up` > 0), below it or at it, by a little or by much.
  package func near(_ base: Double, up: Int, _ random: inout SeededGenerator) -> Double {
    let step = random.pick([0, 0.04, 0.15, 0.3, 0.5, 0.8])
    switch values {
    case .linear(_, let span): return KeyPlan.short(base + Double(up) * step * span)
    case .discrete(let list): return up == 0 ? base : random.pick(list)
    default:
      return KeyPlan.short(up > 0 ? base * (1 + 2 * step) : up < 0 ? base * (1 - step) : base)
    }
  }

  /// Four significant digits or so, so that records look written by people.
  private static func short(_ value: Double) -> Double {
    var scale = 1.0
    while value.magnitude * scale < 1000, value != 0 { scale *= 10 }
    return (value * scale).rounded() / scale
  }
}
