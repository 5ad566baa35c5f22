extension CorpusTables {
  mutating func loadQuantities(_ files: Files) {
    quantityTables.folding = PhraseFolding(scripts: folding.scripts)
    loadAtoms(files)
    loadUnitWords(files)
    loadNumerals(files)
    loadQuantityWords(files)
    loadRates(files)
    loadRanks(files)
    loadCalendarWords(files)
    loadNames(files)
    quantityTables.freeze()
    quantities = QuantityLexicon(quantityTables)
    quantityTables = QuantityTables()
  }

  private mutating func loadAtoms(_ files: Files) {
    for row in rows("quantities/prefixes.tsv", in: files, required: ["prefix", "factor"]) {
      guard let factor = row.number("factor") else {
        refuse(row, "factor", expected: "a number")
        continue
      }
      quantityTables.algebra.add(prefix: row["prefix"], factor: factor)
    }
    for row in rows("quantities/atoms.tsv", in: files, required: ["atom", "factor", "dimension"]) {
      guard let factor = row.number("factor"), factor > 0 else {
        refuse(row, "factor", expected: "a number above 0")
        continue
      }
      let isAdded = quantityTables.algebra.add(
        atom: row["atom"], factor: factor, offset: row.number("offset") ?? 0,
        dimension: row["dimension"], takesPrefixes: row["prefixes"] == "yes")
      if !isAdded {
        refuse(row, "atom", expected: "an atom that no other row has, and a dimension")
      }
    }
  }

  private mutating func loadUnitWords(_ files: Files) {
    var prefixes: [String: (signs: [String], words: [String])] = [:]
    for row in rows("quantities/prefixes.tsv", in: files, required: ["prefix", "signs", "words"]) {
      prefixes[row["prefix"]] = (row.list("signs"), row.list("words"))
    }
    for row in rows("quantities/units.tsv", in: files, required: ["unit", "signs", "words"]) {
      addUnit(row, ucum: row["unit"], signs: row.list("signs"), words: row.list("words"))
      let hasPowers = row["powers"] == "yes"
      if hasPowers { addPowers(row, ucum: row["unit"], words: row.list("words")) }
      for name in row.list("prefixes") {
        guard let prefix = prefixes[name] else {
          refuse(row, "prefixes", expected: "prefixes of quantities/prefixes.tsv")
          continue
        }
        let words = row.list("words").flatMap { word in prefix.words.map { $0 + word } }
        let ucum = CorpusTables.prefixed(name, row["unit"])
        let signs = row.list("signs").flatMap { sign in prefix.signs.map { $0 + sign } }
        addUnit(row, ucum: ucum, signs: signs, words: words)
        if hasPowers { addPowers(row, ucum: ucum, words: words) }
      }
    }
  }

  /// `W.h` under k is `kW.h`.
  private static func prefixed(_ prefix: String, _ unit: String) -> String {
    unit.hasPrefix("{") ? unit : prefix + unit
  }

  private mutating func addPowers(_ row: TSVTable.Row, ucum: String, words: [String]) {
    for (power, names) in [(2, ["平方", "square ", "sq ", "sq. "]), (3, ["立方", "cubic ", "cu "])] {
      addUnit(
        row, ucum: "\(ucum)\(power)", signs: [],
        words: words.flatMap { word in names.map { $0 + word } })
    }
  }

  private mutating func addUnit(
    _ row: TSVTable.Row, ucum: String, signs: [String], words: [String]
  ) {
    guard let tag = UnitTag(rawValue: row["tag"]) else {
      refuse(row, "tag", expected: "a tag of the units of quantities, or nothing")
      return
    }
    guard let measure = quantityTables.algebra.measure(ucum) else {
      refuse(row, "unit", expected: "a unit made of the atoms of quantities/atoms.tsv")
      return
    }
    let isPrefixUnit =
      quantityTables.algebra.isCurrency(measure.dimension)
      || row["tag"] == UnitTag.prefixUnit.rawValue
    let index = Int32(quantityTables.units.count)
    quantityTables.units.append(
      QuantityLexicon.UnitRow(
        ucum: ucum, tag: tag, notBefore: row.list("not_before").map { quantityTables.fold($0) },
        measure: measure, factor: row.number("factor") ?? 1,
        isCompound: ucum.utf8.contains { [0x2E, 0x2F].contains($0) }))
    for sign in signs {
      let folded = quantityTables.folding.fold(sign)
      if quantityTables.signTrie.value(of: folded) == nil {
        quantityTables.signTrie.insert(folded, value: index)
      }
    }
    for word in words {
      let folded = quantityTables.fold(word)
      if quantityTables.unitWordTrie.value(of: folded) == nil {
        quantityTables.unitWordTrie.insert(folded, value: index)
      }
      if isPrefixUnit {
        quantityTables.addWord(folded) {
          $0.roles.insert(.currency)
          $0.index = index
        }
      }
    }
    if isPrefixUnit {
      for sign in signs {
        quantityTables.addWord(quantityTables.fold(sign)) {
          $0.roles.insert(.currency)
          $0.index = index
        }
      }
    }
  }

  private mutating func loadNumerals(_ files: Files) {
    quantityTables.numerals = Array(repeating: 0, count: 0x10000)
    for row in rows("quantities/numerals.tsv", in: files, required: ["role", "value", "words"]) {
      guard let value = row.number("value"), value >= 0 else {
        refuse(row, "value", expected: "a number from 0")
        continue
      }
      for word in row.list("words") {
        let folded = quantityTables.fold(word)
        switch row["role"] {
        case "word", "multiplier":
          quantityTables.addWord(folded) {
            $0.roles.insert(row["role"] == "word" ? .numeral : .multiplier)
            $0.number = value
          }
        default:
          guard folded.count == 1, let scalar = folded.first, scalar < 0x10000 else { continue }
          quantityTables.numerals[Int(scalar)] = CorpusTables.numeralCode(row["role"], value)
        }
      }
    }
  }

  private static func numeralCode(_ role: String, _ value: Double) -> UInt8 {
    switch role {
    case "digit": UInt8(value) + 1
    case "tens": value == 20 ? 32 : 33
    default: 64 + UInt8(String(Int(value)).utf8.count - 1)
    }
  }

  private mutating func loadQuantityWords(_ files: Files) {
    for row in rows("quantities/words.tsv", in: files, required: ["role", "words"]) {
      guard let role = QuantityLexicon.Roles(name: row["role"]) else {
        refuse(row, "role", expected: "a role of the grammar of quantities")
        continue
      }
      for word in row.list("words") {
        quantityTables.addWord(quantityTables.fold(word)) { $0.roles.insert(role) }
      }
    }
    for row in rows(
      "quantities/comparators.tsv", in: files, required: ["place", "bound", "inclusive", "words"])
    {
      let bounds = ["low": QuantityLexicon.Bound.low, "high": .high, "better": .better]
      guard let role = QuantityLexicon.Roles(name: row["place"]), let bound = bounds[row["bound"]]
      else {
        refuse(row, "place", expected: "before, after or named; and low, high or better")
        continue
      }
      let isInclusive = row["inclusive"] == "yes"
      for word in row.list("words") {
        quantityTables.addWord(quantityTables.fold(word)) {
          $0.roles.insert(role)
          if role == .after {
            ($0.afterBound, $0.afterInclusive) = (bound, isInclusive)
          } else {
            ($0.bound, $0.isInclusive) = (bound, isInclusive)
          }
        }
      }
    }
    for row in rows("quantities/contexts.tsv", in: files, required: ["context", "words"]) {
      guard let context = QuantityLexicon.Contexts.named(row["context"]) else {
        refuse(row, "context", expected: "a context that the reader of quantities knows")
        continue
      }
      for word in row.list("words") {
        quantityTables.addWord(quantityTables.fold(word)) { $0.contexts.insert(context) }
      }
    }
  }

  private mutating func loadRates(_ files: Files) {
    for row in rows("quantities/rates.tsv", in: files, required: ["per", "basis", "words"]) {
      let basis = WrittenQuantity.Basis(rawValue: row["basis"])
      guard row["basis"].isEmpty || basis != nil else {
        refuse(row, "basis", expected: "per_batch, per_year, per_month or nothing")
        continue
      }
      let index = Int32(quantityTables.rates.count)
      quantityTables.rates.append(QuantityLexicon.Rate(per: row["per"], basis: basis))
      for word in row.list("words") {
        quantityTables.addWord(quantityTables.fold(word)) {
          $0.roles.insert(.rate)
          $0.index = index
        }
      }
    }
  }

  private mutating func loadRanks(_ files: Files) {
    var ladders: [String: Int] = [:]
    for row in rows("quantities/ladders.tsv", in: files, required: ["ladder", "class", "words"]) {
      guard let better = QuantityLexicon.Ladder.Better(rawValue: row["better"]) else {
        refuse(row, "better", expected: "lower, higher or order")
        continue
      }
      var context: QuantityLexicon.Contexts = []
      if !row["context"].isEmpty {
        guard let known = QuantityLexicon.Contexts.named(row["context"]) else {
          refuse(row, "context", expected: "a context that the reader of quantities knows")
          continue
        }
        context = known
      }
      let ladder = ladders[row["ladder"]] ?? quantityTables.ladders.count
      if ladder == quantityTables.ladders.count {
        quantityTables.ladders.append(QuantityLexicon.Ladder(better: better))
        quantityTables.ladders[ladder].keyword =
          QuantityLexicon.Contexts.named(row["keyword"]) ?? []
        ladders[row["ladder"]] = ladder
      }
      for member in CorpusTables.members(row["range"]) {
        quantityTables.addRank(row, member, ladder: ladder, context: context)
      }
    }
  }

  /// `1-9`, `A-D`, or one row without a member.
  private static func members(_ range: String) -> [String?] {
    let ends = range.split(separator: "-")
    guard ends.count == 2 else { return [nil] }
    if let low = Int(ends[0]), let high = Int(ends[1]), low <= high {
      return (low...high).map { String($0) }
    }
    guard let low = ends[0].unicodeScalars.first, let high = ends[1].unicodeScalars.first,
      low.value <= high.value
    else { return [nil] }
    return (low.value...high.value).compactMap { Unicode.Scalar($0).map { String($0) } }
  }

  private mutating func loadCalendarWords(_ files: Files) {
    for row in rows("quantities/calendar.tsv", in: files, required: ["role", "value", "words"]) {
      guard let role = QuantityLexicon.CalendarRole(rawValue: row["role"]) else {
        refuse(row, "role", expected: "a role of dates")
        continue
      }
      for word in row.list("words") {
        quantityTables.addCalendar(quantityTables.fold(word)) {
          $0.roles.append((role, row["value"]))
        }
      }
    }
    var festivals: [String: Int32] = [:]
    for row in rows("quantities/festivals.tsv", in: files, required: ["festival", "date", "words"])
    {
      guard let date = CivilDate(iso: row["date"]) else {
        refuse(row, "date", expected: "a day as YYYY-MM-DD")
        continue
      }
      let index = festivals[row["festival"]] ?? Int32(quantityTables.festivals.count)
      if index == Int32(quantityTables.festivals.count) {
        quantityTables.festivals.append([])
        festivals[row["festival"]] = index
        for word in row.list("words") {
          quantityTables.addCalendar(quantityTables.fold(word)) { $0.festival = index }
        }
      }
      quantityTables.festivals[Int(index)].append(date)
    }
  }

  private mutating func loadNames(_ files: Files) {
    for row in rows("quantities/names.tsv", in: files, required: ["kind", "words"]) {
      for word in row.list("words") {
        let folded = quantityTables.fold(word)
        switch row["kind"] {
        case "reference": quantityTables.references.insert(folded, value: 0)
        case "standard": quantityTables.standards.insert(folded, value: 0)
        case "before_numeral": quantityTables.beforeNumeral.insert(folded)
        case "address": quantityTables.addressWords.formUnion(folded)
        default: quantityTables.names.insert(quantityTables.folding.fold(word), value: 0)
        }
      }
    }
  }
}

