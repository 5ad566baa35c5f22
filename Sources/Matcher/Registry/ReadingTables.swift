/// A word that says how something in a text is meant. A row of `lexicon/cues.tsv`.
public struct ReadingCue: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    case must
    case prefer
    /// 希望, 最好: strong for a certificate, else soft.
    case wish
    /// Waives what stands beside it.
    case waive
    case placeOnly = "place_only"
    case placePrefer = "place_prefer"
    /// The place is the writer's own.
    case placeOwn = "place_own"
    /// The work must not, or may, leave the country.
    case placeInland = "place_inland"
    case placeAbroad = "place_abroad"
    case finish
    case start
    case duration
    case budget
    /// The money is for one of them.
    case perPiece = "per_piece"
    case lot
    /// What has been or is, not what is asked.
    case past
    case stageFirst = "stage_first"
    case stageNext = "stage_next"
    /// Does not have, does not offer.
    case denied
    case notOpen = "not_open"
    /// Directly before a certificate: it is not held.
    case no
    case certificate
    /// What names of certificates end with. `lexicon/reading_words.tsv`.
    case certificateNoun = "certificate_noun"
    case validUntil = "valid_until"
    case or
    /// Holds for every step.
    case all
    /// Not there yet: applied for, being installed.
    case planned
    /// Behind or before a number: the least that is taken in one go.
    case lotLeast = "lot_least"
    /// The days beside it are free for work.
    case slot
    /// The time beside it passes before work begins.
    case lead
    /// Whom one serves, not where one is.
    case clients
    case taxIncluded = "tax_included"
    case taxExcluded = "tax_excluded"
  }

  public let kind: Kind
  public let words: [String]
}

/// Which keys a demand for a service usually states, and how. A row of `taxonomy/typical.tsv`.
struct TypicalKey: Sendable {
  let key: KeyID
  /// A value of the key's kind without a naming word means this key.
  let bare: Bool
  let cues: [String]
}

/// When a term of a vocabulary that stands in a text is not meant.
struct TermGuard: Sendable {
  /// Directly before or behind the term these make it part of another word; folded.
  let before: [[UInt32]]
  let after: [[UInt32]]
  /// A word that tells the service is not asked as a term besides.
  let byService: Bool
}

/// What a word says that is looked for only around something else that was found.
/// `lexicon/reading_words.tsv` says what each is for.
enum ReadingWord: String, Sendable, CaseIterable {
  case certificateNoun = "certificate_noun"
  case certificateHold = "certificate_hold"
  case certificateSole = "certificate_sole"
  case certificateVague = "certificate_vague"
  case certificateOther = "certificate_other"
  case certificateOwn = "certificate_own"
  case certificateGoal = "certificate_goal"
  case certificateLink = "certificate_link"
  case certificateTo = "certificate_to"
  case certificateExcept = "certificate_except"
  case certificateAsked = "certificate_asked"
  case certificateRefused = "certificate_refused"
  case certificateLacks = "certificate_lacks"
  case certificateAfter = "certificate_after"
  case certificateProduct = "certificate_product"
  case placeAt = "place_at"
  case placeWork = "place_work"
  case placeOf = "place_of"
  case placeTo = "place_to"
  case placeFrom = "place_from"
  case placeHave = "place_have"
  case placePlan = "place_plan"
  case placeExcept = "place_except"
  case placeOutside = "place_outside"
  case placeDistance = "place_distance"
  case placeNotHere = "place_not_here"
  case deadlineTurnaround = "deadline_turnaround"
  case deadlineDone = "deadline_done"
  case deadlineAfter = "deadline_after"
  case deadlineOther = "deadline_other"
  case lotBefore = "lot_before"
  case lotOther = "lot_other"
  case specNeutral = "spec_neutral"
  case specLowest = "spec_lowest"
  case outputAsked = "output_asked"
  case outputOwn = "output_own"
}

