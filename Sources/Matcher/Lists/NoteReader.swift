/// What a title or note around a table says of the whole list.
struct NoteReader {
  let corpus: Corpus

  /// The day behind 填报日期 and the like.
  func day(in text: String) -> CivilDate? {
    let folded = corpus.folding.fold(text).filter { $0 > 0x20 }
    for label in corpus.lists.phrases("list_date").all {
      guard let start = place(of: label, in: folded) else { continue }
      var rest = folded[(start + label.count)...]
      while let first = rest.first, first == 0x3A || first == 0xFF1A { rest = rest.dropFirst() }
      if let day = day(rest) { return day }
    }
    return nil
  }

  /// The longest day that the text begins with.
  private func day(_ text: ArraySlice<UInt32>) -> CivilDate? {
    let basis = CivilDate(dayNumber: 0)
    for length in stride(from: min(18, text.count), through: 6, by: -1) {
      let outcome = DateCell.read(
        Array(text.prefix(length)), basis: basis, minguo: true, words: corpus.listWords)
      if case .read(let cell) = outcome, cell.precision == .day,
        cell.signs.isDisjoint(with: [.relative, .yearless])
      {
        return cell.to
      }
    }
    return nil
  }

  /// The unit behind 单位：.
  func money(in text: String) -> ListVocabulary.MoneyUnit? {
    let folded = corpus.folding.fold(text).filter { $0 > 0x20 }
    for label in corpus.lists.phrases("money_unit_label").all {
      guard let start = place(of: label, in: folded) else { continue }
      var rest = folded[(start + label.count)...]
      while let first = rest.first, first == 0x3A || first == 0xFF1A { rest = rest.dropFirst() }
      for length in stride(from: min(12, rest.count), through: 1, by: -1) {
        if let unit = corpus.lists.money[ListVocabulary.compact(Array(rest.prefix(length)))] {
          return unit
        }
      }
    }
    return nil
  }

  /// The park that a title begins with: 黄埔某产业园2026年第四季度中试需求汇总表.
  func park(in text: String) -> String? {
    let scalars = Array(text.unicodeScalars)
    let folded = scalars.map { scalar -> UInt32 in
      let one = corpus.folding.fold(String(Character(scalar)))
      return one.count == 1 ? one[0] : 0x20
    }
    var best: Int?
    for ending in corpus.lists.phrases("park_ending").all where !ending.isEmpty {
      if let start = place(of: ending, in: folded), start > 0, start < 40 {
        best = max(best ?? 0, start + ending.count)
      }
    }
    guard let end = best else { return nil }
    var out = String.UnicodeScalarView()
    out.append(contentsOf: scalars[..<end])
    return trimmed(String(out))
  }

  private func place(of part: [UInt32], in text: [UInt32]) -> Int? {
    guard let first = part.first, text.count >= part.count else { return nil }
    return (0...(text.count - part.count)).first {
      text[$0] == first && text[$0...].starts(with: part)
    }
  }
}
