import Ledger
import Matcher

/// One answer laid over a platform's record.
struct PlatformOverlay {
  let given: GivenAnswer
  let slot: FactSlot
  let corpus: Corpus
  let stated: JSONObject
  let before: RecordOverlay.Before

  private var age: StatementAge { StatementAge(given: given) }
  private var claim: JSONValue { given.answer.stated(given.answer.claim) }

  /// - Parameter done: what earlier answers stated, so that a later one takes its place.
  mutating func apply(to record: inout JSONObject, done: inout Set<String>) {
    makeLine(&record)
    switch slot {
    case .place: place(&record, &done)
    case .openness, .status:
      if given.answer.line == nil { whole(&record, &done) } else { lines(&record, &done) }
    case .certificate:
      pushDown(&record)
      lines(&record, &done)
    default: lines(&record, &done)
    }
  }

  /// A platform that states no line has one all the same.
  private func makeLine(_ record: inout JSONObject) {
    guard record["lines"]?.array?.isEmpty ?? true, record["sites"]?.array?.isEmpty ?? true,
      let id = record["id"]
    else { return }
    record["lines"] = .array([.object(JSONObject([("id", id)]))])
  }

  private func lines(_ record: inout JSONObject, _ done: inout Set<String>) {
    let recordDate = StatementAge.verified(record)
    RecordLines.change(&record) { id, line in
      guard given.answer.line == nil || given.answer.line == id else { return }
      let mark = "\(id) \(slot)"
      let verified = StatementAge.verified(line) ?? recordDate
      if apply(to: &line, id, verified, isAnswered: done.contains(mark)) { done.insert(mark) }
    }
  }

  /// Whether the answer counts on this line.
  private func apply(
    to line: inout JSONObject, _ id: String, _ inherited: CivilDate?, isAnswered: Bool
  ) -> Bool {
    let isInferred = StatementAge.isInferred(line) ?? false
    func yields(_ statement: JSONObject?) -> Bool {
      if isAnswered { return false }
      return age.yields(
        to: StatementAge.verified(statement) ?? inherited,
        inferred: StatementAge.isInferred(statement) ?? isInferred,
        changed: { changed(id) })
    }
    switch slot {
    case .spec(let key): return spec(key, &line, yields)
    case .certificate(let scheme): return certificate(scheme, &line, yields)
    case .service: return service(&line)
    default:
      let name = ClaimClauses.member(of: slot, .platform)
      if let there = line[name], there != .null, yields(there.object) { return false }
      line[name] = merged(line[name])
      return true
    }
  }

  /// Further permitted processes join those that are stated.
  private func merged(_ there: JSONValue?) -> JSONValue {
    guard slot == .process, var object = claim.object else { return claim }
    let old = there?.object?["values"]?.array ?? []
    let new = object["values"]?.array ?? []
    object["values"] = .array(old + new.filter { !old.contains($0) })
    return .object(object)
  }

  private func spec(
    _ key: String, _ line: inout JSONObject, _ yields: (JSONObject?) -> Bool
  ) -> Bool {
    func isIt(_ value: JSONValue) -> Bool {
      value.object?["key"]?.string.flatMap { FactSlot(key: $0, corpus: corpus) } == .spec(key)
    }
    func isNewer(_ value: JSONValue) -> Bool {
      isIt(value) && value.object?["state"]?.string != "unknown" && yields(value.object)
    }
    let specs = line["specs"]?.array ?? []
    let envelopes = line["envelopes"]?.array ?? []
    let inside = envelopes.flatMap { $0.object?["specs"]?.array ?? [] }
    let denials = RecordLines.denials(of: slot, in: line, corpus)
    if (specs + inside).contains(where: isNewer) || (!denials.isEmpty && yields(nil)) {
      return false
    }
    line["specs"] = .array(specs.filter { !isIt($0) } + [claim])
    if !envelopes.isEmpty {
      line["envelopes"] = .array(
        envelopes.map { envelope in
          guard var object = envelope.object, let own = object["specs"]?.array else {
            return envelope
          }
          object["specs"] = .array(own.filter { !isIt($0) })
          return .object(object)
        })
    }
    RecordLines.remove(denials, from: &line)
    return true
  }

