/// Reads days, months, quarters and the words around them at a place of a text.
final class DateScanner {
  let lexicon: QuantityLexicon
  let phrase: FoldedPhrase
  let asOf: CivilDate
  let numbers: NumberScanner
  let text: [UInt32]

  init(
    lexicon: QuantityLexicon, phrase: FoldedPhrase, asOf: CivilDate, numbers: NumberScanner
  ) {
    self.lexicon = lexicon
    self.phrase = phrase
    self.asOf = asOf
    self.numbers = numbers
    text = phrase.lower
  }

  typealias Role = QuantityLexicon.CalendarRole

  /// A stretch of days before the words around it are read.
  struct Core {
    var from: CivilDate
    var to: CivilDate
    /// Year that was written or meant by a word; nil: to be found.
    var isYearStated: Bool
    var grain: DateText.Grain
    var end: Int
    var isOrderUnclear = false
    var year: Int
    var month = 0
  }

  /// The date that begins at `start` with its words before and behind it.
  func date(at start: Int) -> (date: DateText, end: Int)? {
    guard canBegin(text[start], at: start) else { return nil }
    if let turn = yearTurn(at: start) { return turn }
    var place = start
    var before: [Role] = []
    while before.count < 3, let word = word(at: place, where: isBefore) {
      before += word.roles
      place = skipBlank(word.end)
    }
    guard let core = core(at: place, isIntroduced: !before.isEmpty, inherited: nil) else {
      return nil
    }
    return finished(core, start: start, before: before)
  }

  /// Whether what stands behind the digits at a place lets them begin a date, as `numeric` reads one
  /// that nothing introduces; true where no digits stand.
  func mayBegin(at start: Int) -> Bool {
    guard QuantityLexicon.isDigit(text[start]), !lexicon.calendarTrie.begins(with: text[start])
    else { return true }
    let end = digitsEnd(start)
    guard end - start < 5 else { return false }
    let isShort = end - start <= 2
    let next = text[skipBlank(end)]
    if next == 0x5E74 || next == 0x6708 || isWord(at: skipBlank(end)) { return true }
    switch text[end] {
    case 0x2D, 0x2E, 0x2F:
      let second = digitsEnd(end + 1)
      let isDay = (1...2).contains(second - end - 1) && (!isShort || text[second] == text[end])
      return isDay || text[end] == 0x2D && (isWord(at: end + 1) || elidedMonth(at: start) != nil)
    case 0x7E, 0x81F3, 0x5230: return isShort && elidedMonth(at: start) != nil
    case 0x20: return text[end + 1] == 0x2D && isWord(at: end + 2)
    case 0x68, 0x71: return isShort
    default:
      // 31st March.
      guard isShort, QuantityLexicon.isLatin(text[end]), QuantityLexicon.isLatin(text[end + 1])
      else { return false }
      let behind = skipBlank(end + 2)
      return isWord(at: text[behind] == 0x2D ? behind + 1 : behind)
    }
  }

  private func digitsEnd(_ start: Int) -> Int {
    var end = start
    while QuantityLexicon.isDigit(text[end]), end - start < 5 { end += 1 }
    return end
  }

  /// Whether a word of dates may stand there.
  private func isWord(at place: Int) -> Bool {
    lexicon.calendarTrie.longest(in: text, at: place) { _, _ in true } != nil
  }

  /// Digits, numerals and words of dates.
  private func canBegin(_ scalar: UInt32, at place: Int) -> Bool {
    QuantityLexicon.isDigit(scalar) || numbers.numeralCode(at: place) > 0
      || isWord(at: place)
  }

  /// 年前: before the calendar's or the lunar new year.
  private func yearTurn(at start: Int) -> (date: DateText, end: Int)? {
    guard start == 0 || !QuantityLexicon.isIdeograph(text[start - 1]) || text[start - 1] == 0x5728,
      numbers.numeralCode(at: max(0, start - 1)) == 0,
      start == 0 || !QuantityLexicon.isDigit(text[start - 1]),
      let word = word(at: start, where: { $0 == .yearTurn })
    else { return nil }
    let year = asOf.components.year
    var date = DateText(from: nil, to: CivilDate(year: year, month: 12, day: 31))
    let lunar = lexicon.festivals.first?.first { $0 >= asOf }
    date.other = (nil, lunar.map { $0 + -1 })
    return (date, word.end)
  }

