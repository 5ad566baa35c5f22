/// What a park's sheet shows of what was read out of a demand's words, and what the park answers
/// beside it.
///
/// A returned sheet has two columns for it: the items, numbered, in one cell; and a cell for the
/// answer: 是 for all, 否 for none, numbers for those that are right, or behind a number what is right
/// instead (`2：线宽≤0.35μm`). An answer holds for the items it stands beside: where the words of the
/// demand, and so the items, have changed since, it is not taken and has to be given anew.
public struct SheetConfirmation: Sendable {
  private let corpus: Corpus
  private let interpreter: DemandInterpreter

  public init(corpus: Corpus, tools: ReadingTools) {
    self.corpus = corpus
    interpreter = DemandInterpreter(corpus: corpus, tools: tools)
  }

  /// An answer as it was written.
  struct Answer: Equatable {
    /// Items that are right.
    var right: Set<Int> = []
    /// By item: what is right instead.
    var corrections: [Int: String] = [:]
  }

  /// The cells of a row that was taken.
  public struct Cells: Sendable, Equatable {
    /// The items, one a line; empty when nothing was read.
    public let read: String
    /// The answer that holds for them; empty when none does.
    public let answer: String
    /// There was an answer, and it was to other items or cannot be understood.
    public let isAskedAgain: Bool
  }

  /// - Parameters:
  ///   - record: As `ListRow.record` has it.
  ///   - asOf: As for `DemandInterpreter`.
  public func cells(of record: JSONObject, asOf: CivilDate, _ language: Language) -> Cells {
    let understanding = Understanding(.object(plain(record, asOf)))
    let read = text(understanding, language)
    let answer = record["confirmation"]?.object?["answer"]?.string ?? ""
    let holds = !answer.isEmpty && self.answer(in: record, to: understanding) != nil
    return Cells(
      read: read, answer: holds ? answer : "", isAskedAgain: !answer.isEmpty && !holds)
  }

  /// The record with what its words say; what a park has answered about them stands as confirmed, and
  /// what it has not left standing is gone.
  func completed(
    _ record: JSONObject, asOf: CivilDate
  ) -> (record: JSONObject, isAskedAgain: Bool) {
    let full = plain(record, asOf)
    guard record["confirmation"] != nil else { return (full, false) }
    let understanding = Understanding(.object(full))
    guard let answer = answer(in: record, to: understanding) else { return (full, true) }
    let park = record["park"]?.string ?? ""
    let confirmed = Understanding.confirming(answer.right, of: .object(full), by: park, on: asOf)
    var out = confirmed.object ?? full
    for (_, text) in answer.corrections.sorted(by: { $0.key < $1.key }) {
      add(text, to: &out, by: park, asOf)
    }
    return (out, false)
  }

  private func plain(_ record: JSONObject, _ asOf: CivilDate) -> JSONObject {
    var record = record
    record["confirmation"] = nil
    return interpreter.completed(record, asOf: asOf)
  }

  /// The items as a cell shows them: `1. 最小线宽 ≤ 0.5 μm（必须）“线宽0.5μm以下”`.
  func text(_ understanding: Understanding, _ language: Language) -> String {
    let words = UnderstandingText(corpus: corpus, language: language)
    return understanding.items.map { item in
      let strictness = words.strictness(item)
      let values = [
        "number": String(item.number), "name": words.name(item), "value": words.value(item),
        "strictness": strictness, "quote": item.quote,
      ]
      let id = strictness.isEmpty ? "list.confirm.item.plain" : "list.confirm.item"
      return corpus.texts.text(id, language, values)
    }
    .joined(separator: "\n")
  }

  /// The record's answer, if it stands beside these items in some language and can be understood.
  private func answer(in record: JSONObject, to understanding: Understanding) -> Answer? {
    guard let object = record["confirmation"]?.object, let read = object["read"]?.string,
      let answer = object["answer"]?.string
    else { return nil }
    let key = compact(read)
    let isSame = Language.allCases.contains { compact(text(understanding, $0)) == key }
    guard isSame, !understanding.items.isEmpty else { return nil }
    return parse(answer, items: understanding.items.count)
  }

  private func compact(_ text: String) -> String {
    ListVocabulary.compact(corpus.folding.fold(text))
  }

  // MARK: the answer

  /// nil when any part of the answer is none.
  func parse(_ text: String, items: Int) -> Answer? {
    let parts = text.split(whereSeparator: { "\n；;".contains($0) }).map { trimmed($0) }
      .filter { !$0.isEmpty }
    if parts.count == 1 {
      if isWord("confirm_yes", parts[0]) { return Answer(right: Set(1...max(1, items))) }
      if isWord("confirm_no", parts[0]) { return Answer() }
    }
    var answer = Answer()
    var wrong: Set<Int> = []
    for part in parts {
      guard take(part, items, &answer, &wrong) else { return nil }
    }
    let corrected = Set(answer.corrections.keys)
    // Where only what is wrong is named, the rest is right.
    if answer.right.isEmpty, !(wrong.isEmpty && corrected.isEmpty) {
      answer.right = Set(1...max(1, items)).subtracting(wrong).subtracting(corrected)
    }
    let isClear =
      answer.right.isDisjoint(with: wrong) && answer.right.isDisjoint(with: corrected)
    return parts.isEmpty || !isClear ? nil : answer
  }

  /// `1、3`, `2否`, `2：≤0.35μm`.
  private func take(
    _ part: String, _ items: Int, _ answer: inout Answer, _ wrong: inout Set<Int>
  ) -> Bool {
    let numbers = part.split(whereSeparator: { ",，、 和及".contains($0) }).map { String($0) }
    let plain = numbers.map { Int(narrow($0)) }
    if plain.allSatisfy({ $0.map { (1...max(1, items)).contains($0) } ?? false }) {
      answer.right.formUnion(plain.compactMap { $0 })
      return true
    }
    let digits = narrow(part).prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), (1...max(1, items)).contains(number) else { return false }
    let rest = trimmed(part.dropFirst(digits.count))
    let bare = trimmed(rest.drop { ":：.．、,，=＝".contains($0) })
    if isWord("confirm_no", bare) {
      wrong.insert(number)
    } else if isWord("confirm_yes", bare) {
      answer.right.insert(number)
    } else if bare.count < rest.count, !bare.isEmpty {
      answer.corrections[number] = bare
    } else {
      return false
    }
    return true
  }

  private func isWord(_ code: String, _ text: String) -> Bool {
    corpus.lists.isWhole("answer \(code)", compact(text))
  }

  private func narrow(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          (0xFF10...0xFF19).contains(scalar.value)
            ? Unicode.Scalar(UInt8(scalar.value - 0xFEE0)) : scalar
        }))
  }

  /// Adds what the words of a correction say, as confirmed.
  private func add(
    _ words: String, to record: inout JSONObject, by park: String, _ asOf: CivilDate
  ) {
    let alone = JSONObject([("title", .string("")), ("text", .string(words))])
    let read = JSONValue.object(interpreter.completed(alone, asOf: asOf))
    let items = Set(Understanding(read).items.map(\.number))
    guard let said = Understanding.confirming(items, of: read, by: park, on: asOf).object else {
      return
    }
    for name in ["requirements", "certificates"] {
      guard let more = said[name]?.array, !more.isEmpty else { continue }
      record[name] = .array((record[name]?.array ?? []) + more)
    }
    for name in ["services", "services_source", "quantity", "window", "budget", "place"] {
      if let value = said[name] { record[name] = value }
    }
  }
}
