/// What the linter goes by: `lists/problems.tsv`, `laws.tsv`, `vague.tsv`, `problem_words.tsv`,
/// `mixed_kinds.tsv`, `policy/ranges.tsv`.
struct LintTables: Sendable {
  /// What is said of a code.
  struct Problem: Sendable {
    let kind: DemandProblem.Kind
    let severity: DemandProblem.Severity
    let text: LocalizedName
    let ask: LocalizedName
  }

  /// Values of a kind that cannot be.
  struct Law: Sendable {
    let kind: String
    let unit: Units.Unit
    let least: Double?
    let most: Double?
    /// Whether it holds only behind one of its names.
    let isNamed: Bool
    let reason: LocalizedName
  }

  /// A word that asks for much and says no number.
  struct Vague: Sendable {
    /// The part of the demand that answers it.
    let part: String
    /// The quantity kinds of a number that answers it; empty: any number of its half-sentence.
    let kinds: Set<String>
    let question: LocalizedName
  }

  /// Words by which a sentence is judged.
  enum Word: String, Sendable {
    case filler
    case also
    case sum
    case each
    case latest
    case confidential
    case not
  }

  /// What known lines state for a key, in the canonical unit.
  struct Known: Sendable {
    let low: Double
    let high: Double
    let count: Int
  }

  var problems: [String: Problem] = [:]
  var laws: [Law] = []
  /// Rows are places in `laws`.
  var lawNames = WordList()
  var vague: [Vague] = []
  /// Rows are places in `vague`.
  var vagueWords = WordList()
  var words: [Word: WordList] = [:]
  /// Kinds that writers use for one another: a mass for a force.
  var mixed: [Set<String>] = []
  var known: [KeyID: Known] = [:]

  /// Whether writers use the one kind for the other, so that neither is a wrong unit.
  func isMixed(_ one: String, _ other: String) -> Bool {
    mixed.contains { $0.contains(one) && $0.contains(other) }
  }
}

extension CorpusTables {
  mutating func loadLint(_ files: Files) {
    loadProblems(files)
    loadLaws(files)
    loadVagueWords(files)
    for row in rows("lists/problem_words.tsv", in: files, required: ["kind", "words"]) {
      guard let kind = LintTables.Word(rawValue: row["kind"]) else {
        refuse(row, "kind", expected: "a kind of word that the linter knows")
        continue
      }
      for word in row.list("words") {
        lint.words[kind, default: WordList()].add(word, row: 0, folding: folding)
      }
    }
    for row in rows("lists/mixed_kinds.tsv", in: files, required: ["kinds"]) {
      lint.mixed.append(Set(row.list("kinds")))
    }
    loadKnownRanges(files)
  }

  private mutating func loadProblems(_ files: Files) {
    let required = ["code", "class", "severity", "zh-Hans", "ask zh-Hans"]
    for row in rows("lists/problems.tsv", in: files, required: required) {
      guard let kind = DemandProblem.Kind(rawValue: row["class"]) else {
        refuse(row, "class", expected: "a class of problems that the linter knows")
        continue
      }
      guard let severity = DemandProblem.Severity(rawValue: row["severity"]) else {
        refuse(row, "severity", expected: "error, warning or note")
        continue
      }
      let ask = LocalizedName(
        simplified: row["ask zh-Hans"], traditional: row["ask zh-Hant"], english: row["ask en"])
      lint.problems[row["code"]] = LintTables.Problem(
        kind: kind, severity: severity, text: row.name, ask: ask)
    }
  }

  private mutating func loadLaws(_ files: Files) {
    for row in rows("lists/laws.tsv", in: files, required: ["kind", "unit", "zh-Hans"]) {
      guard let unit = registry.units.unit(row["unit"], of: row["kind"]) else {
        refuse(
          row, "unit", expected: "a unit of the quantity '\(row["kind"])'",
          hint: "add it to registry/units")
        continue
      }
      let names = row.list("names")
      for name in names { lint.lawNames.add(name, row: lint.laws.count, folding: folding) }
      lint.laws.append(
        LintTables.Law(
          kind: row["kind"], unit: unit, least: row.number("least"), most: row.number("most"),
          isNamed: !names.isEmpty, reason: row.name))
    }
  }

  private mutating func loadVagueWords(_ files: Files) {
    for row in rows("lists/vague.tsv", in: files, required: ["words", "part", "zh-Hans"]) {
      for word in row.list("words") {
        lint.vagueWords.add(word, row: lint.vague.count, folding: folding)
      }
      lint.vague.append(
        LintTables.Vague(part: row["part"], kinds: Set(row.list("kinds")), question: row.name))
    }
  }

  /// A frozen table of a catalogue, which may be absent.
  private mutating func loadKnownRanges(_ files: Files) {
    let file = "policy/ranges.tsv"
    guard let bytes = files.read(file) else { return }
    let table = TSVTable(bytes, file: file, required: ["key", "unit", "low", "high", "n"])
    issues += table.issues
    for row in table.rows {
      guard let key = registry.key(row["key"]) else {
        refuse(row, "key", expected: "a key of the registry")
        continue
      }
      guard let low = row.number("low"), let high = row.number("high"), let count = Int(row["n"]),
        low <= high, row["unit"] == registry[key].unit
      else {
        refuse(row, "low", expected: "low ≤ high in the key's canonical unit, made by stats ranges")
        continue
      }
      lint.known[key] = LintTables.Known(low: low, high: high, count: count)
    }
  }
}
