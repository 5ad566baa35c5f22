/// Numbers with units, as record fields state them, into the canonical unit of a key or into a unit
/// of their own.
struct MeasureReader {
  let corpus: Corpus
  let log: IssueLog

  /// A number, or text such as `150 mm`, in the canonical unit of a number key.
  ///
  /// A unit that the key's quantity does not know is refused; a missing one is taken as the
  /// canonical unit, with a warning unless the key has no unit to speak of.
  func canonical(
    _ value: JSONValue, unit: String?, key: KeyID, field: @autoclosure () -> String
  ) -> Double? {
    guard let (number, own) = split(value, field: field()) else { return nil }
    let spec = corpus.registry[key]
    guard let canonical = corpus.registry.canonicalUnit(key) else { return nil }
    let written = own.isEmpty ? unit ?? "" : own
    if written.isEmpty {
      if !["count", "ratio"].contains(spec.domain) {
        log.warn(
          field(), got: "\(JSONValue.text(of: number)) without a unit",
          expected: "a unit such as \(spec.unit)", hint: "taken as \(spec.unit)")
      }
      return plausible(number, spec, field())
    }
    guard let from = corpus.registry.units.unit(written, of: spec.domain) else {
      refuseUnit(written, spec, field())
      return nil
    }
    guard let converted = corpus.registry.units.convert(number, from: from, to: canonical) else {
      log.refuse(
        field(), got: "\(JSONValue.text(of: number)) \(written)",
        expected: "a nominal value of \(from.name): \(nominal(from))")
      return nil
    }
    guard converted.isFinite else {
      log.refuse(
        field(), got: "\(JSONValue.text(of: number)) \(written)",
        expected: "a number within ±1.8e308 \(spec.unit)")
      return nil
    }
    return plausible(converted, spec, field())
  }

  /// A rank of an ordinal key: a whole number or a name of its ladder, alone or with the unit
  /// before or behind it.
  func rank(
    _ value: JSONValue, unit: String?, key: KeyID, field: @autoclosure () -> String
  ) -> Int? {
    let text =
      switch value {
      case .string(let text): trimmed(text)
      case .number(let number, _): JSONValue.text(of: number)
      default: ""
      }
    let ladder = corpus.registry.ladders[corpus.registry[key].domain]
    for spelling in [text, (unit ?? "") + text, text + (unit ?? "")] where !text.isEmpty {
      if let rank = ladder?.rank(spelling, fold: corpus.folding) { return rank }
    }
    let names = ladder?.names.sorted { $0.key < $1.key }.map { $0.value.text(.english) } ?? []
    log.refuse(
      field(), got: text.isEmpty ? value.kind : "'\(text)'",
      expected: "one of \(names.joined(separator: ", "))",
      hint: "matchctl inspect terms \(corpus.registry[key].domain)")
    return nil
  }

  /// The number and the unit written behind it; empty when there is none.
  func split(_ value: JSONValue, field: @autoclosure () -> String) -> (Double, String)? {
    switch value {
    case .number(let number, _): return (number, "")
    case .string(let text):
      if let parts = MeasureReader.parts(of: text) { return parts }
      log.refuse(
        field(), got: RecordIssue.quoted(text), expected: "a number, or a number with its unit")
    default:
      log.refuse(
        field(), got: value.bool == nil ? value.kind : RecordIssue.quoted(value),
        expected: "a number, or a number with its unit")
    }
    return nil
  }

  /// `-40 ℃` → (−40, ℃); thousands commas and full-width digits are read; nil without a leading
  /// number.
  static func parts(of text: String) -> (Double, String)? {
    let spelled = Units.spelling(text)
    var digits = ""
    var rest = Substring(spelled)
    while let next = rest.first, (next.isASCII && next.isNumber) || "+-.,eE−".contains(next) {
      if next == "e" || next == "E" {
        guard digits.last?.isNumber == true, let after = rest.dropFirst().first,
          after.isNumber || "+-−".contains(after)
        else { break }
      }
      if next != "," { digits.append(next == "−" ? "-" : next) }
      rest = rest.dropFirst()
    }
    guard let number = Double(digits), number.isFinite else { return nil }
    return (number, String(rest))
  }

  private func plausible(
    _ value: Double, _ spec: SpecKey, _ field: @autoclosure () -> String
  ) -> Double? {
    if value < 0, spec.scale != .interval, let range = spec.plausible, range.lowerBound >= 0 {
      log.refuse(
        field(), got: "the value \(JSONValue.text(of: value)) \(spec.unit) for \(spec.id)",
        expected: "a number of 0 or more")
      return nil
    }
    if let range = spec.plausible, !range.contains(value) {
      let low = JSONValue.text(of: range.lowerBound)
      let high = JSONValue.text(of: range.upperBound)
      log.warn(
        field(), got: "the value \(JSONValue.text(of: value)) \(spec.unit) for \(spec.id)",
        expected: "\(low)…\(high) \(spec.unit), the usual range",
        hint: "check the number and its unit")
    }
    return value
  }

  private func nominal(_ unit: Units.Unit) -> String {
    unit.table.keys.sorted().map(JSONValue.text(of:)).joined(separator: ", ")
  }

  private func refuseUnit(_ unit: String, _ spec: SpecKey, _ field: String) {
    let others = corpus.registry.units.quantities(of: unit)
    log.refuse(
      field,
      got: others.isEmpty
        ? "'\(unit)', an unknown unit"
        : "'\(unit)', a unit of \(others.joined(separator: ", "))",
      expected: "a unit of \(spec.domain) for \(spec.id)",
      hint: "matchctl inspect units \(spec.domain)")
  }
}
