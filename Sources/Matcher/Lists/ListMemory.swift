/// What is remembered of the rows read so far, over all lists, to know them again: digests, numbers,
/// ids, twins. This alone grows with the rows that are taken, by at most 300 bytes each; texts
/// are not kept.
struct ListMemory {
  /// Rows of one sheet, remembered one after another.
  private struct Stretch {
    let file: Int32
    let sheet: Int32
    /// The first of them.
    let start: Int32
  }

  let corpus: Corpus
  /// By what is said and by whom: the row that said it first.
  private var seen = FingerprintTable<UInt64>()
  /// By remembered row: a digest of everything that is compared; its number in its sheet.
  private var digests: [UInt32] = []
  private var rows: [Int32] = []
  private var stretches: [Stretch] = []
  /// The remembered rows that `twins` counts.
  private var twinPlaces: [Int32] = []
  private var twins = TwinIndex()
  private var names: [String] = []
  private var serials = SerialNumbers()
  private var ids = FingerprintTable<UInt64>()
  /// By a firm's code: its place in `firmsOfCodes`, with the row that gave it first.
  private var codes = FingerprintTable<UInt64>()
  private var firmsOfCodes: [(name: UInt64, place: Int32)] = []
  private let nearTwin: Double
  private let nearTwinOfFirm: Double
  private let sameFirm: Double

  init(corpus: Corpus) {
    self.corpus = corpus
    nearTwin = corpus.lists.setting("near_twin", 0.72)
    nearTwinOfFirm = corpus.lists.setting("near_twin_same_firm", 0.5)
    sameFirm = corpus.lists.setting("same_firm", 0.2)
  }

  mutating func beginSheet() {
    serials = SerialNumbers()
  }

  /// Decides over the row beside those before it and makes its fields and record.
  mutating func finish(_ draft: inout RowReader.Draft, reader: RowReader) -> ListRow {
    var out = ListRow(file: reader.info.file, sheet: reader.info.sheet, number: draft.row.number)
    var action = ListVerdict.action(draft.findings, corpus.listWords)
    let isTaken = action == .accept || action == .acceptWithWarning
    let known = draft.findings.count
    if isTaken { compare(&draft, reader) }
    if draft.findings.count > known {
      action = ListVerdict.action(draft.findings, corpus.listWords)
    }
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
    out.serial = draft.serial
    out.tier = draft.tier
    out.statedID = draft.statedID
    if draft.isFirmHidden, let name = draft.enterprise { out.hiddenFirm = (name, draft.code) }
    if let name = draft.firmAside, !name.isEmpty { out.hiddenFirm = (name, nil) }
    if action == .accept || action == .acceptWithWarning {
      let id = id(draft, reader)
      out.systemID = id
      out.fields = draft.printed(id: id)
      out.record = draft.demandRecord(id: id, reader)
    }
    return out
  }

  // MARK: twins

  private mutating func compare(_ draft: inout RowReader.Draft, _ reader: RowReader) {
    let firm = firm(draft)
    let base = TwinIndex.mix(content(draft) ^ firm)
    let digest = UInt32(truncatingIfNeeded: TwinIndex.mix(base ^ detail(draft)))
    let place = remember(reader, draft.row.number, digest)
    let known = draft.findings.count
    if let before = seen[base] {
      sayTwin(before, place, &draft)
    } else {
      seen.set(base, place)
      near(firm, place, &draft)
    }
    let isRejected =
      draft.findings.count > known
      && ListVerdict.action(draft.findings, corpus.listWords) == .reject
    if !isRejected { checkSerial(&draft, reader) }
    checkCode(firm, place, &draft)
  }

  private func sayTwin(_ before: Int32, _ place: Int32, _ draft: inout RowReader.Draft) {
    let isSame = digests[Int(before)] == digests[Int(place)]
    if isSame, stretch(of: before).file == stretch(of: place).file {
      draft.say("duplicate_row", nil, ["got": shown(before, beside: place)])
    } else {
      let code = isSame ? "near_twin" : "changed_twin"
      draft.say(code, nil, ["got": shown(before, beside: place)])
    }
  }

  private mutating func near(_ firm: UInt64, _ place: Int32, _ draft: inout RowReader.Draft) {
    let (isRemembered, twin, ofFirm) = twins.add(
      draft.titleFolded, draft.textFolded, firm: firm, threshold: nearTwin,
      firmThreshold: nearTwinOfFirm)
    if isRemembered { twinPlaces.append(place) }
    if let twin {
      draft.say("near_twin", nil, ["got": shown(twinPlaces[twin], beside: place)])
    } else if let ofFirm, ofFirm.share >= sameFirm {
      draft.say("same_firm", nil, ["got": shown(twinPlaces[ofFirm.row], beside: place)])
    }
  }

  /// A hash of title and text in folded characters without blanks and signs.
  private func content(_ draft: RowReader.Draft) -> UInt64 {
    var hash = Hash()
    for value in draft.titleFolded where ListMemory.isContent(value) { hash.take(value) }
    hash.take(UInt32(1))
    for value in draft.textFolded where ListMemory.isContent(value) { hash.take(value) }
    return hash.value
  }

  private static func isContent(_ value: UInt32) -> Bool {
    if value >= 0x3040 { return true }
    return (0x61...0x7A).contains(value) || (0x30...0x39).contains(value)
      || value >= 0x370 && value < 0x3000 && !(0x2000...0x206F).contains(value)
  }

  private func firm(_ draft: RowReader.Draft) -> UInt64 {
    draft.firm.isEmpty ? 0 : hash(draft.firm)
  }

