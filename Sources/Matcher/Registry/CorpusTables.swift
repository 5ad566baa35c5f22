import MatcherIndex

/// The content of a corpus while its files are read. What each table means stands at `Corpus`.
struct CorpusTables: Sendable {
  typealias Files = Corpus.Files

  var registry = SpecRegistry()
  var taxonomy = Taxonomy()
  var lexicon = Lexicon()
  var places = Places()
  var calendars: [String: WorkCalendar] = [:]
  var policy = Policy()
  var indicators = IndicatorPolicy()
  var texts = Texts()
  var broker = BrokerTables()
  var characters = CommonCharacters()
  var templates = ListTemplates()
  var formMarks = FormMarks()
  /// The phrases of issues, as patterns with `{name}` for what is filled in. `texts/issues.tsv`.
  var issuePhrases: [LocalizedName] = []
  var sectors: [(code: String, name: LocalizedName)] = []
  var lists = ListVocabulary()
  /// The same, shared by the readers of rows.
  var listWords = ListWords(ListVocabulary())
  var folding = Folding(scripts: ScriptTable())
  var quantities = QuantityLexicon(QuantityTables())
  var quantityTables = QuantityTables()
  var stopWords: Set<UInt64> = []
  var stopPhrases = WordTable.empty
  var priors = PriorTable()
  var frozenStatistics = FrozenStatistics()
  var reading = ReadingTables()
  var lint = LintTables()
  var publishing = PublishingTables()
  var issues: [RecordIssue] = []

  /// O(size of the files).
  ///
  /// - Parameter workers: read words and quantities beside the registry, and lists beside the policy.
  init(_ files: Files, workers: Workers) {
    loadScripts(files)
    let start = self
    var (registry, words) = workers.both({ start.withRegistry(files) }, { start.withWords(files) })
    registry.take(words)
    let things = registry
    var (rules, lists) = workers.both({ things.withRules(files) }, { things.withLists(files) })
    rules.take(lists: lists)
    self = rules
  }

  /// What things are, with the tables that name them.
  private consuming func withRegistry(_ files: Files) -> CorpusTables {
    var tables = self
    tables.loadSectors(files)
    tables.loadUnits(files)
    tables.loadLadders(files)
    tables.loadTerms(files)
    tables.loadKeys(files)
    tables.loadTaxonomy(files)
    tables.loadPlaces(files)
    tables.loadLexicon(files)
    return tables
  }

  /// How things are said, which needs the scripts alone. What is loaded here, `take` takes over.
  private consuming func withWords(_ files: Files) -> CorpusTables {
    var tables = self
    tables.issues = []
    tables.loadQuantities(files)
    tables.loadStopWords(files)
    tables.loadTexts(files)
    tables.loadCharacters(files)
    tables.loadIssuePhrases(files)
    tables.loadListTemplates(files)
    tables.loadFormMarks(files)
    tables.loadCalendars(files)
    return tables
  }

  /// What is weighed and how words are read, which needs what things are.
  private consuming func withRules(_ files: Files) -> CorpusTables {
    var tables = self
    tables.loadPolicy(files)
    tables.loadIndicators(files)
    tables.loadStatistics(files)
    tables.loadReadingTables(files)
    return tables
  }

  /// How lists are read, checked and published, which needs no rule. What is loaded here, `take(lists:)`
  /// takes over.
  private consuming func withLists(_ files: Files) -> CorpusTables {
    var tables = self
    tables.issues = []
    tables.loadLists(files)
    tables.loadLint(files)
    tables.loadPublishing(files)
    tables.loadBrokerTables(files)
    return tables
  }

  private mutating func take(lists tables: CorpusTables) {
    lists = tables.lists
    listWords = tables.listWords
    lint = tables.lint
    publishing = tables.publishing
    broker = tables.broker
    issues += tables.issues
  }

  private mutating func take(_ words: CorpusTables) {
    quantities = words.quantities
    stopWords = words.stopWords
    stopPhrases = words.stopPhrases
    texts = words.texts
    characters = words.characters
    issuePhrases = words.issuePhrases
    templates = words.templates
    formMarks = words.formMarks
    calendars = words.calendars
    issues += words.issues
  }

  var termReader: TermReader {
    TermReader(folding: folding, stopWords: stopWords, stopPhrases: stopPhrases)
  }

  /// The rows of one table, of all tables below a folder (`places/`), or of those that begin alike
  /// (`texts/messages*`).
  mutating func rows(_ path: String, in files: Files, required: [String]) -> [TSVTable.Row] {
    var rows: [TSVTable.Row] = []
    for name in files.names
    where name == path || CorpusTables.isTable(name, of: path) {
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
