import Matcher
import MatcherIndex

/// Lines → columns. Everything that a scan reads is numbered here.
///
/// Lines are put in blocks of equal service, and rows in a block follow the lines' ids; a line has
/// a row for each envelope. The result depends on the lines alone, not on their order.
struct IndexBuilder {
  private let corpus: Corpus
  /// The relations of services as another index has them; nil to work them out.
  private let relation: Column<UInt8>?
  private var encoder: FacetEncoder
  private var sectors = StringInterner()
  private var families: [FacetInterner]
  private var specs: [Int32: FacetInterner] = [:]
  private var services = FacetInterner()
  private var regions: [String]

  /// - Parameter home: an index whose numbers of terms, units and currencies are kept, so that plans
  ///   made for it serve the new one.
  init(corpus: Corpus, home: LineIndex? = nil, relation: Column<UInt8>? = nil) {
    self.corpus = corpus
    self.relation = relation ?? home?.relation
    encoder = FacetEncoder(home: home)
    families = Array(repeating: FacetInterner(), count: Int(Family.spec.rawValue))
    regions = ["cn"] + corpus.calendars.keys.filter { $0 != "cn" }.sorted()
  }

  /// A line with the numbers of its facets.
  private struct Entry {
    let ordinal: UInt32
    /// What its block is known by: services, then what makes a block be read another way.
    let block: [UInt64]
    let service: UInt32
    let flags: UInt8
    /// By family, the spec keys left out.
    let facets: [UInt32]
    /// A row for each envelope: (family, facet), ascending.
    let rows: [[(UInt32, UInt32)]]
  }

  /// Whether lines stated a unit or a currency that has no number in the home index.
  var isBeyondHome: Bool { encoder.isBeyondHome }

  /// The sections of an index.
  ///
  /// - Parameters:
  ///   - lines: by id, each once.
  ///   - workers: facets are numbered while words are counted; the bytes are the same.
  mutating func build(_ lines: [ResolvedLine], workers: Workers = .one) -> Sections {
    let keys = lines.map { blockKey($0) }
    let order = lines.indices.sorted {
      keys[$0] == keys[$1] ? $0 < $1 : keys[$0].lexicographicallyPrecedes(keys[$1])
    }
    let builder = self
    let (text, (numbered, entries)) = workers.both(
      { IndexBuilder.words(lines, order, workers) }, { builder.numbered(lines, order, keys) })
    self = numbered
    var sections = Sections()
    store(lines, entries, text, into: &sections)
    storeRows(entries, into: &sections)
    storeFacets(into: &sections)
    return sections
  }

  /// The builder with all facets numbered in the order of the rows, so that a scan reads their words in
  /// order.
  private func numbered(
    _ lines: [ResolvedLine], _ order: [Int], _ keys: [[UInt64]]
  ) -> (IndexBuilder, [Entry]) {
    var builder = self
    let entries = order.map { builder.entry(UInt32($0), lines[$0], keys[$0]) }
    return (builder, entries)
  }

  /// The words of the lines in the order of their slots.
  private static func words(
    _ lines: [ResolvedLine], _ order: [Int], _ workers: Workers
  ) -> PostingIndex {
    let words = PostingPart()
    for line in order {
      let text = lines[line].text
      words.add(text.terms, impacts: text.impacts)
    }
    do {
      return try PostingIndex([words], workers: workers)
    } catch {
      preconditionFailure("lines are fewer than a posting index holds: \(error)")
    }
  }

  /// What a line's block is known by: its services, then what makes a block be read another way.
  private mutating func blockKey(_ line: ResolvedLine) -> [UInt64] {
    let record = line.line
    let own = record.services.map { UInt64(UInt32(bitPattern: $0.ordinal)) }.sorted()
    let broad = record.broadServices.map { UInt64(UInt32(bitPattern: $0.ordinal)) }.sorted()
    // Lines without a service are of all sectors: kept apart, their keys stay few in a block.
    let sector = line.platform.sectors.first.map { UInt64(sectors.number($0)) + 1 } ?? 0
    return own + [.max] + broad + [.max, UInt64(IndexBuilder.flags(record)), sector]
  }