  /// What else tells two rows of the same words apart.
  private func detail(_ draft: RowReader.Draft) -> UInt64 {
    var hash = Hash()
    hash.take(bits: draft.budget?.bitPattern ?? 1)
    hash.take(draft.dueText ?? "")
    hash.take(draft.fields["quantity"]?.string ?? "")
    hash.take(draft.sector ?? "")
    return hash.value
  }

  /// FNV-1a over characters, mixed at the end.
  private struct Hash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    mutating func take(_ value: UInt32) {
      state = (state ^ UInt64(value)) &* 0x100_0000_01B3
    }

    mutating func take(bits value: UInt64) {
      take(UInt32(truncatingIfNeeded: value >> 32))
      take(UInt32(truncatingIfNeeded: value))
    }

    /// A text and its end.
    mutating func take(_ text: String) {
      append(text)
      take(UInt32(0x7C))
    }

    mutating func append(_ text: String) {
      for scalar in text.unicodeScalars { take(scalar.value) }
    }

    var value: UInt64 { TwinIndex.mix(state) }
  }

  private func hash(_ text: String) -> UInt64 {
    var hash = Hash()
    hash.append(text)
    return hash.value
  }

  private mutating func remember(_ reader: RowReader, _ row: Int, _ digest: UInt32) -> Int32 {
    let place = Int32(truncatingIfNeeded: rows.count)
    let file = name(reader.info.file)
    let sheet = reader.info.sheet.map { name($0) } ?? -1
    if stretches.last?.file != file || stretches.last?.sheet != sheet {
      stretches.append(Stretch(file: file, sheet: sheet, start: place))
    }
    rows.append(Int32(truncatingIfNeeded: row))
    digests.append(digest)
    return place
  }

  private mutating func name(_ text: String) -> Int32 {
    if let index = names.lastIndex(of: text) { return Int32(index) }
    names.append(text)
    return Int32(names.count - 1)
  }

  /// The sheet of a remembered row. O(log sheets).
  private func stretch(of place: Int32) -> Stretch {
    var (low, high) = (0, stretches.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if stretches[middle].start <= place { low = middle } else { high = middle }
    }
    return stretches[low]
  }

  /// A row as another row of the same sheet, file or of another file names it.
  private func shown(_ place: Int32, beside other: Int32) -> String {
    let (it, here) = (stretch(of: place), stretch(of: other))
    let row = rows[Int(place)]
    if it.file == here.file, it.sheet == here.sheet { return String(row) }
    let sheet = it.sheet < 0 ? "" : "/" + names[Int(it.sheet)]
    let file = it.file == here.file ? "" : names[Int(it.file)]
    return "\(file)\(sheet)#\(row)"
  }

  // MARK: numbers and codes

  private mutating func checkSerial(_ draft: inout RowReader.Draft, _ reader: RowReader) {
    guard let serial = draft.serial, let index = reader.columns.index(.serial) else { return }
    var key = Hash()
    for value in draft.cells[index].folded { key.take(value) }
    if !serials.insert(draft.cells[index].folded, key.value), !draft.cells[index].isInherited {
      draft.say("duplicate_serial", index, ["got": serial])
    }
  }

  private mutating func checkCode(_ firm: UInt64, _ place: Int32, _ draft: inout RowReader.Draft) {
    guard let code = draft.code, firm != 0 else { return }
    guard let index = codes[hash(code)] else {
      codes.set(hash(code), Int32(firmsOfCodes.count))
      firmsOfCodes.append((firm, place))
      return
    }
    let known = firmsOfCodes[Int(index)]
    if known.name != firm {
      draft.say("firm_code_conflict", nil, ["got": shown(known.place, beside: place)])
    }
  }

  /// The record's own id where it has one that no earlier row has; else one made of park, enterprise,
  /// title and text, so that the same row gets the same id again.
  private mutating func id(_ draft: RowReader.Draft, _ reader: RowReader) -> String {
    if let own = draft.ownID, ids.add(hash(own), 0) { return own }
    var key = Hash()
    key.take(reader.parkKey)
    key.take(draft.firm)
    for value in draft.titleFolded where !Folding.isLoose(value) { key.take(value) }
    var value = key.value
    while !ids.add(value, 0) { value = TwinIndex.mix(value) }
    return ListMemory.name(of: value)
  }

  /// `L-` and ten characters without those that are easily confused.
  private static func name(of value: UInt64) -> String {
    String(unsafeUninitializedCapacity: 12) { out in
      out[0] = UInt8(ascii: "L")
      out[1] = UInt8(ascii: "-")
      for place in 0..<10 {
        out[place + 2] = ListMemory.alphabet[Int((value >> UInt64(place * 5)) & 31)]
      }
      return 12
    }
  }

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}

/// The serial numbers of a sheet. Those that count up from row to row, as most do, cost nothing.
private struct SerialNumbers {
  private var first = 0
  private var last = -1
  private var others = FingerprintTable<UInt64>()

  /// False when the number was there before.
  mutating func insert(_ folded: [UInt32], _ fingerprint: UInt64) -> Bool {
    guard let number = SerialNumbers.plain(folded) else { return others.add(fingerprint, 0) }
    if last < first { (first, last) = (number, number - 1) }
    if number == last + 1, others[fingerprint] == nil {
      last = number
      return true
    }
    return number < first || number > last ? others.add(fingerprint, 0) : false
  }

  /// A whole number without sign or leading zero.
  private static func plain(_ folded: [UInt32]) -> Int? {
    guard (1...9).contains(folded.count), folded[0] != 0x30 else { return nil }
    var number = 0
    for value in folded {
      guard (0x30...0x39).contains(value) else { return nil }
      number = number * 10 + Int(value) - 0x30
    }
    return number
  }
}
