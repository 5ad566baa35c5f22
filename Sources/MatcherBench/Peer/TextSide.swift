import Foundation
import MatcherIndex

/// The benchmark's texts: profiles as a posting index, demands as its queries, so that scores are
/// BM25 with k₁ = 1.2, b = 0.75, exact lengths and Lucene's idf.
struct TextSide: Sendable {
  let index: PostingIndex
  let queries: [PostingQuery]

  init(data: String, workers: Workers) throws {
    let index = try Self.index(TokenFile("\(data)/profiles.tok"), workers)
    self.index = index
    let demands = try TokenFile("\(data)/demands.tok")
    var queries: [PostingQuery] = []
    demands.forEachLine(in: 0..<demands.bytes.count) { tokens in
      queries.append(Self.query(tokens, index))
    }
    self.queries = queries
  }

  /// An impact is f ÷ (f + k₁·(1 − b + b·length ÷ average length)).
  private static func index(_ file: TokenFile, _ workers: Workers) throws -> PostingIndex {
    let ranges = file.parts(workers.count)
    let parts = ranges.map { _ in Filling() }
    workers(ranges.count) { parts[$0].counts = file.count(ranges[$0]) }
    let (lines, tokens) = parts.reduce((0, 0)) { ($0.0 + $1.counts.lines, $0.1 + $1.counts.tokens) }
    let average = Double(tokens) / Double(max(1, lines))
    workers(ranges.count) { number in
      let part = parts[number].part
      file.forEachLine(in: ranges[number]) { tokens in
        let norm = 1.2 * (1 - 0.75 + 0.75 * (Double(tokens.count) / average))
        part.add(occurrences: tokens) { Float(Double($0) / (Double($0) + norm)) }
      }
    }
    return try PostingIndex(parts.map(\.part), workers: workers)
  }

  /// Unchecked: one thread fills it, and others read when that has ended.
  private final class Filling: @unchecked Sendable {
    let part = PostingPart()
    var counts = (lines: 0, tokens: 0)
  }

  /// A weight is ln(1 + (N − n + ½) ÷ (n + ½)) for n of N documents.
  private static func query(
    _ tokens: UnsafeBufferPointer<UInt64>, _ index: PostingIndex
  ) -> PostingQuery {
    let all = Double(index.documentCount)
    return PostingQuery(
      Set(tokens).compactMap { token -> (term: UInt32, weight: Double)? in
        guard let term = index.dictionary[token] else { return nil }
        let own = Double(index.documentCount(of: term))
        return (term, log(1 + (all - own + 0.5) / (own + 0.5)))
      })
  }
}

/// The ten best profiles by text alone.
final class LexicalPeer: PeerEngine {
  let note = "exact top 10; four-bit columns, postings and forward entries in memory, f32 impacts"
  private let text: TextSide

  init(data: String, workers: Workers) throws {
    text = try TextSide(data: data, workers: workers)
  }

  var queryCount: Int {
    text.queries.count
  }

  var byteCount: Int {
    text.index.byteCount
  }

  func best(_ query: Int, scratch: PeerScratch) -> [Hit] {
    text.index.top(10, text.queries[query], scratch: scratch.postings)
  }
}
