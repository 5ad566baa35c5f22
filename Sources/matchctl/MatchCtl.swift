import ArgumentParser
import Foundation
import Ledger
import RecordFiles

/// Matches pilot-test demands with platforms' service lines.
///
/// Every command states its `commandName`: all names are asked for at every start, and one made of the
/// type's name costs more there than reading the arguments.
struct MatchCtl: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "matchctl",
    abstract: "Match pilot-test demands (中试需求) with platforms' service lines.",
    discussion: """
      Matching works on files, without any store; with a ledger it is kept what became of it. Results go to standard
      output, problems of rows and progress to standard error. Exit: 0 done, 1 nothing matched (--strict: or a row
      refused), 2 failed, 64 usage.
      """,
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(
        name: "Brokers / 技术经理人:",
        subcommands: [
          MatchCommand.self, ExplainCommand.self, CompareCommand.self, FindCommand.self,
          TodoCommand.self, AskCommand.self, AnswerCommand.self, DecideCommand.self,
          AssignCommand.self, HistoryCommand.self, EraseContactCommand.self,
        ]),
      CommandGroup(
        name: "Parks and platforms / 园区与平台:",
        subcommands: [
          LintCommand.self, ConfirmCommand.self, CollectCommand.self, TemplateCommand.self,
          ParkCommand.self, PublishCommand.self, PublishedCommand.self, WithdrawCommand.self,
          RenewCommand.self, ImportCommand.self,
        ]),
      CommandGroup(
        name: "Everyone / 通用:",
        subcommands: [
          InspectCommand.self, StatsCommand.self, QuantityCommand.self, SnapshotCommand.self,
        ]),
      CommandGroup(
        name: "Keepers / 运维:",
        subcommands: [
          NightCommand.self, RunsCommand.self, ReplayCommand.self, LedgerCommand.self,
          DoctorCommand.self, ServeCommand.self, UserCommand.self,
        ]),
    ])
}

@main
enum Program {
  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try MatchCtl.parseAsRoot()
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
      Output.flush()
    } catch let error as CommandError {
      Output.flush()
      Output.error("matchctl: \(error.description)")
      exit(error.category == .usage ? 64 : 2)
    } catch let error as LedgerError {
      Output.flush()
      Output.error("matchctl: \(error.description)")
      exit(2)
    } catch let code as ExitCode {
      Output.flush()
      exit(code.rawValue)
    } catch {
      Output.flush()
      MatchCtl.exit(withError: error)
    }
  }
}
