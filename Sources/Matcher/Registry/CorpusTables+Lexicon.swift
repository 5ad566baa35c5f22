extension CorpusTables {
  mutating func loadScripts(_ files: Files) {
    let rows = rows("lexicon/scripts.tsv", in: files, required: ["traditional", "simplified"])
    folding = Folding(
      scripts: ScriptTable(
        pairs: rows.map { ($0["traditional"].lowercased(), $0["simplified"].lowercased()) }))
  }

  mutating func loadStopWords(_ files: Files) {
    let reader = termReader
    var phrases: [[UInt32]] = []
    for row in rows("lexicon/stopwords.tsv", in: files, required: ["word"]) {
      let word = folding.fold(row["word"])
      if word.first ?? 0 >= 0x3400 {
        phrases.append(word)
      } else {
        stopWords.insert(reader.stopKey(row["word"]))
      }
    }
    stopPhrases = WordTable(phrases)
  }

  mutating func loadTexts(_ files: Files) {
    for row in rows("texts/messages*", in: files, required: ["id", "zh-Hans", "zh-Hant", "en"]) {
      if !texts.add(row["id"], row.name) {
        refuse(row, "id", expected: "an id that no other row has")
      }
    }
  }

  mutating func loadTaxonomy(_ files: Files) {
    for row in rows("taxonomy/services.tsv", in: files, required: ["code", "level", "zh-Hans"]) {
      guard let level = Taxonomy.Node.Level(rawValue: row["level"]) else {
        refuse(row, "level", expected: "sector, field or service")
        continue
      }
      let node = Taxonomy.Node(
        code: row["code"], level: level, parent: row["parent"], name: row.name,
        aliases: row.list("aliases"), verification: row.list("verification"))
      if !taxonomy.add(node, fold: folding) {
        refuse(row, "code", expected: "a code that no other row has")
      }
    }
    for row in rows(
      "taxonomy/relations.tsv", in: files, required: ["asked", "relation", "offered"])
    {
      guard let asked = taxonomy.node(row["asked"]), let offered = taxonomy.node(row["offered"])
      else {
        refuse(row, "asked", expected: "two codes of taxonomy/services.tsv")
        continue
      }
      guard let relation = ServiceRelation(rawValue: row["relation"]), relation != .none else {
        refuse(row, "relation", expected: "same, narrower, near or broader")
        continue
      }
      taxonomy.relate(asked: asked, relation, offered: offered)
    }
  }

  mutating func loadLexicon(_ files: Files) {
    for row in rows("lexicon/schemes.tsv", in: files, required: ["scheme", "curable"]) {
      lexicon.schemes.add(
        row["scheme"], name: row.name, aliases: row.list("aliases"), parents: [], fold: folding)
      lexicon.schemeFacts[TermID(id: row["scheme"])] = Lexicon.Scheme(
        curable: row["curable"] == "yes",
        equivalents: row.list("equivalents").map { TermID(id: $0) })
    }
    loadScopes(files)
    for row in rows("lexicon/status.tsv", in: files, required: ["field", "phrase", "means"]) {
      lexicon.phrases.append(
        Lexicon.Phrase(
          field: row["field"], folded: folding.fold(row["phrase"]), means: row["means"]))
    }
  }

  /// A scope that covers others becomes their broader term, so that both are looked up alike.
  private mutating func loadScopes(_ files: Files) {
    let rows = rows("lexicon/scopes.tsv", in: files, required: ["scope", "zh-Hans"])
    var broader: [String: [String]] = [:]
    for row in rows {
      for inner in row.list("covers") { broader[inner, default: []].append(row["scope"]) }
    }
    for row in rows {
      lexicon.scopes.add(
        row["scope"], name: row.name, aliases: row.list("aliases"),
        parents: broader[row["scope"]] ?? [], fold: folding)
    }
  }

  mutating func loadPlaces(_ files: Files) {
    for row in rows("places/places.tsv", in: files, required: ["place", "level", "zh-Hans"]) {
      var coordinate: Coordinate?
      if let latitude = row.number("lat"), let longitude = row.number("lon") {
        coordinate = Coordinate(latitude: latitude, longitude: longitude)
      }
      let note = row["note"]
      let members = note.hasPrefix("members:") ? String(note.dropFirst(8)) : ""
      let place = Places.Place(
        id: row["place"], level: row["level"], parent: places.place(row["parent"]),
        name: row.name, coordinate: coordinate, order: Int(row["order"]) ?? 0,
        members: members.split(separator: ";").map { trimmed($0) })
      if !row["parent"].isEmpty, place.parent == nil {
        refuse(row, "parent", expected: "a place of an earlier row")
      }
      if !places.add(place, aliases: row.list("aliases"), fold: folding) {
        refuse(row, "place", expected: "a place id that no other row has")
      }
    }
  }

  mutating func loadCalendars(_ files: Files) {
    for row in rows("calendars/", in: files, required: ["date", "day", "basis", "source"]) {
      guard let date = CivilDate(iso: row["date"]) else {
        refuse(row, "date", expected: "a day as YYYY-MM-DD")
        continue
      }
      guard row["day"] == "holiday" || row["day"] == "working" else {
        refuse(row, "day", expected: "holiday or working")
        continue
      }
      let region = String(row.file.dropFirst("calendars/".count).dropLast(".tsv".count))
      calendars[region, default: WorkCalendar()].set(
        date, working: row["day"] == "working", estimated: row["basis"] != "announced")
    }
  }
}
