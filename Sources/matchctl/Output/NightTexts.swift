import Ledger
import Matcher
import Night

/// What a night says to people, in one language.
struct NightTexts: Sendable {
  let corpus: Corpus
  let language: Language

  func note(_ id: String, _ value: String) -> String {
    corpus.texts.text(id, language, ["value": value])
  }

  func phase(_ phase: NightPhase) -> String {
    corpus.texts.text("night.phase.\(phase.rawValue)", language)
  }

  /// One line: what was written where, and what changed.
  func done(_ result: Night.Result, _ out: String) -> String {
    let counts = result.manifest.counts
    var values = ["run": result.run, "folder": "\(out)/\(result.run)"]
    values["day"] = result.manifest.asOf.map { "\($0)" } ?? ""
    for name in ["demands", "lines", "matches", "new", "lost", "risen", "fallen"] {
      values[name] = counts[name]?.number.map { String(Int($0)) } ?? "0"
    }
    return corpus.texts.text("night.done", language, values)
  }

  /// One line: what stopped it, and what to do.
  func failed(_ error: any Error) -> String {
    corpus.texts.text("night.failed.\(NightError.code(of: error))", language)
  }
}

extension NightTexts {
  func replayed(_ run: String, files: Int) -> String {
    corpus.texts.text("replay.same", language, ["run": run, "count": "\(files)"])
  }

  func differs(_ run: String, _ file: String, _ byte: Int?) -> String {
    guard let byte else {
      return corpus.texts.text("replay.differs", language, ["run": run, "file": file])
    }
    return corpus.texts.text(
      "replay.differs.at", language, ["run": run, "file": file, "byte": "\(byte + 1)"])
  }
}
