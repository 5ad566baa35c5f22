/// The signs of forms: boxes to tick and what stands between chosen answers.
/// `lists/form_marks.tsv`.
public struct FormMarks: Sendable {
  var checked: [String] = []
  var unchecked: [String] = []
  var choices: [String] = []
  var skipped: [String] = []

  /// The answer that a cell holds: the ticked choices alone, joined by `；`.
  ///
  /// `☑中试 □检测` is 中试; an answer none of whose boxes is ticked is empty. A text without boxes
  /// stays as it is.
  func answer(_ text: String) -> String {
    let text = trimmed(text)
    if skipped.contains(text) { return "" }
    if let chosen = chosen(text) { return chosen.joined(separator: "；") }
    return choices.reduce(text) { $0.replacing($1, with: "；") }
  }

  private struct Box {
    let range: Range<String.Index>
    let isChecked: Bool
  }

  /// The texts of the ticked boxes; nil when the text has no boxes to choose from.
  private func chosen(_ text: String) -> [String]? {
    let boxes = self.boxes(text)
    guard
      boxes.count >= 2
        || boxes.first.map({ !$0.isChecked || $0.range.lowerBound == text.startIndex }) == true,
      let first = boxes.first, let last = boxes.last
    else { return nil }
    // 是☑ 否□: the boxes stand behind their choices.
    let isBehind =
      first.range.lowerBound > text.startIndex
      && trimmed(text[last.range.upperBound...]).isEmpty
    var chosen: [String] = []
    for (index, box) in boxes.enumerated() where box.isChecked {
      let start =
        isBehind
        ? (index == 0 ? text.startIndex : boxes[index - 1].range.upperBound) : box.range.upperBound
      let end =
        isBehind
        ? box.range.lowerBound
        : (index + 1 < boxes.count ? boxes[index + 1].range.lowerBound : text.endIndex)
      let choice = trimmed(text[start..<end]).trimming(FormMarks.joints)
      if !choice.isEmpty { chosen.append(choice) }
    }
    return chosen
  }

  private static let joints: Set<Character> = [";", "；", ",", "，", "、", "/", "|", " ", "　"]

  private func boxes(_ text: String) -> [Box] {
    var boxes: [Box] = []
    for (signs, isChecked) in [(checked, true), (unchecked, false)] {
      for sign in signs {
        for range in text.ranges(of: sign)
        where !boxes.contains(where: { $0.range.overlaps(range) }) {
          boxes.append(Box(range: range, isChecked: isChecked))
        }
      }
    }
    return boxes.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

extension String {
  /// Without some characters at both ends.
  fileprivate func trimming(_ characters: Set<Character>) -> String {
    let start = drop { characters.contains($0) }
    let end = start.lastIndex { !characters.contains($0) }
    return end.map { String(start[...$0]) } ?? ""
  }
}

extension CorpusTables {
  mutating func loadFormMarks(_ files: Files) {
    for row in rows("lists/form_marks.tsv", in: files, required: ["kind", "spellings"]) {
      let spellings = row.list("spellings").sorted { $0.utf8.count > $1.utf8.count }
      switch row["kind"] {
      case "checked": formMarks.checked += spellings
      case "unchecked": formMarks.unchecked += spellings
      case "choices": formMarks.choices += spellings
      case "skipped": formMarks.skipped += spellings
      default: refuse(row, "kind", expected: "checked, unchecked, choices or skipped")
      }
    }
  }
}
