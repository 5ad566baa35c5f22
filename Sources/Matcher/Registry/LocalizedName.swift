/// A language that people read. Raw values are BCP 47 tags.
public enum Language: String, CaseIterable, Sendable {
  case simplified = "zh-Hans"
  case traditional = "zh-Hant"
  case english = "en"

  /// Between the members of a list in a sentence.
  var listMark: String { self == .english ? ", " : "、" }
}

/// A name in three languages; a missing one falls back to the one that is there.
public struct LocalizedName: Sendable, Equatable {
  public var simplified: String
  public var traditional: String
  public var english: String

  public init(simplified: String, traditional: String = "", english: String = "") {
    self.simplified = simplified
    self.traditional = traditional
    self.english = english
  }

  /// The name in a language, else Simplified, Traditional, English: the first that is not empty.
  public func text(_ language: Language) -> String {
    let wanted =
      switch language {
      case .simplified: simplified
      case .traditional: traditional
      case .english: english
      }
    return [wanted, simplified, traditional, english].first { !$0.isEmpty } ?? ""
  }

  var all: [String] {
    [simplified, traditional, english].filter { !$0.isEmpty }
  }
}

extension TSVTable.Row {
  var name: LocalizedName {
    LocalizedName(
      simplified: self["zh-Hans"], traditional: self["zh-Hant"], english: self["en"])
  }
}
