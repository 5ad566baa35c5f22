/// Days told by words: relative days, parts of months and years, quarters, festivals.
extension DateScanner {
  // MARK: words

  func worded(
    _ word: QuantityLexicon.CalendarWord, at start: Int, end: Int, isIntroduced: Bool,
    inherited: Core?
  ) -> Core? {
    let (year, month, _) = asOf.components
    for (role, value) in word.roles {
      let shift = Int(value) ?? 0
      switch role {
      case .year: return inside(year + shift, at: end, start: start)
      case .monthRelative:
        let index = year * 12 + month - 1 + shift
        return inMonth(index / 12, index % 12 + 1, at: end)
      case .weekRelative:
        let monday = asOf + (1 - asOf.weekday + 7 * shift)
        return Core(
          from: monday, to: monday + 6, isYearStated: true, grain: .period, end: end, year: year)
      case .dayRelative:
        let day = asOf + shift
        return Core(from: day, to: day, isYearStated: true, grain: .day, end: end, year: year)
      case .quarterRelative:
        let index = year * 4 + (month - 1) / 3 + shift
        return span(index / 4, index % 4 * 3 + 1, 3, end: end, isStated: true)
      case .month:
        if let day = integer(at: skipBlank(end), digits: 1...2), !units(at: day.end),
          day.value <= 31, text[day.end] != 0x2E
        {
          return withYear(shift, day.value, at: day.end)
        }
        return englishMonth(shift, at: end, start: start, isIntroduced: isIntroduced)
      case .quarter, .half, .season, .part:
        let stated = inherited?.isYearStated == true ? inherited?.year : nil
        if stated == nil, isSymbol(start, end), !isIntroduced || isLetterNext(end) { continue }
        if let core = part(word, of: stated, end: end, isStated: stated != nil) { return core }
      default: continue
      }
    }
    if word.festival >= 0 { return festival(word.festival, year: nil, end: end) }
    return nil
  }

  /// `March 2027`; a bare `march` is a word, and so is `MAY` or `March` where a sentence begins, unless
  /// a word of dates stands before it (`BY MAY`).
  private func englishMonth(
    _ month: Int, at end: Int, start: Int, isIntroduced: Bool
  ) -> Core? {
    var place = skipBlank(end)
    if text[place] == 0x2C { place = skipBlank(place + 1) }
    if let year = integer(at: place, digits: 4...4), (1990...2099).contains(year.value) {
      return span(year.value, month, 1, end: year.end, isStated: true, grain: .month)
    }
    // Feb–Mar 2027: the year stands behind the second month.
    if let next = rangeEnd(end), let other = word(at: next, where: { $0 == .month }),
      let last = Int(other.value), let year = integer(at: skipBlank(other.end), digits: 4...4),
      (1990...2099).contains(year.value)
    {
      let own = month <= last ? year.value : year.value - 1
      return span(own, month, 1, end: end, isStated: true, grain: .month)
    }
    let isName =
      isCapital(start) && (isIntroduced || !isCapital(start + 1) && !beginsSentence(start))
    guard isName else { return nil }
    return span(asOf.components.year, month, 1, end: end, isStated: false, grain: .month)
  }

  private func isCapital(_ place: Int) -> Bool {
    (0x41...0x5A).contains(phrase.exact[place])
  }

  private func beginsSentence(_ start: Int) -> Bool {
    guard let before = phrase.exact[..<start].last(where: { $0 != 0x20 }) else { return true }
    return [0x0A, 0x21, 0x2E, 0x3F, 0x3002].contains(before)
  }

  func inMonth(_ year: Int, _ month: Int, at end: Int) -> Core? {
    if let day = dayNumber(at: skipBlank(end)) {
      return self.day(year, month, day.value, end: day.end, isStated: true)
    }
    if let word = word(at: end, where: { $0 == .part }),
      let core = monthPart(word.value, year, month, end: word.end)
    {
      return core
    }
    return span(year, month, 1, end: end, isStated: true, grain: .month)
  }

