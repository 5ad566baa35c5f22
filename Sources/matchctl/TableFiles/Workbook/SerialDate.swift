import Matcher

/// Days as spreadsheets count them.
struct SerialDate {
  /// Day 0 is 1 January 1904 instead of the day before 1 January 1900.
  var startsIn1904 = false

  /// The day of a serial number, its clock time left out; nil outside 1900…9999, and for day 60 of
  /// the first epoch, 29 February 1900, which never was.
  func day(_ serial: Double) -> CivilDate? {
    guard serial >= (startsIn1904 ? 0 : 1), serial < 2_958_466 else { return nil }
    let days = Int(serial)
    if startsIn1904 { return CivilDate(dayNumber: days - 24_107) }
    if days == 60 { return nil }
    return CivilDate(dayNumber: days - (days < 60 ? 25_568 : 25_569))
  }

  /// `HH:MM` of a serial number's fraction, to the nearest minute.
  static func clock(_ serial: Double) -> String {
    let fraction = serial - serial.rounded(.down)
    let minutes = min(1439, Int((fraction * 1440).rounded()))
    let (hour, minute) = (minutes / 60, minutes % 60)
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }
}
