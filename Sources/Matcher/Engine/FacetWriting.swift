import Matcher

/// Turns the parts of a line into facets. Order and width of the words are what the graders read.
struct FacetEncoder {
  private(set) var strings: StringInterner
  private(set) var units: StringInterner
  private(set) var currencies: StringInterner

  /// - Parameter home: an index whose numbers of terms, units and currencies are kept.
  init(home: LineIndex? = nil) {
    strings = StringInterner(base: home?.terms)
    units = StringInterner(base: home?.units)
    currencies = StringInterner(base: home?.currencies)
  }

  /// Whether a unit or a currency has no number in the home index.
  var isBeyondHome: Bool {
    !(units.strings.isEmpty && currencies.strings.isEmpty)
  }

  mutating func term(_ term: TermID) -> UInt64 {
    UInt64(strings.number(term.id))
  }

  /// The numbers of some terms, ascending. They are numbered in the order of their ids, so that the
  /// order of a set, which differs from run to run, leaves no trace.
  private mutating func terms(_ terms: some Sequence<TermID>) -> [UInt64] {
    terms.sorted().map { term($0) }.sorted()
  }

  /// A unit by its kind and name, from 1; 0 is none.
  mutating func unit(_ unit: Units.Unit?) -> UInt64 {
    guard let unit else { return 0 }
    return UInt64(units.number(FacetEncoder.spelling(unit))) + 1
  }

  static func spelling(_ unit: Units.Unit) -> String {
    "\(unit.quantity)\t\(unit.name)"
  }

  /// openness | status | inside (1 yes, 2 no, 0 not known); the opening day.
  func gate(_ line: ResolvedLine) -> FacetWriter {
    var out = FacetWriter()
    let openness = line.line.openness.state.code
    let status = line.line.status.state.code
    let inside: UInt64 = line.isInside.map { $0 ? 1 : 2 } ?? 0
    let from = Day.of(line.line.status.from)
    if openness == Openness.State.unstated.code, status == Status.State.unstated.code,
      inside == 0, from == Day.none
    {
      return out
    }
    out.word(openness | status << 8 | inside << 16)
    out.halves(from, 0)
    return out
  }

  /// complete | count; terms.
  mutating func permitted(_ line: ServiceLine) -> FacetWriter {
    var out = FacetWriter()
    guard let permitted = line.permitted else { return out }
    out.word((permitted.complete ? 1 : 0) | UInt64(permitted.terms.count) << 32)
    for term in terms(permitted.terms) { out.word(term) }
    return out
  }

  /// complete | entries << 8 | denials << 32; per entry scheme | scopes (count + 1, 0 not stated)
  /// << 32, from and until, scopes; then the denied schemes.
  mutating func certificates(_ line: ServiceLine) -> FacetWriter {
    var out = FacetWriter()
    let denied = terms(Set(line.denials.map(\.scheme)))
    guard line.certificatesComplete || !line.certificates.isEmpty || !denied.isEmpty else {
      return out
    }
    out.word(
      (line.certificatesComplete ? 1 : 0) | UInt64(line.certificates.count) << 8
        | UInt64(denied.count) << 32)
    for held in line.certificates {
      let scopes = held.scopes.map { terms($0) }
      out.word(term(held.scheme) | UInt64(scopes.map { $0.count + 1 } ?? 0) << 32)
      out.halves(Day.of(held.validFrom), Day.of(held.validUntil))
      for scope in scopes ?? [] { out.word(scope) }
    }
    for scheme in denied { out.word(scheme) }
    return out
  }

  /// status | hasLead << 8 | working << 9 | hasCalendar << 10 | region << 16 | slots << 32; opening
  /// day and the lead time's last day; lead days and the calendar's last day; per slot from, to,
  /// then places (−1 not said).
  func window(_ line: ResolvedLine, region: UInt64) -> FacetWriter {
    var out = FacetWriter()
    let record = line.line
    var head = record.status.state.code | region << 16
    var days: Int32 = 0
    if case .stated(let lead, _) = record.leadTime {
      head |= 1 << 8 | (lead.working ? 1 << 9 : 0)
      days = Int32(clamping: lead.days)
    }
    var slots: [Slot] = []
    if case .stated(let stated, _) = record.calendar {
      head |= 1 << 10
      slots = stated
    }
    let from = Day.of(record.status.from)
    let leadUntil = Day.of(record.leadTime.provenance?.validUntil)
    let calendarUntil = Day.of(record.calendar.provenance?.validUntil)
    let unstated = Status.State.unstated.code | region << 16
    if head == unstated, from == Day.none, leadUntil == Day.none, calendarUntil == Day.none,
      region == 0
    {
      return out
    }
    out.word(head | UInt64(slots.count) << 32)
    out.halves(from, leadUntil)
    out.halves(days, calendarUntil)
    for slot in slots {
      out.halves(Day.of(slot.from), Day.of(slot.to))
      out.halves(slot.places.map { Int32(clamping: $0) } ?? -1, 0)
    }
    return out
  }

