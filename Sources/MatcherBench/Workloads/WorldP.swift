import Matcher

/// World P: made-up platforms and demands in the product's own records, the same bytes for a seed.
///
/// 8 sectors and 70 services with Zipf(1) shares; 10 % of the lines state no service or only its
/// field; a service has 16 spec keys of its sector, of which a line states 65 %; 5 % of the lines
/// have two or three envelopes; two certificates, places, and a calendar and a price on 60 %. A
/// demand asks 12 requirements (5 hard, 4 strong, 3 soft), two certificates, and a window and a
/// budget in 60 %. Numbers are preferred numbers (ten a decade) around a centre of the service, as
/// people write them. Texts have about 80 and 35 different terms, drawn Zipf(1) from 6,000 words.
///
/// Record *n* depends on the seed and *n* alone, so that any run of records can be made by itself.
struct WorldP {
  let seed: UInt64
  private let services: [Service]
  private let cities: [String]
  private let words: [String]
  private let serviceShares: [Double]
  private let wordShares: [Double]

  /// A spec key with what its values are drawn from.
  private struct Key {
    let id: String
    let kind: SpecKey.Kind
    let direction: SpecKey.Direction
    let unit: String
    /// The centre of numbers; intervals lie on a line, other numbers are positive.
    let centre: Double
    let isLine: Bool
    let range: ClosedRange<Double>
    let terms: [String]
  }

  private struct Service {
    let code: String
    let field: String
    let sector: String
    let keys: [Key]
    /// Where its words begin in the common list.
    let topic: Int
  }

  private static let schemes = [
    "ISO9001", "CNAS", "CMA", "IATF16949", "ISO13485", "AS9100", "ISO14001", "GMP",
  ]

  init(seed: UInt64, corpus: Corpus, folder: String) {
    self.seed = seed
    var generator = SeededGenerator(seed: seed)
    let tables = Tables(folder)
    cities = tables.cities
    words = WorldP.words(&generator)
    services = WorldP.services(corpus, tables, &generator)
    serviceShares = WorldP.zipf(services.count)
    wordShares = WorldP.zipf(words.count)
  }

  // MARK: Records

  /// Line *n* as a platform of its own, one JSON object and a line break.
  func platform(_ number: Int) -> String {
    var random = SeededGenerator(seed: seed &* 31 &+ UInt64(number) &* 2)
    let service = services[pick(serviceShares, &random)]
    let state = random.percent
    let stated = state < 5 ? [] : state < 10 ? [service.field] : [service.code]
    let id = "P\(padded(number))"
    var line = "{\"id\":\"\(id)/L1\",\"name\":\"\(text(service, 3, &random))\""
    line += ",\"services\":\(list(stated))"
    let keys = service.keys
    if random.percent < 5 {
      let names = ["甲", "乙", "丙"].prefix(random.percent < 70 ? 2 : 3)
      line += ",\"specs\":[\(specs(keys.dropLast(4), &random))]"
      let envelopes = names.map {
        "{\"name\":\"\($0)\",\"specs\":[\(specs(keys.suffix(4), &random))]}"
      }
      line += ",\"envelopes\":[\(envelopes.joined(separator: ","))]"
    } else {
      line += ",\"specs\":[\(specs(keys[...], &random))]"
    }
    line += ",\"certificates\":[\(certificates(&random))]"
    if random.percent < 60 { line += commerce(&random) }
    line += ",\"text\":\"\(text(service, 26, &random))\"}"
    return "{\"type\":\"platform\",\"id\":\"\(id)\",\"name\":\"\(id)\",\"synthetic\":true"
      + ",\"sectors\":[\"\(service.sector)\"],\"place\":\"\(city(&random))\""
      + ",\"source\":{\"kind\":\"form\",\"verified_at\":\"2026-\(two(1 + number % 11))-01\"}"
      + ",\"status\":{\"state\":\"open\"},\"openness\":{\"state\":\"open\"},\"lines\":[\(line)]}\n"
  }

