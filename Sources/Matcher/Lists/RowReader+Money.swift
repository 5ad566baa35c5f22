/// The budget of a row, from its column, beside what its text says.
extension RowReader {
  /// Whether a cell says that something is left open (面议, ASAP).
  func isOpen(_ view: CellView, _ meaning: ListVocabulary.Meaning) -> Bool {
    var found = false
    words.scanner.scan(view.folded) {
      words.words[$0].meaning == meaning
    } _: { _, _ in
      found = true
    }
    return found
  }

  func readBudget(_ draft: inout Draft) {
    let text = textAmounts(draft)
    guard let index = columns.index(.budget), !draft.cells[index].isEmpty else {
      takeTextBudget(text, &draft)
      return
    }
    guard text.isEmpty, columns.index(.currency) == nil else {
      return readBudget(index, text, &draft)
    }
    remembered(index, &draft) { readBudget(index, [], &$0) }
  }

  private func readBudget(_ index: Int, _ text: [TextAmount], _ draft: inout Draft) {
    let view = draft.cells[index]
    switch view.content {
    case .number(let value, _): numberBudget(value, index, text, &draft)
    case .formula(let formula): formulaBudget(formula, index, text, &draft)
    case .error: break
    case .date:
      draft.say("budget_unread", index, ["got": view.text])
    default: textBudget(view, index, text, &draft)
    }
  }

  // MARK: the column

  /// The unit of the column: its heading's, the table's, else a guess that is told.
  private func unit(of index: Int) -> ListVocabulary.MoneyUnit? {
    columns.column(at: index)?.money ?? tableMoney
  }

  private func currencyColumn(_ draft: Draft) -> String? {
    guard let index = columns.index(.currency) else { return nil }
    return words.money[draft.cells[index].compact]?.currency
  }

  private func numberBudget(
    _ value: Double, _ index: Int, _ text: [TextAmount], _ draft: inout Draft
  ) {
    guard let unit = unit(of: index) else {
      let limit = words.setting("unstated_unit_wan", 3000)
      let guessed = value.magnitude <= limit ? value * 10_000 : value
      accept(guessed, currencyColumn(draft) ?? "CNY", index, text, &draft)
      if draft.budget != nil {
        draft.say("budget_unit", index, ["got": draft.cells[index].text, "taken": wan(guessed)])
      }
      return
    }
    accept(value * unit.factor, currencyColumn(draft) ?? unit.currency, index, text, &draft)
  }

  private func formulaBudget(
    _ formula: String, _ index: Int, _ text: [TextAmount], _ draft: inout Draft
  ) {
    let shown = formula.hasPrefix("=") ? formula : "=" + formula
    guard let value = FormulaValue.value(formula) else {
      draft.say("formula_unknown", index, ["got": shown])
      return
    }
    draft.say("formula_cell", index, ["got": shown, "taken": JSONValue.text(of: value)])
    numberBudget(value, index, text, &draft)
  }

  private func textBudget(
    _ view: CellView, _ index: Int, _ text: [TextAmount], _ draft: inout Draft
  ) {
    if view.isUnknown {
      draft.say("budget_unknown", index, ["got": view.text])
      return
    }
    if view.folded.first == 0x3D {
      return formulaBudget(view.text, index, text, &draft)
    }
    let heading = unit(of: index)
    guard let amount = MoneyCell.read(view.folded, heading: heading, shared) else {
      let code = isOpen(view, .openBudget) ? "budget_text" : "budget_unread"
      draft.say(
        code, index, ["got": view.text, "taken": "list.taken.open"],
        message: code == "budget_text" ? "list.budget_open" : nil)
      return
    }
    if amount.isPerUnit {
      draft.say("budget_per_unit", index, ["got": view.text])
      return
    }
    guard amount.hasUnit || heading != nil else {
      numberBudget(amount.high, index, text, &draft)
      return
    }
    let currency = amount.currency ?? currencyColumn(draft) ?? heading?.currency ?? "CNY"
    accept(amount.high, currency, index, text, &draft)
    guard draft.budget != nil else { return }
    if amount.isRange {
      draft.say("budget_range", index, ["got": view.text, "taken": wan(amount.high)])
    } else if amount.hasWords
      || (amount.hasUnit && (columns.column(at: index)?.money?.factor ?? 1) > 1)
    {
      draft.say("budget_text", index, ["got": view.text, "taken": wan(amount.high)])
    }
  }

  /// `12.5万元`, as sentences show amounts.
  private func wan(_ amount: Double) -> String {
    JSONValue.text(of: rounded(amount / 10_000)) + "万元"
  }

  private func rounded(_ value: Double) -> Double {
    (value * 1_000_000).rounded(.toNearestOrEven) / 1_000_000
  }

