/// Reads a unit at a place of a text: atoms, powers, products and strokes.
final class UnitScanner {
  let lexicon: QuantityLexicon
  let phrase: FoldedPhrase

  init(lexicon: QuantityLexicon, phrase: FoldedPhrase) {
    self.lexicon = lexicon
    self.phrase = phrase
  }

  private struct Atom {
    var row: QuantityLexicon.UnitRow
    var power = 1
    var end: Int
  }

  /// The unit that begins at `start`, after at most one blank and inside brackets if it stands so.
  func unit(at start: Int) -> UnitText? {
    var place = start
    if phrase.exact[place] == 0x20 { place += 1 }
    let scalar = phrase.exact[place]
    if scalar == 0x5B || scalar == 0x28 {
      guard let inner = product(at: place + 1) else { return nil }
      let close = phrase.exact[inner.end]
      guard close == 0x5D || (close == 0x29 && inner.measure.dimension != .init()) else {
        return nil
      }
      var unit = inner
      unit.end += 1
      return unit
    }
    if scalar == 0x2F, place == start || QuantityLexicon.isLatin(phrase.exact[place + 1]) {
      return stroke(at: place)
    }
    return product(at: place) ?? perStroke(at: start)
  }

  /// ` per month` right behind a number.
  private func perStroke(at start: Int) -> UnitText? {
    let text = phrase.lower
    guard text[start] == 0x20, text[start + 1] == 0x70, text[start + 2] == 0x65,
      text[start + 3] == 0x72, text[start + 4] == 0x20
    else { return nil }
    return stroke(at: start)
  }

  /// `/cm2` without anything above the stroke.
  private func stroke(at start: Int) -> UnitText? {
    guard let none = lexicon.algebra.measure("1") else { return nil }
    let empty = UnitText(ucum: "", measure: none, start: start, end: start)
    let unit = continued(empty)
    return unit.end > start ? unit : nil
  }

  private func product(at start: Int) -> UnitText? {
    guard let atom = atom(at: start, isUnder: false) else { return nil }
    var unit = UnitText(
      ucum: spelled(atom), tag: atom.row.tag, measure: atom.row.measure, start: start, end: atom.end
    )
    if atom.power != 1 { unit.measure = lexicon.algebra.measure(unit.ucum) ?? unit.measure }
    unit.factor = raised(atom)
    if unit.tag == .normal { unit.gas = .normal }
    if unit.tag == .standard { unit.gas = .standard }
    takeBasis(&unit)
    return continued(unit)
  }

  /// Products and strokes behind what was read.
  private func continued(_ begun: UnitText) -> UnitText {
    var unit = begun
    var isUnder = false
    // Of all that was read; nil once the spelling has to be asked.
    var total: UnitAlgebra.Measure? = begun.measure
    var isComposed = false
    while true {
      if let next = joined(at: unit.end), let atom = atom(at: next, isUnder: isUnder),
        atom.row.tag != .batch, atom.row.tag != .timesSign
      {
        unit.ucum += isUnder ? "/" : "."
        unit.ucum += parenthesized(atom, isUnder: isUnder)
        unit.factor *= isUnder ? 1 / raised(atom) : raised(atom)
        unit.end = atom.end
        total = composed(total, atom, isUnder: isUnder)
        isComposed = true
      } else if let atom = takeUnder(&unit) {
        if let under = atom.under { total = composed(total, under, isUnder: true) }
        if atom.isBracketed { total = nil }
        isUnder = true
        isComposed = true
      } else {
        break
      }
    }
    if isComposed { unit.measure = total ?? lexicon.algebra.measure(unit.ucum) ?? unit.measure }
    return unit
  }

  /// The measure with one more atom, as its spelling would be read; nil where that says another.
  private func composed(
    _ total: UnitAlgebra.Measure?, _ atom: Atom, isUnder: Bool
  ) -> UnitAlgebra.Measure? {
    guard let total, let own = measure(of: atom, isUnder: isUnder) else { return nil }
    return isUnder ? total.over(own) : total.times(own)
  }

