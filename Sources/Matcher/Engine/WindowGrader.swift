import Matcher

/// Whether a line can start in time. As `WindowCriterion`.
final class WindowGrader: Sendable {
  let strictness: Strictness
  /// The last day on which the work may start.
  let limit: Int32
  /// The window's first day; `Day.none` if it has none.
  let start: Int32
  let duration: Int32

  /// nil without a window that has a last day.
  init?(_ stage: ResolvedStage) {
    guard let window = stage.ask.window, let limit = stage.deadline.start else { return nil }
    strictness = window.strictness
    self.limit = Day.of(limit)
    start = Day.of(window.start)
    duration = Int32(max(1, window.durationDays ?? 1))
  }

  /// What its grades rest on.
  var content: CriterionContent {
    var content = CriterionContent(2, family: Family.window.rawValue, strictness)
    content.add(limit, start)
    content.add(Int(duration))
    return content
  }

  /// A line's window facet, with what is known of it on the as-of date.
  private struct Line {
    let status: Status.State
    let from: Int32
    let hasLead: Bool
    let isWorking: Bool
    let hasSlots: Bool
    let leadDays: Int32
    let leadUntil: Int32
    let calendarUntil: Int32
    let isCalendarValid: Bool
    let slots: UnsafePointer<UInt64>
    let slotCount: Int
    let region: Int

    @inline(__always)
    init(_ facet: UInt32, _ table: FacetTable, asOf: Int32) {
      var reader = table.reader(facet)
      let head = facet == 0 ? UInt64(7) : reader.word()
      status = Status.State(code: head & 0xFF)
      region = Int(head >> 16 & 0xFFFF)
      slotCount = Int(head >> 32)
      guard facet != 0 else {
        (from, leadUntil, calendarUntil) = (Day.none, Day.none, Day.none)
        (hasLead, isWorking, hasSlots, isCalendarValid) = (false, false, false, false)
        leadDays = 0
        slots = reader.next
        return
      }
      (from, leadUntil) = reader.halves()
      let days: Int32
      (days, calendarUntil) = reader.halves()
      hasLead = head >> 8 & 1 == 1 && (leadUntil == Day.none || leadUntil >= asOf)
      leadDays = hasLead ? days : 0
      isWorking = hasLead && head >> 9 & 1 == 1
      isCalendarValid = head >> 10 & 1 == 1 && (calendarUntil == Day.none || calendarUntil >= asOf)
      hasSlots = isCalendarValid && slotCount > 0
      slots = reader.next
    }
  }

  func grade(_ facet: UInt32, _ table: FacetTable, _ days: WorkDays, _ setting: Setting) -> Grade {
    let line = Line(facet, table, asOf: setting.asOf)
    let ready = line.hasLead ? days.after(line.leadDays, line.isWorking, line.region) : setting.asOf
    var open = ready
    if line.from != Day.none, line.status != .open { open = max(open, line.from) }
    let base = start == Day.none ? open : max(open, start)
    var grade: Grade
    var isSatisfied = false
    if line.hasSlots, line.hasLead {
      let (fit, changes) = fit(line, open: open, base: base, days)
      switch fit {
      case .inTime:
        grade = .satisfied
        isSatisfied = true
      case .late(let by): grade = late(by, line, isCertain: true, days, setting)
      case .full:
        let marks = setting.fail(
          strictness, gap: 2, groupGap: 2 * setting.curableGap, strongLimit: 1)
        grade = Grade(0, marks.union(.known))
      }
      grade.change(on: changes)
    } else if base > limit {
      grade = late(base - limit, line, isCertain: false, days, setting)
    } else {
      grade = unknown(setting)
      grade.change(on: passes(limit, line, days))
    }
    if !knowsOpening(line, setting.asOf) {
      if isSatisfied {
        let changes = grade.changes
        grade = unknown(setting)
        if grade.marks.contains(.pending) { grade.marks = .pendingOther }
        grade.changes = changes
      }
      grade.low = 0
    } else if line.from >= setting.asOf, line.status != .open, line.status != .unstated {
      grade.change(on: line.from + 1)
    }
    if line.calendarUntil >= setting.asOf { grade.lapse(after: line.calendarUntil) }
    if line.leadUntil >= setting.asOf { grade.lapse(after: line.leadUntil) }
    return grade
  }

  /// The first day whose as-of plus lead time is after a day.
  @inline(__always)
  private func passes(_ day: Int32, _ line: Line, _ days: WorkDays) -> Int32 {
    days.first(after: day, lead: line.leadDays, line.isWorking, line.region)
  }

