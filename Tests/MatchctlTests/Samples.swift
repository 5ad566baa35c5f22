import Foundation
import Matcher
import RecordFiles

@testable import matchctl

/// The records most tests share, and runs that are made once.
enum Samples {
  static let real = Command.corpus("catalogue/real.jsonl")
  static let synthetic = Command.corpus("catalogue/synthetic.jsonl")
  static let demands = Command.corpus("lists/sample_demands.jsonl")
  static let day = ["--as-of", "2026-11-22"]
  static let platforms = ["--platforms", real, synthetic]
  static let records = platforms + ["--demands", demands] + day

  /// The made-up catalogue alone, for what needs one pair.
  static let sheet = ["--platforms", synthetic, "--demands", demands] + day
  /// Two of the demands, one of them of two stages.
  static let first = ["--demands", twoDemands] + day
  private static let scratch = Result { try Scratch() }
  private static let twoDemands: String = {
    let rows = (try? String(contentsOfFile: demands, encoding: .utf8))?.split(separator: "\n") ?? []
    let text = rows.enumerated().filter { [0, 7].contains($0.offset) }.map { $0.element + "\n" }
    return (try? scratch.get().file("two.jsonl", text.joined())) ?? ""
  }()

  /// `match` of the sample demands against both catalogues, as JSON Lines.
  static let jsonLines = Result { try Command.run(["match"] + records + ["--format", "jsonl"]) }

  /// The same as a table in Simplified Chinese.
  static let table = Result { try Command.run(["match"] + records + ["--lang", "zh-Hans"]) }

  /// The sample demands and both catalogues, read by the library.
  static let loaded = Result {
    () throws -> (corpus: Corpus, engine: MatchEngine, demands: [Demand]) in
    let corpus = try CorpusFolder.load(Command.corpus(""))
    var reader = RecordReader(corpus: corpus)
    for path in [real, synthetic] {
      try reader.readPlatforms(FileSource.open(path), file: path)
    }
    try reader.readDemands(FileSource.open(demands), file: demands)
    return (corpus, MatchEngine(corpus: corpus, platforms: reader.platforms), reader.demands)
  }

  static let options = MatchOptions(asOf: CivilDate(dayNumber: 20_779))

  /// Some of each stage's first two dozen pairs, misfits included.
  static let evaluations = Result { () throws -> [Evaluation] in
    let (_, engine, demands) = try loaded.get()
    var options = Samples.options
    options.includesConflict = true
    options.top = 24
    let all = demands.flatMap { engine.match($0, options: options) }.flatMap(\.matches)
    return stride(from: 0, to: all.count, by: 5).map { all[$0] }
  }
}

/// Small records that a test can see through.
enum Made {
  /// Two open silicon carbide lines and one of gallium nitride.
  static let platforms = """
    {"type":"platform","id":"PA","name":"甲平台","place":"广东/深圳","status":{"state":"open"},\
    "openness":{"state":"open"},"source":{"kind":"form","ref":"form"},"lines":[\
    {"id":"PA/1","name":"甲线","services":["ic.sic"],"specs":[\
    {"key":"wafer_diameter","values":[150],"unit":"mm"},\
    {"key":"implant_temperature","max":600,"unit":"℃"}]},\
    {"id":"PA/2","name":"乙线","services":["ic.sic"],"specs":[\
    {"key":"wafer_diameter","values":[150],"unit":"mm"}]}]}
    {"type":"platform","id":"PB","name":"乙平台","place":"广东/广州","status":{"state":"open"},\
    "openness":{"state":"open"},"source":{"kind":"form","ref":"form"},"lines":[\
    {"id":"PB/1","name":"丙线","services":["ic.sic"],"specs":[\
    {"key":"wafer_diameter","values":[150],"unit":"mm"},\
    {"key":"implant_temperature","max":400,"unit":"℃"}]}]}
    {"type":"platform","id":"PC","name":"丙平台","place":"广东/广州","status":{"state":"open"},\
    "openness":{"state":"open"},"source":{"kind":"form","ref":"form"},"lines":[\
    {"id":"PC/1","name":"丁线","services":["ic.gan"],"specs":[]}]}

    """

  static let demand = """
    {"type":"demand","id":"D1","title":"碳化硅","services":["ic.sic"],"requirements":[\
    {"key":"wafer_diameter","op":"one_of","value":[150],"unit":"mm","strictness":"hard"},\
    {"key":"implant_temperature","op":"at_least","value":500,"unit":"℃","strictness":"hard"}]}

    """
}
