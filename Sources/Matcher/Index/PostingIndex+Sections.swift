extension PostingIndex {
  /// Adds the index's columns under names that begin with `PREFIX.`.
  public func store(into sections: inout Sections, prefix: String) {
    dictionary.store(into: &sections, prefix: "\(prefix).dictionary")
    sections.add("\(prefix).shape", [UInt64(documentCount), UInt64(columnCount)])
    sections.add("\(prefix).records", records)
    sections.add("\(prefix).postings", postings)
    sections.add("\(prefix).impacts", impacts)
    sections.add("\(prefix).columns", columns)
    sections.add("\(prefix).documentStarts", documentStarts)
    sections.add("\(prefix).entries", entries)
  }

  /// The sections that only `top` reads, by their names behind the prefix: whoever asks for scores of
  /// given documents alone (`accumulate`) never touches their contents.
  public static let searchSections = ["columns", "entries"]

  /// Takes back what `store` added, without reading it.
  ///
  /// That the columns have the lengths that belong together is checked; their contents are trusted,
  /// as a file's checksum secures them.
  ///
  /// - Throws: `SectionError` when a column is missing or has another length.
  /// - Complexity: O(number of columns).
  public convenience init(opening sections: Sections, prefix: String) throws(SectionError) {
    let dictionary = try TermDictionary(opening: sections, prefix: "\(prefix).dictionary")
    let terms = dictionary.count
    let records: Column<TermRecord> = try sections.column("\(prefix).records")
    try Self.expect(terms, records.count, "\(prefix).records")
    let postings =
      terms == 0 ? 0 : Int(clamping: records[terms - 1].start) &+ Int(records[terms - 1].count)
    let documentStarts: Column<UInt64> = try sections.column("\(prefix).documentStarts")
    guard documentStarts.count > 0, documentStarts.count <= Self.documentLimit else {
      throw .width("\(prefix).documentStarts", expected: 1, found: documentStarts.count)
    }
    try Self.expect(
      postings, Int(clamping: documentStarts[documentStarts.count - 1]), "\(prefix).documentStarts")
    let shape: Column<UInt64> = try sections.column("\(prefix).shape")
    try Self.expect(2, shape.count, "\(prefix).shape")
    try Self.expect(documentStarts.count - 1, Int(clamping: shape[0]), "\(prefix).shape")
    func column<Element>(_ name: String, _ count: Int) throws(SectionError) -> Column<Element> {
      let column: Column<Element> = try sections.column("\(prefix).\(name)")
      try Self.expect(count, column.count, "\(prefix).\(name)")
      return column
    }
    let columns = Self.columnBytes(documents: documentStarts.count - 1)
    self.init(
      dictionary: dictionary, records: records, postings: try column("postings", postings),
      impacts: try column("impacts", postings),
      columns: try column("columns", columns * min(terms, Int(clamping: shape[1]))),
      documentStarts: documentStarts, entries: try column("entries", postings))
  }

  private static func expect(_ count: Int, _ found: Int, _ name: String) throws(SectionError) {
    guard count == found else { throw .width(name, expected: count, found: found) }
  }
}
