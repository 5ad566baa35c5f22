extension CorpusTables {
  mutating func loadIssuePhrases(_ files: Files) {
    var known: Set<String> = []
    for row in rows("texts/issues.tsv", in: files, required: ["en", "zh-Hans", "zh-Hant"]) {
      if known.insert(row["en"]).inserted {
        issuePhrases.append(row.name)
      } else {
        refuse(row, "en", expected: "a phrase that no other row has")
      }
    }
  }
}