  /// H2 without a year: hydrogen, unless a word of dates stands before it.
  private func isSymbol(_ start: Int, _ end: Int) -> Bool {
    text[start] == 0x68 && end == start + 2 && yearBehind(end) == nil
  }

  private func isLetterNext(_ end: Int) -> Bool {
    text[end] == 0x2F || QuantityLexicon.isLatin(text[skipBlank(end)])
  }

  /// A part of a year: quarter, half, season, festival, beginning, end.
  func part(
    _ word: QuantityLexicon.CalendarWord, of stated: Int?, end: Int, isStated: Bool
  ) -> Core? {
    for (role, value) in word.roles {
      let number = Int(value) ?? 0
      switch role {
      case .quarter, .half, .season:
        let behind = stated == nil ? yearBehind(end) : nil
        let year = stated ?? behind?.value ?? asOf.components.year
        let months = role == .half ? 6 : 3
        let first = role == .season ? number * 3 : (number - 1) * months + 1
        var core = span(
          year, first, months, end: behind?.end ?? end, isStated: isStated || behind != nil)
        if let whole = core, text[whole.end] == 0x672B || text[whole.end] == 0x5E95 {
          core?.from = firstOfMonth(whole.to)
          core?.end += 1
        }
        return core
      case .part:
        if let core = yearPart(value, of: stated, end: end) { return core }
      default: continue
      }
    }
    if word.festival >= 0 { return festival(word.festival, year: stated, end: end) }
    return nil
  }

  /// `Q2 2027`, `second quarter of 2027`.
  private func yearBehind(_ end: Int) -> (value: Int, end: Int)? {
    var place = skipBlank(end)
    if text[place] == 0x2D || text[place] == 0x2C { place = skipBlank(place + 1) }
    if text[place] == 0x6F, text[place + 1] == 0x66, text[place + 2] == 0x20 { place += 3 }
    guard let year = integer(at: place, digits: 4...4), (1990...2099).contains(year.value) else {
      return nil
    }
    return (year.value, year.end)
  }

  private func yearPart(_ name: String, of stated: Int?, end: Int) -> Core? {
    let year = stated ?? asOf.components.year
    switch name {
    case "in_year": return span(year, 1, 12, end: end, isStated: stated != nil, grain: .year)
    case "year_end":
      guard stated != nil || isAfterYearWord(end) else { return nil }
      return lastMonth(year, end, stated)
    case "year_start", "year_middle", "end_of":
      guard stated != nil || isAfterYearWord(end) || text[end - 1] == 0x2D else { return nil }
      if stated == nil, QuantityLexicon.isLatin(text[end - 1]) || text[end - 1] == 0x2D {
        return englishPart(name, at: end)
      }
      let (first, months) = name == "year_start" ? (1, 1) : (6, 2)
      return span(year, first, months, end: end, isStated: stated != nil)
    case "month_end", "month_start", "month_mid":
      guard stated == nil, end >= 2, text[end - 2] == 0x6708 else { return nil }
      return monthPart(name, year, asOf.components.month, end: end).map {
        var core = $0
        core.isYearStated = true
        return core
      }
    default: return nil
    }
  }

  /// 年底 says its year; a bare 底 does not.
  private func isAfterYearWord(_ end: Int) -> Bool {
    QuantityLexicon.isLatin(text[end - 1]) || end >= 2 && [0x5E74, 0x5C81].contains(text[end - 2])
  }

  private func lastMonth(_ year: Int, _ end: Int, _ stated: Int?) -> Core? {
    let behind = stated == nil ? yearBehind(end) : nil
    return span(
      behind?.value ?? year, 12, 1, end: behind?.end ?? end, isStated: true, grain: .month)
  }