  private func certificate(
    _ scheme: String, _ line: inout JSONObject, _ yields: (JSONObject?) -> Bool
  ) -> Bool {
    let held = line["certificates"]?.array ?? []
    let own = held.filter { RecordLines.isCertificate($0, of: scheme, corpus) }
    let others = held.filter { !RecordLines.isCertificate($0, of: scheme, corpus) }
    let denials = RecordLines.denials(of: slot, in: line, corpus)
    guard let new = claim.object, !(own + denials).contains(where: { yields($0.object) }) else {
      return false
    }
    if new["state"]?.string == "denied" {
      line["certificates"] = others.isEmpty ? nil : .array(others)
      if denials.isEmpty, let name = new["scheme"] {
        line["denied"] = .array((line["denied"]?.array ?? []) + [name])
      }
      return true
    }
    line["certificates"] = .array(others + CertificateMerge.merged(own, with: new))
    RecordLines.remove(denials, from: &line)
    return true
  }

  /// Services that are named join those that are stated; of those read from prose the ones that were
  /// not named stay a broad statement.
  private func service(_ line: inout JSONObject) -> Bool {
    guard let named = claim.array else { return false }
    let old = line["services"]?.array ?? []
    let others = old.filter { !named.contains($0) }
    guard line["prose"]?.bool == true else {
      line["services"] = .array(others + named)
      return true
    }
    line["prose"] = nil
    line["services"] = claim
    if !others.isEmpty {
      line["services_broad"] = .array((line["services_broad"]?.array ?? []) + others)
    }
    return true
  }

  /// What the platform says of itself as a whole.
  private func whole(_ record: inout JSONObject, _ done: inout Set<String>) {
    let name = ClaimClauses.member(of: slot, .platform)
    let mark = "* \(slot)"
    if !done.contains(mark), let there = record[name], there != .null {
      let verified = StatementAge.verified(there.object) ?? StatementAge.verified(record)
      let isNewer = age.yields(
        to: verified, inferred: StatementAge.isInferred(there.object) ?? false,
        changed: { changed(nil) })
      if isNewer { return }
    }
    record[name] = claim
    done.insert(mark)
    RecordLines.change(&record) { _, line in line[name] = nil }
  }

  /// Where the line stands: its site's place, else the platform's.
  private func place(_ record: inout JSONObject, _ done: inout Set<String>) {
    let mark = "* place"
    func isNewer(_ there: JSONValue?, _ own: JSONObject) -> Bool {
      guard let there, there != .null, !done.contains(mark) else { return false }
      return age.yields(
        to: StatementAge.verified(own) ?? StatementAge.verified(record), inferred: false,
        changed: { changed(given.answer.line) })
    }
    if let line = given.answer.line, var sites = record["sites"]?.array {
      for index in sites.indices {
        guard var site = sites[index].object,
          RecordLines.ids(record, ofSite: index).contains(line)
        else { continue }
        if !isNewer(site["place"], site) { site["place"] = given.answer.claim }
        sites[index] = .object(site)
        record["sites"] = .array(sites)
        done.insert(mark)
        return
      }
    }
    guard !isNewer(record["place"], record) else { return }
    record["place"] = given.answer.claim
    done.insert(mark)
  }

  /// Certificates of the platform or a site that the answer is about become their lines' own, so
  /// that one line's can change.
  private func pushDown(_ record: inout JSONObject) {
    guard case .certificate(let scheme) = slot else { return }
    func taken(_ object: inout JSONObject) -> [JSONValue] {
      let held = object["certificates"]?.array ?? []
      let own = held.filter { RecordLines.isCertificate($0, of: scheme, corpus) }
      guard !own.isEmpty else { return [] }
      let rest = held.filter { !RecordLines.isCertificate($0, of: scheme, corpus) }
      object["certificates"] = rest.isEmpty ? nil : .array(rest)
      return own
    }
    let common = taken(&record)
    var bySite: [String: [JSONValue]] = [:]
    if var sites = record["sites"]?.array {
      for index in sites.indices {
        guard var site = sites[index].object else { continue }
        let own = taken(&site)
        for id in RecordLines.ids(record, ofSite: index) { bySite[id] = own }
        sites[index] = .object(site)
      }
      record["sites"] = .array(sites)
    }
    RecordLines.change(&record) { id, line in
      let more = common + (bySite[id] ?? [])
      if !more.isEmpty {
        line["certificates"] = .array((line["certificates"]?.array ?? []) + more)
      }
    }
  }

  /// Whether the record states the fact otherwise than when the answer was recorded.
  private func changed(_ line: String?) -> Bool {
    guard let then = before(given) else { return false }
    let text = { (record: JSONObject) in
      RecordLines.statements(of: slot, in: record, line: line, corpus)
    }
    return text(then) != text(stated)
  }
}
