/// What the rates that parks are measured by count. `policy/indicators.json`.
///
/// A definition is data with a version: a figure names the version it was made by, and a closed period
/// keeps its figures whatever later versions say.
public struct IndicatorPolicy: Sendable, Equatable {
  /// How the year is cut for figures.
  public enum Period: String, Sendable, CaseIterable {
    case month
    case quarter
    case year
  }

  /// Which of the denominator's demands are counted.
  public enum Numerator: Sendable, Equatable {
    /// Demands with one of these steps recorded.
    case steps([String])
    /// Demands whose weakest stage's best line has one of these verdicts.
    case verdicts([Verdict])
  }

  public enum Denominator: Sendable, Equatable {
    /// Published, expired ones included, withdrawn ones not; twins once.
    case valid
    /// Valid and not expired on the cut-off day.
    case standing
    /// The demands that another indicator counts.
    case counted(String)
  }

  public struct Indicator: Sendable, Equatable {
    public let id: String
    public let name: LocalizedName
    /// 口径: what it counts, in words.
    public let definition: LocalizedName
    public let numerator: Numerator
    public let denominator: Denominator
  }

  public internal(set) var version = ""
  public internal(set) var periods: [Period] = []
  /// In the order they are shown; a denominator that is another's numerator names an earlier one.
  public internal(set) var indicators: [Indicator] = []

  public init() {}
}

extension IndicatorPolicy {
  /// Reads the JSON of the file; what cannot be used is an issue, and the rest is read.
  init(_ value: JSONValue, file: String, issues: inout [RecordIssue]) {
    self.init()
    guard let object = value.object else {
      issues.append(
        RecordIssue(.refused, file: file, field: "", got: value.kind, expected: "an object"))
      return
    }
    version = object["version"]?.string ?? ""
    for item in object["periods"]?.array ?? [] {
      if let period = item.string.flatMap(Period.init) {
        periods.append(period)
      } else {
        issues.append(
          RecordIssue(
            .refused, file: file, field: "periods", got: JSONWriter.line(item),
            expected: "month, quarter or year"))
      }
    }
    for item in object["indicators"]?.array ?? [] {
      let id = item.object?["id"]?.string ?? ""
      if let indicator = IndicatorPolicy.indicator(item.object, after: indicators) {
        indicators.append(indicator)
      } else {
        issues.append(
          RecordIssue(
            .refused, file: file, record: id, field: "indicators",
            got: RecordIssue.quoted(JSONWriter.line(item)),
            expected: "a new id, steps or verdicts, and a denominator that stands before it"))
      }
    }
  }

  /// nil for one that counts something unknown.
  private static func indicator(_ object: JSONObject?, after earlier: [Indicator]) -> Indicator? {
    guard let object, let id = object["id"]?.string, !id.isEmpty,
      !earlier.contains(where: { $0.id == id }),
      let numerator = numerator(object["numerator"]?.object)
    else { return nil }
    let denominator: Denominator
    switch object["denominator"]?.string {
    case "valid": denominator = .valid
    case "standing": denominator = .standing
    case let other?:
      guard earlier.contains(where: { $0.id == other }) else { return nil }
      denominator = .counted(other)
    case nil: return nil
    }
    return Indicator(
      id: id, name: name(object["name"]), definition: name(object["definition"]),
      numerator: numerator, denominator: denominator)
  }

  private static func numerator(_ object: JSONObject?) -> Numerator? {
    if let steps = object?["steps"]?.array {
      let names = steps.compactMap(\.string)
      return names.isEmpty || names.count < steps.count ? nil : .steps(names)
    }
    guard let items = object?["verdicts"]?.array else { return nil }
    let verdicts = items.compactMap { $0.string.flatMap(Verdict.init) }
    return verdicts.isEmpty || verdicts.count < items.count ? nil : .verdicts(verdicts)
  }

  private static func name(_ value: JSONValue?) -> LocalizedName {
    let object = value?.object
    return LocalizedName(
      simplified: object?["zh-Hans"]?.string ?? "", traditional: object?["zh-Hant"]?.string ?? "",
      english: object?["en"]?.string ?? "")
  }
}

extension CorpusTables {
  mutating func loadIndicators(_ files: Files) {
    let file = "policy/indicators.json"
    guard let bytes = files.read(file) else {
      issues.append(
        RecordIssue(
          .refused, file: file, field: "", got: "no file", expected: "the indicators' definitions"))
      return
    }
    do throws(JSONError) {
      indicators = IndicatorPolicy(
        try JSONParser.parse(bytes), file: file, issues: &issues)
    } catch {
      issues.append(
        RecordIssue(
          .refused, file: file, field: "byte \(error.offset)", got: error.got,
          expected: error.expected))
    }
  }
}
