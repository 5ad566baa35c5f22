/// `2027-01-04..2027-03-31`, or the last day alone.
struct DayRange: Equatable {
  let start: CivilDate?
  let finish: CivilDate

  /// nil for anything else, and for an end before its start.
  init?(_ text: String) {
    for mark in ["..", "…", "~", "～", "至", "到"] {
      guard let place = text.range(of: mark, after: text.startIndex) else { continue }
      guard let start = CivilDate(iso: trimmed(text[..<place.lowerBound])),
        let finish = CivilDate(iso: trimmed(text[place.upperBound...])), start <= finish
      else { return nil }
      self.start = start
      self.finish = finish
      return
    }
    guard let finish = CivilDate(iso: trimmed(text)) else { return nil }
    start = nil
    self.finish = finish
  }
}
