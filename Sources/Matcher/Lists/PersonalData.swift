/// Takes data about people out of a record, so that the record can be kept for good and the people
/// forgotten.
///
/// Members whose names say that they are about a person (`Corpus/lists/personal.tsv`) leave the
/// record; phone numbers, identity numbers, addresses and names of contacts inside its texts are
/// masked. What left stands in `taken`, by the path it had.
package struct PersonalData {
  private let corpus: Corpus
  /// What left the record, in its order: `contact`, `phone`, `columns/微信`, … → what stood there.
  package private(set) var taken = JSONObject()

  package init(corpus: Corpus) {
    self.corpus = corpus
  }

  /// The record without data about people. Numbers, ids and everything else stay as they are.
  package mutating func strip(_ record: JSONObject) -> JSONObject {
    strip(record, path: "", isFree: false)
  }

  private mutating func strip(_ object: JSONObject, path: String, isFree: Bool) -> JSONObject {
    var out = JSONObject()
    for (name, value) in object.members {
      let place = path.isEmpty ? name : path + "/" + name
      if corpus.publishing.isPersonal(name, isHeading: isFree, corpus.folding) {
        if value != .null { taken[place] = value }
        continue
      }
      // What a park's own columns hold stands under their headings.
      let isFree = isFree || name == "columns"
      out.append(name, strip(value, path: place, isFree: isFree, isName: name == "id"))
    }
    return out
  }

  private mutating func strip(
    _ value: JSONValue, path: String, isFree: Bool, isName: Bool
  ) -> JSONValue {
    switch value {
    case .object(let object): return .object(strip(object, path: path, isFree: isFree))
    case .array(let items):
      return .array(
        items.enumerated().map { index, item in
          strip(item, path: "\(path)/\(index + 1)", isFree: isFree, isName: false)
        })
    case .string(let text) where !isName:
      let found = PrivateData.find(in: text, words: corpus.listWords)
      if found.isEmpty || isAddress(text) { return value }
      taken[path] = value
      return .string(PrivateData.masked(text, found))
    default: return value
    }
  }

  /// An address of the web or the name of a file is no person's number.
  private func isAddress(_ text: String) -> Bool {
    text.hasPrefix("http://") || text.hasPrefix("https://")
  }

  /// Whether a text holds data about people.
  package static func stands(in text: String, corpus: Corpus) -> Bool {
    !PrivateData.find(in: text, words: corpus.listWords).isEmpty
  }
}
