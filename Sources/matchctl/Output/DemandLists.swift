import Foundation
import Ledger
import Matcher
import Publishing
import RecordFiles

/// Writes a park's lists to where the options say.
struct DemandLists {
  let corpus: Corpus
  let language: Language
  let asOf: CivilDate
  let options: DemandListOptions

  func write(_ park: Park, _ ledger: Ledger) throws {
    var maker = DemandSheetMaker(corpus: corpus, language: language, asOf: asOf)
    maker.showsMadeUp = options.withMadeUp
    let wanted: [(DemandSheet.Edition, String?)] = [
      (.everyone, options.publicList), (.park, options.internalList),
    ]
    for (edition, path) in wanted {
      guard let path else { continue }
      let sheet = try ledger.read { try maker.sheet(edition, of: park, $0) }
      try write(sheet, edition, park, to: path)
    }
  }

  private func write(
    _ sheet: DemandSheet, _ edition: DemandSheet.Edition, _ park: Park, to path: String
  ) throws {
    var targets = [path]
    if !path.hasSuffix(".xlsx"), !path.hasSuffix(".html") {
      do {
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: true)
      } catch {
        throw CommandError.input(
          "cannot make the folder '\(path)': check its place and permissions")
      }
      let name = corpus.texts.text("publish.file.\(edition.rawValue)", language)
      targets = ["xlsx", "html"].map { "\(path)/\(name)_\(park.code)_\(asOf).\($0)" }
    }
    for target in targets {
      let bytes =
        target.hasSuffix(".xlsx")
        ? sheet.workbook(corpus, language) : Array(sheet.page(corpus, language).utf8)
      try DurableFile.write(bytes, to: target)
      Output.error(corpus.texts.text("publish.wrote", language, ["file": target]))
    }
  }
}