  private func isBefore(_ role: Role) -> Bool {
    role == .untilBefore || role == .sinceBefore || role == .in || role == .around
  }

  private func finished(_ first: Core, start: Int, before: [Role]) -> (DateText, Int)? {
    var core = first
    var isRange = false
    var second: Core?
    if let next = rangeEnd(core.end),
      let other = self.core(at: next, isIntroduced: true, inherited: core),
      let later = following(other, core, at: next)
    {
      second = later
      isRange = true
      core.end = later.end
    }
    var date = DateText(from: core.from, to: second?.to ?? core.to)
    date.grain = core.grain
    date.isOrderUnclear = core.isOrderUnclear
    var end = core.end
    var after = isRange ? nil : behind(core.end)
    if let since = after, since.role == .since, let next = rangeEnd(since.end),
      let other = self.core(at: next, isIntroduced: true, inherited: core),
      let later = following(other, core, at: next)
    {
      // 2027年1月1日起至6月30日
      second = later
      isRange = true
      date.to = later.to
      end = later.end
      after = nil
    }
    let isUntil = before.contains(.untilBefore) || after?.role == .until
    let isSince = before.contains(.sinceBefore) || after?.role == .since
    if let after { end = after.end }
    resolveYear(&date, first, second)
    if !isRange {
      if isUntil && !(before.contains(.sinceBefore)) || after?.role == .until {
        date.from = nil
        date.other = date.other.map { (nil, $0.to) }
      } else if isSince {
        date.to = nil
        date.other = date.other.map { ($0.from, nil) }
      } else if after?.role == .around || before.contains(.around) {
        date.isApproximate = true
      }
    }
    return (date, end)
  }

  /// The other end of a range; without a year of its own it may lie in the next one: 12月20日至1月10日.
  private func following(_ other: Core, _ first: Core, at place: Int) -> Core? {
    if other.to >= first.from { return other }
    let hasYear = integer(at: place, digits: 4...4) != nil || writtenYear(at: place) != nil
    guard !hasYear, [.day, .month].contains(other.grain) else { return nil }
    var later = other
    later.from = DateScanner.shifted(other.from, years: 1)
    later.to = DateScanner.shifted(other.to, years: 1)
    later.year += 1
    return later.to >= first.from ? later : nil
  }

  func behind(_ place: Int) -> (role: Role, end: Int)? {
    var place = place
    // 2027年1月1日(含)前
    if text[place] == 0x28, text[place + 1] == 0x542B, text[place + 2] == 0x29 { place += 3 }
    guard
      let word = word(
        at: skipBlank(place), where: { $0 == .until || $0 == .since || $0 == .around })
    else { return nil }
    let role = word.roles.first { $0 == .until || $0 == .since || $0 == .around }
    return role.map { ($0, word.end) }
  }

  /// Without a year, the next such day is meant; if this year's has passed, that is unclear.
  private func resolveYear(_ date: inout DateText, _ first: Core, _ second: Core?) {
    guard !first.isYearStated, second?.isYearStated != true else { return }
    guard let to = date.to, to < asOf, let from = date.from else { return }
    let past = (Optional(from), Optional(to))
    date.from = DateScanner.shifted(from, years: 1)
    date.to = DateScanner.shifted(to, years: 1)
    date.other = past
  }

  private static func shifted(_ date: CivilDate, years: Int) -> CivilDate {
    let (year, month, day) = date.components
    let isMonthEnd = day == CivilDate.days(inMonth: month, of: year)
    let last = CivilDate.days(inMonth: month, of: year + years)
    return CivilDate(year: year + years, month: month, day: isMonthEnd ? last : min(day, last))
      ?? date
  }