  /// Demand *n*, one JSON object and a line break.
  func demand(_ number: Int) -> String {
    var random = SeededGenerator(seed: seed &* 31 &+ UInt64(number) &* 2 &+ 1)
    let service = services[pick(serviceShares, &random)]
    var keys = service.keys
    keys.shuffle(using: &random)
    let requirements = keys.prefix(12).enumerated().map { place, key in
      let strictness = place < 5 ? "hard" : place < 9 ? "strong" : "soft"
      return "{\"key\":\"\(key.id)\",\(asked(key, &random)),\"strictness\":\"\(strictness)\"}"
    }
    let schemes = [random.percent, random.percent].map { WorldP.schemes[$0 % WorldP.schemes.count] }
    var out =
      "{\"type\":\"demand\",\"id\":\"D\(padded(number))\",\"synthetic\":true"
      + ",\"title\":\"\(text(service, 2, &random))\",\"text\":\"\(text(service, 10, &random))\""
      + ",\"services\":[\"\(service.code)\"],\"requirements\":[\(requirements.joined(separator: ","))]"
      + ",\"certificates\":[{\"scheme\":\"\(schemes[0])\",\"strictness\":\"strong\"}"
      + (schemes[1] == schemes[0]
        ? "" : ",{\"scheme\":\"\(schemes[1])\",\"strictness\":\"soft\"}") + "]"
    if random.percent < 60 {
      let start = random.percent % 12
      out += ",\"window\":{\"start\":\"\(month(start))-01\",\"finish\":\"\(month(start + 4))-28\""
      out += ",\"duration_days\":\(10 + random.percent % 30),\"strictness\":\"strong\"}"
      let budget = Int(preferred(300_000, &random))
      out += ",\"budget\":{\"max\":\(budget),\"currency\":\"CNY\",\"basis\":\"total\""
      out += ",\"strictness\":\"strong\"}"
      out +=
        ",\"quantity\":{\"value\":\(1 + random.percent),\"unit\":\"件\",\"strictness\":\"soft\"}"
    }
    if random.percent < 50 {
      out += ",\"place\":{\"allowed\":[\"\(city(&random))\",\"\(city(&random))\"]"
      out += ",\"strictness\":\"soft\"}"
    }
    return out + "}\n"
  }

  // MARK: Parts of a line

  private func specs(_ keys: ArraySlice<Key>, _ random: inout SeededGenerator) -> String {
    var out: [String] = []
    for key in keys where random.percent < 65 {
      out.append("{\"key\":\"\(key.id)\",\(stated(key, &random))}")
    }
    return out.joined(separator: ",")
  }

  private func stated(_ key: Key, _ random: inout SeededGenerator) -> String {
    switch key.kind {
    case .flag: return "\"value\":\(random.percent < 70)"
    case .ordinal: return "\"value\":\"\(key.terms[Int(random.next() % UInt64(key.terms.count))])\""
    case .terms:
      let count = 1 + random.percent % 3
      let some = (0..<count).map { _ in key.terms[Int(random.next() % UInt64(key.terms.count))] }
      return "\"values\":\(list(some))"
    case .number:
      let unit = ",\"unit\":\"\(key.unit)\""
      switch key.direction {
      case .atMost: return "\"min\":\(value(key, 0, &random))" + unit
      case .atLeast: return "\"max\":\(value(key, 0, &random))" + unit
      case .oneOf, .allOf, .equal:
        let some = (0..<(1 + random.percent % 3)).map { _ in value(key, 0, &random) }
        return "\"values\":[\(some.joined(separator: ","))]" + unit
      case .cover, .overlap:
        let (low, high) = bounds(key, wide: true, &random)
        return "\"min\":\(low),\"max\":\(high)" + unit
      }
    }
  }

  /// What a demand asks: usually what half of the lines or more can do.
  private func asked(_ key: Key, _ random: inout SeededGenerator) -> String {
    switch key.kind {
    case .flag: return "\"op\":\"equal\",\"value\":true"
    case .ordinal:
      return
        "\"op\":\"at_least\",\"value\":\"\(key.terms[Int(random.next() % UInt64(key.terms.count))])\""
    case .terms:
      let some = (0..<2).map { _ in key.terms[Int(random.next() % UInt64(key.terms.count))] }
      return "\"op\":\"one_of\",\"value\":\(list(some))"
    case .number:
      let unit = ",\"unit\":\"\(key.unit)\""
      switch key.direction {
      case .atMost: return "\"op\":\"at_most\",\"value\":\(value(key, 3, &random))" + unit
      case .atLeast: return "\"op\":\"at_least\",\"value\":\(value(key, -3, &random))" + unit
      case .oneOf, .allOf, .equal:
        return "\"op\":\"one_of\",\"value\":[\(value(key, 0, &random))]" + unit
      case .cover, .overlap:
        let (low, high) = bounds(key, wide: false, &random)
        return "\"op\":\"cover\",\"value\":[\(low),\(high)]" + unit
      }
    }
  }

