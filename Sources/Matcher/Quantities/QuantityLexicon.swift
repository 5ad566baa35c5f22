/// The words of quantities, as tries over folded text. `Corpus/quantities`.
///
/// A class, so that the scanners that hold it are small; nothing in it changes.
final class QuantityLexicon: Sendable {
  /// What a word may do in the grammar; one word may do several.
  struct Roles: OptionSet, Sendable {
    let rawValue: UInt64

    static let names: [String] = [
      "approximate_before", "approximate_after", "range", "between", "from", "change", "list",
      "and", "times", "plus_minus", "minus", "plus", "filler", "negation", "negation_after",
      "waiver", "tax_included", "tax_excluded", "gauge", "absolute", "open_included",
      "open_excluded", "each", "half", "grade", "objective", "preferred", "acceptable",
      "room_temperature", "same", "document", "before", "named", "after", "currency", "rate",
      "numeral", "multiplier", "within", "touching",
    ]

    init(rawValue: UInt64) { self.rawValue = rawValue }

    init?(name: String) {
      guard let index = Roles.names.firstIndex(of: name) else { return nil }
      rawValue = 1 << UInt64(index)
    }

    static let approximateBefore = Roles(rawValue: 1 << 0)
    static let approximateAfter = Roles(rawValue: 1 << 1)
    static let range = Roles(rawValue: 1 << 2)
    static let between = Roles(rawValue: 1 << 3)
    static let from = Roles(rawValue: 1 << 4)
    static let change = Roles(rawValue: 1 << 5)
    static let list = Roles(rawValue: 1 << 6)
    static let and = Roles(rawValue: 1 << 7)
    static let times = Roles(rawValue: 1 << 8)
    static let plusMinus = Roles(rawValue: 1 << 9)
    static let minus = Roles(rawValue: 1 << 10)
    static let plus = Roles(rawValue: 1 << 11)
    static let filler = Roles(rawValue: 1 << 12)
    static let negation = Roles(rawValue: 1 << 13)
    static let negationAfter = Roles(rawValue: 1 << 14)
    static let waiver = Roles(rawValue: 1 << 15)
    static let taxIncluded = Roles(rawValue: 1 << 16)
    static let taxExcluded = Roles(rawValue: 1 << 17)
    static let gauge = Roles(rawValue: 1 << 18)
    static let absolute = Roles(rawValue: 1 << 19)
    static let openIncluded = Roles(rawValue: 1 << 20)
    static let openExcluded = Roles(rawValue: 1 << 21)
    static let each = Roles(rawValue: 1 << 22)
    static let half = Roles(rawValue: 1 << 23)
    static let grade = Roles(rawValue: 1 << 24)
    static let objective = Roles(rawValue: 1 << 25)
    static let preferred = Roles(rawValue: 1 << 26)
    static let acceptable = Roles(rawValue: 1 << 27)
    static let roomTemperature = Roles(rawValue: 1 << 28)
    static let same = Roles(rawValue: 1 << 29)
    static let document = Roles(rawValue: 1 << 30)
    static let before = Roles(rawValue: 1 << 31)
    static let named = Roles(rawValue: 1 << 32)
    static let after = Roles(rawValue: 1 << 33)
    static let currency = Roles(rawValue: 1 << 34)
    static let rate = Roles(rawValue: 1 << 35)
    static let numeral = Roles(rawValue: 1 << 36)
    static let multiplier = Roles(rawValue: 1 << 37)
    static let within = Roles(rawValue: 1 << 38)
    static let touching = Roles(rawValue: 1 << 39)
  }

  /// Kinds of surroundings, as bits.
  struct Contexts: OptionSet, Sendable {
    let rawValue: UInt64
    init(rawValue: UInt64) { self.rawValue = rawValue }

    static let names: [String] = [
      "wafer", "exact_inch", "temperature", "angle", "electricity", "wire", "tank", "vessel_next",
      "purity", "force", "battery", "pressure", "money", "money_weak", "node", "node_fine",
      "node_coarse", "not_node", "lower_better", "accuracy", "travel", "shock", "wind",
      "radiation", "magnetic", "capacitor", "inductor", "siemens", "concentration", "compute",
      "stack", "rent", "area", "thread_machining", "clean", "hong_kong", "taiwan", "mainland",
      "usd_place", "mesh", "density", "speedy", "cellword", "gmp", "fire_hazard", "iso_class",
      "wind_class", "mlps_class", "fire_class", "readiness",
      "biosafety",
    ]

    static func named(_ name: String) -> Contexts? {
      names.firstIndex(of: name).map { Contexts(rawValue: 1 << UInt64($0)) }
    }

