import ArgumentParser
import Foundation
import Matcher
import RecordFiles
import TableFiles

struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Make one list of single forms and exports of form services.",
    discussion: """
      Forms are .xlsx or .docx files with labels beside or above their values; exports have one row an answer. The list
      has the template's columns, further labels behind them and the source file of each row:
      matchctl collect 报名表/ --out list.xlsx
      """)

  @Argument(help: "Folders and files.") var sources: [String]
  @Option(help: ArgumentHelp("The list to write, .xlsx or .csv.", valueName: "file")) var out:
    String
  @OptionGroup(title: "Text files") var encodingOptions: EncodingOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func run() throws {
    let corpus = try corpusOptions.load()
    var collector = FormCollector(corpus: corpus, language: languages.language)
    let input = TableInput(corpus: corpus, language: languages.language)
    let paths = try sources.flatMap(FormFiles.paths)
    var failed = 0
    for (path, name) in paths {
      do {
        let file = try input.open(path, encoding: encodingOptions.encoding)
        var tables = GatheredTables()
        _ = try input.read(file, paragraphs: true, into: &tables)
        if collector.add(tables, file: name) == 0 { failed += 1 }
      } catch let error as CommandError {
        failed += 1
        Output.error("matchctl: \(error.description)")
      }
    }
    let writer = IssueWriter(corpus: corpus, language: languages.language, format: .table)
    for issue in collector.issues { Output.error(writer.line(issue)) }
    try write(collector, corpus)
    let values = [
      "rows": String(collector.table.rows.count), "files": String(paths.count - failed),
      "failed": String(failed),
    ]
    Output.error(corpus.texts.text("collect.done", languages.language, values))
    if collector.table.rows.isEmpty { throw ExitCode(1) }
  }

  private func write(_ collector: FormCollector, _ corpus: Corpus) throws {
    let (header, rows) = collector.table
    if out.lowercased().hasSuffix(".csv") || out == "-" {
      let lines = ([header] + rows).map { CSVWriter.row($0) + "\r\n" }
      try Output.write(Array((CSVWriter.byteOrderMark + lines.joined()).utf8), to: out)
      return
    }
    let template = ListTemplate(corpus: corpus, language: languages.language, list: .demands)
    try Output.write(template.workbook(header: header, rows: rows), to: out)
  }
}

/// The files of a folder of forms.
enum FormFiles {
  /// A file as it is, or the files below a folder with their paths inside it, in order of names;
  /// hidden files and those that programs keep open are left out.
  static func paths(_ source: String) throws -> [(path: String, name: String)] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source, isDirectory: &isFolder) else {
      throw CommandError.noSuchFile(source)
    }
    guard isFolder.boolValue else {
      return [(source, URL(fileURLWithPath: source).lastPathComponent)]
    }
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: source) else {
      throw CommandError.unreadable(source)
    }
    return names.sorted().compactMap { name in
      let path = "\(source)/\(name)"
      let isHidden = name.split(separator: "/").contains { $0.hasPrefix(".") || $0.hasPrefix("~$") }
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      return isHidden || isFolder.boolValue ? nil : (path, name)
    }
  }
}
