/// What one addressee is asked about one line or demand.
package struct QuestionGroup: Sendable, Equatable {
  /// The line's name for a platform, the demand's title for a firm.
  package let title: String
  package var questions: [String]

  package init(title: String, questions: [String]) {
    self.title = title
    self.questions = questions
  }
}

/// One text that asks an addressee everything that is open, each fact once.
extension Letters {
  /// The question for a fact that one or several pairs wait for; nil where no word of it may be told.
  ///
  /// - Parameter pairs: open outcomes about the same fact, each with its evaluation. Several asks are
  ///   listed in one question, without a word of whose they are.
  package func question(_ pairs: [(outcome: Outcome, evaluation: Evaluation)]) -> String? {
    let open = pairs.filter { $0.outcome.visibility == .everyone }
    guard let first = open.first else { return nil }
    let words = OutcomeText(corpus: corpus, language: language)
    let texts = distinct(open.map { words.question($0.outcome, $0.evaluation) })
    guard texts.count > 1, isListable(first.outcome) else { return texts.first }
    let asks = distinct(open.compactMap { words.values($0.outcome, $0.evaluation)["asked"] })
      .filter { !$0.isEmpty }
    guard asks.count > 1 else { return texts.first }
    var name = words.name(first.outcome)
    if case .certificate = first.outcome.criterion {
      name = corpus.texts.text("name.certificate", language)
    }
    return corpus.texts.text(
      "ask.several", language, ["name": name, "list": corpus.texts.list(asks, language)])
  }

  /// What is asked of them may be told the other side; a budget or a day never stands in a list.
  private func isListable(_ outcome: Outcome) -> Bool {
    switch outcome.criterion {
    case .spec, .certificate, .service, .process, .lot: true
    default: false
    }
  }

  /// The text for one addressee over all groups.
  ///
  /// - Parameters:
  ///   - name: the platform's; a firm is not named.
  ///   - register: nil: a message where all fits into it, else a letter.
  package func round(
    _ groups: [QuestionGroup], for addressee: Addressee, name: String, asOf: CivilDate,
    in register: TextRegister? = nil
  ) -> String {
    let message = roundMessage(groups, addressee)
    switch register {
    case .message: return message
    case .letter: return roundLetter(groups, addressee, name, asOf)
    case nil:
      return message.count <= Letters.messageLimit
        ? message : roundLetter(groups, addressee, name, asOf)
    }
  }

  private func roundMessage(_ groups: [QuestionGroup], _ addressee: Addressee) -> String {
    var parts = [text("round.\(addressee.rawValue).open")]
    var number = 0
    for group in groups {
      if groups.count > 1 || addressee == .enterprise {
        parts.append(text("round.group", ["title": group.title]))
      } else {
        parts[0] = text("message.platform.open", ["line": group.title])
      }
      for question in group.questions {
        number += 1
        parts.append("\(number). \(question)")
      }
    }
    parts.append(text("message.platform.close"))
    return parts.joined(separator: "\n")
  }

  private func roundLetter(
    _ groups: [QuestionGroup], _ addressee: Addressee, _ name: String, _ asOf: CivilDate
  ) -> String {
    let count = String(groups.reduce(0) { $0 + $1.questions.count })
    let greeting =
      addressee == .platform
      ? text("letter.platform.greeting", ["platform": name]) : text("letter.enterprise.greeting")
    var parts = [
      text("round.\(addressee.rawValue).subject", ["count": count]), "", greeting,
      text("round.\(addressee.rawValue).body"),
    ]
    var number = 0
    for group in groups {
      parts += ["", text("round.group", ["title": group.title])]
      for question in group.questions {
        number += 1
        parts.append("  \(number). \(question)")
      }
    }
    parts += [
      "", text("round.\(addressee.rawValue).close"),
      text("letter.date", ["date": asOf.description]),
    ]
    return parts.joined(separator: "\n")
  }

  private func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  private func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}