    static let wafer = Contexts(rawValue: 1 << 0)
    static let exactInch = Contexts(rawValue: 1 << 1)
    static let temperature = Contexts(rawValue: 1 << 2)
    static let angle = Contexts(rawValue: 1 << 3)
    static let electricity = Contexts(rawValue: 1 << 4)
    static let wire = Contexts(rawValue: 1 << 5)
    static let tank = Contexts(rawValue: 1 << 6)
    static let vesselNext = Contexts(rawValue: 1 << 7)
    static let purity = Contexts(rawValue: 1 << 8)
    static let force = Contexts(rawValue: 1 << 9)
    static let battery = Contexts(rawValue: 1 << 10)
    static let pressure = Contexts(rawValue: 1 << 11)
    static let money = Contexts(rawValue: 1 << 12)
    static let moneyWeak = Contexts(rawValue: 1 << 13)
    static let node = Contexts(rawValue: 1 << 14)
    static let nodeFine = Contexts(rawValue: 1 << 15)
    static let nodeCoarse = Contexts(rawValue: 1 << 16)
    static let notNode = Contexts(rawValue: 1 << 17)
    static let lowerBetter = Contexts(rawValue: 1 << 18)
    static let accuracy = Contexts(rawValue: 1 << 19)
    static let travel = Contexts(rawValue: 1 << 20)
    static let shock = Contexts(rawValue: 1 << 21)
    static let wind = Contexts(rawValue: 1 << 22)
    static let radiation = Contexts(rawValue: 1 << 23)
    static let magnetic = Contexts(rawValue: 1 << 24)
    static let capacitor = Contexts(rawValue: 1 << 25)
    static let inductor = Contexts(rawValue: 1 << 26)
    static let siemens = Contexts(rawValue: 1 << 27)
    static let concentration = Contexts(rawValue: 1 << 28)
    static let compute = Contexts(rawValue: 1 << 29)
    static let rent = Contexts(rawValue: 1 << 31)
    static let area = Contexts(rawValue: 1 << 32)
    static let threadMachining = Contexts(rawValue: 1 << 33)
    static let clean = Contexts(rawValue: 1 << 34)
    static let hongKong = Contexts(rawValue: 1 << 35)
    static let taiwan = Contexts(rawValue: 1 << 36)
    static let mainland = Contexts(rawValue: 1 << 37)
    static let usdPlace = Contexts(rawValue: 1 << 38)
    static let mesh = Contexts(rawValue: 1 << 39)
    static let density = Contexts(rawValue: 1 << 40)
    static let cellword = Contexts(rawValue: 1 << 42)
    static let gmp = Contexts(rawValue: 1 << 43)
    static let fireHazard = Contexts(rawValue: 1 << 44)
  }

  enum Bound: UInt8, Sendable {
    case low
    case high
    case better
  }

  struct Word: Sendable {
    var roles: Roles = []
    var contexts: Contexts = []
    var bound = Bound.low
    var isInclusive = true
    /// As a bound behind a number, where the word can stand on both sides.
    var afterBound = Bound.low
    var afterInclusive = true
    /// A rate, a currency (index of its unit), or the value of a numeral.
    var number: Double = 0
    var index: Int32 = -1
    /// One ideograph: acts only when it touches what it acts on.
    var isShort = false
  }

  struct Rate: Sendable {
    var per: String
    var basis: WrittenQuantity.Basis?
  }

  /// How one unit may be written.
  struct UnitRow: Sendable {
    var ucum: String
    var tag: UnitTag
    var notBefore: [[UInt32]]
    var measure: UnitAlgebra.Measure
    /// One of these is `factor` of the UCUM unit: Å is 0.1 nm.
    var factor: Double
    /// Whether the UCUM spelling needs parentheses under a stroke.
    var isCompound: Bool
  }

  struct RankRow: Sendable {
    var ladder: Int
    var name: String
    var order: Int
    var context: Contexts
  }

  /// The kinds that the reader asks for again and again.
  struct Kinds: Sendable {
    var none = UnitAlgebra.Dimension()
    var length = UnitAlgebra.Dimension()
    var mass = UnitAlgebra.Dimension()
    var time = UnitAlgebra.Dimension()
    var area = UnitAlgebra.Dimension()
    var volume = UnitAlgebra.Dimension()
    var temperature = UnitAlgebra.Dimension()
    var pressure = UnitAlgebra.Dimension()
    var energy = UnitAlgebra.Dimension()
  }