extension QuantityTables {
  /// Folded with small letters, as all tries but the one of signs.
  func fold(_ phrase: String) -> [UInt32] {
    folding.fold(phrase).map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
  }

  mutating func addWord(_ phrase: [UInt32], _ change: (inout Word) -> Void) {
    guard !phrase.isEmpty else { return }
    if let index = wordTrie.value(of: phrase) {
      change(&words[Int(index)])
      return
    }
    var word = Word()
    word.isShort = phrase.count == 1 && QuantityLexicon.isIdeograph(phrase[0])
    change(&word)
    wordTrie.insert(phrase, value: Int32(words.count))
    words.append(word)
  }

  mutating func addCalendar(_ phrase: [UInt32], _ change: (inout CalendarWord) -> Void) {
    if let index = calendarTrie.value(of: phrase) {
      change(&calendar[Int(index)])
      return
    }
    var word = CalendarWord()
    change(&word)
    calendarTrie.insert(phrase, value: Int32(calendar.count))
    calendar.append(word)
  }

  fileprivate mutating func addRank(
    _ row: TSVTable.Row, _ member: String?, ladder: Int, context: QuantityLexicon.Contexts
  ) {
    let index = Int32(ranks.count)
    let chinese = member.flatMap { Int($0) }.flatMap { QuantityTables.chineseNumeral($0) }
    ranks.append(
      RankRow(
        ladder: ladder, name: QuantityTables.filled(row["class"], member ?? ""), order: Int(index),
        context: context))
    for word in row.list("words") {
      for value in [member ?? "", chinese ?? member ?? ""] {
        let folded = fold(QuantityTables.filled(word, value))
        // A class by its bare letter or numeral needs the surroundings that the row names.
        if rankTrie.value(of: folded) == nil { rankTrie.insert(folded, value: index) }
        ladders[ladder].members[QuantityTables.tail(of: folded)] = index
      }
    }
    if let member { ladders[ladder].members[fold(member)] = index }
  }

