/// What is remembered of the rows read so far, over all lists: digests, numbers, ids, twins.
struct ListMemory {
  private struct Seen {
    let full: UInt64
    let place: Int32
  }

  /// Where a remembered row stands.
  private struct Place {
    let file: Int32
    let sheet: Int32
    let row: Int32
  }

  let corpus: Corpus
  private var seen: [UInt64: Seen] = [:]
  private var places: [Place] = []
  private var twinPlaces: [Int32] = []
  private var twins = TwinIndex()
  private var names: [String] = []
  private var serials: Set<UInt64> = []
  private var ids: Set<UInt64> = []
  private var firmOfCode: [String: (name: UInt64, place: Int32)] = [:]

  init(corpus: Corpus) {
    self.corpus = corpus
  }

  mutating func beginSheet() {
    serials = []
  }

  /// Decides over the row beside those before it and makes its fields and record.
  mutating func finish(_ draft: RowReader.Draft, reader: RowReader) -> ListRow {
    var draft = draft
    var out = ListRow(file: reader.info.file, sheet: reader.info.sheet, number: draft.row.number)
    var action = ListVerdict.action(draft.findings, corpus.lists)
    let isTaken = action == .accept || action == .acceptWithWarning
    if isTaken { compare(&draft, reader) }
    action = ListVerdict.action(draft.findings, corpus.lists)
    out.findings = draft.findings.map { finding in
      var finding = finding.named(reader.columns)
      if finding.code == "hidden_row", action == .reject {
        finding.message = "list.hidden_row.only"
      }
      return finding
    }
    out.action = action
    guard !draft.findings.contains(where: { $0.code == "state_secret" }) else { return out }
    out.title = draft.title
    out.enterprise = draft.isFirmHidden ? nil : draft.enterprise
    if action == .accept || action == .acceptWithWarning {
      let id = id(draft, reader)
      out.systemID = id
      let maker = ListRecord(draft: draft, reader: reader, id: id)
      out.fields = maker.fields
      out.record = maker.record
    }
    return out
  }

  // MARK: twins

  private mutating func compare(_ draft: inout RowReader.Draft, _ reader: RowReader) {
    let folded = content(draft)
    let firm = firm(draft)
    let base = TwinIndex.mix(hash(folded) ^ firm)
    let full = TwinIndex.mix(base ^ detail(draft))
    let place = remember(reader, draft.row.number)
    if let before = seen[base] {
      sayTwin(before, full, place, &draft)
    } else {
      seen[base] = Seen(full: full, place: place)
      near(folded, firm, place, &draft)
    }
    checkSerial(&draft, reader)
    checkCode(firm, place, &draft)
  }

  private func sayTwin(
    _ before: Seen, _ full: UInt64, _ place: Int32, _ draft: inout RowReader.Draft
  ) {
    let isSameFile = places[Int(before.place)].file == places[Int(place)].file
    if before.full == full, isSameFile {
      draft.say("duplicate_row", nil, ["got": shown(before.place, beside: place)])
    } else {
      let code = before.full == full ? "near_twin" : "changed_twin"
      draft.say(code, nil, ["got": shown(before.place, beside: place)])
    }
  }

  private mutating func near(
    _ folded: [UInt32], _ firm: UInt64, _ place: Int32, _ draft: inout RowReader.Draft
  ) {
    guard let signature = TwinIndex.signature(folded) else { return }
    let words = corpus.lists
    let twin = twins.add(
      signature, firm: firm, threshold: words.setting("near_twin", 0.72),
      firmThreshold: words.setting("near_twin_same_firm", 0.5))
    twinPlaces.append(place)
    if let twin {
      draft.say("near_twin", nil, ["got": shown(twinPlaces[twin], beside: place)])
    }
  }

  /// Title and text in folded characters without blanks and signs.
  private func content(_ draft: RowReader.Draft) -> [UInt32] {
    let title = corpus.folding.fold(draft.titleAsWritten)
    return (title + [1] + draft.textFolded).filter { value in
      value == 1 || (0x61...0x7A).contains(value) || (0x30...0x39).contains(value)
        || value >= 0x370
          && !(0x2000...0x206F).contains(value) && !(0x3000...0x303F).contains(value)
          && value != 0xB0
    }
  }

