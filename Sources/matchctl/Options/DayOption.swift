import Matcher
import RecordFiles

/// A day given by a flag.
enum DayOption {
  /// nil for a flag that was not given.
  static func day(_ text: String?, _ option: String) throws -> CivilDate? {
    guard let text else { return nil }
    guard let day = CivilDate(iso: text) else {
      throw CommandError.usage("\(option): got '\(text)', expected a day as YYYY-MM-DD")
    }
    return day
  }
}
