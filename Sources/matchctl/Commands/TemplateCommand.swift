import ArgumentParser
import Matcher
import RecordFiles
import TableFiles

struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Write a list to fill in (.xlsx), with examples, drop-downs and instructions.",
    discussion: """
      In the language of --lang: matchctl template demands --lang zh-Hant --out 需求.xlsx
      """)

  @Argument(help: "demands or platforms.") var list: ListTemplates.List
  @Option(help: ArgumentHelp("Where to write it; - is standard output.", valueName: "file"))
  var out: String
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func run() throws {
    let corpus = try corpusOptions.load()
    let template = ListTemplate(corpus: corpus, language: languages.language, list: list)
    try Output.write(template.workbook(), to: out)
  }
}

extension ListTemplates.List: ExpressibleByArgument {}
