/// What may be said of a row: a code with what it does to the row, as `Corpus/lists/codes.tsv` has it.
struct ListCode: Sendable {
  /// How a code decides over its row, weakest first.
  enum Effect: String, Sendable, Comparable {
    case info
    case warning
    case reject
    case skip

    private var rank: Int {
      switch self {
      case .info: 0
      case .warning: 1
      case .reject: 2
      case .skip: 3
      }
    }

    static func < (left: Effect, right: Effect) -> Bool {
      left.rank < right.rank
    }
  }

  let effect: Effect
  /// Two codes of one group in a row return the row; empty for none.
  let group: String
  /// An id of the texts.
  let message: String
}

/// One thing said of a row, with the column and the values that its sentence needs.
public struct ListFinding: Sendable, Equatable {
  /// A row of `Corpus/lists/codes.tsv`.
  public let code: String
  /// Column of the table, from 0; nil when the whole row is meant.
  public var column: Int?
  /// What fills the sentence: column, got, taken, basis. Private data is masked, state secrets are
  /// never here.
  public var values: [String: String]
  /// What it does here, where that is not what its code does.
  var effect: ListCode.Effect?
  /// The id of the sentence, where it is not that of its code.
  var message: String?

  init(_ code: String, column: Int? = nil, values: [String: String] = [:]) {
    self.code = code
    self.column = column
    self.values = values
  }

  /// With the column's heading among its values.
  func named(_ columns: ListColumns) -> ListFinding {
    guard let column else { return self }
    var finding = self
    finding.values["column"] = columns.heading(at: column)
    return finding
  }
}
