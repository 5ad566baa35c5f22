extension CorpusTables {
  mutating func loadPolicy(_ files: Files) {
    guard let bytes = files.read("policy/policy.json") else {
      issues.append(
        RecordIssue(
          .refused, file: "policy/policy.json", field: "", got: "no file", expected: "the policy"))
      return
    }
    do throws(JSONError) {
      let value = try JSONParser.parse(bytes)
      issues += applyPolicy(value, file: "policy/policy.json")
    } catch {
      issues.append(
        RecordIssue(
          .refused, file: "policy/policy.json", field: "byte \(error.offset)", got: error.got,
          expected: error.expected))
    }
    loadRates(files)
    loadInstruments(files)
  }

  /// Sets what the JSON states and leaves the rest; returns what could not be used.
  mutating func applyPolicy(_ value: JSONValue, file: String) -> [RecordIssue] {
    guard let object = value.object else {
      return [RecordIssue(.refused, file: file, field: "", got: value.kind, expected: "an object")]
    }
    var reader = PolicyReader(object, file: file)
    reader.apply(to: &policy)
    return reader.issues
  }

  private mutating func loadRates(_ files: Files) {
    for row in rows("policy/rates.tsv", in: files, required: ["currency", "date", "cny", "source"])
    {
      guard let date = CivilDate(iso: row["date"]), let cny = row.number("cny"), cny > 0 else {
        refuse(row, "cny", expected: "a date and a rate above 0")
        continue
      }
      policy.rates.append(Policy.Rate(currency: row["currency"], date: date, cny: cny))
    }
  }

  private mutating func loadInstruments(_ files: Files) {
    for row in rows(
      "policy/instruments.tsv", in: files, required: ["instrument", "state", "refund"])
    where row["refund"] == "yes" {
      policy.instruments.append(
        Policy.Instrument(
          id: row["instrument"], name: row.name, place: places.place(row["place"]),
          from: CivilDate(iso: row["from"]), until: CivilDate(iso: row["until"]),
          share: row.number("share"), cap: row.number("cap_cny"),
          inForce: row["state"] == "in force"))
    }
  }
}

/// Reads the members of a policy object, with an issue for each that has the wrong form or an
/// unknown name.
struct PolicyReader {
  private let object: JSONObject
  private let file: String
  private(set) var issues: [RecordIssue] = []
  private var known: Set<String> = ["note"]

  init(_ object: JSONObject, file: String) {
    self.object = object
    self.file = file
  }

  mutating func apply(to policy: inout Policy) {
    known.insert("version")
    if let version = object["version"]?.string { policy.version = version }
    weights(&policy)
    strictness(&policy)
    set(&policy.strongLimit, "strong_limit", in: 0...10)
    set(&policy.strongWindowDays, "strong_window_days", in: 1...3650)
    set(&policy.nearGapOne, "near_miss", "one_gap", in: 0...10)
    set(&policy.nearGapTwo, "near_miss", "two_gaps", in: 0...10)
    set(&policy.curableGap, "near_miss", "curable_gap", in: 0...10)
    set(&policy.dateLimitDays, "near_miss", "date_days", in: 1...3650)
    set(&policy.fewPending, "few_pending", in: 0...20)
    set(&policy.approximate, "approximate", in: 0...0.5)
    set(&policy.placeSpanKilometers, "place_span_km", in: 1...20_000)
    set(&policy.priorKnownLines, "prior", "known_lines", in: 1...1_000_000)
    set(&policy.prior, "prior", "default", in: 0...1)
    set(&policy.certificatePrior, "prior", "certificate", in: 0...1)
    for (relation, name) in [
      (ServiceRelation.near, "service_near"), (.broader, "service_broad"),
      (.none, "service_unstated"),
    ] {
      var value = policy.servicePrior[relation] ?? 0.5
      set(&value, "prior", name, in: 0...1)
      policy.servicePrior[relation] = value
    }
    set(&policy.proseServicePrior, "prior", "service_read", in: 0...1)
    set(&policy.proseOtherPrior, "prior", "service_not_read", in: 0...1)
    set(&policy.staleDays, "stale_days", in: 1...36_500)
    set(&policy.certificateWarningDays, "certificate_warning_days", in: 0...3650)
    set(&policy.questionLimit, "questions", in: 0...20)
    set(&policy.replyDays, "reply_working_days", in: 1...365)
    textCurve(&policy)
    for member in object.members where !known.contains(member.name) {
      issues.append(
        RecordIssue(
          .refused, file: file, field: member.name, got: "an unknown member",
          expected: "one of \(known.sorted().joined(separator: ", "))"))
    }
  }

  private mutating func weights(_ policy: inout Policy) {
    known.insert("weights")
    guard let members = object["weights"]?.object?.members else { return }
    let names = Policy.Part.allCases.map(\.rawValue)
    for (name, value) in members {
      guard let part = Policy.Part(rawValue: name), let number = value.number,
        number >= 0, number <= 1000, number == number.rounded()
      else {
        issues.append(
          RecordIssue(
            .refused, file: file, field: "weights.\(name)", got: JSONWriter.line(value),
            expected: "a whole number of 0…1000 for one of \(names.joined(separator: ", "))"))
        continue
      }
      policy.weights[part] = Int(number)
    }
  }

  private mutating func strictness(_ policy: inout Policy) {
    known.insert("strictness")
    for (name, value) in object["strictness"]?.object?.members ?? [] {
      if let strictness = value.string.flatMap(Strictness.init) {
        policy.strictness[name] = strictness
      } else {
        issues.append(
          RecordIssue(
            .refused, file: file, field: "strictness.\(name)", got: JSONWriter.line(value),
            expected: "hard, strong, soft or info"))
      }
    }
  }

  private mutating func textCurve(_ policy: inout Policy) {
    known.insert("text_curve")
    guard let points = object["text_curve"]?.array else { return }
    let curve = points.compactMap { point -> (share: Double, degree: Double)? in
      guard let pair = point.array, pair.count == 2, let x = pair[0].number, let y = pair[1].number
      else { return nil }
      return (x, y)
    }
    let rising = zip(curve, curve.dropFirst()).allSatisfy {
      $0.share < $1.share && $0.degree <= $1.degree
    }
    guard curve.count == points.count, curve.count >= 2, rising, curve[0].share == 0,
      curve.allSatisfy({ (0...1).contains($0.degree) })
    else {
      issues.append(
        RecordIssue(
          .refused, file: file, field: "text_curve", got: "points out of order",
          expected: "[[0, d], …], shares rising from 0, degrees of 0…1 not falling"))
      return
    }
    policy.textCurve = curve
  }

  private mutating func set(
    _ target: inout Double, _ path: String..., in range: ClosedRange<Double>
  ) {
    if let number = number(path, in: range) { target = number }
  }

  private mutating func set(_ target: inout Int, _ path: String..., in range: ClosedRange<Double>) {
    if let number = number(path, in: range) { target = Int(number) }
  }

  private mutating func number(_ path: [String], in range: ClosedRange<Double>) -> Double? {
    known.insert(path[0])
    var value = object[path[0]]
    if path.count > 1 { value = value?.object?[path[1]] }
    guard let value else { return nil }
    guard let number = value.number, range.contains(number) else {
      issues.append(
        RecordIssue(
          .refused, file: file, field: path.joined(separator: "."), got: JSONWriter.line(value),
          expected: "a number of \(range.lowerBound)…\(range.upperBound)"))
      return nil
    }
    return number
  }
}
