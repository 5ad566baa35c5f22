import Matcher
import MatcherIndex

/// Service lines as columns: immutable, readable from any thread, in memory or in a mapped file.
///
/// A line is known by its ordinal, its place among the ids in ascending order, so that the smaller
/// ordinal stands first on ties. A **slot** is its place in the blocks; a line has a **row** for
/// each of its envelopes. A **block** is a run of rows whose lines state the same services; its
/// columns of facet numbers are **segments**, left out where nothing is stated and kept as one
/// number where all rows are alike.
public final class LineIndex: Sendable {
  struct Block: BitwiseCopyable {
    let firstRow: UInt32
    let rows: UInt32
    let firstSlot: UInt32
    let slots: UInt32
    let service: UInt32
    let flags: UInt32
    let firstSegment: UInt32
    let segments: UInt32
  }

  struct Segment: BitwiseCopyable {
    static let differs = UInt32.max

    let family: UInt32
    /// The facet of all rows, or `differs`.
    let uniform: UInt32
    /// Where the rows' facets begin.
    let offset: UInt64
  }

  /// A block whose lines are nothing but prose.
  static let prose: UInt8 = 1
  /// A block whose lines say what they do not have.
  static let denies: UInt8 = 2

  public let sections: Sections
  let lineIDs: StringTable
  let platformIDs: StringTable
  let platformOf: Column<UInt32>
  let verified: Column<Int32>
  let outside: Column<UInt8>
  let lineOf: Column<UInt32>
  let slotOfLine: Column<UInt32>
  let slotOf: Column<UInt32>
  let blocks: Column<Block>
  let segments: Column<Segment>
  let facetOf: Column<UInt32>
  let families: [FacetColumns]
  let services: FacetColumns
  let specFirst: Column<UInt32>
  let specs: FacetColumns
  let terms: StringTable
  /// Units as `quantity`, tab, `name`; facets number them from 1.
  let units: StringTable
  let currencies: StringTable
  let regions: StringTable
  let identities: StringTable
  let identityStarts: Column<UInt32>
  let identityLines: Column<UInt32>
  let relation: Column<UInt8>
  let serviceCount: Int
  let text: PostingIndex
  /// The facets of every family, spec keys included.
  private let tables: [FacetTable]
  /// Whose numbers of terms are kept: terms of its own are numbered behind them.
  private let homeTerms: StringTable?
  private let passages = Passages()
  private let segmentPlaces: Column<UInt32>
  /// 1 where a slot's line has any words.
  let hasText: Column<UInt8>

  struct FacetColumns: Sendable {
    let offsets: Column<UInt32>
    let words: Column<UInt64>

    var table: FacetTable {
      FacetTable(offsets: offsets.base, words: words.base, count: offsets.count)
    }

    init(_ sections: Sections, _ name: String) throws(SectionError) {
      offsets = try sections.column("facets.\(name).offsets")
      words = try sections.column("facets.\(name).words")
    }
  }

  /// The lines of a catalogue as columns. O(size of the records); the result depends on the lines
  /// alone.
  ///
  /// - Parameters:
  ///   - lines: in any order; of two with the same id the first is taken.
  ///   - workers: build it together; the bytes are the same for any number.
  public convenience init(_ lines: [ResolvedLine], corpus: Corpus, workers: Workers = .one) {
    self.init(lines, corpus: corpus, after: nil, workers: workers)
  }

  /// The same; what depends on the corpus alone is taken from another index of it.
  convenience init(
    _ lines: [ResolvedLine], corpus: Corpus, after other: LineIndex?, workers: Workers = .one
  ) {
    let sorted = LineIndex.inOrder(lines)
    var builder = IndexBuilder(corpus: corpus, relation: other?.relation)
    let sections = builder.build(sorted, workers: workers)
    do {
      try self.init(opening: sections)
    } catch {
      preconditionFailure("the builder writes every section the reader needs: \(error)")
    }
  }

  /// By id, the first of each. Lines are large: those that stand so already are not moved.
  private static func inOrder(_ lines: [ResolvedLine]) -> [ResolvedLine] {
    if lines.indices.dropFirst().allSatisfy({ lines[$0 - 1].line.id < lines[$0].line.id }) {
      return lines
    }
    var seen: Set<String> = []
    return lines.filter { seen.insert($0.line.id).inserted }.sorted { $0.line.id < $1.line.id }
  }

