import Matcher
import Night
import Synchronization

/// Says on standard error how far a night is: on a terminal in one line that is written over, else a
/// line a phase and quarter. Any thread.
final class NightProgress: Sendable {
  private let texts: NightTexts
  private let last = Mutex<(phase: NightPhase?, percent: Int)>((nil, 0))

  init(_ texts: NightTexts) {
    self.texts = texts
  }

  var report: @Sendable (NightPhase, Int) -> Void {
    { [self] phase, percent in
      last.withLock { last in
        let step = Output.errorIsTerminal ? 1 : 25
        guard last.phase != phase || percent >= last.percent + step else { return }
        last = (phase, percent)
        let text = "\(texts.phase(phase)) \(percent)%"
        if Output.errorIsTerminal { Output.progress(text) } else { Output.error(text) }
        if Output.errorIsTerminal, phase == .record, percent == 100 { Output.progress("") }
      }
    }
  }
}
