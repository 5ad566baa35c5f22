/// The data that says what things mean, read once and immutable: registry, taxonomy, lexicon,
/// places, calendars, policy, texts.
///
/// A row that cannot be used is an issue, and the rest is loaded; `matchctl lint` shows the issues.
/// The tables of relevance are read when a text is first weighed, and their issues are `CorpusLint`'s.
public struct Corpus: Sendable {
  public internal(set) var registry = SpecRegistry()
  public internal(set) var taxonomy = Taxonomy()
  public internal(set) var lexicon = Lexicon()
  public internal(set) var places = Places()
  public internal(set) var calendars: [String: WorkCalendar] = [:]
  public internal(set) var policy = Policy()
  public internal(set) var indicators = IndicatorPolicy()
  public internal(set) var texts = Texts()
  package internal(set) var broker = BrokerTables()
  public internal(set) var characters = CommonCharacters()
  public internal(set) var templates = ListTemplates()
  public internal(set) var formMarks = FormMarks()
  /// The phrases of issues, as patterns with `{name}` for what is filled in. `texts/issues.tsv`.
  public internal(set) var issuePhrases: [LocalizedName] = []
  public internal(set) var sectors: [(code: String, name: LocalizedName)] = []
  var lists = ListVocabulary()
  /// The same, shared by the readers of rows.
  var listWords = ListWords(ListVocabulary())
  package internal(set) var folding = Folding(scripts: ScriptTable())
  var quantities = QuantityLexicon(QuantityTables())
  var quantityTables = QuantityTables()
  var stopWords: Set<UInt64> = []
  var stopPhrases = WordTable.empty
  var priors = PriorTable()
  var frozenStatistics = FrozenStatistics()
  var reading = ReadingTables()
  var lint = LintTables()
  package internal(set) var publishing = PublishingTables()
  public internal(set) var issues: [RecordIssue] = []

  /// Where the files come from: names relative to the corpus folder, sorted, and a reader of one of
  /// them.
  public struct Files {
    /// Sorted.
    package let names: [String]
    package let read: (String) -> [UInt8]?

    public init(names: [String], read: @escaping (String) -> [UInt8]?) {
      self.names = names.sorted()
      self.read = read
    }
  }

  /// Reads a corpus. O(size of the files).
  public init(_ files: Files) {
    loadScripts(files)
    loadQuantities(files)
    loadStopWords(files)
    loadTexts(files)
    loadCharacters(files)
    loadIssuePhrases(files)
    loadSectors(files)
    loadListTemplates(files)
    loadFormMarks(files)
    loadUnits(files)
    loadLadders(files)
    loadTerms(files)
    loadKeys(files)
    loadTaxonomy(files)
    loadPlaces(files)
    loadLexicon(files)
    loadCalendars(files)
    loadPolicy(files)
    loadIndicators(files)
    loadStatistics(files)
    loadReadingTables(files)
    loadLists(files)
    loadLint(files)
    loadPublishing(files)
    loadBrokerTables(files)
  }

  /// Cuts texts into the terms of relevance.
  var termReader: TermReader {
    TermReader(folding: folding, stopWords: stopWords, stopPhrases: stopPhrases)
  }

  /// The frozen tables that texts are weighed by; the first to ask waits for them to be read.
  var statistics: TextStatistics {
    frozenStatistics.tables
  }

  /// The names of the frozen tables that texts are weighed by, with their hashes; empty without
  /// any.
  public var textStatisticsVersion: String {
    statistics.version
  }

  /// The rows of one table, of all tables below a folder (`places/`), or of those that begin alike
  /// (`texts/messages*`).
  mutating func rows(_ path: String, in files: Files, required: [String]) -> [TSVTable.Row] {
    var rows: [TSVTable.Row] = []
    for name in files.names
    where name == path || Corpus.isTable(name, of: path) {
      guard let bytes = files.read(name) else { continue }
      let table = TSVTable(bytes, file: name, required: required)
      issues += table.issues
      rows += table.rows
    }
    if rows.isEmpty {
      issues.append(
        RecordIssue(
          .refused, file: path, field: "", got: "no rows", expected: "a table of the corpus",
          hint: "point --corpus at the folder named Corpus"))
    }
    return rows
  }

  private static func isTable(_ name: String, of path: String) -> Bool {
    guard path.hasSuffix("/") || path.hasSuffix("*"), name.hasSuffix(".tsv") else { return false }
    return name.hasPrefix(path.hasSuffix("*") ? path.dropLast() : path[...])
  }

  mutating func refuse(_ row: TSVTable.Row, _ column: String, expected: String, hint: String? = nil)
  {
    issues.append(row.issue(column, expected: expected, hint: hint))
  }
}
