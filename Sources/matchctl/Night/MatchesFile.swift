import Ledger
import Matcher
import MatcherIndex
import Synchronization

/// The listed pairs as a file, by far the largest of a run: written as soon as the stages are known,
/// while what else the run needs is worked out. Its last line waits for that.
struct MatchesFile {
  private let writer: RunWriter
  private let file: LineFile

  init(_ writer: RunWriter) throws {
    self.writer = writer
    file = try writer.begin(NightFiles.matches)
  }

  /// Workers turn stages into text; one file takes it in order.
  func write(_ stages: [NightStage], asOf: CivilDate, _ workers: Workers) throws {
    let failure = Mutex<(any Error)?>(nil)
    let taker = Taker(file)
    workers.ordered(
      stages.count, chunk: 64, state: { 0 },
      work: { range, _ in
        var text = LineText()
        for stage in stages[range] {
          for match in stage.matches {
            match.append(asOf: asOf, to: &text)
            text.endLine()
          }
        }
        return text.bytes
      },
      emit: { bytes in
        do {
          try taker.file.add(lines: bytes)
          return true
        } catch {
          failure.withLock { $0 = error }
          return false
        }
      })
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  func finish(_ summary: JSONObject) throws {
    try file.add(JSONText.line(summary))
    try writer.end(NightFiles.matches, file)
  }

  /// Workers hand out one part at a time.
  private struct Taker: @unchecked Sendable {
    let file: LineFile

    init(_ file: LineFile) {
      self.file = file
    }
  }
}