  private func measure(of atom: Atom, isUnder: Bool) -> UnitAlgebra.Measure? {
    if atom.row.isCompound { return isUnder && atom.power == 1 ? atom.row.measure : nil }
    return atom.power == 1 ? atom.row.measure : lexicon.algebra.measure(spelled(atom))
  }

  /// The place behind a sign of multiplication between units.
  private func joined(at place: Int) -> Int? {
    let scalar = phrase.exact[place]
    let next = phrase.exact[place + 1]
    guard scalar == 0xB7 || scalar == 0x2A || scalar == 0x2E || scalar == 0x2D else { return nil }
    if scalar == 0x2E || scalar == 0x2D {
      guard QuantityLexicon.isLatin(next) || next == 0x3A9 else { return nil }
      if scalar == 0x2D, !isHyphenated(place) { return nil }
    }
    return place + 1
  }

  /// `W-hr` and `ohm-cm` are products; `300mm-wafer` is not.
  private func isHyphenated(_ place: Int) -> Bool {
    guard let next = atom(at: place + 1, isUnder: false) else { return false }
    return ["h", "cm", "m"].contains(next.row.ucum)
  }

  /// What was read under a stroke: an atom that counts in the spelling, a bracket, or neither.
  private struct Under {
    var under: Atom?
    var isBracketed = false
  }

  private func takeUnder(_ unit: inout UnitText) -> Under? {
    guard var start = strokeEnd(at: unit.end) else { return nil }
    var divisor = 1.0
    if let number = divisorNumber(at: start) {
      guard number.end < phrase.count else { return nil }
      (divisor, start) = number
      guard let atom = atom(at: start, isUnder: true), mayDivide(atom, divisor, unit),
        divisor == 1 || !isBehindStroke(unit.start)
      else { return nil }
    }
    if phrase.exact[start] == 0x28 { return takeBracketed(at: start, &unit) }
    guard let atom = atom(at: start, isUnder: true) else { return nil }
    unit.hasStroke = true
    unit.end = atom.end
    if atom.row.tag == .batch || atom.row.tag == .vesselCount {
      unit.basis = .perBatch
      if unit.ucum.isEmpty { unit.ucum = "{unit}" }
      return Under()
    }
    if unit.underTag == .plain { unit.underTag = atom.row.tag }
    unit.divisor *= divisor
    unit.factor /= raised(atom)
    unit.ucum += "/"
    unit.ucum += parenthesized(atom, isUnder: true)
    return Under(under: atom)
  }

  /// `/(m·K)`, `/(kg·h)`.
  private func takeBracketed(at start: Int, _ unit: inout UnitText) -> Under? {
    guard let inner = product(at: start + 1), phrase.exact[inner.end] == 0x29 else { return nil }
    unit.hasStroke = true
    unit.ucum += "/(\(inner.ucum))"
    unit.end = inner.end + 1
    return Under(isBracketed: true)
  }

  /// Whether the number before a unit stands behind a stroke itself: `85℃/85%RH/1000h` are three.
  private func isBehindStroke(_ unit: Int) -> Bool {
    var place = unit - 1
    while place >= 0, QuantityLexicon.isDigit(phrase.exact[place]) || phrase.exact[place] == 0x2E {
      place -= 1
    }
    return place >= 0 && phrase.exact[place] == 0x2F
  }

  /// Behind `/`, 每, per.
  private func strokeEnd(at place: Int) -> Int? {
    let text = phrase.lower
    if text[place] == 0x2F { return text[place + 1] == 0x20 ? place + 2 : place + 1 }
    if text[place] == 0x20, text[place + 1] == 0x2F {
      return text[place + 2] == 0x20 ? place + 3 : place + 2
    }
    if text[place] == 0x6BCF { return place + 1 }
    let start = text[place] == 0x20 ? place + 1 : place
    guard text[start] == 0x70, text[start + 1] == 0x65, text[start + 2] == 0x72,
      text[start + 3] == 0x20
    else { return nil }
    return start + 4
  }