  /// A few lines as columns whose words are numbered as in another index, so that plans made for
  /// that one serve here; nil when they state a unit or a currency that has no number there.
  ///
  /// Terms that have none are numbered behind the home's. A plan that asks one of them
  /// (`StagePlan.unknown`) must be made for this index.
  convenience init?(_ lines: [ResolvedLine], home: LineIndex, corpus: Corpus) {
    var builder = IndexBuilder(corpus: corpus, home: home)
    let sections = builder.build(lines.sorted { $0.line.id < $1.line.id })
    guard !builder.isBeyondHome else { return nil }
    do {
      try self.init(opening: sections, home: home)
    } catch {
      preconditionFailure("the builder writes every section the reader needs: \(error)")
    }
  }

  /// Opens columns that were built or mapped. O(number of sections).
  public convenience init(opening sections: Sections) throws(SectionError) {
    try self.init(opening: sections, home: nil)
  }

  /// - Parameter home: the index whose numbers these columns keep.
  init(opening sections: Sections, home: LineIndex?) throws(SectionError) {
    self.sections = sections
    homeTerms = home?.terms
    lineIDs = try StringTable(opening: sections, "lines.id")
    platformIDs = try StringTable(opening: sections, "platforms.id")
    platformOf = try sections.column("lines.platform")
    verified = try sections.column("lines.verified")
    outside = try sections.column("lines.outside")
    lineOf = try sections.column("slots.line")
    slotOfLine = try sections.column("lines.slot")
    slotOf = try sections.column("rows.slot")
    blocks = try sections.column("blocks")
    segments = try sections.column("segments")
    facetOf = try sections.column("facets.number")
    var families: [FacetColumns] = []
    for family in Family.allCases where family != .spec {
      families.append(try FacetColumns(sections, "\(family)"))
    }
    self.families = families
    services = try FacetColumns(sections, "service")
    specFirst = try sections.column("facets.spec.first")
    specs = try FacetColumns(sections, "spec")
    terms = try StringTable(opening: sections, "terms")
    units = try StringTable(opening: sections, "units")
    currencies = try StringTable(opening: sections, "currencies")
    regions = try StringTable(opening: sections, "regions")
    identities = try StringTable(opening: sections, "identities.name")
    identityStarts = try sections.column("identities.starts")
    identityLines = try sections.column("identities.lines")
    relation = try sections.column("services.relation")
    var services = 0
    while services * services < relation.count { services += 1 }
    serviceCount = services
    text = try PostingIndex(opening: sections, prefix: "text")
    var tables = families.map(\.table)
    for key in 0..<max(1, specFirst.count) - 1 {
      let (from, to) = (Int(specFirst[key]), Int(specFirst[key + 1]))
      tables.append(
        FacetTable(offsets: specs.offsets.base + from, words: specs.words.base, count: to - from))
    }
    self.tables = tables
    segmentPlaces = LineIndex.places(blocks, segments, families: tables.count)
    hasText = try sections.column("slots.text")
  }

  /// How some asked services stand to the blocks. Kept from one call to the next.
  func passage(_ services: [Int]) -> Passage { passages.passage(services, self) }

  /// The number of a term; `StringTable.absent` when no line states it.
  func term(_ id: String) -> UInt32 {
    guard let homeTerms else { return terms.find(id) }
    let known = homeTerms.find(id)
    guard known == StringTable.absent else { return known }
    let own = terms.find(id)
    return own == StringTable.absent ? own : own + UInt32(homeTerms.count)
  }

  /// Whether some line states a term that the home has no number for.
  func statesOwn(_ ids: [String]) -> Bool {
    terms.count > 0 && ids.contains { terms.find($0) != StringTable.absent }
  }

  /// The number of service lines.
  public var count: Int { lineOf.count }

  /// The number of rows: lines counted once for each of their envelopes.
  public var rows: Int { slotOf.count }

  /// The id of the line of an ordinal.
  public func id(_ line: UInt32) -> String { lineIDs[line] }

  /// The ordinal of the line of an id; nil when there is none. O(log *n*).
  public func line(_ id: String) -> UInt32? {
    let number = lineIDs.find(id)
    return number == StringTable.absent ? nil : number
  }

  /// The id of the platform of a line.
  public func platform(of line: UInt32) -> String { platformIDs[platformOf[Int(line)]] }