  /// Takes an amount in a currency, unless it cannot be or the text says another.
  private func accept(
    _ amount: Double, _ currency: String, _ index: Int, _ text: [TextAmount], _ draft: inout Draft
  ) {
    let got = draft.cells[index].text
    if amount < 0 {
      draft.say("negative_budget", index, ["got": got])
      return
    }
    if amount == 0 {
      draft.say("budget_zero", index)
      return
    }
    if let other = text.first(where: { $0.isExplicit && $0.currency != currency }),
      !text.contains(where: { $0.currency == currency && $0.isExplicit })
    {
      draft.say(
        "currency_conflict", index,
        ["got": got.isEmpty ? shown(amount, currency) : got, "taken": other.shown])
      return
    }
    guard let cny = corpus.policy.cny(amount, currency: currency, on: asOf) else {
      draft.say("budget_unread", index, ["got": got])
      return
    }
    let value = rounded(cny / 10_000)
    if value > words.setting("budget_high_wan", 50_000)
      || value < words.setting("budget_low_wan", 0.01)
    {
      let agrees = text.contains { isNear($0.high, amount) }
      if !agrees {
        draft.say("budget_scale", index, ["got": got, "taken": wan(cny)])
        return
      }
    }
    draft.budget = value
    draft.budgetCurrency = currency
    draft.fields["budget_wan_cny"] = .number(value)
    draft.record["budget"] = .object(
      JSONObject([("max", .number(rounded(amount))), ("currency", .string(currency))]))
    if currency != "CNY" {
      let isStated = unit(of: index)?.currency == currency
      draft.say(
        "budget_currency", index, ["got": currency, "taken": wan(cny)],
        effect: isStated ? .info : nil)
    }
    compare(amount, index, text, &draft)
  }

  private func shown(_ amount: Double, _ currency: String) -> String {
    "\(JSONValue.text(of: amount)) \(currency)"
  }

  // MARK: the text

  /// An amount that the text states.
  struct TextAmount {
    let high: Double
    let currency: String
    /// The text names the currency in words or signs.
    let isExplicit: Bool
    /// A price for one thing or one period.
    let isPerUnit: Bool
    /// Stands behind 预算, 费用, …
    let isLabelled: Bool
    /// What it is the price of one of, as a unit; empty when the text does not say.
    let per: String
    let quantity: WrittenQuantity
    let shown: String
  }

  private func textAmounts(_ draft: Draft) -> [TextAmount] {
    let folded = draft.textFolded
    // Asked of the whole text only where a sentence leaves it open.
    var isScaled: Bool?
    var hasWords: Bool?
    let stated = readings.stated { signs, sentence in
      if signs.contains(.money) { return true }
      if signs.contains(.multiplier) {
        let known = isScaled ?? hasMultiplierAndPer(folded)
        isScaled = known
        if known { return true }
      }
      guard signs.contains(.numeral) else { return false }
      let known = hasWords ?? isMoneyNamed(folded)
      hasWords = known
      return known && isMoneyNamed(corpus.folding.fold(utf8: sentence))
    }
    guard !stated.isEmpty else { return [] }
    let bytes = readings.bytes
    return stated.compactMap { amount($0, bytes) }
  }

  private func isMoneyNamed(_ folded: [UInt32]) -> Bool {
    money.named.isIn(folded)
  }

  /// 15万/片: an amount for one without any word of money.
  private func hasMultiplierAndPer(_ folded: [UInt32]) -> Bool {
    var hasMultiplier = false
    var hasPer = false
    for value in folded {
      if value == 0x4E07 || value == 0x4EBF { hasMultiplier = true }
      if value == 0x6BCF || value == 0x2F || value == 0x5355 { hasPer = true }
    }
    return hasMultiplier && hasPer
  }

  private func amount(_ quantity: WrittenQuantity, _ bytes: [UInt8]) -> TextAmount? {
    guard !quantity.isNegated, case .interval(let interval) = quantity.value,
      let high = interval.high ?? interval.low, quantity.span.upperBound <= bytes.count
    else { return nil }
    let unit = quantity.unit
    let slash = unit.utf8.firstIndex(of: UInt8(ascii: "/"))
    let stated = slash.map { String(unit[..<$0]) } ?? unit
    guard stated.isEmpty || money.currencies.contains(stated) else { return nil }
    let before = context(bytes, max(0, quantity.span.lowerBound - 24)..<quantity.span.lowerBound)
    // 预算15万/月 names no currency: behind a word of money it is yuan.
    let isBare = stated.isEmpty && money.labels.isIn(before)
    guard isBare || !stated.isEmpty, !money.others.isIn(before) else { return nil }
    let own = context(bytes, quantity.span)
    let currency = isBare ? "CNY" : stated
    let isPer = slash != nil || quantity.basis != nil || isPerOne(bytes, quantity.span, before)
    return TextAmount(
      high: high, currency: currency, isExplicit: money.names.isPart(of: own + before.suffix(4)),
      isPerUnit: isPer,
      isLabelled: money.labels.isIn(before) || money.labels.isIn(own),
      per: slash.map { String(unit[unit.index(after: $0)...]) } ?? unit, quantity: quantity,
      shown: trimmed(String(decoding: bytes[quantity.span], as: UTF8.self)))
  }