/// Words by which free text is read: `taxonomy/typical.tsv`, `taxonomy/evidence.tsv`,
/// `lexicon/cues.tsv`, `lexicon/guards.tsv`, `lexicon/reading_words.tsv`.
struct ReadingTables: Sendable {
  /// By service, field or sector, its own rows only.
  var typical: [ServiceID: [TypicalKey]] = [:]
  var evidence: [(service: ServiceID, word: String, strong: Bool)] = []
  var cues: [ReadingCue] = []
  /// The keys that some line of the frozen catalogue states. `policy/stated.tsv`.
  var stated: Set<KeyID> = []
  /// By vocabulary. `lexicon/guards.tsv`.
  var guards: [String: TermGuard] = [:]
  /// `lexicon/reading_words.tsv`.
  var words: [ReadingWord: WordList] = [:]
  /// What names of certificates end with; also cues of the index.
  var certificateNouns: [String] = []
}

extension CorpusTables {
  mutating func loadReadingTables(_ files: Files) {
    for row in rows("taxonomy/typical.tsv", in: files, required: ["service", "key", "bare"]) {
      guard let service = taxonomy.node(row["service"]) else {
        refuse(row, "service", expected: "a code of taxonomy/services.tsv")
        continue
      }
      guard let key = registry.key(row["key"]) else {
        refuse(row, "key", expected: "a key of the registry")
        continue
      }
      guard row["bare"] == "yes" || row["bare"] == "no" else {
        refuse(row, "bare", expected: "yes or no")
        continue
      }
      reading.typical[service, default: []].append(
        TypicalKey(key: key, bare: row["bare"] == "yes", cues: row.list("cues")))
    }
    for row in rows("taxonomy/evidence.tsv", in: files, required: ["service", "words", "strength"])
    {
      guard let service = taxonomy.node(row["service"]) else {
        refuse(row, "service", expected: "a code of taxonomy/services.tsv")
        continue
      }
      guard row["strength"] == "strong" || row["strength"] == "weak" else {
        refuse(row, "strength", expected: "strong or weak")
        continue
      }
      reading.evidence += row.list("words").map { (service, $0, row["strength"] == "strong") }
    }
    for row in rows("lexicon/cues.tsv", in: files, required: ["kind", "words"]) {
      guard let kind = ReadingCue.Kind(rawValue: row["kind"]) else {
        refuse(row, "kind", expected: "a kind of cue that the reader knows")
        continue
      }
      reading.cues.append(ReadingCue(kind: kind, words: row.list("words")))
    }
    for row in rows("policy/stated.tsv", in: files, required: ["key", "lines"]) {
      guard let key = registry.key(row["key"]) else {
        refuse(row, "key", expected: "a key of the registry")
        continue
      }
      reading.stated.insert(key)
    }
    loadReadingWords(files)
    for row in rows("lexicon/guards.tsv", in: files, required: ["vocabulary", "before", "after"]) {
      guard registry.vocabularies[row["vocabulary"]] != nil else {
        refuse(row, "vocabulary", expected: "a vocabulary of registry/terms")
        continue
      }
      reading.guards[row["vocabulary"]] = TermGuard(
        before: row.list("before").map { folding.fold($0) },
        after: row.list("after").map { folding.fold($0) }, byService: row["by_service"] == "yes")
    }
  }

  private mutating func loadReadingWords(_ files: Files) {
    let file = "lexicon/reading_words.tsv"
    for row in rows(file, in: files, required: ["about", "kind", "words"]) {
      guard let kind = ReadingWord(rawValue: "\(row["about"])_\(row["kind"])") else {
        refuse(row, "kind", expected: "a kind of word that the reader knows")
        continue
      }
      for word in row.list("words") {
        reading.words[kind, default: WordList()].add(word, row: 0, folding: folding)
      }
      if kind == .certificateNoun { reading.certificateNouns += row.list("words") }
    }
  }
}