  /// The place behind a sign of a range between two dates.
  func rangeEnd(_ place: Int) -> Int? {
    let start = skipBlank(place)
    switch text[start] {
    case 0x2D, 0x7E:
      var end = start
      while text[end] == 0x2D || text[end] == 0x7E { end += 1 }
      return skipBlank(end)
    case 0x81F3, 0x5230: return skipBlank(start + 1)
    case 0x74 where text[start + 1] == 0x6F && text[start + 2] == 0x20: return start + 3
    case 0x75 where word(at: start) { $0 == .untilBefore } != nil:
      return word(at: start) { $0 == .untilBefore }.map { skipBlank($0.end) }
    default: return nil
    }
  }

  // MARK: the core

  func core(at start: Int, isIntroduced: Bool, inherited: Core?) -> Core? {
    if QuantityLexicon.isDigit(text[start]) {
      return numeric(at: start, isIntroduced: isIntroduced, inherited: inherited)
    }
    if let year = writtenYear(at: start) { return inside(year.value, at: year.end, start: start) }
    if numbers.numeralCode(at: start) > 0,
      let month = monthDay(at: start, year: inherited?.year, isStated: inherited?.isYearStated)
    {
      return month
    }
    guard let word = calendarWord(at: start) else { return nil }
    return worded(
      word.word, at: start, end: word.end, isIntroduced: isIntroduced, inherited: inherited)
  }

  /// 民国116年, 二〇二七年.
  private func writtenYear(at start: Int) -> (value: Int, end: Int)? {
    if let era = word(at: start, where: { $0 == .era }), let shift = Int(era.value) {
      let place = skipBlank(era.end)
      guard let count = integer(at: place, digits: 1...3), text[count.end] == 0x5E74 else {
        return nil
      }
      return (count.value + shift, count.end + 1)
    }
    guard (1...10).contains(numbers.numeralCode(at: start)) else { return nil }
    var value = 0
    var place = start
    while (1...10).contains(numbers.numeralCode(at: place)), place - start < 4 {
      value = value * 10 + Int(numbers.numeralCode(at: place)) - 1
      place += 1
    }
    guard place - start == 4, (1990...2099).contains(value), text[place] == 0x5E74 else {
      return nil
    }
    return (value, place + 1)
  }

  private func numeric(at start: Int, isIntroduced: Bool, inherited: Core?) -> Core? {
    guard start == 0 || !QuantityLexicon.isDigit(text[start - 1]),
      let first = integer(at: start, digits: 1...8)
    else { return nil }
    let length = first.end - start
    let next = text[first.end]
    if length == 4, (1990...2099).contains(first.value) {
      return fromYear(first.value, at: first.end, start: start, isIntroduced: isIntroduced)
    }
    if length == 3, next == 0x5E74, (100...130).contains(first.value),
      monthNumber(at: first.end + 1) != nil
    {
      return inside(first.value + 1911, at: first.end + 1, start: start)
    }
    if length == 2, next == 0x5E74, (20...45).contains(first.value) {
      guard monthNumber(at: first.end + 1) != nil || calendarWord(at: first.end + 1) != nil else {
        return nil
      }
      return inside(2000 + first.value, at: first.end + 1, start: start)
    }
    if length <= 2, isDuration(at: start) { return nil }
    if length <= 2,
      let core = monthDay(at: start, year: inherited?.year, isStated: inherited?.isYearStated)
    {
      return core
    }
    if inherited == nil, let month = elidedMonth(at: start) {
      return span(
        asOf.components.year, month.value, 1, end: month.end, isStated: false, grain: .month)
    }
    if length <= 2, let core = dayFirst(first.value, at: first.end) { return core }
    if length <= 2, next == 0x2F || next == 0x2D || next == 0x2E,
      let core = slashed(first.value, at: first.end, separator: next)
    {
      return core
    }
    if let inherited, length <= 2 { return elided(first.value, at: first.end, inherited) }
    return length <= 2 ? quarterOfYear(first.value, at: first.end) : nil
  }