  private func firm(_ draft: RowReader.Draft) -> UInt64 {
    draft.firm.isEmpty ? 0 : hash(draft.firm.unicodeScalars.map(\.value))
  }

  /// What else tells two rows of the same words apart.
  private func detail(_ draft: RowReader.Draft) -> UInt64 {
    let quantity = draft.fields["quantity"]?.string ?? ""
    let text = "\(draft.budget ?? -1)|\(draft.dueText ?? "")|\(quantity)|\(draft.sector ?? "")"
    return hash(text.unicodeScalars.map(\.value))
  }

  private func hash(_ values: [UInt32]) -> UInt64 {
    var out: UInt64 = 0xCBF2_9CE4_8422_2325
    for value in values { out = (out ^ UInt64(value)) &* 0x100_0000_01B3 }
    return TwinIndex.mix(out)
  }

  private mutating func remember(_ reader: RowReader, _ row: Int) -> Int32 {
    let file = name(reader.info.file)
    let sheet = reader.info.sheet.map { name($0) } ?? -1
    places.append(Place(file: file, sheet: sheet, row: Int32(truncatingIfNeeded: row)))
    return Int32(places.count - 1)
  }

  private mutating func name(_ text: String) -> Int32 {
    if let index = names.lastIndex(of: text) { return Int32(index) }
    names.append(text)
    return Int32(names.count - 1)
  }

  /// A row as another row of the same sheet, file or of another file names it.
  private func shown(_ place: Int32, beside other: Int32) -> String {
    let (it, here) = (places[Int(place)], places[Int(other)])
    if it.file == here.file, it.sheet == here.sheet { return String(it.row) }
    let sheet = it.sheet < 0 ? "" : "/" + names[Int(it.sheet)]
    let file = it.file == here.file ? "" : names[Int(it.file)]
    return "\(file)\(sheet)#\(it.row)"
  }

  // MARK: numbers and codes

  private mutating func checkSerial(_ draft: inout RowReader.Draft, _ reader: RowReader) {
    guard let serial = draft.serial, let index = reader.columns.index(.serial) else { return }
    let isRejected = ListVerdict.action(draft.findings, corpus.lists) == .reject
    if isRejected { return }
    if !serials.insert(hash(corpus.folding.fold(serial))).inserted, !draft.cells[index].isInherited
    {
      draft.say("duplicate_serial", index, ["got": serial])
    }
  }

  private mutating func checkCode(_ firm: UInt64, _ place: Int32, _ draft: inout RowReader.Draft) {
    guard let code = draft.code, firm != 0 else { return }
    if let known = firmOfCode[code] {
      if known.name != firm {
        draft.say("firm_code_conflict", nil, ["got": shown(known.place, beside: place)])
      }
    } else {
      firmOfCode[code] = (firm, place)
    }
  }

  /// The record's own id where it has one that no earlier row has; else one made of park, enterprise,
  /// title and text, so that the same row gets the same id again.
  private mutating func id(_ draft: RowReader.Draft, _ reader: RowReader) -> String {
    if let own = draft.ownID, ids.insert(hash(own.unicodeScalars.map(\.value))).inserted {
      return own
    }
    let park = reader.parkKey
    let title = corpus.folding.name(draft.titleAsWritten)
    let text = "\(park)|\(draft.firm)|\(title)"
    var value = hash(text.unicodeScalars.map(\.value))
    while !ids.insert(value).inserted { value = TwinIndex.mix(value) }
    return "L-" + ListMemory.letters(value)
  }

  /// Ten characters without those that are easily confused.
  private static func letters(_ value: UInt64) -> String {
    let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    var out: [UInt8] = []
    for index in 0..<10 { out.append(alphabet[Int((value >> UInt64(index * 5)) & 31)]) }
    return String(decoding: out, as: UTF8.self)
  }
}
