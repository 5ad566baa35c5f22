/// What a unit means where it stands: workshop words by the nearest of the words around.
struct UnitMeaning {
  /// A unit decided, and what else it could have been.
  struct Decision {
    var ucum: String
    var measure: UnitAlgebra.Measure
    /// What the number is multiplied by: 丝 is 0.01 mm.
    var factor = 1.0
    /// Wafer inches: nominal millimetres by table.
    var isNominal = false
    var doubt: String?
    /// Other units the word could mean.
    var others: [(ucum: String, factor: Double)] = []
  }

  let lexicon: QuantityLexicon
  let tokens: PhraseTokens
  let language: QuantityReader.Language

  private typealias Contexts = QuantityLexicon.Contexts

  /// Wafer diameters in inches and their nominal millimetres (SEMI M1).
  static let nominal: [(inch: Double, millimeters: Double)] = [
    (2, 50), (3, 75), (4, 100), (5, 125), (6, 150), (8, 200), (12, 300), (18, 450),
  ]

  /// The context among `wanted` that stands nearest to a place; words of the same clause before
  /// others, and what stands before before what follows.
  func nearest(
    _ wanted: QuantityLexicon.Contexts, to start: Int, _ end: Int
  ) -> QuantityLexicon.Contexts {
    var best = Int.max
    var found: QuantityLexicon.Contexts = []
    for hit in tokens.contexts where !hit.contexts.isDisjoint(with: wanted) {
      var distance = hit.position < start ? start - hit.position : hit.position - end + 1
      distance += 40 * separators(between: hit.position, start)
      if distance < best {
        best = distance
        found = hit.contexts.intersection(wanted)
      }
    }
    return found
  }

  /// Commas count one, ends of sentences ten.
  private func separators(between first: Int, _ second: Int) -> Int {
    let (low, high) = (min(first, second), max(first, second))
    guard high - low < 400 else { return 10 }
    var count = 0
    for place in low..<high {
      switch tokens.phrase.exact[place] {
      case 0x2C, 0x3001: count += 1
      case 0x3002, 0x3B: count += 10
      default: break
      }
    }
    return count
  }

  /// The contexts of the same clause, without a limit of distance.
  func clause(_ start: Int, _ end: Int) -> QuantityLexicon.Contexts {
    var found: QuantityLexicon.Contexts = []
    for hit in tokens.contexts where separators(between: hit.position, start) == 0 {
      found.formUnion(hit.contexts)
    }
    return found
  }

  // MARK: decisions

  /// Decides a unit.
  ///
  /// - Parameters:
  ///   - value: The number as written, with its multiplier.
  ///   - place: The scalars of the number and its unit.
  func decide(_ unit: UnitText, value: Double, isNegative: Bool, at place: Range<Int>) -> Decision {
    if let known = money(unit, at: place) { return known }
    if let known = composed(unit, at: place) { return known }
    let (start, end) = (place.lowerBound, place.upperBound)
    switch unit.tag {
    case .degree:
      if isBehind([0x534E, 0x6C0F], start) { return plain("[degF]") }
      if isBehind([0x6444, 0x6C0F], start) { return plain("Cel") }
      return degree(unit, value, isNegative, start, end)
    case .degreeSign:
      let near = nearest([.temperature, .angle], to: start, end)
      return near == .temperature ? plain("Cel") : plain(unit)
    case .square:
      return plain(nearest([.wire, .area], to: start, end) == .wire ? "mm2" : "m2")

    case .tonne:
      return isVessel(at: end) ? plain("m3") : plain(unit)
    case .jin: return jin()
    case .taijin: return plain("kg", factor: 0.6)
    case .gongjin:
      return isPressure(start, end) ? plain("kgf/cm2") : plain(unit)
    case .inch, .inchWord: return inch(value, start, end)
    case .foot:
      return nearest([.area, .rent], to: start, end).isEmpty ? plain("[ft_i]") : plain("[sft_i]")
    case .newton: return newton(unit, value, start, end)
    case .letterC: return letterC(value, isNegative, start, end)
    case .letterF:
      return nearest([.capacitor, .temperature], to: start, end) == .temperature
        ? plain("[degF]") : plain("F")
    case .letterGram: return isShock(end) ? plain("[g]") : plain(unit)
    case .letterG:
      return nearest([.shock], to: start, end).isEmpty ? plain("") : plain("[g]")
    case .letterP:
      return nearest([.compute], to: start, end).isEmpty ? plain("") : plain("PFLOPS")
    case .gallon: return gallon()

    case .block:
      return nearest([.money], to: start, end).isEmpty ? plain("{unit}") : plain("CNY")
    case .knot:
      return nearest([.wind], to: start, end).isEmpty ? plain("{unit}") : plain("[kn_i]")
    case .timesSign: return plain("{times}")

    case .molar:
      return nearest([.concentration], to: start, end).isEmpty ? plain("") : plain(unit)
    case .tesla:
      return nearest([.magnetic], to: start, end).isEmpty ? plain("") : plain(unit)
    case .radian:
      return nearest([.radiation, .angle], to: start, end) == .radiation
        ? plain("RAD") : plain(unit)
    default: return plain(unit)
    }
  }