  /// The facets of a family; a key newer than the index has only "nothing stated".
  func table(_ family: UInt32) -> FacetTable {
    Int(family) < tables.count ? tables[Int(family)] : tables[0]
  }

  /// The facet of a line in a family that all its rows share.
  func facet(of line: UInt32, _ family: Family) -> UInt32 {
    let (block, row) = place(of: line)
    return facet(row, blocks[block], family.rawValue)
  }

  /// The number of a line's block and the place of its first row in it.
  func place(of line: UInt32) -> (block: Int, row: Int) {
    place(ofSlot: slotOfLine[Int(line)])
  }

  /// The number of a slot's block and the place of its first row in it. O(log blocks + log rows).
  func place(ofSlot slot: UInt32) -> (block: Int, row: Int) {
    var (low, high) = (0, blocks.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if blocks[middle].firstSlot <= slot { low = middle } else { high = middle }
    }
    return (low, firstRow(Int(slot - blocks[low].firstSlot), blocks[low]))
  }

  /// The first row in a block of the slot at a place of it.
  func firstRow(_ place: Int, _ block: Block) -> Int {
    guard block.rows != block.slots else { return place }
    let slots = slotOf.base + Int(block.firstRow)
    let slot = block.firstSlot + UInt32(place)
    // Each slot before has a row at least.
    var (first, last) = (place, Int(block.rows))
    while first < last {
      let middle = (first + last) / 2
      if slots[middle] < slot { first = middle + 1 } else { last = middle }
    }
    return first
  }

  /// The facet of a row of a block.
  func facet(_ row: Int, _ block: Block, _ family: UInt32) -> UInt32 {
    guard let segment = segment(block, family) else { return 0 }
    return segment.uniform == Segment.differs
      ? facetOf.base[Int(segment.offset) + row] : segment.uniform
  }

  /// The column of a family in a block by its number; nil when no line of the block states anything.
  @inline(__always)
  func segment(ofBlock number: Int, _ family: UInt32) -> Segment? {
    guard segmentPlaces.count > 0, Int(family) < tables.count else {
      return segment(blocks.base[number], family)
    }
    let place = segmentPlaces.base[number * tables.count + Int(family)]
    return place == 0 ? nil : segments.base[Int(place) - 1]
  }

  /// The facet of a row of a block by the block's number.
  @inline(__always)
  func facet(_ row: Int, ofBlock number: Int, _ family: UInt32) -> UInt32 {
    guard let segment = segment(ofBlock: number, family) else { return 0 }
    return segment.uniform == Segment.differs
      ? facetOf.base[Int(segment.offset) + row] : segment.uniform
  }

  /// By block and family: the segment's place + 1, or 0; nothing for so many blocks that it would be
  /// larger than the columns.
  private static func places(
    _ blocks: Column<Block>, _ segments: Column<Segment>, families: Int
  ) -> Column<UInt32> {
    guard blocks.count * families <= max(1 << 18, 32 * segments.count) else { return Column() }
    var places = [UInt32](repeating: 0, count: blocks.count * families)
    for (number, block) in blocks.buffer.enumerated() {
      for place in block.firstSegment..<block.firstSegment + block.segments {
        let family = Int(segments[Int(place)].family)
        if family < families { places[number * families + family] = place + 1 }
      }
    }
    return Column(places)
  }

  /// The column of a family in a block; nil when no line of the block states anything.
  func segment(_ block: Block, _ family: UInt32) -> Segment? {
    var (low, high) = (Int(block.firstSegment), Int(block.firstSegment + block.segments))
    while low < high {
      let middle = (low + high) / 2
      if segments.base[middle].family < family { low = middle + 1 } else { high = middle }
    }
    guard low < Int(block.firstSegment + block.segments), segments.base[low].family == family
    else { return nil }
    return segments.base[low]
  }
}

/// How every offered service stands to every asked one, as a matrix.
enum ServiceRelations {
  static let all: [ServiceRelation] = [.none, .broader, .near, .narrower, .same]

  /// Row by asked, column by offered ordinal; values are places in `all`.
  static func matrix(_ taxonomy: Taxonomy) -> [UInt8] {
    let ids = taxonomy.nodes.indices.map { taxonomy.id(at: $0) }
    return ids.flatMap { asked in
      ids.map { offered in
        UInt8(all.firstIndex(of: taxonomy.relation(asked: asked, offered: offered)) ?? 0)
      }
    }
  }
}
