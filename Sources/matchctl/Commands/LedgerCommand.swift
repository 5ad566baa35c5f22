import ArgumentParser
import Foundation
import Ledger
import Matcher
import RecordFiles

/// Keeps the ledger itself: makes, checks, copies and carries it.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Make, check, copy and carry the ledger (台账).",
    discussion: """
      One SQLite file that keeps every version of every record, every decision and every run. Nothing is ever changed in it or
      deleted from it; names and numbers of persons stand apart and can be erased.
      """,
    subcommands: [Init.self, Integrity.self, Backup.self, Restore.self, Export.self, Import.self])

  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init", abstract: "Make an empty ledger.")

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
      let path = try ledger.path()
      if FileManager.default.fileExists(atPath: path) {
        throw CommandError.input("'\(path)' is there already; nothing was changed")
      }
      try Ledger(creating: path).close()
      Output.line("made '\(path)'")
    }
  }

  struct Integrity: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "integrity",
      abstract: "Check every page, every reference and the chain of hashes. Exit 1 if any is wrong."
    )

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
      let found = try ledger.open().integrity()
      LedgerCommand.report(found)
      if !found.problems.isEmpty { throw ExitCode(1) }
    }
  }

  struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "backup", abstract: "Copy the ledger while it is in use; the copy is checked.")

    @OptionGroup var ledger: LedgerOptions
    @Argument(help: "The copy. One that is there is replaced when the new one is whole.")
    var target: String

    func run() throws {
      LedgerCommand.report(try ledger.open().backup(to: target))
    }
  }

  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore",
      abstract: "Put a backup where the ledger stands; the former one is kept beside it.")

    @OptionGroup var ledger: LedgerOptions
    @Argument(help: "The backup.") var source: String

    func run() throws {
      let (found, kept) = try Ledger.restore(source, to: try ledger.path())
      if let kept { Output.line("the former ledger: '\(kept)'") }
      LedgerCommand.report(found)
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write everything as JSON Lines that import back to the same ledger.")

    @OptionGroup var ledger: LedgerOptions
    @Argument(help: "A new folder.") var folder: String

    func run() throws {
      let manifest = try LedgerExport.write(ledger.open(), to: folder)
      Output.line(JSONWriter.pretty(.object(manifest)))
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Fill a new ledger with what export wrote.")

    @OptionGroup var ledger: LedgerOptions
    @Argument(help: "The folder that export wrote.") var folder: String

    func run() throws {
      let made = try Ledger(creating: try ledger.path())
      try LedgerExport.read(folder, into: made)
      LedgerCommand.report(try made.integrity())
    }
  }

  private static func report(_ found: LedgerIntegrity) {
    for problem in found.problems { Output.line("wrong: \(problem)") }
    for remark in found.remarks { Output.line("note: \(remark)") }
    let state = found.problems.isEmpty ? "whole" : "DAMAGED"
    Output.line("\(state): \(found.entries) entries, last hash \(found.head.prefix(16))")
  }
}
