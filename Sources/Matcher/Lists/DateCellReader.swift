/// The grammar of dates in cells, over folded text without blanks.
///
/// Forms with a stated year, or year-less ones with a month, are read here, with what makes them
/// doubtful; words such as 下月底 or 春节前 are left to `QuantityReader`.
struct DateCellReader {
  let text: [UInt32]
  let basis: CivilDate
  let minguo: Bool
  let words: ListWords
  private var index = 0
  private var signs: Set<DateCell.Sign> = []

  init(text: [UInt32], basis: CivilDate, minguo: Bool, words: ListWords) {
    self.text = text
    self.basis = basis
    self.minguo = minguo
    self.words = words
  }

  mutating func outcome() -> DateCell.Outcome {
    skipPlainWords()
    let start = index
    for form in Form.allCases {
      index = start
      signs = []
      if let outcome = read(form) {
        if case .impossible = outcome { return outcome }
        skipPlainWords()
        if index == text.count { return outcome }
      }
    }
    index = start
    return isDuration() ? .duration : .unread
  }

  private enum Form: CaseIterable {
    case chinese
    case numeric
    case english
    case quarter
  }

  private mutating func read(_ form: Form) -> DateCell.Outcome? {
    switch form {
    case .chinese: chinese()
    case .numeric: numeric()
    case .english: english()
    case .quarter: quarter()
    }
  }

  // MARK: 2027年3月底, 民國116年3月, 三月三十一日

  private mutating func chinese() -> DateCell.Outcome? {
    let start = index
    let isMinguo = skip("民国")
    var year: Int?
    if let relative = relativeYear() {
      year = relative
      signs.insert(.relative)
    } else if let (number, digits) = number(), skip("年") || skip("年度") {
      year = fullYear(number, digits, isMinguo: isMinguo)
      if year == nil { return nil }
    } else {
      index = start
      signs = []
    }
    guard let year else { return yearless() }
    if let part = partOfYear() { return months(year, part) }
    guard let (month, _) = number() else { return endOfYear(year) }
    guard skip("月") || skip("月份") else { return nil }
    return inMonth(year, month)
  }

  private mutating func yearless() -> DateCell.Outcome? {
    guard let (month, digits) = number(), digits <= 2, skip("月份") || skip("月") else { return nil }
    guard (1...12).contains(month) else { return .impossible }
    signs.insert(.yearless)
    let year = basis.components.year
    let saved = index
    guard let outcome = inMonth(year, month) else { return nil }
    if case .read(let cell) = outcome, cell.to < basis {
      index = saved
      return inMonth(year + 1, month)
    }
    return outcome
  }

  private mutating func inMonth(_ year: Int, _ month: Int) -> DateCell.Outcome? {
    guard (1...12).contains(month) else { return .impossible }
    for (word, days) in [("上旬", 1...10), ("中旬", 11...20), ("下旬", 21...31), ("初", 1...10)]
    where skip(word) {
      _ = skipEnding()
      return DateCell.month(year, month, .span, signs, days: days)
    }
    if let (day, _) = number() {
      guard skip("日") || skip("号") || index == text.count || skipsBefore() else { return nil }
      _ = skipEnding()
      return DateCell.day(year, month, day, signs)
    }
    if skipEnding() { return DateCell.month(year, month, .span, signs) }
    if skipsBefore() { return beforeMonth(year, month) }
    return DateCell.month(year, month, .month, signs)
  }

  /// 3月前 may or may not hold March: both readings are shown.
  private func beforeMonth(_ year: Int, _ month: Int) -> DateCell.Outcome {
    guard let first = CivilDate(year: year, month: month, day: 1),
      let last = CivilDate(
        year: year, month: month, day: CivilDate.days(inMonth: month, of: year))
    else { return .impossible }
    return .order(first + -1, last)
  }

  private mutating func endOfYear(_ year: Int) -> DateCell.Outcome? {
    if skip("初") { return months(year, 1...3) }
    let hasEnd = skipEnding()
    if hasEnd { return months(year, 1...12) }
    if skipsBefore() { return nil }
    return DateCell.year(year, signs)
  }

  private func months(_ year: Int, _ months: ClosedRange<Int>) -> DateCell.Outcome {
    DateCell.months(year, months, signs)
  }

  /// Quarter or half behind a year.
  private mutating func partOfYear() -> ClosedRange<Int>? {
    if skip("上半年") { return 1...6 }
    if skip("下半年") { return 7...12 }
    let saved = index
    _ = skip("第")
    if skip("q"), case let (quarter, 1)? = number(), (1...4).contains(quarter) {
      _ = skipEnding() || skipsBefore()
      return quarter * 3 - 2...quarter * 3
    }
    let written = signs
    if let (quarter, _) = number(), skip("季度") || skip("季"), (1...4).contains(quarter) {
      // 第一季度 is how quarters are written, nothing to look at.
      signs = written
      _ = skipEnding() || skipsBefore()
      return quarter * 3 - 2...quarter * 3
    }
    index = saved
    signs = written
    return nil
  }

