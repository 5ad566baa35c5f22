/// Which documents hold which terms, and how strongly: exact scores of any documents, and the best of
/// all, without a word of what documents and terms are.
///
/// A document's score for a query is Σ weight · impact over the query's terms that it holds, formed
/// in `Double` from 0 in ascending order of the terms, so that every way of computing it gives the
/// same bits. Impacts are kept three times, each for what it is best at:
///
/// - **postings** by term, documents ascending: the document and a level of four bits in one word, the
///   exact impact beside it; for scores of whole ranges and for bounds of rare terms;
/// - **columns** of four bits a document for the frequent terms: 128 documents in 64 bytes;
/// - **entries** by document, terms ascending: the exact score of a single document.
///
/// Levels are rounded up, so that sums of levels bound scores from above and a document is scored
/// exactly only when its bound can still win. Immutable; any thread may read it. Opened from
/// `Sections` without parsing: a mapped file serves as well as memory.
///
/// - Note: Quantised impacts as in Anh, de Kretser and Moffat, "Vector-Space Ranking with Effective
///   Early Termination", SIGIR 2001; columns looked up sixteen values at a time as in André, Kermarrec
///   and Le Scouarnec, "Cache Locality is Not Enough: High-Performance Nearest Neighbor Search with
///   Product Quantization Fast Scan", VLDB 2015. Both only as bounds: results are exact.
public final class PostingIndex: Sendable {
  /// Documents are numbered below this: a posting has 28 bits for one.
  public static let documentLimit = 1 << 28
  /// Documents of one block of a column, and its bytes.
  static let blockDocuments = 128
  static let blockBytes = 64

  public let dictionary: TermDictionary
  /// Where each term's postings begin; one more than terms.
  let starts: Column<UInt64>
  /// Document · 16 + level.
  let postings: Column<UInt32>
  /// The exact impacts, in the order of `postings`.
  let impacts: Column<Float>
  /// Each term's `ImpactLevels`.
  let lowest: Column<Float>
  let steps: Column<Float>
  /// Each term's column + 1, 0 for a term without one.
  let columnNumbers: Column<UInt32>
  let columns: Column<UInt8>
  /// Where each document's entries begin; one more than documents.
  let documentStarts: Column<UInt64>
  let entryTerms: Column<UInt32>
  let entryImpacts: Column<Float>

  /// The number of documents; they are numbered from 0 as they were added.
  public var documentCount: Int {
    documentStarts.count - 1
  }

  public var postingCount: Int {
    postings.count
  }

  /// How many terms are frequent enough for a column.
  public var columnCount: Int {
    columns.count / max(1, columnBytes)
  }

  /// All columns' bytes.
  public var byteCount: Int {
    dictionary.terms.count * 16 + starts.count * 8 + postings.count * 8 + lowest.count * 12
      + columns.count + documentStarts.count * 8 + entryTerms.count * 8
  }

  /// The bytes of one frequent term's column.
  var columnBytes: Int {
    Self.columnBytes(documents: documentCount)
  }

  static func columnBytes(documents: Int) -> Int {
    (documents + blockDocuments - 1) / blockDocuments * blockBytes
  }

  /// How many documents hold a term.
  ///
  /// - Precondition: The number is one of the dictionary's.
  public func documentCount(of term: UInt32) -> Int {
    Int(starts[Int(term) + 1] - starts[Int(term)])
  }

  /// How the index is laid out.
  public struct Options: Sendable {
    /// A term gets a column when more than one in so many documents hold it, 1...
    public var columnShare = 64

    public init() {}
  }

  init(
    dictionary: TermDictionary, starts: Column<UInt64>, postings: Column<UInt32>,
    impacts: Column<Float>, lowest: Column<Float>, steps: Column<Float>,
    columnNumbers: Column<UInt32>, columns: Column<UInt8>, documentStarts: Column<UInt64>,
    entryTerms: Column<UInt32>, entryImpacts: Column<Float>
  ) {
    self.dictionary = dictionary
    self.starts = starts
    self.postings = postings
    self.impacts = impacts
    self.lowest = lowest
    self.steps = steps
    self.columnNumbers = columnNumbers
    self.columns = columns
    self.documentStarts = documentStarts
    self.entryTerms = entryTerms
    self.entryImpacts = entryImpacts
  }
}
