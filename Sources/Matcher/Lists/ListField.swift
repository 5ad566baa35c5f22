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
  var isPersonal: Bool { self == .contact || self == .phone || self == .email || self == .identity }

  /// From 0, in the order declared: for tables by field.
  var ordinal: Int {
    switch self {
    case .serial: 0
    case .systemID: 1
    case .action: 2
    case .problems: 3
    case .confirm: 4
    case .title: 5
    case .text: 6
    case .details: 7
    case .sector: 8
    case .enterprise: 9
    case .uscc: 10
    case .park: 11
    case .place: 12
    case .wantedPlace: 13
    case .budget: 14
    case .currency: 15
    case .due: 16
    case .start: 17
    case .published: 18
    case .quantity: 19
    case .unit: 20
    case .service: 21
    case .certificates: 22
    case .standard: 23
    case .contact: 24
    case .phone: 25
    case .email: 26
    case .identity: 27
    case .visibility: 28
    case .remark: 29
    case .status: 30
    }
  }
}
