/// Sector, names, codes, quantity, places, impossible numbers, private data.
extension RowReader {
  func readSector(_ draft: inout Draft) {
    guard let index = columns.index(.sector), !draft.cells[index].text.isEmpty,
      !draft.cells[index].isUnknown
    else {
      if let sector = profile.sector, let name = words.sectorListNames[sector] {
        set(sector, name, &draft)
      }
      return
    }
    remembered(index, &draft) { readSector(index, &$0) }
  }

  private func readSector(_ index: Int, _ draft: inout Draft) {
    let text = draft.cells[index].text
    switch SectorCell.read(text, corpus: corpus) {
    case .known(let name):
      set(name.code, name.listName, &draft)
      if name.isSynonym {
        draft.say("sector_synonym", index, ["got": text, "taken": "sector.\(name.code)"])
      }
    case .several(let name):
      set(name.code, name.listName, &draft)
      draft.say("sector_several", index, ["got": text, "taken": "sector.\(name.code)"])
    case .unknown: draft.say("sector_unknown", index, ["got": text, "taken": "list.sectors"])
    }
  }

  private func set(_ code: String, _ name: String, _ draft: inout Draft) {
    draft.sector = code
    draft.fields["sector"] = .string(name)
    draft.record["sector"] = .string(code)
  }

  func readNames(_ draft: inout Draft) {
    readNumbers(&draft)
    readEnterprise(&draft)
    readCode(&draft)
  }

  /// By what a row that is read no further is known again.
  func readIdentity(_ draft: inout Draft) {
    readNumbers(&draft)
    draft.firmAside = columns.index(.enterprise).map { ListColumns.oneLine(draft.cells[$0].text) }
  }

  private func readNumbers(_ draft: inout Draft) {
    if let index = columns.index(.serial) {
      let text = draft.cells[index].text
      if !text.isEmpty {
        draft.serial = text
        if text.unicodeScalars.count >= 3,
          text.utf8.contains(where: { (0x61...0x7A).contains($0 | 0x20) }),
          text.contains(where: \.isNumber)
        {
          draft.ownID = text
        }
      }
    }
    if let index = columns.index(.systemID), !draft.cells[index].text.isEmpty {
      draft.ownID = draft.cells[index].text
      draft.statedID = draft.ownID
    }
  }

  private func readEnterprise(_ draft: inout Draft) {
    guard let index = columns.index(.enterprise), !draft.cells[index].text.isEmpty else { return }
    let view = draft.cells[index]
    let isKnown =
      view.isUnknown
      || words.names.mayBeGeneric(view.folded) && words.names.isGeneric(view.compact)
    guard !isKnown else { return }
    draft.enterprise = ListColumns.oneLine(view.text)
    draft.firm = core(view)
    guard draft.isFirmHidden else { return }
    for field in [ListField.title, .text, .details] {
      for column in columns.indices(field) where names(draft.cells[column].folded, view.folded) {
        draft.say("firm_name_public", column)
      }
    }
  }

  /// An organization's name for comparison.
  private func core(_ view: CellView) -> String {
    if let known = view.core { return known }
    let core = OrganizationName.core(view.folded, names: words.names)
    if view.isShared { view.core = core }
    return core
  }

  private func names(_ text: [UInt32], _ firm: [UInt32]) -> Bool {
    firm.count >= 4 && ListVocabulary.contains(text, firm)
  }

  private func readCode(_ draft: inout Draft) {
    guard let index = columns.index(.uscc) else { return }
    let view = draft.cells[index]
    if view.text.isEmpty || view.isUnknown { return }
    if case .number(let value, let text) = view.content, value >= 1e15 {
      draft.say("code_scientific", index, ["got": text])
      return
    }
    do throws(OrganizationCode.Problem) {
      draft.code = try OrganizationCode.read(view.text).text
    } catch {
      let code =
        switch error {
        case .checkFails: "uscc_invalid"
        case .scientific: "code_scientific"
        case .unknown: "code_unread"
        }
      draft.say(code, index, ["got": view.text])
    }
  }

  // MARK: quantity and places

