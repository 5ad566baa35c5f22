/// What a column of a park's list holds. Raw values are the names in `Corpus/lists/headings.tsv`, in
/// profiles and behind `--map`.
public enum ListField: String, Sendable, CaseIterable {
  case serial
  case systemID = "system_id"
  case action
  case problems
  case understood
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

  /// Columns that this program wrote into a returned sheet; their cells are not read as a demand's.
  var isReturned: Bool {
    self == .action || self == .problems || self == .understood || self == .confirm
  }

  /// Columns about people, which only named people see.
  var isPersonal: Bool { self == .contact || self == .phone || self == .email || self == .identity }

  /// From 0, in the order declared: for tables by field.
  var ordinal: Int {
    switch self {
    case .serial: 0
    case .systemID: 1
    case .action: 2
    case .problems: 3
    case .understood: 4
    case .confirm: 5
    case .title: 6
    case .text: 7
    case .details: 8
    case .sector: 9
    case .enterprise: 10
    case .uscc: 11
    case .park: 12
    case .place: 13
    case .wantedPlace: 14
    case .budget: 15
    case .currency: 16
    case .due: 17
    case .start: 18
    case .published: 19
    case .quantity: 20
    case .unit: 21
    case .service: 22
    case .certificates: 23
    case .standard: 24
    case .contact: 25
    case .phone: 26
    case .email: 27
    case .identity: 28
    case .visibility: 29
    case .remark: 30
    case .status: 31
    }
  }
}