  private func plain(_ unit: UnitText) -> Decision {
    Decision(ucum: unit.ucum, measure: unit.measure, factor: unit.factor)
  }

  private func plain(_ ucum: String, factor: Double = 1) -> Decision {
    let none = UnitAlgebra.Measure(factor: 1, offset: 0, dimension: lexicon.kinds.none)
    return Decision(ucum: ucum, measure: lexicon.algebra.measure(ucum) ?? none, factor: factor)
  }

  /// Units with a stroke whose words decide each other.
  private func composed(_ unit: UnitText, at place: Range<Int>) -> Decision? {
    guard unit.hasStroke else { return nil }
    if unit.tag == .plain, unit.underTag != .degree, unit.underTag != .letterC {
      let isForce = unit.ucum == "kg/cm2" || unit.ucum == "kg/mm2"
      return isForce ? plain("kgf" + unit.ucum.dropFirst(2)) : nil
    }
    let parts = unit.ucum.split(separator: "/", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    switch (unit.tag, unit.underTag) {
    case (.gongjin, _) where ["cm2", "mm2"].contains(parts[1]):
      return plain("kgf/\(parts[1])")
    case (.degree, _):
      let isRate = ["s", "min", "h"].contains(parts[1])
      if !isRate { return plain("kW.h/\(parts[1])") }
      let near = nearest(
        [.temperature, .angle, .electricity], to: place.lowerBound, place.upperBound)
      return plain(near == .angle ? "deg/\(parts[1])" : "Cel/\(parts[1])")
    case (.letterC, _): return plain("K/\(parts[1])")
    case (.letterG, _): return plain("[g]/\(parts[1])")
    case (_, .degree): return plain("\(parts[0])/Cel")
    case (_, .letterC): return plain("\(parts[0])/Cel")

    case (.tonne, _) where parts[1] == "m2" || parts[1] == "a": return plain(unit)
    default: return unit.tag == .plain ? nil : plain(unit)
    }
  }

  private func degree(
    _ unit: UnitText, _ value: Double, _ isNegative: Bool, _ start: Int, _ end: Int
  ) -> Decision {
    let near = nearest([.temperature, .angle, .electricity], to: start, end)
    if near == .angle, !isNegative || clause(start, end).contains(.angle) { return plain("deg") }
    if near == .electricity { return plain("kW.h") }
    if !near.isEmpty || isNegative { return plain("Cel") }
    var decision = plain("Cel")
    decision.doubt = "quantity.doubt.degree"
    decision.others = [("deg", 1)]
    return decision
  }

  /// Whether these scalars stand right before a place, past its sign.
  private func isBehind(_ word: [UInt32], _ start: Int) -> Bool {
    guard start >= word.count else { return false }
    return Array(tokens.phrase.lower[(start - word.count)..<start]) == word
  }

  /// 10g冲击: what follows at once is a shock.
  private func isShock(_ end: Int) -> Bool {
    tokens.contexts.contains {
      $0.contexts.contains(.shock) && $0.position >= end && $0.position <= end + 1
    }
  }

  private func jin() -> Decision {
    guard language == .traditional else { return plain("kg", factor: 0.5) }
    var decision = plain("kg", factor: tokens.allContexts.contains(.taiwan) ? 0.6 : 0.60478982)
    decision.doubt = "quantity.doubt.catty"
    decision.others = [("kg", 0.5), ("kg", 0.6)]
    return decision
  }

  private func gallon() -> Decision {
    var decision = plain("L", factor: language == .traditional ? 4.54609 : 3.785411784)
    decision.doubt = "quantity.doubt.gallon"
    decision.others = [("L", language == .traditional ? 3.785411784 : 4.54609)]
    return decision
  }

  /// 公斤 of pressure: 10公斤压力, 耐压8公斤.
  private func isPressure(_ start: Int, _ end: Int) -> Bool {
    for hit in tokens.contexts where hit.contexts.contains(.pressure) {
      if hit.position >= end, hit.position - end <= 2 { return true }
      if hit.position < start, start - hit.position <= 8,
        separators(between: hit.position, start) == 0
      {
        return true
      }
    }
    return false
  }

  /// A vessel directly behind: 5吨罐 holds 5 m³.
  private func isVessel(at end: Int) -> Bool {
    tokens.contexts.contains { hit in
      hit.contexts.contains(.vesselNext)
        && (hit.position == end || (hit.position == end + 1 && tokens.phrase.exact[end] == 0x20))
    }
  }

  private func inch(_ value: Double, _ start: Int, _ end: Int) -> Decision {
    var decision = plain("[in_i]")
    let isWaferSize = UnitMeaning.nominal.contains { $0.inch == value }
    let near = nearest([.wafer, .exactInch], to: start, end)
    guard isWaferSize, near != .exactInch, near.contains(.wafer) || near.isEmpty && value >= 2
    else {
      return decision
    }
    decision = plain("mm")
    decision.isNominal = true
    return decision
  }

  /// 5N gas is five nines; 5N of a gripper is a force.
  private func newton(_ unit: UnitText, _ value: Double, _ start: Int, _ end: Int) -> Decision {
    guard unit.ucum == "N", (1...9).contains(value), value == value.rounded(.down),
      unit.end - unit.start == 1, tokens.phrase.exact[unit.start] == 0x4E
    else { return plain(unit) }
    let near = nearest([.purity, .force, .accuracy], to: start, end)
    if near.contains(.force) { return plain(unit) }
    var decision = plain("%")
    decision.factor = -1
    if near.isEmpty {
      decision.doubt = "quantity.doubt.nines"
      decision.others = [("N", 1)]
    }
    return decision
  }

  private func letterC(_ value: Double, _ isNegative: Bool, _ start: Int, _ end: Int) -> Decision {
    let isApart = end >= 2 && tokens.phrase.exact[end - 2] == 0x20
    let near = nearest([.battery, .temperature], to: start, end)
    if isNegative { return plain("Cel") }
    if near == .battery, !isApart, value <= 100 { return plain("{C_rate}") }
    if near.contains(.temperature) || isApart || value > 20 { return plain("Cel") }
    var decision = plain("{C_rate}")
    decision.doubt = "quantity.doubt.letter_c"
    decision.others = [("Cel", 1)]
    return decision
  }

  // MARK: money

  private func money(_ unit: UnitText, at place: Range<Int>) -> Decision? {
    guard
      unit.tag == .yuan || unit.tag == .dollar || unit.tag == .yenSign
        || lexicon.algebra.isCurrency(unit.measure.dimension) || unit.hasStroke
    else { return nil }
    let isBare = unit.ucum.utf8.first == UInt8(ascii: "/")
    let ucum = isBare ? String(unit.ucum.drop { $0 == "/" }) : unit.ucum
    guard let currency = UnitMeaning.currency(of: ucum) else { return nil }
    var under = String(ucum.dropFirst(3))
    if under.utf8.count == 1 { under = "" }
    if unit.underTag == .degree { under = "/(kW.h)" }
    if unit.underTag == .foot { under = under.replacingFoot() }
    guard unit.tag == .yuan || unit.tag == .dollar else {
      return amount(currency + under, unit, factor: unit.factor)
    }
    let isTrillion = language == .traditional && tokens.phrase.exact[place].contains(0x5146)
    let (first, others) =
      isTrillion && statedCurrency == nil
      ? ("TWD", ["CNY", "HKD"]) : currencies(unit.tag)
    var decision = amount(first + under, unit)
    if !others.isEmpty {
      decision.doubt = "quantity.doubt.currency"
      decision.others = others.map { ($0 + under, 1) }
    }
    return decision
  }

  /// The three capitals with which a spelling begins, alone or before a stroke.
  private static func currency(of ucum: String) -> String? {
    let name = ucum.utf8.prefix(3)
    guard name.count == 3, name.allSatisfy({ (65...90).contains($0) }) else { return nil }
    if let next = ucum.utf8.dropFirst(3).first, next != UInt8(ascii: "/") { return nil }
    return String(ucum.prefix(3))
  }

  /// A spelling of money; most often that of the unit itself, whose measure is known.
  private func amount(_ ucum: String, _ unit: UnitText, factor: Double = 1) -> Decision {
    guard ucum == unit.ucum else { return plain(ucum, factor: factor) }
    return Decision(ucum: ucum, measure: unit.measure, factor: factor)
  }

  /// The currency of 元 or $, and the others it could be.
  private func currencies(_ tag: UnitTag) -> (String, [String]) {
    if tag == .dollar {
      if tokens.allContexts.contains(.usdPlace) { return ("USD", []) }
      return language == .traditional && !tokens.allContexts.contains(.taiwan)
        ? ("HKD", ["USD"]) : ("USD", ["HKD"])
    }
    if let stated = statedCurrency { return (stated, []) }
    guard language == .traditional, !tokens.allContexts.contains(.mainland) else {
      return ("CNY", [])
    }
    return tokens.allContexts.contains(.taiwan)
      ? ("TWD", ["CNY", "HKD"]) : ("HKD", ["CNY", "TWD"])
  }

  /// The one currency that the text names elsewhere.
  private var statedCurrency: String? {
    var found: String?
    for number in tokens.numbers {
      guard let unit = number.unit, unit.tag == .plain,
        lexicon.algebra.isCurrency(unit.measure.dimension)
      else { continue }
      if let found, found != unit.ucum { return nil }
      found = unit.ucum
    }
    return found
  }
}

extension String {
  /// A foot under money is a square foot of floor.
  fileprivate func replacingFoot() -> String {
    split(separator: "/", omittingEmptySubsequences: false)
      .map { $0 == "[ft_i]" ? "[sft_i]" : $0 }.joined(separator: "/")
  }
}