  /// `15日` behind 3月10日—, `6月` is read above; `4.30` behind `2027.3.15—`.
  private func elided(_ value: Int, at end: Int, _ inherited: Core) -> Core? {
    if [0x65E5, 0x53F7].contains(text[end]) {
      return day(
        inherited.year, inherited.month, value, end: end + 1, isStated: inherited.isYearStated)
    }
    if [0x2E, 0x2F, 0x2D].contains(text[end]), let second = integer(at: end + 1, digits: 1...2),
      inherited.grain == .day
    {
      return day(
        inherited.year, value, second.value, end: second.end, isStated: inherited.isYearStated)
    }
    return nil
  }

  /// `1Q27`, `2H 2027`.
  private func quarterOfYear(_ count: Int, at end: Int) -> Core? {
    let isQuarter = text[end] == 0x71
    guard isQuarter || text[end] == 0x68, count >= 1, count <= (isQuarter ? 4 : 2) else {
      return nil
    }
    let place = skipBlank(end + 1)
    guard let year = integer(at: place, digits: (isQuarter ? 2 : 4)...4), year.end - place != 3
    else {
      return nil
    }
    let full = year.value < 100 ? 2000 + year.value : year.value
    guard (1990...2099).contains(full) else { return nil }
    let months = isQuarter ? 3 : 6
    return span(full, (count - 1) * months + 1, months, end: year.end, isStated: true)
  }

  private func fromYear(_ year: Int, at end: Int, start: Int, isIntroduced: Bool) -> Core? {
    let next = text[end]
    if text[skipBlank(end)] == 0x5E74 {
      return inside(year, at: skipBlank(end) + 1, start: start)
    }
    if [0x2D, 0x2F, 0x2E].contains(next), let month = integer(at: end + 1, digits: 1...2),
      (1...12).contains(month.value)
    {
      if text[month.end] == next, let day = integer(at: month.end + 1, digits: 1...2) {
        return self.day(year, month.value, day.value, end: day.end, isStated: true)
      }
      let isIntroduced = isIntroduced || isMonthOfYear(behind: month.end, separator: next)
      guard next != 0x2E || isIntroduced, !QuantityLexicon.isDigit(text[month.end]) else {
        return nil
      }
      guard month.end - end == 3 || isIntroduced || next == 0x2F else { return nil }
      return span(year, month.value, 1, end: month.end, isStated: true, grain: .month)
    }
    let place = skipBlank(end)
    if let word = calendarWord(at: place), !QuantityLexicon.isDigit(text[word.end]),
      let core = part(word.word, of: year, end: word.end, isStated: true),
      word.isLatin || place == end
    {
      return core
    }
    guard isIntroduced, !QuantityLexicon.isLatin(next), next != 0x25 else { return nil }
    if units(at: end) { return nil }
    return span(year, 1, 12, end: end, isStated: true, grain: .year)
  }

  /// Whether a range goes on to a month that is written the same way: 2027.1-2027.3.
  private func isMonthOfYear(behind end: Int, separator: UInt32) -> Bool {
    guard let next = rangeEnd(end), let year = integer(at: next, digits: 4...4),
      (1990...2099).contains(year.value), text[year.end] == separator,
      let month = integer(at: year.end + 1, digits: 1...2)
    else { return false }
    return (1...12).contains(month.value)
  }

  func units(at place: Int) -> Bool {
    numbers.units.unit(at: place) != nil
  }

  /// What stands behind a year: month and day, quarter, half, end; nothing: the whole year.
  func inside(_ year: Int, at end: Int, start: Int) -> Core? {
    guard (1583...9998).contains(year) else { return nil }
    var place = skipBlank(end)
    if text[place] == 0x7684 || text[place] == 0x5EA6 { place += 1 }
    if let month = monthDay(at: place, year: year, isStated: true) { return month }
    if let month = elidedMonth(at: place) {
      return span(year, month.value, 1, end: month.end, isStated: true, grain: .month)
    }
    // 明年3/15
    if let month = integer(at: place, digits: 1...2), text[month.end] == 0x2F,
      let day = integer(at: month.end + 1, digits: 1...2),
      let core = self.day(year, month.value, day.value, end: day.end, isStated: true)
    {
      return core
    }
    if let word = calendarWord(at: place),
      let core = part(word.word, of: year, end: word.end, isStated: true)
    {
      return core
    }
    return span(year, 1, 12, end: end + (text[end] == 0x5EA6 ? 1 : 0), isStated: true, grain: .year)
  }