  private mutating func relativeYear() -> Int? {
    for (word, offset) in [("今年", 0), ("本年", 0), ("明年", 1), ("来年", 1), ("后年", 2)]
    where skip(word) {
      return basis.components.year + offset
    }
    return nil
  }

  private mutating func fullYear(_ number: Int, _ digits: Int, isMinguo: Bool) -> Int? {
    if isMinguo || (minguo && digits == 3 && (100...199).contains(number)) {
      signs.insert(.minguo)
      return number + 1911
    }
    if digits == 4, (1900...2999).contains(number) { return number }
    if digits == 2, (20...60).contains(number) {
      signs.insert(.shortYear)
      return 2000 + number
    }
    return nil
  }

  // MARK: 2027-03-31, 2027.3, 31/3/2027, 20270331

  private mutating func numeric() -> DateCell.Outcome? {
    guard let (first, digits) = arabic() else { return nil }
    if digits == 8 {
      dropTime()
      return DateCell.day(first / 10_000, first / 100 % 100, first % 100, signs)
    }
    if digits == 6, (190_000...299_912).contains(first) {
      return DateCell.month(first / 100, first % 100, .month, signs)
    }
    if digits == 4, index == text.count { return yearAlone(first) }
    guard let mark = separator(), let (second, _) = arabic(atMost: 2) else { return nil }
    // Blanks are gone: the clock behind a day must not run into it.
    let third = separator(mark).flatMap { _ in arabic(atMost: digits >= 3 ? 2 : 4) }
    if digits == 4 || (minguo && digits == 3) {
      guard let year = fullYear(first, digits, isMinguo: false) else { return nil }
      guard let (day, _) = third else {
        if skipEnding() { return DateCell.month(year, second, .span, signs) }
        if skipsBefore() { return beforeMonth(year, second) }
        return DateCell.month(year, second, .month, signs)
      }
      dropTime()
      _ = skipEnding() || skipsBefore()
      return DateCell.day(year, second, day, signs)
    }
    return yearLast(first, second, third)
  }

  private func yearAlone(_ year: Int) -> DateCell.Outcome? {
    (2000...2100).contains(year) ? DateCell.year(year, signs) : nil
  }

  private mutating func yearLast(
    _ first: Int, _ second: Int, _ third: (Int, Int)?
  ) -> DateCell.Outcome? {
    guard let (number, digits) = third else { return nil }
    guard let year = fullYear(number, digits, isMinguo: false) else { return nil }
    dropTime()
    let dayFirst = CivilDate(year: year, month: second, day: first)
    let monthFirst = CivilDate(year: year, month: first, day: second)
    switch (dayFirst, monthFirst) {
    case (let one?, let two?) where one != two: return .order(min(one, two), max(one, two))
    case (let one?, _), (_, let one?): return .read(DateCell(day: one, signs: signs))
    default: return .impossible
    }
  }

  /// A clock time behind a day says nothing more about it.
  private mutating func dropTime() {
    guard index < text.count else { return }
    let rest = text[index...]
    let isTime = rest.allSatisfy {
      (0x30...0x39).contains($0) || [0x3A, 0x74, 0x7A, 0x2E, 0x2B].contains($0)
    }
    if isTime, rest.contains(0x3A) { index = text.count }
  }

  // MARK: 31 March 2027, Mar 31, 2027, end of March 2027

  private mutating func english() -> DateCell.Outcome? {
    let isEnd = skip("endof") || skip("end") || skip("late")
    let isMid = !isEnd && (skip("mid-") || skip("mid"))
    let day = arabic()
    if day != nil { _ = ["st", "nd", "rd", "th"].contains { skip($0) } }
    _ = skip("of") || skip("-") || skip("/") || skip("de")
    guard let month = englishMonth() else { return nil }
    _ = skip(".") || skip("-") || skip(",") || skip("/") || skip("'")
    guard let (number, digits) = arabic() else {
      return day.flatMap { englishYearless($0.0, month) }
    }
    if let (day, _) = day {
      guard let year = fullYear(number, digits, isMinguo: false) else { return nil }
      return DateCell.day(year, month, day, signs)
    }
    if digits <= 2 {
      _ = ["st", "nd", "rd", "th"].contains { skip($0) }
      if skip(",") || index < text.count, case let (year, 4)? = arabic() {
        return DateCell.day(year, month, number, signs)
      }
      if index < text.count { return nil }
    }
    guard let year = fullYear(number, digits, isMinguo: false) else { return nil }
    if isMid { return DateCell.month(year, month, .span, signs, days: 11...20) }
    return DateCell.month(year, month, isEnd ? .span : .month, signs)
  }

