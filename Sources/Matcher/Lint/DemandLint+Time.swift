extension DemandLint {
  /// Dates that have passed, cross, leave too little time, or do not exist.
  func times(_ view: LintView) -> [DemandProblem] {
    var found: [DemandProblem?] = []
    if let asOf = view.asOf, let expires = view.demand.expires, expires < asOf {
      found.append(problem("expired", view, part: "expires", ["value": day(expires)]))
    }
    for stage in view.demand.stages {
      if let window = stage.ask.window { found += judge(window, stage, view) }
    }
    if let text = view.text {
      found += missingDays(view, text)
      if view.isSingle { found += crossedDates(view, text) }
    }
    return found.compactMap(\.self)
  }

  private func day(_ date: CivilDate) -> LocalizedName {
    LocalizedName(plain: date.description)
  }

  // MARK: Windows

  private func judge(_ window: Window, _ stage: Stage, _ view: LintView) -> [DemandProblem?] {
    let range = view.range(of: window.provenance.quote)
    func make(_ code: String, _ values: [String: LocalizedName]) -> DemandProblem? {
      problem(
        code, view, part: "window", stage: stage, at: range, visibility: window.visibility, values)
    }
    if let asOf = view.asOf, let last = window.finish ?? window.latestStart, last < asOf {
      return [make("window_past", ["value": day(last)])]
    }
    guard let finish = window.finish, let duration = duration(of: window, view) else { return [] }
    if let start = window.start, let days = tooFew(from: start, to: finish, duration) {
      return [
        make(
          "window_short",
          ["value": day(start), "other": day(finish), "days": days, "duration": plain(duration)])
      ]
    }
    if let asOf = view.asOf, let days = tooFew(from: asOf, to: finish, duration) {
      return [
        make("window_soon", ["value": day(finish), "days": days, "duration": plain(duration)])
      ]
    }
    return []
  }

  /// The days from one to the other, both counted, when they are fewer than the work takes.
  private func tooFew(from: CivilDate, to: CivilDate, _ duration: Int) -> LocalizedName? {
    let days = to.dayNumber - from.dayNumber + 1
    return days < duration && days >= 0 ? plain(days) : nil
  }

  private func plain(_ number: Int) -> LocalizedName {
    LocalizedName(plain: String(number))
  }

  /// How long the work takes, where that is stated; out of a text only where a word such as 工期
  /// says that it is the work.
  private func duration(of window: Window, _ view: LintView) -> Int? {
    guard let days = window.durationDays else { return nil }
    guard window.provenance.inferred, let text = view.text else { return days }
    let isSaid = text.quantities.contains { quantity in
      ["d", "wk", "mo"].contains(quantity.unit)
        && text.has(.duration, in: text.clause(at: quantity.span.lowerBound))
    }
    return isSaid ? days : nil
  }

  // MARK: Dates of a text

  private struct Dated {
    let day: CivilDate
    let span: Range<Int>
    let clause: Range<Int>
  }

  private func crossedDates(_ view: LintView, _ text: ReadText) -> [DemandProblem?] {
    let starts = dated(text, isStart: true)
    let ends = dated(text, isStart: false)
    var found: [DemandProblem?] = []
    if let start = starts.first, let end = ends.max(by: { $0.day < $1.day }), start.day > end.day {
      found.append(
        problem(
          "start_after_finish", view, part: "window", at: joined(start.span, end.span),
          ["value": day(start.day), "other": day(end.day)]))
    }
    return found + [twoDeadlines(ends, view, text)]
  }

  /// The days at which half-sentences say that work starts, or ends.
  private func dated(_ text: ReadText, isStart: Bool) -> [Dated] {
    text.quantities.compactMap { quantity in
      guard !quantity.isNegated, case .days(let from, let to) = quantity.value else { return nil }
      let clause = text.clause(at: quantity.span.lowerBound)
      let (starts, ends) = (text.has(.start, in: clause), text.has(.finish, in: clause))
      guard starts != ends, starts == isStart, !text.has(.past, in: clause),
        !text.has(.validUntil, in: clause), let day = isStart ? from ?? to : to
      else { return nil }
      return Dated(day: day, span: quantity.span, clause: clause)
    }
  }

  /// The day called the latest lies before another day by which the work is due. Two days without
  /// that word may be those of two steps.
  private func twoDeadlines(
    _ ends: [Dated], _ view: LintView, _ text: ReadText
  ) -> DemandProblem? {
    guard let latest = corpus.lint.words[.latest]?.found(in: text.loose) else { return nil }
    func isLatest(_ dated: Dated) -> Bool {
      latest.contains { dated.clause.contains($0.range.lowerBound) }
    }
    let all = text.quantities.compactMap { quantity -> Dated? in
      guard case .days(_, let to) = quantity.value, let to, !quantity.isNegated else { return nil }
      return Dated(
        day: to, span: quantity.span, clause: text.clause(at: quantity.span.lowerBound))
    }
    guard let last = all.first(where: isLatest),
      let due = ends.first(where: { !isLatest($0) && $0.day > last.day })
    else { return nil }
    return problem(
      "two_deadlines", view, part: "window", at: joined(due.span, last.span),
      ["value": day(due.day), "other": day(last.day)])
  }

  // MARK: Days that do not exist

  private func missingDays(_ view: LintView, _ text: ReadText) -> [DemandProblem?] {
    WrittenDay.all(in: text.text).filter { !$0.exists }.map { written in
      problem("no_such_day", view, part: "window", at: written.range)
    }
  }
}
