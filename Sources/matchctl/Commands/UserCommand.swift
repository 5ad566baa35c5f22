import ArgumentParser
import Foundation
import Ledger
import Matcher
import RecordFiles
import Server

struct UserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: "Who may sign in to the console and call the API.",
    subcommands: [Add.self, List.self, Disable.self, Enable.self, Password.self, Token.self])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add an account.",
      discussion: """
        The password is read from standard input, without an echo on a terminal; with --no-password the account uses
        tokens only.
          matchctl user add chen --role broker --ledger zs.db
          matchctl user add hp.wang --role park_operator --park HP --ledger zs.db
        """)

    @Argument(help: "The name: a-z, 0-9, '.', '_', '@', '-'.") var name: String
    @Option(help: "broker, park_operator, platform_operator, planner or administrator.")
    var role: Role
    @Option(help: "The park of a park operator, by its code.") var park: String?
    @Option(help: "The platform of a platform operator, by its id.") var platform: String?
    @Option(help: "The name that others see.") var display: String?
    @Flag(help: "The account uses tokens only.") var noPassword = false
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions

    func run() throws {
      let opened = try ledger.open()
      try checkOwner(opened)
      let password = noPassword ? nil : try PasswordInput.read()
      let account = try UserCommand.naming {
        try Accounts(opened).add(
          name, role: role, park: park, platform: platform, display: display,
          password: password, by: ledger.who())
      }
      Output.line("added \(account.name) (\(account.role.rawValue))")
    }

    /// An account for a park or platform that is not there would see nothing.
    private func checkOwner(_ ledger: Ledger) throws {
      let (hasPark, hasPlatform) = try ledger.read { reader in
        (
          try park.map { try !reader.entries(.park, about: $0).isEmpty } ?? true,
          try platform.map { try reader.record(.platform, $0) != nil } ?? true
        )
      }
      guard hasPark else {
        throw CommandError.input("no park '\(park ?? "")'; add it first: matchctl park add")
      }
      guard hasPlatform else {
        throw CommandError.input(
          "no platform '\(platform ?? "")'; import it first: matchctl import")
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the accounts.")

    @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions

    func run() throws {
      let accounts = try Accounts(ledger.open()).all()
      switch format {
      case .json: Output.line(JSONWriter.pretty(.array(accounts.map { .object($0.json) })))
      case .jsonl: for account in accounts { Output.line(JSONWriter.line(.object(account.json))) }
      case .table, .csv:
        Output.listing(
          ["name", "role", "for", "display", "state"],
          accounts.map { account in
            [
              account.name, account.role.rawValue, account.park ?? account.platform ?? "",
              account.display ?? "", account.isDisabled ? "disabled" : "enabled",
            ]
          }, format)
      }
    }
  }

  struct Disable: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "disable", abstract: "Disable an account; its sessions and tokens end.")

    @Argument(help: "The account.") var name: String
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions

    func run() throws {
      try UserCommand.change(name, ledger, isDisabled: true)
      Output.line("disabled \(name)")
    }
  }

  struct Enable: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "enable", abstract: "Let an account sign in again.")

    @Argument(help: "The account.") var name: String
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions

    func run() throws {
      try UserCommand.change(name, ledger, isDisabled: false)
      Output.line("enabled \(name)")
    }
  }

  struct Password: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "password",
      abstract: "Set a password, read from standard input; sessions and tokens end.")

    @Argument(help: "The account.") var name: String
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions

    func run() throws {
      try UserCommand.change(name, ledger, password: PasswordInput.read())
      Output.line("password of \(name) set")
    }
  }

  struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "token",
      abstract: "Make a token for a program; it is printed once and kept nowhere.")

    @Argument(help: "The account it acts as.") var name: String
    @Option(
      parsing: .upToNextOption,
      help: ArgumentHelp(
        "What it may do: read, match, publish, broker, platform, run, users.", valueName: "scope"))
    var scope: [String] = ["read", "match"]
    @Option(help: "For how many days, 1…366.") var days = 90
    @Option(help: "What it is for.") var label: String?
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions

    func run() throws {
      let accounts = Accounts(try ledger.open())
      let who = try ledger.who()
      let secret = try UserCommand.naming {
        try accounts.token(for: name, scopes: scope, days: days, label: label, by: who)
      }
      Output.line(secret)
    }
  }

  private static func change(
    _ name: String, _ ledger: LedgerOptions, isDisabled: Bool? = nil, password: String? = nil
  ) throws {
    let accounts = Accounts(try ledger.open())
    let who = try ledger.who()
    let changed = try naming {
      try accounts.change(name, isDisabled: isDisabled, password: password, by: who)
    }
    guard changed != nil else {
      throw CommandError.input("no account '\(name)'; see matchctl user list")
    }
  }

  fileprivate static func naming<T>(_ work: () throws -> T) throws -> T {
    do {
      return try work()
    } catch let error as AccountError {
      throw CommandError.input(error.description)
    }
  }
}

extension Role: ExpressibleByArgument {}

/// A password from standard input: one line, unseen on a terminal.
enum PasswordInput {
  static func read() throws -> String {
    let isTerminal = isatty(STDIN_FILENO) == 1
    if isTerminal {
      Output.error("password (10…200 characters), then Enter:")
    }
    var before = termios()
    if isTerminal, tcgetattr(STDIN_FILENO, &before) == 0 {
      var silent = before
      silent.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(STDIN_FILENO, TCSANOW, &silent)
    }
    defer { if isTerminal { tcsetattr(STDIN_FILENO, TCSANOW, &before) } }
    guard let line = readLine(strippingNewline: true), !line.isEmpty else {
      throw CommandError.input("no password on standard input; type one, or use --no-password")
    }
    return line
  }
}
