/// One column of a list that people fill in. `lists/template.tsv`.
public struct TemplateColumn: Sendable, Equatable {
  public enum Kind: String, Sendable {
    case text
    /// Digits that are a name, not a number: codes, phones.
    case code
    case number
    case date
  }

  /// What the list reader calls the field.
  public let field: String
  public let kind: Kind
  /// In characters.
  public let width: Int
  /// The heading, with its unit where it has one; `*` marks what has to be filled in.
  public let heading: LocalizedName
  public let example: LocalizedName
  /// How to fill it in.
  public let note: LocalizedName
  /// What to choose from; empty when anything may be written.
  public let choices: [LocalizedName]
}

/// The lists that `matchctl template` writes.
public struct ListTemplates: Sendable {
  public enum List: String, Sendable, CaseIterable {
    case demands
    case platforms
  }

  var columns: [List: [TemplateColumn]] = [:]

  public func columns(of list: List) -> [TemplateColumn] {
    columns[list] ?? []
  }
}

extension CorpusTables {
  mutating func loadListTemplates(_ files: Files) {
    var choices: [String: [LocalizedName]] = ["sectors": sectors.map(\.name)]
    let needed = ["choice", "zh-Hans", "zh-Hant", "en"]
    for row in rows("lists/choices.tsv", in: files, required: needed) {
      choices[row["choice"], default: []].append(row.name)
    }
    let columns = ["list", "field", "kind", "width", "zh-Hans", "zh-Hant", "en"]
    for row in rows("lists/template.tsv", in: files, required: columns) {
      guard let list = ListTemplates.List(rawValue: row["list"]) else {
        refuse(row, "list", expected: "demands or platforms")
        continue
      }
      guard let kind = TemplateColumn.Kind(rawValue: row["kind"]) else {
        refuse(row, "kind", expected: "text, code, number or date")
        continue
      }
      let choice = row["choices"]
      if !choice.isEmpty, choices[choice] == nil {
        refuse(row, "choices", expected: "sectors, or a choice of lists/choices.tsv")
      }
      templates.columns[list, default: []].append(
        TemplateColumn(
          field: row["field"], kind: kind, width: min(max(Int(row["width"]) ?? 12, 4), 100),
          heading: row.name, example: row.name("example"), note: row.name("note"),
          choices: choices[choice] ?? []))
    }
  }
}

extension TSVTable.Row {
  /// The columns `example zh-Hans`, `example zh-Hant`, `example en`.
  fileprivate func name(_ prefix: String) -> LocalizedName {
    LocalizedName(
      simplified: self["\(prefix) zh-Hans"], traditional: self["\(prefix) zh-Hant"],
      english: self["\(prefix) en"])
  }
}
