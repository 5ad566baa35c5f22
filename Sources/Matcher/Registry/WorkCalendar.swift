/// Working days of one region: Monday to Friday, but for the days its file names.
public struct WorkCalendar: Sendable {
  private var exceptions: [CivilDate: Bool] = [:]
  private var estimatedYears: Set<Int> = []
  private var knownYears: Set<Int> = []

  package init() {}

  mutating func set(_ date: CivilDate, working: Bool, estimated: Bool) {
    exceptions[date] = working
    knownYears.insert(date.components.year)
    if estimated { estimatedYears.insert(date.components.year) }
  }

  /// Whether people work on that day.
  public func isWorking(_ date: CivilDate) -> Bool {
    exceptions[date] ?? (date.weekday <= 5)
  }

  /// Whether the year's holidays are announced; false where the file marks them estimated or has
  /// none.
  public func isAnnounced(year: Int) -> Bool {
    knownYears.contains(year) && !estimatedYears.contains(year)
  }

  /// The day that is `days` working days after `date`. O(`days`); at most 10,000 working days are
  /// counted.
  public func adding(workingDays days: Int, to date: CivilDate) -> CivilDate {
    var left = min(days, 10_000)
    var current = date
    while left > 0 {
      current = current + 1
      if isWorking(current) { left -= 1 }
    }
    return current
  }

  /// The first date from which `days` working days lead beyond `day`. O(`days`), counted as by
  /// `adding(workingDays:to:)`.
  func first(with days: Int, after day: CivilDate) -> CivilDate {
    var left = min(days, 10_000)
    // From a date that is followed by fewer working days up to `day`.
    var current = day + 1
    while left > 0 {
      current = current + -1
      if isWorking(current) { left -= 1 }
    }
    return current
  }
}
