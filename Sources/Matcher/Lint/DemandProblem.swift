/// One thing that is wrong with a demand, or missing from it, as the linter judged it.
///
/// It holds what its sentences need, not the sentences: `ProblemText` says it in three languages.
/// Of a demand or requirement that not everyone may read it holds no words and no values.
public struct DemandProblem: Sendable, Equatable {
  public enum Severity: String, Sendable, Comparable {
    /// Would help.
    case note
    /// A person should look.
    case warning
    /// Cannot be met, or not be understood, as it stands.
    case error

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }

    public static func < (left: Severity, right: Severity) -> Bool {
      left.rank < right.rank
    }
  }

  /// The kind of problem; says what would be right.
  public enum Kind: String, Sendable, CaseIterable {
    case vague
    case contradiction
    case implausible
    case unit
    case scale
    case time
    case words
    case confidential
    case term
  }

  /// Words of the demand.
  public struct Quote: Sendable, Equatable {
    public enum Field: String, Sendable {
      case title
      case text
    }

    public let field: Field
    /// UTF-8 offsets into the field.
    public let range: Range<Int>
    public let words: String
  }

  /// A row of `Corpus/lists/problems.tsv`.
  public let code: String
  public let kind: Kind
  public let severity: Severity
  /// The stage's id; nil without stages, or when all are meant.
  public let stage: String?
  /// `services`, `requirements`, `certificates`, `quantity`, `window`, `budget`, `place`, `text`,
  /// `expires` or `visibility`.
  public let part: String
  /// The key's id, where the problem is about one and everyone may read it.
  public let key: String?
  /// The words it is about; nil when none are, or not everyone may read them.
  public let quote: Quote?
  /// Whether words and values are left out because not everyone may read them.
  public let isWithheld: Bool
  /// What is filled into the sentences, by placeholder.
  let values: [String: LocalizedName]
}

extension LocalizedName {
  /// The same in every language.
  init(plain text: String) {
    self.init(simplified: text, traditional: text, english: text)
  }
}
