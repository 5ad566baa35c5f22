/// What a column of a park's list holds. Raw values are the names in `Corpus/lists/headings.tsv`, in
/// profiles and behind `--map`.
public enum ListField: String, Sendable, CaseIterable {
  case serial
  case systemID = "system_id"
  case action
  case problems
  case confirm
  case title
  case text
  case details
  case sector
  case enterprise
  case uscc
  case park
  case place
  case wantedPlace = "wanted_place"
  case budget
  case currency
  case due
  case start
  case published
  case quantity
  case unit
  case service
  case certificates
  case standard
  case contact
  case phone
  case email
  case identity
  case visibility
  case remark
  case status

  /// Columns that this program wrote into a returned sheet; their cells are never read.
  var isReturned: Bool { self == .action || self == .problems || self == .confirm }

  /// Columns about people, which only named people see.
  var isPersonal: Bool { [.contact, .phone, .email, .identity].contains(self) }
}
