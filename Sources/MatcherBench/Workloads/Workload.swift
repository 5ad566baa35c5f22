import Foundation
import Matcher
import TableFiles

/// The real and the synthetic catalogue, copied to a size, and the sample demands, for what reads texts and lists;
/// `world` for what matches.
final class Workload {
  let options: BenchOptions
  let corpus: Corpus
  let platformBytes: [UInt8]
  let demandBytes: [UInt8]

  convenience init(_ options: BenchOptions) {
    self.init(options, copies: options.copies)
  }

  /// As many copies of the catalogue as give at least `lines` service lines (a copy has about 325).
  convenience init(_ options: BenchOptions, lines: Int) {
    self.init(options, copies: (lines + 324) / 325)
  }

  private init(_ options: BenchOptions, copies: Int) {
    self.options = options
    corpus = Corpus(.folder(options.corpus))
    let real = Workload.bytes("\(options.corpus)/catalogue/real.jsonl")
    let synthetic = Workload.bytes("\(options.corpus)/catalogue/synthetic.jsonl")
    platformBytes = Workload.copies(real + synthetic, copies)
    demandBytes = Workload.bytes("\(options.corpus)/lists/sample_demands.jsonl")
  }

  /// The records read anew.
  func read() -> RecordReader {
    var reader = RecordReader(corpus: corpus)
    try? reader.readPlatforms(source(platformBytes), file: "platforms.jsonl")
    try? reader.readDemands(source(demandBytes), file: "demands.jsonl")
    return reader
  }

  lazy var world = WorldLoad(options, corpus: corpus)
  lazy var records = read()
  lazy var prose = makeProse()
  lazy var list = GeneratedList(
    rows: options.size == "small" ? 10_000 : 100_000, seed: options.seed,
    clauses: makeClauses())
  lazy var engine = MatchEngine(corpus: corpus, platforms: records.platforms)

  /// The sample demands repeated with ids of their own.
  func demands(_ count: Int) -> [Demand] {
    let sample = records.demands
    return (0..<count).map { index in
      var demand = sample[index % sample.count]
      demand.id += "-\(index)"
      return demand
    }
  }

  /// A park list of 100,000 rows as CSV: the sample demands under Chinese headings, repeated, in
  /// chunks as a file gives them. Some cells are quoted, some hold line breaks.
  lazy var tableChunks = chunks(tableText)
  lazy var encodedTableChunks = chunks(
    TextEncoder(.gb18030).encode(String(decoding: tableText, as: UTF8.self)).bytes)

  private lazy var tableText: [UInt8] = {
    let rows = records.demands.map { demand in
      let title = demand.title.replacing("\"", with: "\"\"")
      let text = demand.text.replacing("\"", with: "\"\"")
      return "\(title),\"\(text)\",集成电路,示例企业有限公司,60,2027-06-30,示例联系人,,公开,\n"
    }
    var out = "序号,需求名称*,需求描述*,所属领域,企业名称,预算(万元),期望完成时间,联系人,备注,保密级别,其他\n"
    for row in 0..<100_000 where !rows.isEmpty { out += "\(row + 1)," + rows[row % rows.count] }
    return Array(out.utf8)
  }()

  private func chunks(_ bytes: [UInt8]) -> [[UInt8]] {
    stride(from: 0, to: bytes.count, by: 1 << 20).map {
      Array(bytes[$0..<min(bytes.count, $0 + 1 << 20)])
    }
  }

  func source(_ bytes: [UInt8]) -> ByteSource {
    var rest: [UInt8]? = bytes
    return {
      defer { rest = nil }
      return rest
    }
  }

  /// The names of a folder's files, sorted.
  static func names(in folder: String, suffix: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasSuffix(suffix) }.sorted()
  }

  static func bytes(_ path: String) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      MatcherBench.fail("cannot read '\(path)'; run from the project's folder or give --corpus")
    }
    return [UInt8](data)
  }

  /// The lines of JSON Lines repeated with ids of their own.
  private static func copies(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
    guard count > 1 else { return bytes }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    var out = ""
    for copy in 0..<count {
      for line in lines {
        out += line.replacing("\"id\": \"", with: "\"id\": \"\(copy)-")
          .replacing("\"id\":\"", with: "\"id\":\"\(copy)-")
        out += "\n"
      }
    }
    return [UInt8](out.utf8)
  }
}
