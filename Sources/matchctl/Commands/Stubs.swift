import ArgumentParser
struct ExplainCommand: ParsableCommand { static let configuration = CommandConfiguration(commandName: "explain") }
struct CompareCommand: ParsableCommand { static let configuration = CommandConfiguration(commandName: "compare") }
struct FindCommand: ParsableCommand { static let configuration = CommandConfiguration(commandName: "find") }
struct LintCommand: ParsableCommand { static let configuration = CommandConfiguration(commandName: "lint") }
struct InspectCommand: ParsableCommand { static let configuration = CommandConfiguration(commandName: "inspect") }
struct StatsCommand: ParsableCommand { static let configuration = CommandConfiguration(commandName: "stats") }
