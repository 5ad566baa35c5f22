/// What publishing goes by: what each problem does to a row, which members are about people, the
/// levels at which platforms are recognised. `Corpus/lists/publishing.tsv`, `personal.tsv`,
/// `levels.tsv`, `profile_fields.tsv`.
package struct PublishingTables: Sendable {
  /// What a problem does to the demand.
  package enum Effect: String, Sendable {
    /// Kept as 待补正.
    case draft
    /// Kept as 退回.
    case returned
    /// Not kept.
    case refused
    /// Not kept, and nobody can tell which demand it was.
    case untold
    /// Takes back what was published.
    case withdrawn
  }

  /// A level at which platforms are recognised.
  package struct Level: Sendable {
    package let code: String
    package let name: LocalizedName
    let spellings: [[UInt32]]
  }

  /// By code of a row's finding.
  package internal(set) var rows: [String: Effect] = [:]
  /// By code of a demand's problem.
  package internal(set) var demands: [String: Effect] = [:]
  /// Highest first.
  package internal(set) var levels: [Level] = []
  /// Members of a profile by what they hold: `earliest`, `level`.
  package internal(set) var profileFields: [String: [String]] = [:]
  var members: Set<String> = []
  var headings: [[UInt32]] = []

  func isPersonal(_ name: String, isHeading: Bool, _ folding: Folding) -> Bool {
    if members.contains(ListVocabulary.compact(folding.fold(name))) { return true }
    guard isHeading else { return false }
    let folded = folding.fold(name)
    return headings.contains { ListVocabulary.contains(folded, $0) }
  }
}

extension CorpusTables {
  mutating func loadPublishing(_ files: Files) {
    for row in rows("lists/publishing.tsv", in: files, required: ["of", "code", "effect"]) {
      guard let effect = PublishingTables.Effect(rawValue: row["effect"]) else {
        refuse(row, "effect", expected: "draft, returned, refused, untold or withdrawn")
        continue
      }
      switch row["of"] {
      case "row" where lists.codes[row["code"]] != nil: publishing.rows[row["code"]] = effect
      case "demand" where lint.problems[row["code"]] != nil:
        publishing.demands[row["code"]] = effect
      default: refuse(row, "code", expected: "a code of lists/codes.tsv or lists/problems.tsv")
      }
    }
    for row in rows("lists/personal.tsv", in: files, required: ["where", "words"]) {
      for word in row.list("words") {
        if row["where"] == "heading" {
          publishing.headings.append(folding.fold(word))
        } else {
          publishing.members.insert(ListVocabulary.compact(folding.fold(word)))
        }
      }
    }
    for row in rows("lists/profile_fields.tsv", in: files, required: ["field", "words"]) {
      publishing.profileFields[row["field"], default: []] += row.list("words")
    }
    for row in rows("lists/levels.tsv", in: files, required: ["level", "zh-Hans", "spellings"]) {
      publishing.levels.append(
        PublishingTables.Level(
          code: row["level"], name: row.name,
          spellings: row.list("spellings").map { folding.fold($0) }))
    }
  }

}

extension Corpus {
  /// The highest level of recognition that a text names; nil for none.
  package func recognition(in text: String) -> PublishingTables.Level? {
    let folded = folding.fold(text)
    return publishing.levels.first { level in
      level.spellings.contains { ListVocabulary.contains(folded, $0) }
    }
  }

  /// A number of `Corpus/lists/settings.tsv`.
  package func listSetting(_ name: String, _ fallback: Double) -> Double {
    lists.setting(name, fallback)
  }

  /// What tells an organisation from another, folded, without its legal form; nil for an empty name.
  package func firmCore(_ name: String) -> String? {
    let core = OrganizationName(name, corpus: self).core
    return core.isEmpty ? nil : core
  }

  /// The text with every mention of a name in it (written alike but for widths, case, script and
  /// blanks) replaced.
  package func replacing(_ name: String, in text: String, with word: String) -> String {
    let wanted = LooseText(name, folding: folding).scalars
    let found = LooseText(text, folding: folding)
    guard wanted.count >= 2, found.scalars.count >= wanted.count else { return text }
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var (place, done) = (0, 0)
    while place + wanted.count <= found.scalars.count {
      guard found.scalars[place] == wanted[0], found.scalars[place...].starts(with: wanted) else {
        place += 1
        continue
      }
      let range = found.range(place..<place + wanted.count)
      if range.lowerBound >= done {
        out += bytes[done..<range.lowerBound] + Array(word.utf8)
        done = range.upperBound
      }
      place += wanted.count
    }
    return String(decoding: out + bytes[done...], as: UTF8.self)
  }
}
