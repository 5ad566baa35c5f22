import ArgumentParser
import Foundation
import Ledger
import Matcher
import RecordFiles

/// Says whether this installation is fit to work, and packs what helps to find out why not.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract:
      "Check clock, zone, disk, tables, ledger and the last night (体检). Exit 1 if any is wrong.")

  @OptionGroup var language: LanguageOptions
  @OptionGroup var ledger: LedgerOptions
  @Option(help: ArgumentHelp("The folder of registry, taxonomy and policy.", valueName: "dir"))
  var corpus: String?
  @Option(help: ArgumentHelp("Where the nights write.", valueName: "dir"))
  var out: String?
  @Option(
    help: ArgumentHelp(
      "Write a zip for who helps: versions, findings and counts, no record, no contact.",
      valueName: "file"))
  var support: String?

  func run() throws {
    var checkup = Checkup(
      version: MatchCtl.configuration.version, corpusFolder: corpus, ledger: try? ledger.path(),
      out: out, now: .now)
    checkup.run()
    let texts = checkup.corpus?.texts
    for finding in checkup.findings {
      let grade = texts?.text("doctor.\(finding.grade.rawValue)", language.language, [:])
      let text = texts?.text(finding.id, language.language, finding.values)
      Output.line(
        "\(grade ?? finding.grade.rawValue)\t\(text ?? "\(finding.id) \(finding.values)")")
    }
    if let support {
      try Output.write(SupportFile(checkup: checkup).bytes(), to: support)
      Output.line(texts?.text("doctor.support", language.language, ["file": support]) ?? support)
    }
    if checkup.findings.contains(where: { $0.grade == .wrong }) { throw ExitCode(1) }
  }
}