  /// A part of the row's words, folded, without blanks.
  func context(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt32] {
    var range = range
    // A character that the range cuts in two says nothing.
    while range.lowerBound < range.upperBound, bytes[range.lowerBound] & 0xC0 == 0x80 {
      range = range.lowerBound + 1..<range.upperBound
    }
    var folded = corpus.folding.fold(utf8: bytes[range])
    folded.removeAll { $0 <= 0x20 }
    return folded
  }

  /// 每片, 单片, /项: a price for one.
  private func isPerOne(_ bytes: [UInt8], _ span: Range<Int>, _ before: [UInt32]) -> Bool {
    let after = context(bytes, span.upperBound..<min(bytes.count, span.upperBound + 6))
    if let next = after.first, next == 0x2F || next == 0x6BCF { return true }
    let clause = before.reversed().prefix {
      ![0x2C, 0xFF0C, 0x3002, 0x3001, 0x3B, 0xFF1B].contains($0)
    }
    let text = Array(clause.reversed())
    return text.enumerated().contains { index, value in
      // 每 before a measure word, 单 before one that is no part of 订单 or 单位.
      value == 0x6BCF
        || (value == 0x5355 && index + 1 < text.count
          && [0x7247, 0x4EF6, 0x53F0, 0x6B21, 0x9879, 0x6279, 0x4E2A, 0x4EF7].contains(
            text[index + 1]))
    }
  }

  /// How many units of the price the text asks for: 24片 beside 每片, 3个月 beside /月.
  private func count(_ per: String, _ price: WrittenQuantity) -> Double? {
    let isMonthly = price.basis == .perMonth || per == "mo"
    var next = readings.firstCounts()
    var place = 0
    while let (sentence, all) = next {
      guard place < all.count else {
        (next, place) = (readings.firstCounts(behind: sentence), 0)
        continue
      }
      let quantity = all[place]
      place += 1
      guard quantity.span != price.span, case .interval(let interval) = quantity.value,
        let value = interval.high ?? interval.low
      else { continue }
      if isMonthly
        ? quantity.unit == "mo" : quantity.unit.hasPrefix("{") && !quantity.unit.contains("/")
      {
        if isMonthly || per.isEmpty || per == quantity.unit || !per.hasPrefix("{") { return value }
        if per.hasPrefix("{") { return per == quantity.unit ? value : nil }
      }
    }
    return nil
  }

  /// A total that only the text states is shown; the record's requirements are read elsewhere.
  private func takeTextBudget(_ text: [TextAmount], _ draft: inout Draft) {
    let totals = text.filter { !$0.isPerUnit && $0.isLabelled && $0.high > 0 }
    guard let total = totals.first, totals.count == 1,
      let cny = corpus.policy.cny(total.high, currency: total.currency, on: asOf)
    else { return }
    draft.budget = rounded(cny / 10_000)
    draft.fields["budget_wan_cny"] = .number(rounded(cny / 10_000))
    draft.fields["budget_from"] = .string("text")
  }

  /// Asks where the column and the text cannot both hold.
  private func compare(
    _ amount: Double, _ index: Int, _ text: [TextAmount], _ draft: inout Draft
  ) {
    let own = text.filter { $0.isLabelled || $0.isPerUnit }
    guard !own.isEmpty, !own.contains(where: { agrees($0, amount) }), let first = own.first else {
      return
    }
    draft.say("budget_conflict", index, ["got": shownCell(index, draft), "taken": first.shown])
  }

  private func shownCell(_ index: Int, _ draft: Draft) -> String {
    let unit = columns.column(at: index)?.unit ?? ""
    let text = draft.cells[index].text
    return text.isEmpty
      ? JSONValue.text(of: draft.budget ?? 0) : text + (text.last?.isNumber == true ? unit : "")
  }

  private func agrees(_ stated: TextAmount, _ amount: Double) -> Bool {
    guard stated.isPerUnit else { return isNear(stated.high, amount) }
    if let count = count(stated.per, stated.quantity), count > 0 {
      return isNear(stated.high * count, amount)
    }
    return amount >= stated.high * 0.99
  }

  private func isNear(_ left: Double, _ right: Double) -> Bool {
    (left - right).magnitude <= 0.01 * max(left.magnitude, right.magnitude)
  }
}