  func readQuantity(_ draft: inout Draft) {
    guard let index = columns.index(.quantity), !draft.cells[index].text.isEmpty else { return }
    let view = draft.cells[index]
    if view.isUnknown || isOpen(view, .openBudget) { return }
    let unitCell = columns.index(.unit).map { draft.cells[$0].text } ?? ""
    let unit = unitCell.isEmpty ? columns.column(at: index)?.unit ?? "" : unitCell
    draft.fields["quantity"] = .string(view.text + (view.text.last?.isNumber == true ? unit : ""))
    guard let (value, own) = MeasureReader.parts(of: view.text), value > 0 else {
      draft.record["column quantity"] = .string(view.text)
      draft.say("quantity_unread", index, ["got": view.text], effect: hasDigit(view) ? .info : nil)
      return
    }
    let name = own.isEmpty ? unit : own
    let units = corpus.registry.units
    let isKnown = !name.isEmpty && !units.quantities(of: name).isEmpty
    if isKnown {
      draft.record["quantity"] = .object(
        JSONObject([("value", .number(value)), ("unit", .string(name))]))
    } else {
      draft.say("quantity_unread", index, ["got": view.text], effect: name.isEmpty ? nil : .info)
    }
  }

  private func hasDigit(_ view: CellView) -> Bool {
    view.folded.contains { (0x30...0x39).contains($0) || ChineseNumber.value($0) != nil }
  }

  func readPlaces(_ draft: inout Draft) {
    if let index = columns.index(.place), !draft.cells[index].text.isEmpty {
      remembered(index, &draft) { readPlace(index, &$0) }
    }
    if let index = columns.index(.wantedPlace), !draft.cells[index].text.isEmpty {
      let parts = draft.cells[index].text.split(whereSeparator: { "、,，;；/或".contains($0) })
      let known = parts.map { trimmed($0) }.filter {
        corpus.places.resolve([$0], fold: corpus.folding) != nil
      }
      if !known.isEmpty {
        draft.record["place"] = .object(
          JSONObject([("allowed", .array(known.map { .string($0) }))]))
        draft.fields["wanted_place"] = .array(known.map { .string($0) })
      } else {
        draft.record["column wanted_place"] = .string(draft.cells[index].text)
      }
    }
  }

  /// The district or city that a place column names.
  private func readPlace(_ index: Int, _ draft: inout Draft) {
    let view = draft.cells[index]
    if view.isUnknown { return }
    switch Address.resolve(view.text, corpus: corpus, around: park) {
    case .place(let id): draft.fields["place"] = .string(corpus.places[id].id)
    case .homonym(let ids):
      let names = ids.map { Address.path($0, corpus) }.joined(separator: " / ")
      draft.say("place_homonym", index, ["got": view.text, "taken": names])
    case .unknown: draft.say("place_unknown", index, ["got": view.text])
    }
  }

  // MARK: impossible numbers

  /// Numbers beyond what any rig reaches return the row: its other numbers cannot be trusted.
  func checkNumbers(_ draft: inout Draft) {
    for quantity in readings.stated(where: { signs, _ in signs.contains(.large) })
    where !quantity.isNegated {
      guard let limit = words.limits[quantity.unit],
        let values = numbers(quantity.value),
        values.contains(where: { !limit.range.contains($0 * limit.factor) })
      else { continue }
      draft.say(
        "impossible_number", columns.index(.text) ?? columns.index(.title),
        [
          "got": trimmed(String(decoding: readings.bytes[quantity.span], as: UTF8.self)),
          "taken": limit.shown,
        ])
      return
    }
  }

  private func numbers(_ value: WrittenQuantity.Value) -> [Double]? {
    switch value {
    case .interval(let interval): return [interval.low, interval.high].compactMap(\.self)
    case .set(let values): return values
    default: return nil
    }
  }

  // MARK: private data

  func checkPrivate(_ draft: inout Draft) {
    let before = draft.findings.count
    for (field, index) in readable
    where field != .enterprise && (readings.mayBePrivate || !isRead(field)) {
      let text = draft.cells[index].text
      guard PrivateData.mayStand(in: draft.cells[index].folded, words: shared) else { continue }
      for data in PrivateData.find(in: text, words: shared) {
        draft.say(data.kind.rawValue, index, ["got": data.shown(in: text)])
      }
    }
    guard draft.findings.count > before,
      draft.findings.contains(where: { $0.code.hasSuffix("_in_text") })
    else { return }
    draft.title = PrivateData.masked(draft.title, PrivateData.find(in: draft.title, words: shared))
    draft.text = PrivateData.masked(draft.text, PrivateData.find(in: draft.text, words: shared))
  }
}
