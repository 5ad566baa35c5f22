import Matcher

/// Whether a line can start in time. As `WindowCriterion`.
struct WindowGrader {
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

    init(_ facet: UInt32, _ table: FacetTable, asOf: Int32) {
      var reader = table.reader(facet)
      let head = facet == 0 ? UInt64(7) : reader.word()
      status = GateGrader.status[Int(head & 0xFF)]
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
    var isShort = false
    var isSatisfied = false
    if line.hasSlots, line.hasLead {
      switch fit(line, open: open, base: base) {
      case .inTime:
        grade = .satisfied
        isSatisfied = true
      case .late(let days):
        grade = late(days, isCertain: true, setting)
        isShort = true
      case .full:
        grade = Grade(
          0,
          setting.fail(
            strictness, gap: 2, groupGap: 2 * setting.curableGap, strongLimit: 1
          ).union(.known))
        isShort = true
      }
    } else if base > limit {
      grade = late(base - limit, isCertain: false, setting)
      isShort = true
    } else {
      grade = unknown(setting)
    }
    if !knowsOpening(line, setting.asOf) {
      if isSatisfied {
        grade = unknown(setting)
        if grade.marks.contains(.pending) { grade.marks = .pendingOther }
      }
      grade.low = 0
    }
    hold(&grade, line, isShortByLead: isShort && base == ready, setting.asOf)
    return grade
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

  private func fit(_ line: Line, open: Int32, base: Int32) -> Fit {
    var gap: Int32?
    for place in 0..<line.slotCount {
      let (from, to, places) = slot(line, place)
      guard places != 0 else { continue }
      let last = to + (1 - duration)
      guard open <= last, from <= last else { continue }
      let begin = max(base, from)
      if begin <= min(limit, last) { return .inTime }
      let days = begin <= last ? begin - limit : begin - last
      if gap.map({ days < $0 }) ?? true { gap = days }
    }
    return gap.map { .late($0) } ?? .full
  }

  @inline(__always)
  private func slot(_ line: Line, _ place: Int) -> (from: Int32, to: Int32, places: Int32) {
    let days = line.slots[2 * place]
    return (
      Int32(truncatingIfNeeded: days), Int32(truncatingIfNeeded: days >> 32),
      Int32(truncatingIfNeeded: line.slots[2 * place + 1])
    )
  }

  private func late(_ days: Int32, isCertain: Bool, _ setting: Setting) -> Grade {
    let gap = Double(days) / setting.strongWindowDays
    var grade = Grade(Degree.of(gap: gap, tolerance: 1), .known)
    if !isCertain { grade.low = 0 }
    grade.marks.formUnion(
      setting.fail(strictness, gap: gap, groupGap: setting.dateGap(days), strongLimit: 1))
    if !isCertain, strictness == .hard { grade.marks.insert(.pending) }
    return grade
  }

  private func unknown(_ setting: Setting) -> Grade {
    Grade(prior: setting.prior, strictness == .hard ? .pending : [])
  }

  private func hold(_ grade: inout Grade, _ line: Line, isShortByLead: Bool, _ asOf: Int32) {
    for until in [line.calendarUntil, line.leadUntil] where until != Day.none && until >= asOf {
      grade.hold(until: until + 1)
    }
    if line.isWorking || isShortByLead { grade.hold(until: asOf + 1) }
    let shift = 1 - line.leadDays
    for day in [limit, start, line.from] where day != Day.none && day + shift > asOf {
      grade.hold(until: day + shift)
    }
    guard line.isCalendarValid else { return }
    for place in 0..<line.slotCount {
      let (from, to, _) = slot(line, place)
      for day in [from, to + (1 - duration)] where day + shift > asOf {
        grade.hold(until: day + shift)
      }
    }
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

  func after(_ days: Int32, _ isWorking: Bool, _ region: Int) -> Int32 {
    guard isWorking else { return asOf + days }
    if days >= 0, days <= WorkDays.kept { return working[region][Int(days)] }
    return Day.of(
      calendars[region].adding(
        workingDays: Int(days), to: CivilDate(dayNumber: Int(asOf))))
  }
}
