import ArgumentParser
import Foundation
import Ledger
import Matcher
import RecordFiles
import Server

/// Serves the console and the API.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the console and the API over a ledger (网页与接口).",
    discussion: """
      Listens on this machine alone unless --host says otherwise; give --tls-cert and --tls-key for others, or a proxy
      that does. Each option can also be set as MATCHCTL_SERVE_PORT, MATCHCTL_SERVE_TLS_CERT and so on, or in a JSON file
      named by --config: {"port": 8420, "tls_cert": "cert.pem"}; the command line goes before the environment, the
      environment before the file. Log lines are JSON on standard error. SIGTERM lets what runs finish.
      """)

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions

  @Option(help: ArgumentHelp("A JSON file of these options.", valueName: "file"))
  var config: String?
  @Option(help: ArgumentHelp("The address to listen on. Default: 127.0.0.1.", valueName: "address"))
  var host: String?
  @Option(help: ArgumentHelp("The port; 0 takes a free one. Default: 8420.", valueName: "port"))
  var port: Int?
  @Option(help: ArgumentHelp("The certificate's chain, PEM.", valueName: "file"))
  var tlsCert: String?
  @Option(help: ArgumentHelp("The certificate's key, PEM.", valueName: "file"))
  var tlsKey: String?
  @Option(
    help: ArgumentHelp(
      "Another origin that the console is opened under, such as https://match.example.cn.",
      valueName: "origin"))
  var origin: String?
  @Flag(
    help: "A proxy stands before it: take the peer's address from its X-Forwarded-For.")
  var behindProxy = false
  @Option(help: ArgumentHelp("The console's files. Default: beside the program.", valueName: "dir"))
  var console: String?
  @Option(
    help: ArgumentHelp(
      "Where uploaded lists wait. Default: the ledger's name with .lists.", valueName: "dir"))
  var lists: String?
  @Option(help: ArgumentHelp("Where runs of the night stand.", valueName: "dir")) var runs: String?
  @Option(help: ArgumentHelp("Requests a second for each account. Default: 200.", valueName: "n"))
  var rate: Int?
  @Option(help: ArgumentHelp("The largest list, in MiB. Default: 50.", valueName: "mib"))
  var listLimit: Int?
  @Option(help: ArgumentHelp("The day everything is judged on. Default: today.", valueName: "day"))
  var asOf: String?

  func run() async throws {
    let corpus = try corpusOptions.load()
    let settings = try settings()
    let ledger = try ledger.open()
    let server = try serving { try Server(ledger, corpus: corpus, settings: settings) }
    do {
      try await server.run { port in
        let scheme = settings.certificate == nil ? "http" : "https"
        Output.line("\(scheme)://\(settings.host):\(port)/")
        Output.flush()
      }
    } catch let error as Server.Unusable {
      throw CommandError.input(error.description)
    } catch {
      throw CommandError.input(
        "cannot listen on \(settings.host):\(settings.port); is another server running there?")
    }
    try ledger.close()
  }

  private func serving<T>(_ make: () throws -> T) throws -> T {
    do {
      return try make()
    } catch let error as Server.Unusable {
      throw CommandError.input(error.description)
    }
  }

  // MARK: settings

  private func settings() throws -> ServerSettings {
    let stated = try StatedOptions(config)
    let corpus = try CorpusFolder.locate(corpusOptions.corpus)
    let path = try ledger.path()
    var settings = ServerSettings(
      lists: try lists ?? stated.text("lists") ?? path + ".lists", corpusFolder: corpus)
    settings.host = try host ?? stated.text("host") ?? settings.host
    settings.port = try port ?? stated.number("port", in: 0...65_535) ?? settings.port
    settings.certificate = try tlsCert ?? stated.text("tls_cert")
    settings.key = try tlsKey ?? stated.text("tls_key")
    settings.origins = try (origin ?? stated.text("origin")).map { [$0] } ?? []
    settings.isBehindProxy = try behindProxy || stated.flag("behind_proxy")
    settings.console = try console ?? stated.text("console") ?? ConsoleFolder.locate()
    settings.runs = try runs ?? stated.text("runs")
    settings.program = Bundle.main.executableURL?.path
    settings.perSecond =
      try rate ?? stated.number("rate", in: 1...1_000_000) ?? settings.perSecond
    let mib = try listLimit ?? stated.number("list_limit", in: 1...1024)
    settings.listLimit = mib.map { $0 << 20 } ?? settings.listLimit
    if let day = try asOf ?? stated.text("as_of") {
      guard let date = CivilDate(iso: day) else {
        throw CommandError.usage("--as-of: got '\(day)', expected a day as YYYY-MM-DD")
      }
      settings.asOf = date
    }
    guard (0...65_535).contains(settings.port), settings.perSecond >= 1, (mib ?? 1) >= 1,
      (mib ?? 1) <= 1024
    else {
      throw CommandError.usage(
        "--port takes 0…65535, --rate 1 or more, --list-limit 1…1024; see matchctl help serve")
    }
    return settings
  }
}

/// Where the console's files are: beside the program as it is shipped, else in the sources.
enum ConsoleFolder {
  static func locate() -> String? {
    var folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<6 {
      guard let current = folder, current.path != "/" else { break }
      for name in ["Console", "matcher_matchctl.resources/Console", "Sources/matchctl/Console"] {
        let path = current.appendingPathComponent(name).path
        if FileManager.default.fileExists(atPath: path + "/index.html") { return path }
      }
      folder = current.deletingLastPathComponent()
    }
    return nil
  }
}