  private func divisorNumber(at start: Int) -> (value: Double, end: Int)? {
    var place = start
    var value = 0.0
    while QuantityLexicon.isDigit(phrase.exact[place]), place < start + 7 {
      value = value * 10 + Double(phrase.exact[place] - 0x30)
      place += 1
    }
    if place == start { value = 1 }
    let code = phrase.exact[place] < 0x10000 ? lexicon.numerals[Int(phrase.exact[place])] : 0
    if code >= 64 {
      for _ in 0..<Int(code - 64) { value *= 10 }
      place += 1
    }
    if phrase.exact[place] == 0x20, place > start { place += 1 }
    return place == start || value <= 0 ? nil : (value, place)
  }

  /// `2MW/10min` divides; `100MW/200MWh` and `1000V/500A` are two quantities.
  private func mayDivide(_ atom: Atom, _ divisor: Double, _ above: UnitText) -> Bool {
    if atom.power == 1, atom.row.measure.dimension == lexicon.kinds.time { return true }
    if atom.row.ucum.hasPrefix("{") { return true }
    let isRound = [10, 25, 100, 1000, 10_000].contains(divisor)
    let kinds = [
      lexicon.kinds.length, lexicon.kinds.mass, lexicon.kinds.volume, lexicon.kinds.area,
    ]
    return isRound && kinds.contains(atom.row.measure.dimension)
      && atom.row.measure.dimension != above.measure.dimension
  }

  private func raised(_ atom: Atom) -> Double {
    guard atom.row.factor != 1 else { return 1 }
    let product = (0..<abs(atom.power)).reduce(1.0) { value, _ in value * atom.row.factor }
    return atom.power < 0 ? 1 / product : product
  }

  private func parenthesized(_ atom: Atom, isUnder: Bool) -> String {
    let text = spelled(atom)
    return isUnder && atom.row.isCompound ? "(\(text))" : text
  }

  private func spelled(_ atom: Atom) -> String {
    atom.power == 1 ? atom.row.ucum : "\(atom.row.ucum)\(atom.power)"
  }

  private func atom(at start: Int, isUnder: Bool) -> Atom? {
    guard start < phrase.count else { return nil }
    let sign = lexicon.signTrie.longest(in: phrase.exact, at: start) { value, end in
      accepts(value, start, end, isUnder: isUnder)
    }
    let word = lexicon.unitWordTrie.longest(in: phrase.lower, at: start) { value, end in
      accepts(value, start, end, isUnder: isUnder)
    }
    guard let best = (word?.end ?? 0) > (sign?.end ?? 0) ? word : sign else { return nil }
    var atom = Atom(row: lexicon.units[Int(best.value)], end: best.end)
    if let power = power(at: best.end) { (atom.power, atom.end) = power }
    return atom
  }

  private func accepts(_ value: Int32, _ start: Int, _ end: Int, isUnder: Bool) -> Bool {
    let row = lexicon.units[Int(value)]
    let next = phrase.exact[end]
    if QuantityLexicon.isLatin(phrase.exact[end - 1]) {
      if QuantityLexicon.isLatin(next) || QuantityLexicon.isDigit(next) {
        guard power(at: end) != nil || isBasisLetter(at: end, row) || isClock(at: end, row) else {
          return false
        }
      }
    }
    switch row.tag {
    case .denominator: guard isUnder else { return false }
    case .rev where phrase.exact[start] == 0x72:
      guard next == 0x2F else { return false }
    case .timesSign:
      guard !isUnder, next != 0x20, !QuantityLexicon.isLatin(next), !QuantityLexicon.isDigit(next)
      else { return false }
    case .perSquare: guard isUnder else { return false }
    default: break
    }
    return !row.notBefore.contains { isNext($0, at: end) }
  }

