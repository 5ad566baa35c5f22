import MatcherIndex

/// The data that says what things mean, read once and immutable: registry, taxonomy, lexicon,
/// places, calendars, policy, texts.
///
/// A row that cannot be used is an issue, and the rest is loaded; `matchctl lint` shows the issues.
/// The tables of relevance are read when a text is first weighed, and their issues are `CorpusLint`'s.
/// One object: whoever reads by a corpus keeps a reference to it.
public final class Corpus: Sendable {
  let tables: CorpusTables

  /// Where the files come from: names relative to the corpus folder, sorted, and a reader of one of
  /// them.
  public struct Files: Sendable {
    /// Sorted.
    package let names: [String]
    package let read: @Sendable (String) -> [UInt8]?

    public init(names: [String], read: @escaping @Sendable (String) -> [UInt8]?) {
      self.names = names.sorted()
      self.read = read
    }
  }

  /// Reads a corpus. O(size of the files).
  ///
  /// - Parameter workers: read it in parts; the result is the same.
  public convenience init(_ files: Files, workers: Workers = .one) {
    self.init(CorpusTables(files, workers: workers))
  }

  init(_ tables: CorpusTables) {
    self.tables = tables
  }

  /// Cuts texts into the terms of relevance.
  var termReader: TermReader { tables.termReader }

  /// The frozen tables that texts are weighed by; the first to ask waits for them to be read.
  var statistics: TextStatistics {
    frozenStatistics.tables
  }

  /// The names of the frozen tables that texts are weighed by, with their hashes; empty without
  /// any.
  public var textStatisticsVersion: String {
    statistics.version
  }

  public var registry: SpecRegistry { tables.registry }
  public var taxonomy: Taxonomy { tables.taxonomy }
  public var lexicon: Lexicon { tables.lexicon }
  public var places: Places { tables.places }
  public var calendars: [String: WorkCalendar] { tables.calendars }
  public var policy: Policy { tables.policy }
  public var indicators: IndicatorPolicy { tables.indicators }
  public var texts: Texts { tables.texts }
  package var broker: BrokerTables { tables.broker }
  public var characters: CommonCharacters { tables.characters }
  public var templates: ListTemplates { tables.templates }
  public var formMarks: FormMarks { tables.formMarks }
  /// The phrases of issues, as patterns with `{name}` for what is filled in. `texts/issues.tsv`.
  public var issuePhrases: [LocalizedName] { tables.issuePhrases }
  public var sectors: [(code: String, name: LocalizedName)] { tables.sectors }
  var lists: ListVocabulary { tables.lists }
  /// The same, shared by the readers of rows.
  var listWords: ListWords { tables.listWords }
  package var folding: Folding { tables.folding }
  var quantities: QuantityLexicon { tables.quantities }
  var priors: PriorTable { tables.priors }
  var frozenStatistics: FrozenStatistics { tables.frozenStatistics }
  var reading: ReadingTables { tables.reading }
  var lint: LintTables { tables.lint }
  package var publishing: PublishingTables { tables.publishing }
  public var issues: [RecordIssue] { tables.issues }
}
