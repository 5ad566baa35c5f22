extension CorpusTables {
  mutating func loadLists(_ files: Files) {
    loadHeadings(files)
    loadListCodes(files)
    loadVisibilityWords(files)
    loadMarkers(files)
    loadMoneyUnits(files)
    loadListNumbers(files)
    loadSectorNames(files)
    loadNameWords(files)
    for row in rows("lists/glyphs.tsv", in: files, required: ["written", "common"]) {
      let written = row["written"].unicodeScalars.map(\.value)
      let common = row["common"].unicodeScalars.map(\.value)
      if written.count == 1, common.count == 1 { lists.glyphs[written[0]] = common[0] }
    }
    listWords = ListWords(lists)
  }

  private mutating func loadHeadings(_ files: Files) {
    for row in rows("lists/headings.tsv", in: files, required: ["field", "whole", "part"]) {
      guard let field = ListField(rawValue: row["field"]) else {
        refuse(row, "field", expected: "a field of park lists")
        continue
      }
      let fold = folding
      func keys(_ column: String) -> [String] {
        row.list(column).map { Heading.key($0, fold: fold) }
      }
      lists.headings.add(field, whole: keys("whole"), parts: keys("part"))
    }
    lists.headings.sort()
  }

  private mutating func loadListCodes(_ files: Files) {
    for row in rows("lists/codes.tsv", in: files, required: ["code", "class", "message"]) {
      guard let effect = ListCode.Effect(rawValue: row["class"]) else {
        refuse(row, "class", expected: "info, warning, reject or skip")
        continue
      }
      if texts.localized(row["message"]) == nil {
        refuse(row, "message", expected: "an id of texts/messages")
      }
      lists.codes[row["code"]] = ListCode(
        effect: effect, group: row["group"], message: row["message"])
    }
  }

  private mutating func loadVisibilityWords(_ files: Files) {
    let meanings: [String: ListVocabulary.Meaning] = [
      "public": .open, "brokers": .brokers, "named": .named, "firm": .firmHidden,
      "refused": .refused, "ignored": .ignored,
    ]
    for row in rows("lists/visibility.tsv", in: files, required: ["tier", "where", "how"]) {
      guard let meaning = meanings[row["tier"]] else {
        refuse(row, "tier", expected: "public, brokers, named, firm, refused or ignored")
        continue
      }
      for spelling in row.list("spellings") {
        if row["how"] == "whole" {
          lists.tierOfWholeCell[compact(spelling)] = meaning
        } else {
          addWord(spelling, meaning, row["where"] == "text" ? .everywhere : .anyButText)
        }
      }
    }
  }

  private mutating func loadMarkers(_ files: Files) {
    for row in rows("lists/markers.tsv", in: files, required: ["code", "where", "how"]) {
      for spelling in row.list("spellings") { addMarker(row, spelling) }
    }
  }

  private mutating func addMarker(_ row: TSVTable.Row, _ spelling: String) {
    let folded = folding.fold(spelling)
    let code = row["code"]
    switch (row["where"], row["how"]) {
    case ("first", "start"): lists.starts[code, default: []].append(folded)
    case ("first", "part"): lists.footParts.append(folded)
    case ("title", "start"): lists.starts["title \(code)", default: []].append(folded)
    case ("title", "repeat"): lists.testWords.append(folded)
    case ("title", "bracket"):
      lists.wholes["bracket \(code)", default: []].insert(compact(spelling))
    case ("sheet", _): lists.sheetWords.append(folded)
    case ("text", "part") where code == "generic": _ = lists.genericWords.add(folded)
    case (let place, "whole"):
      lists.wholes[wholeKind(place, code), default: []].insert(compact(spelling))
    case (let place, "part"):
      guard let meaning = CorpusTables.markMeanings[code] else {
        refuse(row, "code", expected: "a code of lists/markers.tsv")
        return
      }
      addWord(spelling, meaning, place == "text" ? .text : place == "mark" ? .mark : .everywhere)
    default: refuse(row, "how", expected: "whole, start, part, bracket or repeat")
    }
  }

  private static let markMeanings: [String: ListVocabulary.Meaning] = [
    "withdrawn": .withdrawn, "test_row": .testRow, "example_row": .exampleRow, "vague": .vague,
    "open_budget": .openBudget, "open_date": .openDate,
  ]

  /// Whole cells of any place go by their code alone.
  private func wholeKind(_ place: String, _ code: String) -> String {
    place == "any" ? code : "\(place) \(code)"
  }

  private mutating func addWord(
    _ spelling: String, _ meaning: ListVocabulary.Meaning, _ place: ListVocabulary.Place
  ) {
    _ = lists.scanner.add(folding.fold(spelling))
    lists.words.append(ListVocabulary.Word(meaning: meaning, place: place, spelling: spelling))
  }

  private func compact(_ text: String) -> String {
    ListVocabulary.compact(folding.fold(text))
  }

  private mutating func loadMoneyUnits(_ files: Files) {
    for row in rows("lists/money.tsv", in: files, required: ["spellings", "currency", "factor"]) {
      guard let factor = row.number("factor"), factor > 0 else {
        refuse(row, "factor", expected: "a number above 0")
        continue
      }
      for spelling in row.list("spellings") where lists.money[compact(spelling)] == nil {
        lists.money[compact(spelling)] = ListVocabulary.MoneyUnit(
          currency: row["currency"], factor: factor)
      }
    }
  }

  private mutating func loadListNumbers(_ files: Files) {
    for row in rows("lists/settings.tsv", in: files, required: ["name", "value"]) {
      guard let value = row.number("value") else {
        refuse(row, "value", expected: "a number")
        continue
      }
      lists.settings[row["name"]] = value
    }
    for row in rows("lists/words.tsv", in: files, required: ["name", "words"]) {
      lists.phrases[row["name"]] = WordTable(
        row.list("words").map { word in folding.fold(word).filter { $0 > 0x20 } })
    }
    for row in rows("lists/limits.tsv", in: files, required: ["units", "low", "high"]) {
      guard let low = row.number("low"), let high = row.number("high"), low <= high else {
        refuse(row, "low", expected: "two numbers, low ≤ high")
        continue
      }
      for unit in row.list("units") {
        lists.limits[unit] = ListVocabulary.Limit(
          factor: row.number("factor") ?? 1, range: low...high, shown: row["shown"])
      }
    }
  }

  /// Spellings keep their script: 機械人 is the name in Hong Kong, 機器人 another word for it.
  private mutating func loadSectorNames(_ files: Files) {
    for row in rows("registry/sectors.tsv", in: files, required: ["sector", "list_name"]) {
      let listName = row["list_name"].isEmpty ? row["sector"] : row["list_name"]
      lists.sectorListNames[row["sector"]] = listName
      let official = row.name.all + row.list("spellings") + [row["sector"], listName]
      for (names, isSynonym) in [(official, false), (row.list("synonyms"), true)] {
        for name in names where lists.sectors[SectorCell.key(name)] == nil {
          lists.sectors[SectorCell.key(name)] = ListVocabulary.SectorName(
            code: row["sector"], listName: listName, isSynonym: isSynonym)
        }
        guard !isSynonym else { continue }
        for name in names { _ = lists.genericWords.add(folding.fold(name)) }
      }
    }
  }

  private mutating func loadNameWords(_ files: Files) {
    for row in rows("lists/names.tsv", in: files, required: ["kind", "spellings"]) {
      for spelling in row.list("spellings") {
        let folded = folding.fold(spelling)
        switch row["kind"] {
        case "legal": lists.names.addLegalForm(folded)
        case "branch": lists.names.addBranch(folded)
        case "generic": lists.names.addGeneric(compact(spelling))
        default: refuse(row, "kind", expected: "legal, branch or generic")
        }
      }
    }
    lists.names.sort()
  }
}