  private static func flags(_ line: ServiceLine) -> UInt8 {
    (line.isProse ? LineIndex.prose : 0) | (line.denials.isEmpty ? 0 : LineIndex.denies)
  }

  private mutating func entry(
    _ ordinal: UInt32, _ line: ResolvedLine, _ block: [UInt64]
  ) -> Entry {
    let record = line.line
    var facets = [UInt32](repeating: 0, count: families.count)
    func set(_ family: Family, _ facet: FacetWriter) {
      facets[Int(family.rawValue)] = families[Int(family.rawValue)].number(facet)
    }
    let region = UInt64(regions.firstIndex(of: line.region) ?? 0)
    set(.gate, encoder.gate(line))
    set(.permitted, encoder.permitted(record))
    set(.certificate, encoder.certificates(record))
    set(.window, encoder.window(line, region: region))
    set(.price, encoder.price(record))
    set(.lot, encoder.lot(record))
    set(.place, encoder.place(record))
    set(.denial, encoder.denials(record))
    var service = FacetWriter()
    let own = record.services.map { UInt64(UInt32(bitPattern: $0.ordinal)) }.sorted()
    let broad = record.broadServices.map { UInt64(UInt32(bitPattern: $0.ordinal)) }.sorted()
    if !own.isEmpty || !broad.isEmpty || record.isProse {
      service.word(UInt64(own.count) | UInt64(broad.count) << 32)
      for id in own + broad { service.word(id) }
    }
    return Entry(
      ordinal: ordinal, block: block, service: services.number(service),
      flags: IndexBuilder.flags(record), facets: facets, rows: rows(of: record))
  }

  /// The facets of each envelope's specs: the envelope's own statements of a key, else those
  /// outside all envelopes.
  private mutating func rows(of line: ServiceLine) -> [[(UInt32, UInt32)]] {
    let envelopes: [Envelope?] = line.envelopes.isEmpty ? [nil] : line.envelopes
    return envelopes.map { envelope in
      let own = envelope?.specs ?? []
      let keys = Set((own + line.specs).map(\.key)).sorted()
      return keys.map { key in
        let inside = own.filter { $0.key == key }
        let stated = inside.isEmpty ? line.specs.filter { $0.key == key } : inside
        let facet = encoder.spec(stated)
        return (
          Family.spec(key.ordinal), specs[key.ordinal, default: FacetInterner()].number(facet)
        )
      }
    }
  }

  // MARK: Lines

  private func store(
    _ lines: [ResolvedLine], _ entries: [Entry], _ text: PostingIndex,
    into sections: inout Sections
  ) {
    var platforms = StringInterner()
    var ids = StringInterner()
    var platformOf: [UInt32] = []
    for line in lines {
      _ = ids.number(line.line.id)
      platformOf.append(platforms.number(line.platform.id))
    }
    platforms.store(into: &sections, "platforms.id")
    ids.store(into: &sections, "lines.id")
    sections.add("lines.platform", platformOf)
    sections.add("lines.verified", lines.map { Day.of($0.line.provenance.verifiedAt) })
    sections.add("lines.outside", lines.map { UInt8($0.isInside == false ? 1 : 0) })
    sections.add("slots.line", entries.map(\.ordinal))
    var slots = [UInt32](repeating: 0, count: entries.count)
    for (slot, entry) in entries.enumerated() { slots[Int(entry.ordinal)] = UInt32(slot) }
    sections.add("lines.slot", slots)
    storeIdentities(lines, into: &sections)
    text.store(into: &sections, prefix: "text")
    sections.add(
      "slots.text", entries.map { UInt8(lines[Int($0.ordinal)].text.isEmpty ? 0 : 1) })
  }

  /// Names and ids by which a demand may exclude a line: each with its lines, ascending.
  private func storeIdentities(_ lines: [ResolvedLine], into sections: inout Sections) {
    var names = StringInterner()
    var holders: [[UInt32]] = []
    for (ordinal, line) in lines.enumerated() {
      for identity in Set(line.identities).sorted() {
        let number = Int(names.number(identity))
        if number == holders.count { holders.append([]) }
        holders[number].append(UInt32(ordinal))
      }
    }
    names.store(into: &sections, "identities.name")
    var starts: [UInt32] = [0]
    for holder in holders { starts.append((starts.last ?? 0) + UInt32(holder.count)) }
    sections.add("identities.starts", starts)
    sections.add("identities.lines", holders.flatMap { $0 })
  }

