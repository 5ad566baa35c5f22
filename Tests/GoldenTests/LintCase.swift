import Matcher
import MatcherTestSupport
import Testing

/// A demand of `Corpus/cases/lint` with the problems that a careful engineer finds in it.
struct LintCase: Sendable, CustomTestStringConvertible {
  let id: String
  let file: String
  let record: JSONObject
  /// Codes of all errors and warnings, sorted.
  let expected: [String]
  /// Codes that must be among the notes.
  let notes: [String]

  var testDescription: String { id }

  /// The day on which the cases are judged.
  static let day = CivilDate(year: 2026, month: 11, day: 21)

  static let all: [LintCase] = CorpusFiles.names(in: "cases/lint", suffix: ".jsonl").flatMap(cases)

  private static func cases(of file: String) -> [LintCase] {
    let bytes = CorpusFiles.bytes("cases/lint/\(file)") ?? []
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let object = (try? JSONParser.parse(line))?.object,
        let id = object["id"]?.string
      else { return nil }
      func codes(_ name: String) -> [String] {
        (object[name]?.array ?? []).compactMap(\.string).sorted()
      }
      return LintCase(
        id: id, file: file, record: object, expected: codes("expected"), notes: codes("notes"))
    }
  }

  /// The demand as its record states it.
  func demand(_ corpus: Corpus) -> Demand? {
    var reader = RecordReader(corpus: corpus)
    reader.add(demand: record, file: file)
    return reader.demands.first
  }
}
