import Brokerage
import Ledger
import Matcher

extension NightQuality {
  /// Days before its end from which a certificate is listed.
  package static let lapseDays = 60

  /// What is weak in a world, by what its stages wait for.
  ///
  /// - Parameter marks: of the world's records.
  init(
    _ world: StandingWorld, _ stages: [NightStage], corpus: Corpus, marks: RecordMarks
  ) {
    unknowns = Unknown.all(stages)
    for platform in world.platforms {
      for line in platform.lines {
        noteAge(platform, line, world.asOf, corpus.policy.staleDays)
        noteCertificates(platform, line, world.asOf)
      }
    }
    stale.sort { ($1.days, $0.line) < ($0.days, $1.line) }
    lapses.sort { ($0.days, $0.line, $0.scheme) < ($1.days, $1.line, $1.scheme) }
    anomalies = Anomaly.all(world)
    duplicates = Duplicate.all(marks)
  }

  private mutating func noteAge(
    _ platform: Platform, _ line: ServiceLine, _ asOf: CivilDate, _ limit: Int
  ) {
    guard let verified = line.provenance.verifiedAt, asOf - verified > limit else { return }
    stale.append(
      Stale(platform: platform.id, line: line.id, verified: verified, days: asOf - verified))
  }

  private mutating func noteCertificates(
    _ platform: Platform, _ line: ServiceLine, _ asOf: CivilDate
  ) {
    for certificate in line.certificates {
      guard let until = certificate.validUntil, (0...NightQuality.lapseDays).contains(until - asOf)
      else { continue }
      let lapse = Lapse(
        platform: platform.id, line: line.id, scheme: certificate.schemeText, until: until,
        days: until - asOf)
      if !lapses.contains(lapse) { lapses.append(lapse) }
    }
  }
}

extension NightQuality.Unknown {
  /// What platforms have not stated, by how many listed pairs wait for it.
  static func all(_ stages: [NightStage]) -> [NightQuality.Unknown] {
    struct Key: Hashable {
      let platform: String
      let line: String
      let criterion: String
    }
    var found: [Key: (settles: Int, waiting: Int)] = [:]
    for match in stages.lazy.flatMap(\.matches) {
      let causes = Dictionary(grouping: match.pending, by: \.cause)
      for (_, findings) in causes {
        guard let first = findings.first else { continue }
        let key = Key(platform: match.platform, line: match.line, criterion: first.criterion)
        let known = found[key] ?? (0, 0)
        let isAlone = causes.count == 1 && match.failures.isEmpty
        found[key] = (known.settles + (isAlone ? 1 : 0), known.waiting + 1)
      }
    }
    return found.map { key, count in
      NightQuality.Unknown(
        platform: key.platform, line: key.line, criterion: key.criterion, settles: count.settles,
        waiting: count.waiting)
    }.sorted {
      ($1.settles, $1.waiting, $0.line, $0.criterion)
        < ($0.settles, $0.waiting, $1.line, $1.criterion)
    }
  }
}

extension NightQuality.Anomaly {
  /// What reading the records found; of demands not what stands there, which may be sealed.
  static func all(_ world: StandingWorld) -> [NightQuality.Anomaly] {
    let platforms = Set(world.platforms.map(\.id))
    return world.issues.map { issue in
      var issue = issue
      if !platforms.contains(issue.file) { issue.got = "" }
      return NightQuality.Anomaly(record: issue.file, issue: issue)
    }
  }
}

extension NightQuality.Duplicate {
  /// What says nothing about whether two records are the same.
  private static let apart: Set<String> = ["id", "provenance", "source", "published", "park"]

  static func all(_ marks: RecordMarks) -> [NightQuality.Duplicate] {
    same(marks.demands, .demand) + same(marks.platforms, .platform)
  }

  private static func same(
    _ marks: [String: RecordMark], _ side: NightCause.Side
  ) -> [NightQuality.Duplicate] {
    var groups: [String: [String]] = [:]
    for (id, mark) in marks {
      if let content = mark.content { groups[content, default: []].append(id) }
    }
    return groups.values.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
      .map { NightQuality.Duplicate(side: side, ids: $0) }
  }

  /// SHA-256 of what a record states besides its names; nil where that is next to nothing.
  static func content(_ stated: JSONValue) -> String? {
    guard let object = stated.object else { return nil }
    let members = object.members.filter { !apart.contains($0.name) }
      .sorted { $0.name < $1.name }
    guard members.count > 1 else { return nil }
    return SHA256.hex(
      JSONWriter.line(.object(JSONObject(members.map { ($0.name, bare($0.value)) }))))
  }

  /// Lines and sites have ids of their own even where they say the same.
  private static func bare(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let list): .array(list.map(bare))
    case .object(let object):
      .object(
        JSONObject(
          object.members.filter { $0.name != "id" }.sorted { $0.name < $1.name }
            .map { ($0.name, bare($0.value)) }))
    default: value
    }
  }
}
