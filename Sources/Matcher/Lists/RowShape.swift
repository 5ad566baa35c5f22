/// Whether a cell looks like what its column holds; used to notice rows that stand one column off.
enum RowShape {
  /// Fields whose cells have a form of their own.
  static func isTyped(_ field: ListField) -> Bool {
    [.budget, .due, .start, .published, .phone, .email, .uscc, .sector, .contact].contains(field)
  }

  static func fits(_ view: CellView, _ field: ListField, _ reader: RowReader) -> Bool {
    if view.isUnknown || view.isDitto { return true }
    switch field {
    case .budget: return isMoney(view, reader)
    case .due, .start, .published:
      return hasNumeral(view) && mayBeDate(view) || isDate(view, reader)
    case .phone: return view.folded.contains { (0x30...0x39).contains($0) } && !isDateCell(view)
    case .email: return view.folded.contains(0x40)
    case .uscc: return view.folded.count >= 6 && !view.folded.contains { $0 >= 0x3400 }
    case .contact: return isName(view)
    case .sector:
      return reader.words.sectors[SectorCell.key(view.text)] != nil
        || view.folded.contains { $0 > 0x39 } && !isPlainNumber(view) && !isDate(view, reader)
    default: return true
    }
  }

  /// A few characters or words without digits.
  private static func isName(_ view: CellView) -> Bool {
    view.folded.count <= 30 && !view.folded.contains { (0x30...0x39).contains($0) }
  }

  private static func isDateCell(_ view: CellView) -> Bool {
    if case .date = view.content { return true }
    return false
  }

  private static func isPlainNumber(_ view: CellView) -> Bool {
    if case .number = view.content { return true }
    return Double(view.compact) != nil
  }

  private static func hasNumeral(_ view: CellView) -> Bool {
    view.folded.contains { (0x30...0x39).contains($0) || ChineseNumber.value($0) != nil }
  }

  /// 年, 月 or 日, or two separators, as no amount has them.
  private static func mayBeDate(_ view: CellView) -> Bool {
    var marks = 0
    for value in view.folded {
      if value == 0x5E74 || value == 0x6708 || value == 0x65E5 { return true }
      if value == 0x2D || value == 0x2F || value == 0x2E { marks += 1 }
    }
    return marks >= 2
  }

  private static func isMoney(_ view: CellView, _ reader: RowReader) -> Bool {
    switch view.content {
    case .number, .formula, .error: return true
    case .date: return false
    default: break
    }
    if isPlainNumber(view) { return true }
    if mayBeDate(view), isDate(view, reader) { return false }
    return hasNumeral(view) || reader.isOpen(view, .openBudget)
  }

  private static func isDate(_ view: CellView, _ reader: RowReader) -> Bool {
    switch view.content {
    case .date: return true
    case .number(let value, _): return (30_000...80_000).contains(value) || value > 190_000
    case .formula, .error: return true
    default: break
    }
    if !hasNumeral(view) { return reader.isOpen(view, .openDate) || mayBeDate(view) }
    switch DateCell.read(
      view.folded, basis: reader.basis.day, minguo: reader.isTraditional, words: reader.shared)
    {
    case .unread: return view.folded.contains { $0 == 0x5E74 || $0 == 0x6708 || $0 == 0x65E5 }
    default: return true
    }
  }
}