  /// The 1 of 2027年1-3月: the word for months stands behind the other end alone.
  private func elidedMonth(at start: Int) -> (value: Int, end: Int)? {
    guard let month = integer(at: start, digits: 1...2), (1...12).contains(month.value),
      let next = rangeEnd(month.end), let last = monthNumber(at: next), last.value > month.value
    else { return nil }
    return month
  }

  private func monthNumber(at start: Int) -> (value: Int, end: Int)? {
    if let digits = integer(at: start, digits: 1...2) {
      // 3 月: many set a blank between digits and ideographs.
      let end = skipBlank(digits.end)
      guard (1...12).contains(digits.value), isMonth(at: end) else { return nil }
      return (digits.value, end + 1)
    }
    guard numbers.numeralCode(at: start) > 0, let numeral = numbers.chineseNumber(at: start),
      numeral.upper == nil, (1...12).contains(numeral.number.value),
      isMonth(at: numeral.numberEnd)
    else { return nil }
    return (Int(numeral.number.value), numeral.numberEnd + 1)
  }

  /// 月 that names a month; in 12月龄 it counts them.
  private func isMonth(at place: Int) -> Bool {
    text[place] == 0x6708 && text[place + 1] != 0x9F84
  }

  /// `3月15日`, `3月下旬`, `3月`.
  private func monthDay(at start: Int, year: Int?, isStated: Bool?) -> Core? {
    guard let month = monthNumber(at: start) else { return nil }
    let current = year ?? asOf.components.year
    let stated = isStated ?? false
    var end = month.end
    if text[end] == 0x4EFD { end += 1 }
    if let day = dayNumber(at: skipBlank(end)) {
      return self.day(current, month.value, day.value, end: day.end, isStated: stated)
    }
    if let word = word(at: end, where: { $0 == .part }),
      var core = monthPart(word.value, current, month.value, end: word.end)
    {
      core.isYearStated = stated
      return core
    }
    return span(current, month.value, 1, end: end, isStated: stated, grain: .month)
  }

  func dayNumber(at start: Int) -> (value: Int, end: Int)? {
    if let digits = integer(at: start, digits: 1...2) {
      let end = skipBlank(digits.end)
      guard [0x65E5, 0x53F7].contains(text[end]) else { return nil }
      return (digits.value, end + 1)
    }
    guard numbers.numeralCode(at: start) > 0, let numeral = numbers.chineseNumber(at: start),
      [0x65E5, 0x53F7].contains(text[numeral.numberEnd]), numeral.number.value <= 31
    else { return nil }
    return (Int(numeral.number.value), numeral.numberEnd + 1)
  }

  /// `31 March 2027`, `31st March`.
  private func dayFirst(_ value: Int, at end: Int) -> Core? {
    var place = end
    if QuantityLexicon.isLatin(text[place]), QuantityLexicon.isLatin(text[place + 1]),
      !QuantityLexicon.isLatin(text[place + 2])
    {
      place += 2
    }
    place = skipBlank(place)
    if text[place] == 0x2D { place += 1 }
    guard let word = word(at: place, where: { $0 == .month }), let month = Int(word.value) else {
      return nil
    }
    return withYear(month, value, at: word.end)
  }

  func withYear(_ month: Int, _ day: Int, at end: Int) -> Core? {
    var place = end
    if text[place] == 0x2C { place += 1 }
    if text[place] == 0x2D { place += 1 }
    place = skipBlank(place)
    if let year = integer(at: place, digits: 4...4), (1990...2099).contains(year.value) {
      return self.day(year.value, month, day, end: year.end, isStated: true)
    }
    return self.day(asOf.components.year, month, day, end: end, isStated: false)
  }

