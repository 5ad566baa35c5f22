/// Says what `RecordIssue` says in English in the language of the reader.
///
/// The code writes issues in English; `texts/issues.tsv` has a pattern for each phrase, with
/// `{name}` where a value stands. Values (ids, numbers, quoted input) stay as they are. A phrase
/// that no pattern fits stays English.
public struct IssueText: Sendable {
  private let patterns: [Pattern]
  private let problems: ProblemText?

  public init(_ corpus: Corpus) {
    self.init(phrases: corpus.issuePhrases, problems: ProblemText(corpus))
  }

  /// Patterns by length of their literal text, longest first; equal ones in the order given.
  init(phrases: [LocalizedName], problems: ProblemText? = nil) {
    self.problems = problems
    let compiled = phrases.map(Pattern.init).enumerated().sorted { one, other in
      let (length, otherLength) = (one.element.literalLength, other.element.literalLength)
      return length == otherLength ? one.offset < other.offset : length > otherLength
    }
    patterns = compiled.map(\.element)
  }

  /// The English text in another language; itself when no pattern fits the whole of it.
  ///
  /// - Complexity: O(*p* *n*) for *p* patterns and a text of *n* bytes.
  public func translate(_ english: String, _ language: Language) -> String {
    guard language != .english else { return english }
    let text = Array(english.utf8)
    for pattern in patterns {
      if let values = pattern.values(in: text) { return pattern.filled(values, language) }
    }
    return english
  }

  /// The issue with what was got, expected and advised in another language; its field path stays.
  public func translate(_ issue: RecordIssue, _ language: Language) -> RecordIssue {
    var issue = issue
    issue.got = translate(issue.got, language)
    issue.expected = translate(issue.expected, language)
    issue.hint = issue.hint.map { translate($0, language) }
    if let problem = issue.problem, let problems {
      issue.got = problems.sentence(problem, language)
      issue.hint = problems.ask(problem, language)
    }
    return issue
  }
}

extension IssueText {
  /// One phrase: literal pieces of the English text with a placeholder between any two.
  private struct Pattern: Sendable {
    let phrase: LocalizedName
    let names: [String]
    let literals: [[UInt8]]

    init(_ phrase: LocalizedName) {
      self.phrase = phrase
      let parts = Texts.parts(phrase.english)
      names = parts.compactMap(\.placeholder)
      var literals: [[UInt8]] = [[]]
      for part in parts {
        switch part {
        case .literal(let text): literals[literals.count - 1] += Array(text.utf8)
        case .placeholder: literals.append([])
        }
      }
      self.literals = literals
    }

    var literalLength: Int {
      literals.reduce(0) { $0 + $1.count }
    }

    /// What stands at the placeholders, each at least one byte; nil when the text does not fit.
    ///
    /// Each piece is taken where it first occurs, which finds a fit if there is one.
    func values(in text: [UInt8]) -> [String: String]? {
      guard let first = literals.first, let last = literals.last else { return nil }
      guard literals.count > 1 else { return text == first ? [:] : nil }
      guard text.starts(with: first), text.count >= literalLength + names.count else { return nil }
      var values: [String: String] = [:]
      var start = first.count
      for (index, literal) in literals.dropFirst().enumerated() {
        let isLast = index == names.count - 1
        let place = isLast ? text.count - last.count : Self.place(of: literal, in: text, start + 1)
        guard let place, place > start, text[place...].starts(with: literal) else { return nil }
        values[names[index]] = String(decoding: text[start..<place], as: UTF8.self)
        start = place + literal.count
      }
      return values
    }

    /// The first index from `start` at which the piece stands.
    private static func place(of piece: [UInt8], in text: [UInt8], _ start: Int) -> Int? {
      guard start + piece.count <= text.count else { return nil }
      return (start...(text.count - piece.count)).first { text[$0...].starts(with: piece) }
    }

    func filled(_ values: [String: String], _ language: Language) -> String {
      Texts.filled(phrase.text(language), values)
    }
  }
}