  /// The digits or the last letter of a class, by which the next one of a list is known.
  private static func tail(of folded: [UInt32]) -> [UInt32] {
    let start = folded.lastIndex { !QuantityLexicon.isDigit($0) && $0 != 0x2C }.map { $0 + 1 } ?? 0
    return start < folded.count ? Array(folded[start...]) : folded
  }

  /// The pattern with what stands in braces replaced.
  private static func filled(_ pattern: String, _ value: String) -> String {
    let signs = pattern.utf8
    guard let start = signs.firstIndex(of: UInt8(ascii: "{")),
      let end = signs.firstIndex(of: UInt8(ascii: "}")), start < end
    else { return pattern }
    return pattern[..<start] + value + pattern[signs.index(after: end)...]
  }

  private static func chineseNumeral(_ value: Int) -> String? {
    let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    if value < 10 { return digits[value] }
    return value < 20 ? "十" + (value == 10 ? "" : digits[value - 10]) : nil
  }

  mutating func freeze() {
    func kind(_ unit: String) -> UnitAlgebra.Dimension {
      algebra.measure(unit)?.dimension ?? UnitAlgebra.Dimension()
    }
    kinds = Kinds(
      none: UnitAlgebra.Dimension(), length: kind("m"), mass: kind("kg"), time: kind("s"),
      area: kind("m2"), volume: kind("m3"), temperature: kind("K"), pressure: kind("Pa"),
      energy: kind("J"))
    wordTrie.freeze()
    signTrie.freeze()
    unitWordTrie.freeze()
    rankTrie.freeze()
    calendarTrie.freeze()
    names.freeze()
    references.freeze()
    standards.freeze()
  }
}
