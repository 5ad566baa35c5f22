import Foundation
import Ledger
import Matcher
import RecordFiles

/// Looks after what a working installation needs: tables, clock, zone, disk, ledger, the last night.
struct Checkup {
  enum Grade: String {
    case ok, note, wrong
  }

  /// One thing that was looked at.
  struct Finding {
    let grade: Grade
    /// A message of `texts/messages-keeping.tsv` and what it names.
    let id: String
    let values: [String: String]
  }

  let version: String
  let corpusFolder: String?
  let ledger: String?
  /// Where the nights write, if any.
  let out: String?
  let now: Instant
  private(set) var findings: [Finding] = []
  /// Entries by kind, for the support file: counts alone.
  private(set) var counts: [(kind: String, count: Int)] = []
  private(set) var corpus: Corpus?

  init(version: String, corpusFolder: String?, ledger: String?, out: String?, now: Instant) {
    self.version = version
    self.corpusFolder = corpusFolder
    self.ledger = ledger
    self.out = out
    self.now = now
  }

  mutating func run() {
    add(
      .ok, "program",
      ["version": version, "system": ProcessInfo.processInfo.operatingSystemVersionString])
    checkCorpus()
    add(.ok, "clock", ["now": now.description, "day": "\(now.day())"])
    let zone = TimeZone.current
    let isShanghai = zone.secondsFromGMT() == 28_800
    add(isShanghai ? .ok : .note, "zone", ["zone": zone.identifier])
    checkLedger()
    if let out { checkFolder(out, needed: 500) }
    checkNight()
  }

  private mutating func add(_ grade: Grade, _ id: String, _ values: [String: String]) {
    findings.append(Finding(grade: grade, id: "doctor.\(id)", values: values))
  }

  private mutating func checkCorpus() {
    do {
      let folder = try CorpusFolder.locate(corpusFolder)
      let corpus = Corpus(.folder(folder))
      self.corpus = corpus
      let issues = (corpus.issues + CorpusLint.check(corpus)).filter { $0.severity == .refused }
      if let first = issues.first {
        add(.wrong, "corpus.wrong", ["count": "\(issues.count)", "first": first.description])
      } else {
        add(.ok, "corpus", ["folder": folder, "policy": corpus.policy.version])
      }
    } catch {
      add(.wrong, "corpus.none", ["reason": "\(error)"])
    }
  }

  private mutating func checkLedger() {
    guard let ledger else { return add(.note, "ledger.none", [:]) }
    do {
      let opened = try Ledger(opening: ledger)
      let found = try opened.integrity()
      let last = try opened.read { try $0.entry($0.lastSeq()) }
      counts = try opened.read { try $0.countsByKind() }
      try opened.close()
      let size = Checkup.size(ledger) / 1_000_000
      if let first = found.problems.first {
        add(.wrong, "ledger.wrong", ["first": first])
      } else {
        add(
          .ok, "ledger",
          [
            "entries": "\(found.entries)", "size": "\(size)",
            "last": last?.at.description ?? "-",
          ])
      }
      if let last, last.at > now {
        add(.wrong, "clock.back", ["now": now.description, "last": last.at.description])
      }
      checkFolder(Checkup.folder(of: ledger), needed: 2 * size + 500)
    } catch {
      add(.wrong, "ledger.closed", ["reason": "\(error)"])
    }
  }

  /// - Parameter needed: megabytes.
  private mutating func checkFolder(_ folder: String, needed: Int) {
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    let free = (attributes?[.systemFreeSize] as? NSNumber).map { $0.intValue / 1_000_000 }
    guard let free, FileManager.default.isWritableFile(atPath: folder) else {
      return add(.wrong, "disk.closed", ["folder": folder])
    }
    if free < needed {
      add(.wrong, "disk.low", ["folder": folder, "free": "\(free)", "needed": "\(needed)"])
    } else {
      add(.ok, "disk", ["folder": folder, "free": "\(free)"])
    }
  }

  private mutating func checkNight() {
    guard let out else { return }
    let file = "\(out)/status.json"
    guard let bytes = FileManager.default.contents(atPath: file),
      let status = (try? JSONParser.parse([UInt8](bytes)))?.object,
      let day = Checkup.day(status)
    else { return add(.note, "night.none", ["folder": out]) }
    let state = status["state"]?.string ?? "?"
    let age = now.day().dayNumber - day.dayNumber
    if age > 1 {
      add(.wrong, "night.old", ["day": "\(day)", "days": "\(age)", "file": file])
    } else {
      let grade: Grade = state == "done" ? .ok : state == "running" ? .note : .wrong
      add(grade, "night", ["day": "\(day)", "state": state])
    }
  }

  /// The day of a run, which its name begins with (`2026-11-22-1`); of one that got no name, the day it began.
  private static func day(_ status: JSONObject) -> CivilDate? {
    status["run"]?.string.flatMap { CivilDate(iso: $0.prefix(10)) }
      ?? status["started"]?.string.flatMap { Instant($0) }?.day()
  }

  private static func folder(of path: String) -> String {
    URL(fileURLWithPath: path).deletingLastPathComponent().path
  }

  private static func size(_ path: String) -> Int {
    ["", "-wal"].reduce(0) { sum, ending in
      let attributes = try? FileManager.default.attributesOfItem(atPath: path + ending)
      return sum + ((attributes?[.size] as? NSNumber)?.intValue ?? 0)
    }
  }
}