  // MARK: Rows

  private func storeRows(_ entries: [Entry], into sections: inout Sections) {
    var blocks: [LineIndex.Block] = []
    var segments: [LineIndex.Segment] = []
    var ids: [UInt32] = []
    var slotOf: [UInt32] = []
    var first = 0
    while first < entries.count {
      var last = first
      while last < entries.count, entries[last].block == entries[first].block { last += 1 }
      let members = entries[first..<last]
      let firstRow = slotOf.count
      for (slot, entry) in zip(first..., members) {
        for _ in entry.rows { slotOf.append(UInt32(slot)) }
      }
      let start = segments.count
      for column in columns(members) {
        if let same = column.facets.first, column.facets.allSatisfy({ $0 == same }) {
          guard same != 0 else { continue }
          segments.append(LineIndex.Segment(family: column.family, uniform: same, offset: 0))
        } else {
          segments.append(
            LineIndex.Segment(
              family: column.family, uniform: LineIndex.Segment.differs, offset: UInt64(ids.count)))
          ids += column.facets
        }
      }
      blocks.append(
        LineIndex.Block(
          firstRow: UInt32(firstRow), rows: UInt32(slotOf.count - firstRow),
          firstSlot: UInt32(first), slots: UInt32(last - first),
          service: entries[first].service, flags: UInt32(entries[first].flags),
          firstSegment: UInt32(start), segments: UInt32(segments.count - start)))
      first = last
    }
    sections.add("rows.slot", slotOf)
    sections.add("blocks", blocks)
    sections.add("segments", segments)
    sections.add("facets.number", ids)
  }

  /// The facets of a block's rows, by family.
  private func columns(
    _ members: ArraySlice<Entry>
  ) -> [(family: UInt32, facets: [UInt32])] {
    let rows = members.reduce(0) { $0 + $1.rows.count }
    var out: [(UInt32, [UInt32])] = []
    for family in 0..<Int(Family.spec.rawValue) {
      var facets: [UInt32] = []
      facets.reserveCapacity(rows)
      for entry in members { for _ in entry.rows { facets.append(entry.facets[family]) } }
      out.append((UInt32(family), facets))
    }
    var specs: [UInt32: [UInt32]] = [:]
    var row = 0
    for entry in members {
      for stated in entry.rows {
        for (family, facet) in stated {
          specs[family, default: Array(repeating: 0, count: rows)][row] = facet
        }
        row += 1
      }
    }
    return out + specs.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  // MARK: Facets

  private func storeFacets(into sections: inout Sections) {
    for family in Family.allCases where family != .spec {
      let interner = families[Int(family.rawValue)]
      sections.add("facets.\(family).offsets", interner.offsets)
      sections.add("facets.\(family).words", interner.words + [0])
    }
    sections.add("facets.service.offsets", services.offsets)
    sections.add("facets.service.words", services.words + [0])
    var first: [UInt32] = []
    var offsets: [UInt32] = []
    var words: [UInt64] = []
    let keys = corpus.registry.keys.count
    for key in 0..<Int32(keys) {
      first.append(UInt32(offsets.count))
      let interner = specs[key] ?? FacetInterner()
      offsets += interner.offsets.map { $0 + UInt32(words.count) }
      words += interner.words
    }
    first.append(UInt32(offsets.count))
    sections.add("facets.spec.first", first)
    sections.add("facets.spec.offsets", offsets)
    sections.add("facets.spec.words", words + [0])
    encoder.strings.store(into: &sections, "terms")
    encoder.units.store(into: &sections, "units")
    encoder.currencies.store(into: &sections, "currencies")
    var names = StringInterner()
    for region in regions { _ = names.number(region) }
    names.store(into: &sections, "regions")
    sections.add("services.relation", relation ?? Column(ServiceRelations.matrix(corpus.taxonomy)))
  }
}