  /// A preferred number up to eight steps from the centre, shifted by `steps`.
  private func value(_ key: Key, _ steps: Int, _ random: inout SeededGenerator) -> String {
    let step = Int(random.next() % 17) - 8 + steps
    return JSONWriter.line(.number(number(key, step)))
  }

  private func bounds(
    _ key: Key, wide: Bool, _ random: inout SeededGenerator
  ) -> (String, String) {
    let middle = Int(random.next() % 9) - 4
    let span = wide ? 4 + Int(random.next() % 6) : 1 + Int(random.next() % 3)
    let (low, high) = (number(key, middle - span), number(key, middle + span))
    return (JSONWriter.line(.number(min(low, high))), JSONWriter.line(.number(max(low, high))))
  }

  private func number(_ key: Key, _ step: Int) -> Double {
    let raw: Double
    if key.isLine {
      let span = (key.range.upperBound - key.range.lowerBound) / 60
      raw = key.centre + (Double(step) * span).rounded()
    } else {
      raw = WorldP.preferred(key.centre, step)
    }
    return min(max(raw, key.range.lowerBound), key.range.upperBound)
  }

  private static let series: [Double] = [1, 1.25, 1.6, 2, 2.5, 3, 4, 5, 6, 8]

  /// The number `step` tenths of a decade from a centre, of the series 1, 1.25, 1.6, 2 …
  private static func preferred(_ centre: Double, _ step: Int) -> Double {
    var (decade, index) = (1.0, 0)
    while decade * 10 <= centre { decade *= 10 }
    while decade > centre { decade /= 10 }
    while index + 1 < series.count, series[index + 1] * decade <= centre { index += 1 }
    var place = index + step
    while place < 0 { (place, decade) = (place + 10, decade / 10) }
    while place > 9 { (place, decade) = (place - 10, decade * 10) }
    return series[place] * decade
  }

  private func preferred(_ centre: Double, _ random: inout SeededGenerator) -> Double {
    WorldP.preferred(centre, Int(random.next() % 13) - 6)
  }

  private func certificates(_ random: inout SeededGenerator) -> String {
    (0..<2).map { _ in
      let scheme = WorldP.schemes[random.percent % WorldP.schemes.count]
      let until = "202\(7 + random.percent % 3)-\(two(1 + random.percent % 12))-28"
      return "{\"scheme\":\"\(scheme)\",\"scope\":[\"\(words[random.percent])\"]"
        + ",\"valid_until\":\"\(until)\"}"
    }.joined(separator: ",")
  }

  private func commerce(_ random: inout SeededGenerator) -> String {
    let slots = (0..<(1 + random.percent % 3)).map { place in
      let first = place * 4 + random.percent % 4
      return "{\"from\":\"\(month(first))-01\",\"to\":\"\(month(first + 2))-28\""
        + ",\"slots\":\(random.percent % 5)}"
    }
    let kind = random.percent < 70 ? "calendar" : "working"
    let unit = random.percent < 50 ? ",\"per\":\"件\"" : ",\"per\":\"批\""
    return ",\"calendar\":[\(slots.joined(separator: ","))]"
      + ",\"lead_time\":{\"days\":\(5 * (1 + random.percent % 12)),\"kind\":\"\(kind)\"}"
      + ",\"price\":{\"min\":\(Int(preferred(8_000, &random))),\"currency\":\"CNY\"\(unit)}"
      + ",\"lot\":{\"min\":\(1 + random.percent % 10),\"max\":\(50 * (1 + random.percent % 20))"
      + ",\"unit\":\"件\"}"
  }

  /// `count` words of two or three characters, three in ten of the service's own.
  private func text(_ service: Service, _ count: Int, _ random: inout SeededGenerator) -> String {
    (0..<count).map { _ in
      random.percent < 30
        ? words[(service.topic + Int(random.next() % 40)) % words.count]
        : words[pick(wordShares, &random)]
    }.joined()
  }