  /// `early 2027`, `mid-2027`, `end of March 2027`, `end of Q2 2027`.
  private func englishPart(_ name: String, at end: Int) -> Core? {
    let place = skipBlank(end)
    guard let inner = core(at: place, isIntroduced: true, inherited: nil) else { return nil }
    var core = inner
    let days = inner.to - inner.from + 1
    switch name {
    case "year_start": core.to = days > 300 ? inner.from.adding(months: 3) + -1 : inner.from + 9
    case "end_of" where days > 60 && isEnd(place): core.from = firstOfMonth(inner.to)
    case "end_of" where days > 300: core.from = inner.from.adding(months: 9)
    case "end_of": core.from = inner.to + (days > 25 ? -9 : 0)
    default:
      if days > 300 {
        core.from = inner.from.adding(months: 5)
        core.to = inner.from.adding(months: 7) + -1
      } else {
        core.from = inner.from + 10
        core.to = inner.from + 19
      }
    }
    core.grain = .period
    return core
  }

  /// Whether the word before `place` says end, not late.
  private func isEnd(_ place: Int) -> Bool {
    place >= 5 && !(text[place - 5] == 0x6C && text[place - 4] == 0x61)
  }

  private func firstOfMonth(_ date: CivilDate) -> CivilDate {
    date + (1 - date.components.day)
  }

  func monthPart(_ name: String, _ year: Int, _ month: Int, end: Int) -> Core? {
    guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
    let last = CivilDate.days(inMonth: month, of: year)
    let days: (Int, Int)
    switch name {
    case "month_early", "month_start", "year_start": days = (0, 9)
    case "month_middle", "month_mid", "year_middle": days = (10, 19)
    case "month_late", "month_end", "year_end": days = (20, last - 1)
    default: return nil
    }
    return Core(
      from: first + days.0, to: first + days.1, isYearStated: true, grain: .period, end: end,
      year: year, month: month)
  }

  private func festival(_ index: Int32, year: Int?, end: Int) -> Core? {
    let days = lexicon.festivals[Int(index)]
    let found = days.first { year == nil ? $0 >= asOf : $0.components.year == year }
    guard let day = found else { return nil }
    return Core(
      from: day, to: day, isYearStated: true, grain: .period, end: end, year: day.components.year)
  }
}

extension DateScanner {
  /// 工期3-6月, 为期2月: behind such words a number counts months and names none, unless what follows
  /// is of a date (工期3月底前).
  func isDuration(at start: Int) -> Bool {
    guard isLasting(before: start) || firstEnd(before: start).map(isLasting) ?? false else {
      return false
    }
    var end = start
    while QuantityLexicon.isDigit(text[end]) { end += 1 }
    if let next = rangeEnd(end) {
      end = next
      while QuantityLexicon.isDigit(text[end]) { end += 1 }
    }
    end = skipBlank(end)
    guard text[end] == 0x6708, text[end + 1] != 0x4EFD, dayNumber(at: skipBlank(end + 1)) == nil
    else { return false }
    return word(at: end + 1) { $0 == .part || $0 == .since || $0 == .sinceBefore } == nil
      && text[end + 1] != 0x524D
  }

  /// Where the number begins from which a range reaches to a place: the 3 of 3-6月.
  private func firstEnd(before place: Int) -> Int? {
    for sign in max(0, place - 3)..<max(0, place) where rangeEnd(sign) == place {
      var start = sign
      while start > 0, QuantityLexicon.isDigit(text[start - 1]) { start -= 1 }
      return start < sign ? start : nil
    }
    return nil
  }

  /// Whether a word for how long something takes stands before a place, but for two signs or plain
  /// words between.
  private func isLasting(before start: Int) -> Bool {
    for gap in 0...min(2, start) {
      let end = start - gap
      guard gap == 0 || !QuantityLexicon.isDigit(text[end]) else { return false }
      for begin in max(0, end - 5)..<end {
        if let word = word(at: begin, where: { $0 == .lasting }), word.end == end { return true }
      }
    }
    return false
  }
}
