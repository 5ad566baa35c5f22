/// What a word of a unit needs from its surroundings, or what it counts. The column `tag` of
/// `quantities/units.tsv`.
enum UnitTag: String, Sendable {
  case plain = ""
  case batch
  case block
  case count
  case degree
  case degreeSign = "degree_sign"
  case denominator
  case dollar
  case foot
  case gallon
  case gongjin
  case inch
  case inchWord = "inch_word"
  case jin
  case knot
  case letterC = "letter_c"
  case letterF = "letter_f"
  case letterG = "letter_g"
  case letterGram = "letter_gram"
  case letterP = "letter_p"
  case lister
  case mesh
  case minute
  case molar
  case newton
  case normal
  case perSquare = "per_square"
  case prefixUnit = "prefix_unit"
  case radian
  case rev
  case square
  case standard
  case taijin
  case tesla
  case timesSign = "times_sign"
  case tonne
  case vesselCount = "vessel_count"
  case yenSign = "yen_sign"
  case yuan
  case moneyOrCount = "money_or_count"
}