  private func city(_ random: inout SeededGenerator) -> String {
    let place = Int(random.next() % UInt64(cities.count))
    return cities[min(place, Int(random.next() % UInt64(cities.count)))]
  }

  // MARK: Small things

  private func list(_ texts: [String]) -> String {
    "[" + texts.map { "\"\($0)\"" }.joined(separator: ",") + "]"
  }

  private func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 7 - digits.count)) + digits
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Months from December 2026.
  private func month(_ number: Int) -> String {
    "\(2026 + (11 + number) / 12)-\(two((11 + number) % 12 + 1))"
  }

  /// The place whose running share first exceeds a random number.
  private func pick(_ shares: [Double], _ random: inout SeededGenerator) -> Int {
    let wanted = Double(random.next() >> 11) / 9_007_199_254_740_992
    var (low, high) = (0, shares.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if shares[middle] <= wanted { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Running shares of 1 ÷ rank.
  private static func zipf(_ count: Int) -> [Double] {
    let weights = (1...count).map { 1 / Double($0) }
    let total = weights.reduce(0, +)
    var sum = 0.0
    return weights.map {
      sum += $0 / total
      return sum
    }
  }

  // MARK: The world

  private static func words(_ random: inout SeededGenerator) -> [String] {
    let characters = (0..<900).map { String(UnicodeScalar(UInt32(0x4E00 + $0 * 17)) ?? "一") }
    return (0..<6000).map { _ in
      (0..<(random.percent < 75 ? 2 : 3)).map { _ in
        characters[Int(random.next() % UInt64(characters.count))]
      }.joined()
    }
  }

  private static func services(
    _ corpus: Corpus, _ tables: Tables, _ random: inout SeededGenerator
  ) -> [Service] {
    let sectors = ["ic", "la", "rb", "nm", "bm", "es", "it", "ai"]
    var found: [Service] = []
    for sector in sectors {
      let keys = corpus.registry.keys.filter { $0.sectors.contains(sector) }
        .compactMap { key(of: $0, tables) }
      var nodes = corpus.taxonomy.nodes.filter {
        $0.level == .service && $0.code.hasPrefix(sector + ".")
      }
      nodes.shuffle(using: &random)
      for node in nodes.prefix(found.count < 54 ? 9 : 8) where found.count < 70 {
        let own = keys.shuffled(using: &random).prefix(16)
        found.append(
          Service(
            code: node.code, field: node.parent, sector: sector, keys: Array(own),
            topic: Int(random.next() % 6000)))
      }
    }
    return found.shuffled(using: &random)
  }

  private static func key(of key: SpecKey, _ tables: Tables) -> Key? {
    let terms = tables.terms[key.domain] ?? []
    guard key.kind == .number || key.kind == .flag || terms.count > 1 else { return nil }
    let range = key.plausible ?? 1...1000
    let isLine = key.scale == .interval || range.lowerBound <= 0
    let centre =
      isLine
      ? ((range.lowerBound + range.upperBound) / 2).rounded()
      : (range.lowerBound * range.upperBound).squareRoot()
    // Numbers of a nominal table have few values; they are left to the real catalogue.
    guard key.kind != .number || key.domain != "wafer_size" else { return nil }
    return Key(
      id: key.id, kind: key.kind, direction: key.direction, unit: key.unit, centre: centre,
      isLine: isLine, range: range, terms: terms)
  }

  /// Names that the corpus keeps to itself, read from its files.
  private struct Tables {
    var terms: [String: [String]] = [:]
    var cities: [String] = []

    init(_ folder: String) {
      for (path, first, second) in [("registry/terms", 0, 2), ("registry/ladders", 0, 3)] {
        for row in Tables.rows("\(folder)/\(path)") where row.count > second {
          terms[row[first], default: []].append(row[second])
        }
      }
      for row in Tables.rows("\(folder)/places") where row.count > 3 && row[1] == "city" {
        cities.append(row[3])
      }
    }

    private static func rows(_ folder: String) -> [[String]] {
      Workload.names(in: folder, suffix: ".tsv").flatMap { name in
        String(decoding: Workload.bytes("\(folder)/\(name)"), as: UTF8.self)
          .split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst()
          .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
      }
    }
  }
}

extension SeededGenerator {
  /// 0…99.
  fileprivate var percent: Int {
    mutating get { Int(next() % 100) }
  }
}