  /// Each whole, in four letters and in three.
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ].map { [$0, String($0.prefix(4)), String($0.prefix(3))] }

  private mutating func englishYearless(_ day: Int, _ month: Int) -> DateCell.Outcome {
    signs.insert(.yearless)
    let year = basis.components.year
    if let date = CivilDate(year: year, month: month, day: day), date >= basis {
      return .read(DateCell(day: date, signs: signs))
    }
    return DateCell.day(year + 1, month, day, signs)
  }

  private mutating func englishMonth() -> Int? {
    guard index < text.count, ListVocabulary.isLatin(text[index]) else { return nil }
    for (offset, names) in DateCellReader.months.enumerated() {
      for spelling in names where skip(spelling) { return offset + 1 }
    }
    return nil
  }

  // MARK: Q1 2027, 2027Q1, 1H 2027, end of 2027

  private mutating func quarter() -> DateCell.Outcome? {
    let isEnd = skip("endof") || skip("by") || skip("end")
    if skip("q") { return quarterFirst() }
    if skip("h"), case let (half, 1)? = arabic(atMost: 1), half == 1 || half == 2 {
      return half == 1 ? halfYear(1...6) : halfYear(7...12)
    }
    if let (number, digits) = arabic() {
      if digits == 1, skip("q") { return yearBehind(number) }
      if digits == 1, skip("h") { return halfYear(number == 1 ? 1...6 : 7...12) }
      guard digits == 4 else { return nil }
      _ = skip("-") || skip("/")
      if skip("q"), case let (quarter, 1)? = arabic(), (1...4).contains(quarter) {
        return months(number, quarter * 3 - 2...quarter * 3)
      }
      if skip("h"), case let (half, 1)? = arabic(), half == 1 || half == 2 {
        return months(number, half == 1 ? 1...6 : 7...12)
      }
      if isEnd { return months(number, 1...12) }
    }
    return nil
  }

  private mutating func quarterFirst() -> DateCell.Outcome? {
    guard case let (quarter, 1)? = arabic(atMost: 1) else { return nil }
    return yearBehind(quarter)
  }

  private mutating func yearBehind(_ quarter: Int) -> DateCell.Outcome? {
    guard (1...4).contains(quarter) else { return .impossible }
    _ = skip("of") || skip("/") || skip("-") || skip(",") || skip("'")
    guard let (number, digits) = arabic() else {
      signs.insert(.yearless)
      let year = basis.components.year
      let isPast = quarter * 3 < basis.components.month
      return months(isPast ? year + 1 : year, quarter * 3 - 2...quarter * 3)
    }
    guard let year = fullYear(number, digits, isMinguo: false) else { return nil }
    return months(year, quarter * 3 - 2...quarter * 3)
  }

  private mutating func halfYear(_ range: ClosedRange<Int>) -> DateCell.Outcome? {
    _ = skip("of") || skip("/") || skip("-") || skip(",")
    guard case let (year, 4)? = arabic() else { return nil }
    return months(year, range)
  }

  // MARK: pieces

  private mutating func isDuration() -> Bool {
    guard number() != nil else { return false }
    if skip("-") || skip("~") || skip("至") || skip("到") { _ = number() }
    return skipAny("duration_unit")
  }

  private mutating func arabic(atMost limit: Int = 9) -> (Int, Int)? {
    let start = index
    var value = 0
    while index < text.count, (0x30...0x39).contains(text[index]), index - start < limit {
      value = value * 10 + Int(text[index] - 0x30)
      index += 1
    }
    return index > start ? (value, index - start) : nil
  }

  /// Digits or Chinese numerals; those of a year are four.
  private mutating func number() -> (Int, Int)? {
    if let number = arabic() { return number }
    let start = index
    guard let value = ChineseNumber.read(text, &index) else { return nil }
    signs.insert(.chineseNumeral)
    return (Int(value), value >= 1000 ? 4 : index - start)
  }

  private mutating func separator(_ mark: UInt32? = nil) -> UInt32? {
    guard index < text.count else { return nil }
    let value = text[index]
    guard [0x2D, 0x2F, 0x2E, 0x5C, 0x3002].contains(value), mark == nil || mark == value else {
      return nil
    }
    index += 1
    return value
  }

  private mutating func skip(_ word: String) -> Bool {
    var place = index
    for scalar in word.unicodeScalars {
      guard place < text.count, text[place] == scalar.value else { return false }
      place += 1
    }
    index = place
    return true
  }

  private mutating func skipPlainWords() {
    while skipAny("date_plain") {}
  }

  /// 底, 末, 底前: the whole of it may be used.
  private mutating func skipEnding() -> Bool {
    skipAny("date_end")
  }

  private mutating func skipsBefore() -> Bool {
    skipAny("date_before")
  }

  private mutating func skipAny(_ name: String) -> Bool {
    guard index < text.count, let table = words.table.phrases[name] else { return false }
    let length = table.length(in: text, at: index)
    index += length
    return length > 0
  }
}
