/// Checks of `Corpus/quantities` beyond what reading it finds.
enum QuantityLint {
  static func check(_ corpus: Corpus) -> [RecordIssue] {
    reachable(corpus) + texts(corpus)
  }

  /// Every number of the registry must have a UCUM spelling among the names of its unit, or of one of
  /// the same size, so that what was read from prose can be converted.
  private static func reachable(_ corpus: Corpus) -> [RecordIssue] {
    let algebra = corpus.quantities.algebra
    return corpus.registry.keys.compactMap { key in
      guard key.kind == .number, let unit = corpus.registry.units.unit(key.unit, of: key.domain)
      else { return nil }
      let names = corpus.registry.units.names(ofSameSizeAs: unit)
      guard !names.contains(where: { algebra.measure($0) != nil }) else { return nil }
      return RecordIssue(
        .refused, file: "registry/units", record: key.id, field: "aliases",
        got: RecordIssue.quoted(unit.name),
        expected: "a UCUM spelling made of the atoms of quantities/atoms.tsv")
    }
  }

  /// Every doubt that the reader may have needs its sentence.
  private static func texts(_ corpus: Corpus) -> [RecordIssue] {
    QuantityDoubt.codes.filter { corpus.texts.localized($0) == nil }.map {
      RecordIssue(
        .refused, file: "texts/messages.tsv", field: "id", got: RecordIssue.quoted($0),
        expected: "a text that people see")
    }
  }
}

extension QuantityDoubt {
  /// All that a reader may ask about.
  public static let codes: [String] = [
    "degree", "catty", "gallon", "nines", "letter_c", "currency", "split_number", "lost_dash",
    "lost_power", "look_alike", "decimal_comma", "letter_w", "money_or_count", "node_side", "year",
    "day_month",
  ].map { "quantity.doubt.\($0)" }
}