  struct Ladder: Sendable {
    enum Better: String, Sendable {
      case lower
      case higher
      case order
    }
    var better: Better
    /// Words near which a bare `7级` is of this ladder.
    var keyword: Contexts = []
    /// Classes by the bare text that may follow a class of the same ladder: `5` after `ISO 4 /`.
    var members: [[UInt32]: Int32] = [:]
  }

  enum CalendarRole: String, Sendable {
    case month
    case year
    case monthRelative = "month_relative"
    case weekRelative = "week_relative"
    case quarterRelative = "quarter_relative"
    case halfRelative = "half_relative"
    case dayRelative = "day_relative"
    case quarter
    case half
    case part
    case season
    case yearTurn = "year_turn"
    case until
    case untilBefore = "until_before"
    case since
    case sinceBefore = "since_before"
    case around
    /// How long something takes: a number behind it counts months.
    case lasting
    /// No word of dates, though one of dates may end where it begins: 中试 in 年中试.
    case none
    case era
    case `in`
  }

  struct CalendarWord: Sendable {
    var roles: [(role: CalendarRole, value: String)] = []
    var festival: Int32 = -1
  }

  let algebra: UnitAlgebra
  let kinds: Kinds
  let folding: PhraseFolding
  let words: [Word]
  let wordTrie: FrozenTrie
  let rates: [Rate]
  let units: [UnitRow]
  let signTrie: FrozenTrie
  let unitWordTrie: FrozenTrie
  let ranks: [RankRow]
  let ladders: [Ladder]
  let rankTrie: FrozenTrie
  let calendar: [CalendarWord]
  let calendarTrie: FrozenTrie
  /// Days of each festival, ascending.
  let festivals: [[CivilDate]]
  let names: FrozenTrie
  let references: FrozenTrie
  let standards: FrozenTrie
  /// Scalars behind which a Chinese numeral is part of a word; ends of words.
  let beforeNumeral: Set<[UInt32]>
  let addressWords: Set<UInt32>
  /// By scalar of the basic plane: value of a Chinese digit + 1, 64 + zeros of a unit (十: 65),
  /// or 0. 廿 and 卅 are 32 and 33.
  let numerals: [UInt8]

  /// What may begin with a scalar, so that only that is looked for where it stands.
  struct Leads: OptionSet, Sendable {
    let rawValue: UInt8
    static let word = Leads(rawValue: 1)
    static let rank = Leads(rawValue: 2)
    static let name = Leads(rawValue: 4)
    /// A word before a number that is none, or a standard.
    static let reference = Leads(rawValue: 8)
    static let day = Leads(rawValue: 16)
    /// A numeral, a letter or a sign.
    static let sign = Leads(rawValue: 32)
  }

  /// By scalar of the basic plane.
  private let leads: [Leads]

  init(_ tables: QuantityTables) {
    leads = tables.leads()
    algebra = tables.algebra
    kinds = tables.kinds
    folding = tables.folding
    words = tables.words
    wordTrie = FrozenTrie(tables.wordTrie)
    rates = tables.rates
    units = tables.units
    signTrie = FrozenTrie(tables.signTrie)
    unitWordTrie = FrozenTrie(tables.unitWordTrie)
    ranks = tables.ranks
    ladders = tables.ladders
    rankTrie = FrozenTrie(tables.rankTrie)
    calendar = tables.calendar
    calendarTrie = FrozenTrie(tables.calendarTrie)
    festivals = tables.festivals
    names = FrozenTrie(tables.names)
    references = FrozenTrie(tables.references)
    standards = FrozenTrie(tables.standards)
    beforeNumeral = tables.beforeNumeral
    addressWords = tables.addressWords
    numerals = tables.numerals
  }

  /// What may begin with a scalar; nothing for one of plain text.
  @inline(__always)
  func leads(of scalar: UInt32) -> Leads {
    scalar < 0x10000 ? leads[Int(scalar)] : Leads(rawValue: .max)
  }

  /// Whether a Latin word or number would go on over the end of `phrase`.
  static func breaksWord(_ text: [UInt32], _ start: Int, _ end: Int) -> Bool {
    if isLatin(text[start]), start > 0, isLatin(text[start - 1]) { return true }
    return isLatin(text[end - 1]) && isLatin(text[end])
  }

  @inline(__always)
  static func isLatin(_ scalar: UInt32) -> Bool {
    (scalar | 0x20) >= 0x61 && (scalar | 0x20) <= 0x7A
  }

  @inline(__always)
  static func isDigit(_ scalar: UInt32) -> Bool {
    scalar >= 0x30 && scalar <= 0x39
  }

  @inline(__always)
  static func isIdeograph(_ scalar: UInt32) -> Bool {
    scalar >= 0x3400 && scalar <= 0x9FFF
  }
}