  private func knowsOpening(_ line: Line, _ asOf: Int32) -> Bool {
    switch line.status {
    case .open, .unstated: true
    case .unclear: false
    case .preparing, .building, .planned, .full, .suspended:
      line.from != Day.none && line.from >= asOf
    }
  }

  private enum Fit {
    case inTime
    case late(Int32)
    case full
  }

  /// What the slots give, and the first day on which one of those it rests on is over.
  private func fit(
    _ line: Line, open: Int32, base: Int32, _ days: WorkDays
  ) -> (Fit, changes: Int32) {
    var gap: Int32?
    var (inTime, over) = (Day.none, Day.never)
    for place in 0..<line.slotCount {
      let (from, to, places) = slot(line, place)
      guard places != 0 else { continue }
      let last = to + (1 - duration)
      guard open <= last, from <= last else { continue }
      let begin = max(base, from)
      if begin <= min(limit, last) {
        inTime = max(inTime, min(limit, last))
        continue
      }
      let missed = begin <= last ? begin - limit : begin - last
      if gap.map({ missed < $0 }) ?? true { gap = missed }
      over = min(over, last)
    }
    if inTime != Day.none { return (.inTime, passes(inTime, line, days)) }
    guard let gap else { return (.full, Day.never) }
    return (.late(gap), passes(over, line, days))
  }

  @inline(__always)
  private func slot(_ line: Line, _ place: Int) -> (from: Int32, to: Int32, places: Int32) {
    let days = line.slots[2 * place]
    return (
      Int32(truncatingIfNeeded: days), Int32(truncatingIfNeeded: days >> 32),
      Int32(truncatingIfNeeded: line.slots[2 * place + 1])
    )
  }

  /// Later than the window by some days, which may grow.
  private func late(
    _ by: Int32, _ line: Line, isCertain: Bool, _ days: WorkDays, _ setting: Setting
  ) -> Grade {
    let gap = Double(by) / setting.strongWindowDays
    var grade = Grade(Degree.of(gap: gap, tolerance: 1), [.known, .declines])
    if !isCertain { grade.low = 0 }
    grade.marks.formUnion(
      setting.fail(strictness, gap: gap, groupGap: setting.dateGap(by), strongLimit: 1))
    if !isCertain, strictness == .hard { grade.marks.insert(.pending) }
    // More days than a limit change what the miss means.
    for most in [setting.dateLimitDays, Int32(setting.strongWindowDays)] where by <= most {
      grade.change(on: passes(limit + most, line, days))
    }
    if by > setting.dateLimitDays, grade.marks.contains(.finite),
      !grade.marks.isSuperset(of: [.beyondOne, .beyondTwo])
    {
      grade.change(on: setting.asOf + 1)
    }
    return grade
  }

  private func unknown(_ setting: Setting) -> Grade {
    Grade(prior: setting.prior, strictness == .hard ? .pending : [])
  }
}

/// The day that is some days after the as-of date, by region: working days are looked up.
final class WorkDays: Sendable {
  private let asOf: Int32
  /// By region: the day after 0, 1, 2… working days.
  private let working: [[Int32]]
  private let calendars: [WorkCalendar]

  private static let kept = 400

  init(asOf: CivilDate, regions: [String], corpus: Corpus) {
    self.asOf = Day.of(asOf)
    calendars = regions.map { corpus.calendars[$0] ?? WorkCalendar() }
    working = calendars.map { calendar in
      var days = [Day.of(asOf)]
      var day = asOf
      for _ in 0..<WorkDays.kept {
        day = calendar.adding(workingDays: 1, to: day)
        days.append(Day.of(day))
      }
      return days
    }
  }

  /// The first day from which `lead` days lead beyond `day`; later than the as-of date.
  ///
  /// - Precondition: From the as-of date they do not yet.
  func first(after day: Int32, lead: Int32, _ isWorking: Bool, _ region: Int) -> Int32 {
    guard isWorking, lead > 0 else { return max(asOf + 1, day - lead + 1) }
    let known = working[region]
    // The number of working days up to `day`, then the day that has one too many behind it.
    var (low, high) = (0, known.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if known[middle] <= day { low = middle } else { high = middle }
    }
    let next = low - Int(lead) + 1
    return next > 0 && next < known.count ? known[next] : asOf + 1
  }

  func after(_ days: Int32, _ isWorking: Bool, _ region: Int) -> Int32 {
    guard isWorking else { return asOf + days }
    if days >= 0, days <= WorkDays.kept { return working[region][Int(days)] }
    return Day.of(
      calendars[region].adding(
        workingDays: Int(days), to: CivilDate(dayNumber: Int(asOf))))
  }
}