  private func isNext(_ word: [UInt32], at place: Int) -> Bool {
    for (offset, scalar) in word.enumerated() {
      guard place + offset < phrase.count, phrase.lower[place + offset] == scalar else {
        return false
      }
    }
    return true
  }

  /// A power behind an atom: `m2`, `m^2`, `cm-3`, `s^-1`.
  private func power(at start: Int) -> (power: Int, end: Int)? {
    let text = phrase.exact
    guard start > 0 else { return nil }
    var place = start
    let isMarked = text[place] == 0x5E
    if isMarked { place += 1 }
    guard isMarked || QuantityLexicon.isLatin(text[start - 1]) || text[start - 1] == 0x3A9 else {
      return nil
    }
    let isNegative = text[place] == 0x2D
    if isNegative { place += 1 }
    guard (0x31...0x34).contains(text[place]), !QuantityLexicon.isDigit(text[place + 1]),
      !QuantityLexicon.isLatin(text[place + 1]),
      text[place + 1] != 0x2E
        || !QuantityLexicon.isDigit(text[place + 2])
    else { return nil }
    let value = Int(text[place] - 0x30)
    if !isMarked, !isNegative, value == 1 || value == 4 { return nil }
    if isNegative, !isMarked, text[place + 1] == 0x25 || text[place + 1] == 0xB0 { return nil }
    return (isNegative ? -value : value, place + 1)
  }

  /// `2h30min`: a shorter time follows at once.
  private func isClock(at place: Int, _ row: QuantityLexicon.UnitRow) -> Bool {
    guard row.measure.dimension == lexicon.kinds.time else { return false }
    var end = place
    while QuantityLexicon.isDigit(phrase.exact[end]) { end += 1 }
    return end > place && (phrase.lower[end] == 0x6D || phrase.lower[end] == 0x73)
  }

  private func isBasisLetter(at place: Int, _ row: QuantityLexicon.UnitRow) -> Bool {
    let scalar = phrase.lower[place]
    let after = phrase.exact[place + 1]
    return (scalar == 0x67 || scalar == 0x61) && !QuantityLexicon.isLatin(after)
      && !QuantityLexicon.isDigit(after) && isPressure(row.measure)
  }

  private func isPressure(_ measure: UnitAlgebra.Measure) -> Bool {
    measure.dimension == lexicon.kinds.pressure
  }

  /// `(表压)`, `(G)`, ` gauge` behind a unit of pressure.
  private func takeBasisWord(_ unit: inout UnitText) {
    let basis: QuantityLexicon.Roles = [.gauge, .absolute]
    var place = unit.end
    if phrase.exact[place] == 0x20 { place += 1 }
    for isBracketed in [false, true] {
      let start = isBracketed ? place + 1 : place
      if isBracketed, phrase.exact[place] != 0x28 { return }
      let found = lexicon.wordTrie.longest(in: phrase.lower, at: start) { value, end in
        !lexicon.words[Int(value)].roles.isDisjoint(with: basis)
          && !QuantityLexicon.breaksWord(phrase.lower, start, end)
          && (!isBracketed || phrase.exact[end] == 0x29)
      }
      guard let found else { continue }
      unit.basis = lexicon.words[Int(found.value)].roles.contains(.gauge) ? .gauge : .absolute
      unit.end = isBracketed ? found.end + 1 : found.end
      return
    }
  }

  /// The letter behind a unit of pressure: `MPaG`, `bara`, `psig`.
  private func takeBasis(_ unit: inout UnitText) {
    guard isPressure(unit.measure) else { return }
    let scalar = phrase.lower[unit.end]
    let after = phrase.exact[unit.end + 1]
    guard scalar == 0x67 || scalar == 0x61, !QuantityLexicon.isLatin(after),
      !QuantityLexicon.isDigit(after)
    else {
      takeBasisWord(&unit)
      return
    }
    unit.basis = scalar == 0x67 ? .gauge : .absolute
    unit.end += 1
  }
}
