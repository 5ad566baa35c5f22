extension DemandLint {
  /// Sums that do not come out: unit price × quantity against the total, parts against the whole.
  func sums(_ view: LintView) -> [DemandProblem] {
    guard let text = view.text, view.isSingle else { return [] }
    return [budgetSum(view, text), quantitySum(view, text)].compactMap(\.self)
  }

  /// A share by which written sums may differ, for rounding.
  private static let rounding = 0.01

  // MARK: Money

  private struct Money {
    let amount: Double
    let currency: String
    /// The unit that it is for; nil for a total.
    let per: String?
    let span: Range<Int>
    /// A word such as 合计 stands before it.
    let isSum: Bool
  }

  private func budgetSum(_ view: LintView, _ text: ReadText) -> DemandProblem? {
    let money = money(text)
    guard let each = money.first(where: { $0.per != nil }), let per = each.per,
      money.count(where: { $0.per != nil }) == 1,
      let total = money.first(where: { $0.per == nil && $0.currency == each.currency }),
      let lot = view.demand.stages.first?.ask.quantity, lot.visibility == .everyone,
      let count = count(of: lot, in: per)
    else { return nil }
    let product = each.amount * count
    let isOver = product > total.amount * (1 + DemandLint.rounding)
    let isUnder = product < total.amount * (1 - DemandLint.rounding)
    // A ceiling may well lie above what the pieces cost; a stated sum may not.
    guard isOver || total.isSum && isUnder else { return nil }
    return problem(
      "budget_sum", view, part: "budget", at: joined(each.span, total.span),
      ["value": amount(product, each.currency), "other": amount(total.amount, total.currency)])
  }

  /// How many of a unit the lot is; a price without a counting noun of its own is for the lot's.
  private func count(of lot: Quantity, in per: String) -> Double? {
    let units = corpus.registry.units
    guard let unit = units.unit(per, of: lot.unit.quantity) else {
      return per == DemandLint.anyUnit && lot.unit.quantity.hasPrefix("lot_") ? lot.value : nil
    }
    return units.convert(lot.value, from: lot.unit, to: unit)
  }

  /// The UCUM annotation of a counting noun without a meaning of its own.
  private static let anyUnit = "unit"

  private func money(_ text: ReadText) -> [Money] {
    text.quantities.compactMap { quantity in
      guard !quantity.isNegated, case .interval(let interval) = quantity.value,
        let most = interval.high ?? interval.low, most > 0,
        let (currency, per) = tools.asks.currency(quantity),
        !text.has(.past, in: text.clause(at: quantity.span.lowerBound))
      else { return nil }
      let clause = text.clause(at: quantity.span.lowerBound)
      return Money(
        amount: most, currency: currency, per: per ?? tools.asks.perPiece(clause, text),
        span: quantity.span, isSum: follows(.sum, quantity.span, text))
    }
  }

  private func amount(_ value: Double, _ currency: String) -> LocalizedName {
    guard currency == "CNY" else {
      return LocalizedName(plain: "\(currency) \(NumberText.plain(value))")
    }
    return LocalizedName(
      simplified: NumberText.money(value, .simplified),
      traditional: NumberText.money(value, .traditional),
      english: NumberText.money(value, .english))
  }

  /// Whether a word of the kind stands right before a place.
  private func follows(_ kind: LintTables.Word, _ span: Range<Int>, _ text: ReadText) -> Bool {
    guard let words = corpus.lint.words[kind], let filler = corpus.lint.words[.filler] else {
      return false
    }
    return words.found(in: text.loose).contains { word in
      let gap = span.lowerBound - word.range.upperBound
      // The comparator of a quantity belongs to its span: 共 may be inside it.
      return word.range.lowerBound == span.lowerBound
        || (0...12).contains(gap)
          && filler.makesUp(
            text.quote(word.range.upperBound..<span.lowerBound), folding: corpus.folding)
    }
  }

  // MARK: Counts

  /// `5 批，每批 25 片，共 100 片`.
  private func quantitySum(_ view: LintView, _ text: ReadText) -> DemandProblem? {
    for whole in text.quantities where follows(.sum, whole.span, text) {
      let sentence = text.sentence(at: whole.span.lowerBound)
      let inside = text.quantities.filter {
        sentence.contains($0.span.lowerBound) && $0.span.upperBound <= whole.span.lowerBound
          && (isCounted($0) || isSameUnit($0, whole))
      }
      guard let total = count(whole), inside.count == 2,
        let part = inside.last(where: { isEach($0, text) && isSameUnit($0, whole) }),
        let times = inside.first(where: { !isEach($0, text) && !isSameUnit($0, whole) }),
        let size = count(part), let number = count(times), isCounted(times), !isMoney(whole)
      else { continue }
      let product = size * number
      guard (product - total).magnitude > DemandLint.rounding * max(product, total) else {
        continue
      }
      return problem(
        "quantity_sum", view, part: "quantity", at: joined(times.span, whole.span),
        [
          "value": LocalizedName(plain: "\(NumberText.plain(product)) \(unitWords(part))"),
          "other": LocalizedName(plain: text.quote(whole.span)),
        ])
    }
    return nil
  }

  private func count(_ quantity: WrittenQuantity) -> Double? {
    guard case .interval(let interval) = quantity.value, let low = interval.low,
      low == interval.high, low > 0
    else { return nil }
    return low
  }

  private func isEach(_ quantity: WrittenQuantity, _ text: ReadText) -> Bool {
    quantity.basis == .perBatch || follows(.each, quantity.span, text)
  }

  /// Whether two counts are of the same thing; nouns without a meaning of their own are compared as
  /// they are written.
  private func isSameUnit(_ one: WrittenQuantity, _ other: WrittenQuantity) -> Bool {
    let (ones, others) = (counted(one), counted(other))
    guard ones == others else { return false }
    return ones != "{\(DemandLint.anyUnit)}" || unitWords(one) == unitWords(other)
  }

  private func counted(_ quantity: WrittenQuantity) -> Substring {
    quantity.unit.split(separator: "/").first ?? ""
  }

  /// A count of batches, runs, furnaces, pieces.
  private func isCounted(_ quantity: WrittenQuantity) -> Bool {
    quantity.unit.hasPrefix("{") || quantity.unit == "1"
  }

  private func isMoney(_ quantity: WrittenQuantity) -> Bool {
    tools.asks.currency(quantity) != nil
  }

  private func unitWords(_ quantity: WrittenQuantity) -> String {
    let written = quantity.unitText.split(whereSeparator: { "/／每".contains($0) }).first
    return written.map(String.init) ?? quantity.unit
  }
}
