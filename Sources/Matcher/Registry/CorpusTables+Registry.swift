extension CorpusTables {
  mutating func loadSectors(_ files: Files) {
    for row in rows("registry/sectors.tsv", in: files, required: ["sector", "zh-Hans"]) {
      sectors.append((row["sector"], row.name))
    }
  }

  mutating func loadUnits(_ files: Files) {
    for row in rows("registry/units/", in: files, required: ["unit", "quantity", "factor"]) {
      let table = nominalTable(row)
      guard let factor = table.isEmpty ? row.number("factor") : 1, factor != 0 else {
        refuse(row, "factor", expected: "a number that is not 0, or a nominal table")
        continue
      }
      let offset = row["offset"].isEmpty ? 0 : row.number("offset")
      guard let offset else {
        refuse(row, "offset", expected: "a number or nothing")
        continue
      }
      registry.units.add(
        Units.Unit(
          name: row["unit"], quantity: row["quantity"], factor: factor, offset: offset, table: table
        ),
        aliases: row.list("aliases"))
    }
  }

  private func nominalTable(_ row: TSVTable.Row) -> [Double: Double] {
    var table: [Double: Double] = [:]
    for pair in row.list("table") {
      let sides = pair.split(separator: "=")
      if sides.count == 2, let from = Double(sides[0]), let to = Double(sides[1]) {
        table[from] = to
      }
    }
    return table
  }

  mutating func loadLadders(_ files: Files) {
    for row in rows("registry/ladders/", in: files, required: ["ladder", "rank", "term"]) {
      guard let rank = Int(row["rank"]) else {
        refuse(row, "rank", expected: "a whole number")
        continue
      }
      registry.ladders[row["ladder"], default: Ladder()].add(
        rank: rank, id: row["term"], name: row.name, aliases: row.list("aliases"), fold: folding)
    }
  }

  mutating func loadTerms(_ files: Files) {
    for row in rows("registry/terms/", in: files, required: ["vocabulary", "term", "zh-Hans"]) {
      registry.vocabularies[row["vocabulary"], default: Vocabulary()].add(
        row["term"], name: row.name, aliases: row.list("aliases"), parents: row.list("parents"),
        fold: folding)
    }
  }

  mutating func loadKeys(_ files: Files) {
    let required = [
      "key", "sectors", "kind", "scale", "direction", "zh-Hans", "zh-Hant", "en", "source",
    ]
    for row in rows("registry/keys/", in: files, required: required) {
      guard let key = specKey(row) else { continue }
      if registry.add(key, fold: folding) == nil {
        refuse(row, "key", expected: "a key that no other row has")
      }
    }
  }

  private mutating func specKey(_ row: TSVTable.Row) -> SpecKey? {
    guard let kind = SpecKey.Kind(rawValue: row["kind"]) else {
      refuse(row, "kind", expected: "number, ordinal, terms or flag")
      return nil
    }
    guard let scale = SpecKey.Scale(rawValue: row["scale"]) else {
      refuse(row, "scale", expected: "ratio, log, interval, step or set")
      return nil
    }
    let stated = kind == .flag && row["direction"].isEmpty ? "equal" : row["direction"]
    guard let direction = SpecKey.Direction(rawValue: stated) else {
      refuse(row, "direction", expected: "at_least, at_most, cover, overlap, one_of or all_of")
      return nil
    }
    guard domainExists(row, kind) else { return nil }
    let tolerance = row["tolerance"].isEmpty ? 1 : row.number("tolerance") ?? 0
    guard tolerance > 0 else {
      refuse(row, "tolerance", expected: "a number above 0")
      return nil
    }
    let span = row.number("span") ?? 0
    if scale == .interval, span <= 0 {
      refuse(row, "span", expected: "a reference span above 0 for an interval scale")
      return nil
    }
    return SpecKey(
      id: row["key"], sectors: row.list("sectors"), kind: kind, domain: row["quantity"],
      unit: row["unit"], scale: scale, direction: direction, tolerance: tolerance, span: span,
      weight: min(10, max(1, Int(row["weight"]) ?? 5)), plausible: plausible(row),
      name: row.name, aliases: row.list("aliases"), source: row["source"], note: row["note"])
  }

  private func plausible(_ row: TSVTable.Row) -> ClosedRange<Double>? {
    guard let low = row.number("min"), let high = row.number("max"), low <= high else { return nil }
    return low...high
  }

  private mutating func domainExists(_ row: TSVTable.Row, _ kind: SpecKey.Kind) -> Bool {
    let domain = row["quantity"]
    switch kind {
    case .flag: return true
    case .ordinal where registry.ladders[domain] == nil:
      refuse(row, "quantity", expected: "a ladder of registry/ladders")
    case .terms where registry.vocabularies[domain] == nil:
      refuse(row, "quantity", expected: "a vocabulary of registry/terms")
    case .number where registry.units.unit(row["unit"], of: domain) == nil:
      refuse(
        row, "unit", expected: "a unit of the quantity '\(domain)'",
        hint: "add it to registry/units")
    default: return true
    }
    return false
  }
}