  /// stated | hasLot << 8 | hasLotMaximum << 9 | unit << 32; currency; minimum; the price's and the
  /// lot's last day; the lot's maximum and unit.
  mutating func price(_ line: ServiceLine) -> FacetWriter {
    var out = FacetWriter()
    let lotUntil = Day.of(line.lot.provenance?.validUntil)
    var lot: Lot?
    if case .stated(let stated, _) = line.lot { lot = stated }
    // A lot alone says nothing about a price but when what it says may lapse.
    guard case .stated(let price, let provenance) = line.price else {
      if lot?.maximum != nil, lotUntil != Day.none {
        out.word(1 << 8 | 1 << 9)
        out.word(0)
        out.number(0)
        out.halves(Day.none, lotUntil)
        out.number(0)
        out.word(0)
      }
      return out
    }
    var head = 1 | unit(price.unit) << 32
    if let lot { head |= 1 << 8 | (lot.maximum == nil ? 0 : 1 << 9) }
    out.word(head)
    out.word(UInt64(currencies.number(price.currency)))
    out.number(price.minimum)
    out.halves(Day.of(provenance.validUntil), lot?.maximum == nil ? Day.none : lotUntil)
    out.number(lot?.maximum ?? 0)
    out.word(lot?.maximum == nil ? 0 : unit(lot?.unit))
    return out
  }

  /// hasLot | hasCapacity << 1 | hasMinimum << 2 | hasMaximum << 3 | period << 8; minimum, maximum,
  /// unit; capacity, unit; the lot's and the capacity's last day.
  mutating func lot(_ line: ServiceLine) -> FacetWriter {
    var out = FacetWriter()
    var head: UInt64 = 0
    var (lot, capacity): (Lot?, Capacity?) = (nil, nil)
    if case .stated(let stated, _) = line.lot { lot = stated }
    if case .stated(let stated, _) = line.capacity { capacity = stated }
    guard lot != nil || capacity != nil else { return out }
    if let lot {
      head |= 1 | (lot.minimum == nil ? 0 : 1 << 2) | (lot.maximum == nil ? 0 : 1 << 3)
    }
    if let capacity {
      let period: UInt64 =
        switch capacity.period {
        case .batch: 0
        case .month: 1
        case .year: 2
        }
      head |= 1 << 1 | period << 8
    }
    out.word(head)
    out.number(lot?.minimum ?? 0)
    out.number(lot?.maximum ?? 0)
    out.word(unit(lot?.unit))
    out.number(capacity?.value ?? 0)
    out.word(unit(capacity?.unit))
    out.halves(
      lot == nil ? Day.none : Day.of(line.lot.provenance?.validUntil),
      capacity == nil ? Day.none : Day.of(line.capacity.provenance?.validUntil))
    return out
  }

  /// place (ordinal + 1) | hasPoint << 32; latitude; longitude.
  func place(_ line: ServiceLine) -> FacetWriter {
    var out = FacetWriter()
    guard line.site.place != nil || line.site.coordinate != nil else { return out }
    let ordinal = line.site.place.map { UInt64(UInt32(bitPattern: $0.ordinal)) + 1 } ?? 0
    out.word(ordinal | (line.site.coordinate == nil ? 0 : 1 << 32))
    out.number(line.site.coordinate?.latitude ?? 0)
    out.number(line.site.coordinate?.longitude ?? 0)
    return out
  }

  /// keys | terms << 32; denied keys, ascending; denied terms, ascending.
  mutating func denials(_ line: ServiceLine) -> FacetWriter {
    var out = FacetWriter()
    guard !line.denials.isEmpty else { return out }
    let keys = Set(
      line.denials.compactMap { $0.key.map { UInt64(UInt32(bitPattern: $0.ordinal)) } })
    let terms = terms(Set(line.denials.flatMap(\.terms)))
    out.word(UInt64(keys.count) | UInt64(terms.count) << 32)
    for key in keys.sorted() { out.word(key) }
    for term in terms { out.word(term) }
    return out
  }

  /// The number of statements; per statement claim | value << 4 | complete << 8 | inferred << 9 |
  /// clause << 10 | last day << 32, then the value of a stated one: lower and upper (NaN: not
  /// stated), or a count with numbers, or with terms ascending, or a rank, or a flag.
  mutating func spec(_ specs: [Spec]) -> FacetWriter {
    var out = FacetWriter()
    guard !specs.isEmpty else { return out }
    out.word(UInt64(specs.count))
    for spec in specs { write(spec, to: &out) }
    return out
  }

  private mutating func write(_ spec: Spec, to out: inout FacetWriter) {
    switch spec.claim {
    case .unknown: out.word(SpecWord.unknown.rawValue)
    case .notApplicable, .denied: out.word(SpecWord.denied.rawValue)
    case .stated(let value, let provenance):
      var head = SpecWord.stated.rawValue | (spec.complete ? 1 << 8 : 0)
      if provenance.inferred {
        head |= 1 << 9 | (SpecCriterion.isClause(provenance.quote) ? 1 << 10 : 0)
      }
      head |= UInt64(UInt32(bitPattern: Day.of(provenance.validUntil))) << 32
      switch value {
      case .interval(let lower, let upper):
        out.word(head | SpecValue.interval.rawValue << 4)
        out.number(lower ?? .nan)
        out.number(upper ?? .nan)
      case .numbers(let numbers):
        out.word(head | SpecValue.numbers.rawValue << 4)
        out.word(UInt64(numbers.count))
        for number in numbers { out.number(number) }
      case .terms(_, let covered):
        out.word(head | SpecValue.terms.rawValue << 4)
        out.word(UInt64(covered.count))
        for term in terms(covered) { out.word(term) }
      case .rank(let rank):
        out.word(head | SpecValue.rank.rawValue << 4)
        out.word(UInt64(bitPattern: Int64(rank)))
      case .flag(let flag):
        out.word(head | SpecValue.flag.rawValue << 4)
        out.word(flag ? 1 : 0)
      }
    }
  }
}

/// What a statement about a spec is.
enum SpecWord: UInt64 {
  case unknown
  case denied
  case stated
}

/// What a stated spec's value is.
enum SpecValue: UInt64 {
  case interval
  case numbers
  case terms
  case rank
  case flag
}