  /// `3/4/2027`: the order of day and month is told only when one of them cannot be a month.
  private func slashed(_ first: Int, at end: Int, separator: UInt32) -> Core? {
    guard let second = integer(at: end + 1, digits: 1...2), text[second.end] == separator,
      let year = integer(at: second.end + 1, digits: 4...4), (1990...2099).contains(year.value)
    else { return nil }
    let dayFirst = first <= 31 && second.value <= 12
    let monthFirst = first <= 12 && second.value <= 31
    let isUnclear = dayFirst && monthFirst && first != second.value
    let (month, day) = dayFirst ? (second.value, first) : (first, second.value)
    var core = self.day(year.value, month, day, end: year.end, isStated: true)
    core?.isOrderUnclear = isUnclear
    return core
  }

  // MARK: helpers

  func day(_ year: Int, _ month: Int, _ day: Int, end: Int, isStated: Bool) -> Core? {
    guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
    return Core(
      from: date, to: date, isYearStated: isStated, grain: .day, end: end, year: year, month: month)
  }

  func span(
    _ year: Int, _ month: Int, _ months: Int, end: Int, isStated: Bool,
    grain: DateText.Grain = .period
  ) -> Core? {
    guard let from = CivilDate(year: year, month: (month - 1) % 12 + 1, day: 1) else { return nil }
    return Core(
      from: from, to: from.adding(months: months) + -1, isYearStated: isStated, grain: grain,
      end: end, year: year, month: month)
  }

  func skipBlank(_ place: Int) -> Int {
    text[place] == 0x20 ? place + 1 : place
  }

  func integer(at start: Int, digits: ClosedRange<Int>) -> (value: Int, end: Int)? {
    var place = start
    var value = 0
    while QuantityLexicon.isDigit(text[place]), place - start < 9 {
      value = value * 10 + Int(text[place] - 0x30)
      place += 1
    }
    return digits.contains(place - start) ? (value, place) : nil
  }

  private func calendarWord(
    at start: Int
  ) -> (word: QuantityLexicon.CalendarWord, end: Int, isLatin: Bool)? {
    let found = lexicon.calendarTrie.longest(in: text, at: start) { _, end in
      !QuantityLexicon.breaksWord(text, start, end) && !isDigitCut(start, end)
    }
    guard let found, !isPartOfOther(from: start, to: found.end) else { return nil }
    return (
      lexicon.calendar[Int(found.value)], found.end, QuantityLexicon.isLatin(text[start])
    )
  }

  /// `Q2` of `Q235`.
  private func isDigitCut(_ start: Int, _ end: Int) -> Bool {
    QuantityLexicon.isDigit(text[end - 1])
      && (QuantityLexicon.isDigit(text[end]) || QuantityLexicon.isLatin(text[end]))
  }

  func word(
    at start: Int, where accept: (Role) -> Bool
  ) -> (value: String, roles: [Role], end: Int)? {
    guard start < phrase.count else { return nil }
    let found = lexicon.calendarTrie.longest(in: text, at: start) { value, end in
      lexicon.calendar[Int(value)].roles.contains { accept($0.role) }
        && !QuantityLexicon.breaksWord(text, start, end)
    }
    guard let found, !isPartOfOther(from: start, to: found.end) else { return nil }
    let roles = lexicon.calendar[Int(found.value)].roles.filter { accept($0.role) }
    return (roles.first?.value ?? "", roles.map(\.role), found.end)
  }

  /// Whether a word that is none of dates begins inside and reaches beyond: 中试 behind 年中.
  private func isPartOfOther(from start: Int, to end: Int) -> Bool {
    (start..<end).contains { place in
      lexicon.calendarTrie.longest(in: text, at: place) { value, stop in
        stop > end && lexicon.calendar[Int(value)].roles.contains { $0.role == .none }
      } != nil
    }
  }
}
