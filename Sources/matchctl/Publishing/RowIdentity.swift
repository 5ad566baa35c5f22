import Matcher

/// Tells which of a park's demands each row is, whatever the park does with its own numbers.
///
/// In this order: our number in the returned sheet; the same firm with the same words; the park's own
/// number with the same firm; the same firm with words much alike, or the same title; for a row that was
/// returned its number alone. Where a firm is
/// not named, its place is taken by the words. Each row is at most one demand and each demand at most
/// one row; the best pair goes first, then the earlier row, then the smaller number.
struct RowIdentity {
  let standing: [StandingDemand]
  private let corpus: Corpus
  private let alike: Double
  private let alikeOfFirm: Double
  private var places: [String: [Int]] = [:]

  init(_ standing: [StandingDemand], corpus: Corpus) {
    self.standing = standing
    self.corpus = corpus
    alike = corpus.listSetting("near_twin", 0.72)
    alikeOfFirm = corpus.listSetting("near_twin_same_firm", 0.5)
    for (place, demand) in standing.enumerated() {
      for key in RowIdentity.keys(
        demand.firm, demand.shape, own: demand.own,
        ids: [demand.id, demand.stored.version.notes["list_id"]?.string].compactMap(\.self))
      { places[key, default: []].append(place) }
    }
  }

  /// What demands must share to be compared at all.
  private static func keys(
    _ firm: Firm, _ shape: TextShape, own: String?, ids: [String]
  ) -> [String] {
    var keys = firm.keys + ids.map { "id " + $0 }
    if let own { keys.append("own " + own) }
    keys.append("plain " + shape.plain)
    // Words much alike find each other only where no firm does.
    if !firm.isKnown { keys += shape.keys.map { "band \($0)" } }
    return keys
  }

  /// For each row the place of its demand in `standing`; nil for a row that is new.
  ///
  /// - Complexity: O(*r* · *f*) for *r* rows and *f* demands of a firm.
  func places(of rows: [SubmittedRow]) -> [Int?] {
    var pairs: [(score: Double, row: Int, place: Int)] = []
    for (index, row) in rows.enumerated() {
      let keys = RowIdentity.keys(
        row.firm, row.shape, own: row.own, ids: [row.statedID].compactMap(\.self))
      for place in Set(keys.flatMap { places[$0] ?? [] }).sorted() {
        let score = score(row, standing[place])
        if score > 0 { pairs.append((score, index, place)) }
      }
    }
    pairs.sort { ($1.score, $0.row, $0.place) < ($0.score, $1.row, $1.place) }
    var out = [Int?](repeating: nil, count: rows.count)
    var taken: Set<Int> = []
    for pair in pairs where out[pair.row] == nil && !taken.contains(pair.place) {
      out[pair.row] = pair.place
      taken.insert(pair.place)
    }
    return out
  }

  /// How surely they are one demand; 0: they are two.
  private func score(_ row: SubmittedRow, _ demand: StandingDemand) -> Double {
    let base = plainScore(row, demand)
    // Of two alike the one that stands is meant.
    return base > 0 && demand.isWithdrawn ? base - 0.5 : base
  }

  private func plainScore(_ row: SubmittedRow, _ demand: StandingDemand) -> Double {
    if let stated = row.statedID {
      if stated == demand.id { return 100 }
      if stated == demand.stored.version.notes["list_id"]?.string { return 95 }
    }
    let areKnown = row.firm.isKnown && demand.firm.isKnown
    let isSameOwn = row.own != nil && row.own == demand.own
    let like = row.shape.likeness(demand.shape)
    // Another firm's, unless nothing but the firm's name was corrected.
    if areKnown, !row.firm.isSame(demand.firm) { return isSameOwn && like == 1 ? 40 : 0 }
    if like == 1 { return isSameOwn ? 90 : 80 }
    if isSameOwn, row.isOwnTelling || like >= alikeOfFirm { return 70 + like }
    if like >= (areKnown ? alikeOfFirm : alike) { return 50 + like }
    // A row that was returned has little to be known by but its number.
    if isSameOwn, demand.stored.version.state == .returned { return 47 }
    let isSameTitle = !row.shape.title.isEmpty && row.shape.title == demand.shape.title
    return isSameTitle && (areKnown || isSameOwn) ? 45 : 0
  }
}
