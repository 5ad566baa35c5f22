extension Platform {
  /// A platform of the record it was read from (`raw`), whose problems were told when it was read
  /// first; nil for bytes that are no record.
  package init?(rereading record: [UInt8], corpus: Corpus) {
    guard case .object(let object)? = try? JSONParser.parse(record),
      let platform = PlatformReader(corpus: corpus, log: IssueLog(file: "", row: 0))
        .platform(object)
    else { return nil }
    self = platform
  }
}

/// One JSON object into a platform with its lines. What cannot be used is an issue; the rest of the
/// record survives.
struct PlatformReader {
  let corpus: Corpus
  let log: IssueLog
  private let asks: AskReader
  private let lines: LineReader

  init(corpus: Corpus, log: IssueLog) {
    self.corpus = corpus
    self.log = log
    asks = AskReader(corpus: corpus, log: log)
    lines = LineReader(corpus: corpus, log: log)
  }

  /// nil only without a usable `id`.
  func platform(_ object: JSONObject) -> Platform? {
    let fields = FieldReader(object: object, path: "", log: log)
    guard let id = fields.string("id"), !id.isEmpty else {
      log.refuse("id", got: "nothing", expected: "an id", hint: "give each record an id of its own")
      return nil
    }
    log.record = id
    var platform = Platform(id: id, name: name(fields, "name") ?? LocalizedName(simplified: id))
    platform.operatorName = fields.string("operator") ?? ""
    platform.kind = fields.string("kind") ?? ""
    platform.group = fields.string("group") ?? ""
    platform.sectors = fields.strings("sectors")
    platform.synthetic = fields.bool("synthetic") ?? false
    platform.text = fields.string("text") ?? ""
    platform.provenance = SpecReader(corpus: corpus, log: log).provenance(fields)
    platform.lines = serviceLines(fields, platform)
    platform.raw = .object(object)
    platform.stated = platform.raw
    return platform
  }

  private func serviceLines(_ fields: FieldReader, _ platform: Platform) -> [ServiceLine] {
    let main = site(fields, id: platform.id, inside: nil)
    var common = LineReader.Common(
      platform: platform, site: main, status: lines.status(fields),
      openness: lines.openness(fields),
      certificates: lines.certificates(fields))
    var found = fields.readers("lines").enumerated().map {
      lines.line($1, number: $0 + 1, common)
    }
    for reader in fields.readers("sites") {
      let site = site(reader, id: reader.string("id") ?? platform.id, inside: main)
      let own = lines.certificates(reader)
      var atSite = common
      atSite.site = site
      atSite.certificates = common.certificates + own
      found += reader.readers("lines").enumerated().map {
        lines.line($1, number: found.count + $0 + 1, atSite)
      }
    }
    if found.isEmpty {
      common.certificates += []
      found = [lines.bare(common)]
    }
    return unique(found)
  }

  private func unique(_ lines: [ServiceLine]) -> [ServiceLine] {
    var seen: Set<String> = []
    return lines.filter { line in
      if seen.insert(line.id).inserted { return true }
      log.refuse("lines", got: "line id '\(line.id)' a second time", expected: "an id of its own")
      return false
    }
  }

  private func site(_ fields: FieldReader, id: String, inside outer: Site?) -> Site {
    var site = Site(id: id)
    site.name = fields.string("site_name") ?? ""
    site.placeText = fields.string("place") ?? outer?.placeText ?? ""
    site.place = asks.place(fields.string("place"), fields.sub("place")) ?? outer?.place
    let latitude = fields.number("lat", in: -90...90, expected: "a latitude of −90…90")
    let longitude = fields.number("lon", in: -180...180, expected: "a longitude of −180…180")
    if let latitude, let longitude {
      site.coordinate = Coordinate(latitude: latitude, longitude: longitude)
    } else {
      site.coordinate = site.place.flatMap { corpus.places.coordinate($0) }
    }
    return site
  }

  func name(_ fields: FieldReader, _ field: String) -> LocalizedName? {
    guard let object = fields.object[field]?.object else {
      return fields.string(field).map { LocalizedName(simplified: $0) }
    }
    let reader = FieldReader(object: object, path: fields.sub(field), log: log)
    return LocalizedName(
      simplified: reader.string("zh-Hans") ?? "", traditional: reader.string("zh-Hant") ?? "",
      english: reader.string("en") ?? "")
  }
}
