/// The days of a row.
extension RowReader {
  func readDates(_ draft: inout Draft) {
    var start: CivilDate?
    if let index = columns.index(.start), let cell = date(index, &draft) { start = cell.from }
    if let index = columns.index(.due), let cell = due(index, &draft) {
      draft.due = cell
      draft.dueText = cell.text
    } else if columns.index(.due).map({ draft.cells[$0].isEmpty }) ?? true {
      takeTextDate(&draft)
    }
    if let first = start, let due = draft.due, first > due.to, let index = columns.index(.start) {
      draft.say("dates_reversed", index, ["got": first.description, "taken": due.text])
      start = nil
    }
    fillWindow(start, &draft)
  }

  /// The day of the column by which it must be done, with what is said of it.
  private func due(_ index: Int, _ draft: inout Draft) -> DateCell? {
    draft.date = nil
    remembered(index, &draft) { draft in
      draft.date = date(index, &draft)
      if let cell = draft.date { checkDistance(cell, index, &draft) }
    }
    return draft.date
  }

  private func fillWindow(_ start: CivilDate?, _ draft: inout Draft) {
    if let text = draft.dueText { draft.fields["due"] = .string(text) }
    var window = JSONObject()
    if let start {
      draft.fields["start"] = .string(start.description)
      window["start"] = .string(start.description)
    }
    if let due = draft.due { window["finish"] = .string(due.to.description) }
    if draft.due != nil { draft.record["window"] = .object(window) }
  }

  /// Reads a cell of a date column and says what had to be assumed.
  private func date(_ index: Int, _ draft: inout Draft) -> DateCell? {
    let view = draft.cells[index]
    switch view.content {
    case .empty, .error: return nil
    case .date(let day):
      draft.say("date_cell", index)
      return DateCell(day: day)
    case .number(let value, let text): return serial(value, text, index, &draft)
    case .formula(let formula):
      draft.say("formula_unknown", index, ["got": "=" + formula])
      return nil
    default: return view.text.isEmpty ? nil : text(view, index, &draft)
    }
  }

  /// A bare number in a date column: a spreadsheet's day number, or digits such as 20270331.
  private func serial(_ value: Double, _ text: String, _ index: Int, _ draft: inout Draft)
    -> DateCell?
  {
    if value == value.rounded(.down), (30_000...80_000).contains(value) {
      let day = CivilDate(dayNumber: Int(value) - 25_569)
      draft.say("date_serial", index, ["got": text, "taken": day.description])
      return DateCell(day: day)
    }
    let view = draft.cells[index]
    return self.text(view, index, &draft)
  }

  private func text(_ view: CellView, _ index: Int, _ draft: inout Draft) -> DateCell? {
    if view.isUnknown {
      draft.say("date_open", index, ["got": view.text])
      return nil
    }
    if view.folded.count == 5, let number = Int(view.compact), (30_000...80_000).contains(number) {
      return serial(Double(number), view.text, index, &draft)
    }
    switch DateCell.read(view.folded, basis: basis.day, minguo: isTraditional, words: shared) {
    case .read(let cell):
      saySigns(cell, index, view.text, &draft)
      return cell
    case .impossible: draft.say("bad_date", index, ["got": view.text])
    case .order(let first, let second):
      draft.say("date_order", index, ["got": view.text, "taken": "\(first) / \(second)"])
    case .duration: draft.say("duration_only", index, ["got": view.text])
    case .unread: return otherWords(view, index, &draft)
    }
    return nil
  }

  /// 下月底, 春节前, within 3 months: read as running text.
  private func otherWords(_ view: CellView, _ index: Int, _ draft: inout Draft) -> DateCell? {
    let reading = quantities.read(view.text, asOf: basis.day)
    for quantity in reading.quantities where !quantity.isNegated {
      guard case .days(let from, let to) = quantity.value, let to else { continue }
      let cell = DateCell(from: from ?? to, to: to, signs: [.relative])
      saySigns(cell, index, view.text, &draft)
      return cell
    }
    let isOpen = isOpen(view, .openDate)
    draft.say(isOpen ? "date_open" : "date_unread", index, ["got": view.text])
    return nil
  }

  private func saySigns(_ cell: DateCell, _ index: Int, _ got: String, _ draft: inout Draft) {
    let values = ["got": got, "taken": cell.text, "basis": basis.day.description]
    if cell.signs.contains(.relative) {
      draft.say("relative_date", index, values)
    } else if cell.signs.contains(.yearless) {
      draft.say("yearless_date", index, values)
    }
    if cell.signs.contains(.minguo) { draft.say("minguo_date", index, values) }
    if cell.signs.contains(.shortYear) { draft.say("short_year", index, values) }
    if cell.signs.contains(.chineseNumeral), !cell.signs.contains(.yearless),
      !cell.signs.contains(.relative)
    {
      draft.say("chinese_numeral_date", index, values)
    }
    if !cell.signs.isDisjoint(with: [.relative, .yearless]) { recordBasis(&draft) }
  }

  private func recordBasis(_ draft: inout Draft) {
    draft.fields["date_basis"] = .object(
      JSONObject([
        ("kind", .string(basis.kind.rawValue)), ("date", .string(basis.day.description)),
      ]))
  }

  private func checkDistance(_ cell: DateCell, _ index: Int, _ draft: inout Draft) {
    let years = { (name: String, fallback: Double) in
      Int(self.words.setting(name, fallback) * 365.25)
    }
    if cell.to - asOf > years("future_far_years", 8)
      || asOf - cell.to > years("past_far_years", 3)
    {
      draft.say("date_far", index, ["got": cell.text])
    } else if cell.to < asOf {
      draft.say("past_date", index, ["got": cell.text])
    }
  }

  /// The latest day that the text names, unless something begins on it. It is shown, with its basis
  /// when it is not whole; requirements of the text are read elsewhere.
  private func takeTextDate(_ draft: inout Draft) {
    let start = readings.textStart
    let stated = readings.stated(
      where: { $0.contains(.date) && $1.startIndex >= start }, mayState: \.mayStateDays)
    guard !stated.isEmpty else { return }
    let bytes = readings.bytes
    var found: CivilDate?
    for quantity in stated where !quantity.isNegated {
      guard case .days(_, let to?) = quantity.value else { continue }
      let end = quantity.span.upperBound
      let after = context(bytes, end..<min(bytes.count, end + 12))
      let isStart = words.phrases("start_word").length(in: after, at: 0) > 0
      if !isStart, found.map({ $0 < to }) ?? true { found = to }
    }
    guard let found else { return }
    draft.dueText = found.description
    draft.fields["due_from"] = .string("text")
    recordBasis(&draft)
  }
}
