/// Whether the line can start in time: earliest = max(as-of + lead time, free slot, opening),
/// against the window.
enum WindowCriterion {
  /// What is known of the earliest start, all days inclusive.
  private struct Earliest {
    /// As-of plus the lead time; the as-of date while the lead time is unknown.
    let ready: CivilDate
    /// `ready`, or the line's opening if later.
    let open: CivilDate
    /// `open`, or the window's start if later.
    let base: CivilDate
    let lead: LeadTime?
  }

  static func evaluate(_ context: EvaluationContext) -> Outcome? {
    guard let window = context.ask.window, let limit = context.stage.deadline.start else {
      return nil
    }
    let line = context.line.line
    let earliest = earliest(window, context)
    var outcome: Outcome
    if let slots = line.calendar.value(on: context.asOf), !slots.isEmpty, earliest.lead != nil {
      outcome = fit(slots, earliest, limit, window, context)
    } else if earliest.base > limit {
      outcome = late(earliest.base - limit, earliest.base, window, context)
    } else {
      outcome = unknown(window, context)
    }
    if !knowsOpening(line.status, context.asOf) {
      if outcome.state == .satisfied {
        outcome = unknown(window, context)
        if outcome.pending != nil { outcome.pending = "status" }
      }
      outcome.degree.low = 0
    }
    outcome.weight = context.weight(.window, window.strictness)
    outcome.visibility = window.visibility
    outcome.facts.until = limit
    outcome.provenance = line.calendar.provenance ?? line.provenance
    let year = earliest.ready.components.year
    if earliest.lead?.working == true, !context.line.calendar.isAnnounced(year: year) {
      outcome.notes.append("window.estimatedHolidays")
    }
    hold(&outcome, earliest, limit, window, context)
    return outcome
  }

  /// False while the status gate waits for an answer: the opening may still turn out late.
  private static func knowsOpening(_ status: Status, _ asOf: CivilDate) -> Bool {
    switch status.state {
    case .open, .unstated: true
    case .unclear: false
    case .preparing, .building, .planned, .full, .suspended: status.from.map { $0 >= asOf } ?? false
    }
  }

  private static func earliest(_ window: Window, _ context: EvaluationContext) -> Earliest {
    let line = context.line.line
    let lead = line.leadTime.value(on: context.asOf)
    let ready = lead.map { shift(context.asOf, $0, context) } ?? context.asOf
    var open = ready
    if let from = line.status.from, line.status.state != .open { open = max(open, from) }
    return Earliest(ready: ready, open: open, base: max(open, window.start ?? open), lead: lead)
  }

  private static func shift(
    _ date: CivilDate, _ lead: LeadTime, _ context: EvaluationContext
  ) -> CivilDate {
    lead.working
      ? context.line.calendar.adding(workingDays: lead.days, to: date) : date + lead.days
  }

  /// The last day on which work may start inside a slot.
  private static func lastStart(_ slot: Slot, _ context: EvaluationContext) -> CivilDate {
    let duration = context.ask.window?.durationDays ?? 1
    return slot.to + (1 - max(1, duration))
  }

  private static func fit(
    _ slots: [Slot], _ earliest: Earliest, _ limit: CivilDate, _ window: Window,
    _ context: EvaluationContext
  ) -> Outcome {
    var gap: (days: Int, start: CivilDate)?
    for slot in slots where slot.places != 0 {
      let last = lastStart(slot, context)
      guard earliest.open <= last, slot.from <= last else { continue }
      let start = max(earliest.base, slot.from)
      if start <= min(limit, last) { return inTime(start, slot, limit, window) }
      // Too late for the window, or over before it begins.
      let (days, day) = start <= last ? (start - limit, start) : (start - last, last)
      if gap.map({ days < $0.days }) ?? true { gap = (days, day) }
    }
    guard let gap else { return full(window, context) }
    return late(gap.days, gap.start, window, context)
  }

  private static func inTime(
    _ start: CivilDate, _ slot: Slot, _ limit: CivilDate, _ window: Window
  ) -> Outcome {
    var outcome = Outcome(
      .window, .commercial, window.strictness, .satisfied, Degree(Degree.one), "window.fits")
    outcome.facts.date = start
    outcome.facts.count = slot.places
    outcome.margin = Double(limit - start)
    return outcome
  }

  private static func late(
    _ days: Int, _ start: CivilDate, _ window: Window, _ context: EvaluationContext
  ) -> Outcome {
    let policy = context.policy
    let gap = Double(days) / Double(policy.strongWindowDays)
    let isCertain = isCertain(context)
    let degree = Degree.of(gap: gap, tolerance: 1)
    var outcome = Outcome(
      .window, .commercial, window.strictness, .short, Degree(degree), "window.late")
    if !isCertain { outcome.degree.low = 0 }
    outcome.facts.days = days
    outcome.facts.date = start
    outcome.margin = Double(-days)
    outcome.fail(gap: gap, groupGap: context.dateGap(days), cause: "date", strongLimit: 1)
    if !isCertain { outcome.await("window") }
    return outcome
  }

  /// With the calendar or the lead time unknown the miss may be larger still.
  private static func isCertain(_ context: EvaluationContext) -> Bool {
    let line = context.line.line
    let hasSlots = line.calendar.value(on: context.asOf)?.isEmpty == false
    return hasSlots && line.leadTime.value(on: context.asOf) != nil
  }

  /// Every slot is full or over.
  private static func full(_ window: Window, _ context: EvaluationContext) -> Outcome {
    var outcome = Outcome(
      .window, .commercial, window.strictness, .short, Degree(0), "window.full")
    outcome.fail(gap: 2, groupGap: 2 * context.policy.curableGap, cause: "date", strongLimit: 1)
    return outcome
  }

  private static func unknown(_ window: Window, _ context: EvaluationContext) -> Outcome {
    var outcome = Outcome(
      .window, .commercial, window.strictness, .unknown,
      Degree(unknownWithPrior: Degree.millionths(context.policy.prior)),
      window.durationDays == nil && window.latestStart == nil
        ? "window.unknownFinish" : "window.unknown")
    outcome.await("window")
    return outcome
  }

  /// As-of plus lead time passes each of these days once; between them nothing changes but a miss
  /// by lead time.
  private static func hold(
    _ outcome: inout Outcome, _ earliest: Earliest, _ limit: CivilDate, _ window: Window,
    _ context: EvaluationContext
  ) {
    let line = context.line.line
    for until in [line.calendar.provenance?.validUntil, line.leadTime.provenance?.validUntil] {
      if let until, until >= context.asOf { outcome.hold(until: until + 1) }
    }
    if outcome.state == .short, earliest.base == earliest.ready {
      outcome.hold(until: context.asOf + 1)
    }
    var days = [limit, window.start, line.status.from].compactMap { $0 }
    for slot in line.calendar.value(on: context.asOf) ?? [] {
      days += [slot.from, lastStart(slot, context)]
    }
    // The next year's holidays may be estimated.
    if earliest.lead?.working == true,
      let last = CivilDate(year: earliest.ready.components.year, month: 12, day: 31)
    {
      days.append(last)
    }
    if let next = days.lazy.filter({ $0 >= earliest.ready }).min() {
      outcome.hold(until: passing(next, earliest.lead, context))
    }
  }

  /// The first as-of date whose lead time leads beyond a day.
  private static func passing(
    _ day: CivilDate, _ lead: LeadTime?, _ context: EvaluationContext
  ) -> CivilDate {
    guard let lead, lead.working else { return day + (1 - (lead?.days ?? 0)) }
    return context.line.calendar.first(with: lead.days, after: day)
  }
}
