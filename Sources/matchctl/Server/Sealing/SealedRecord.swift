import Ledger
import Matcher

/// A demand's record divided into what its tier lets everybody with access read, and what leaves only by a
/// recorded look.
///
/// Restricted are: any member that says so (`"visibility":"brokers"` or `"named"`), everything that is
/// asked where the whole record says so, the firm and its contact always, and the free text and titles
/// of a record with any restricted member, since words may repeat what a member states.
struct SealedRecord {
  /// The record with each restricted value replaced by `{"sealed":true}`.
  private(set) var open = JSONObject()
  /// The restricted values by name: `enterprise`, `text`, `requirements.implant_temperature`, ….
  private(set) var sealed: [(name: String, value: JSONValue)] = []

  /// Free words, which may say again what a member states.
  private static let words: Set<String> = [
    "title", "text", "note", "notes", "remark", "quote", "source",
  ]
  /// What is never more than a name, a day or a code.
  private static let plain: Set<String> = [
    "type", "id", "park", "lang", "synthetic", "visibility", "published", "expires", "after",
  ]
  /// Members that are known and may be stated openly beside restricted ones.
  private static let stated: Set<String> = [
    "services", "processes", "requirements", "certificates", "quantity", "window", "budget",
    "place",
    "stages", "budget_cny",
  ]
  private static let always: Set<String> = ["enterprise", "contact", "exclude"]
  static let mark = JSONValue.object(JSONObject([("sealed", .bool(true))]))

  init(_ record: JSONObject) {
    let hidesAll = SealedRecord.isMarked(record)
    let hidesWords = hidesAll || record.members.contains { SealedRecord.holdsMark($0.value) }
    for member in record.members {
      let isPlain = SealedRecord.plain.contains(member.name)
      let isOpen =
        isPlain
        || !SealedRecord.always.contains(member.name) && !hidesAll
          && (!hidesWords || SealedRecord.stated.contains(member.name))
      if !isOpen {
        sealed.append((member.name, member.value))
        open[member.name] = SealedRecord.mark
      } else if isPlain {
        open[member.name] = member.value
      } else {
        open[member.name] = divided(member.value, member.name, hidesWords)
      }
    }
  }

  /// Whether anything that is asked is restricted.
  static func hidesWords(_ record: JSONObject) -> Bool {
    isMarked(record) || record.members.contains { holdsMark($0.value) }
  }

  /// The value with its restricted parts taken out and kept.
  private mutating func divided(_ value: JSONValue, _ name: String, _ hidesWords: Bool) -> JSONValue
  {
    switch value {
    case .object(let object):
      if SealedRecord.isMarked(object) {
        sealed.append((name, value))
        var mark = JSONObject([("sealed", .bool(true))])
        if let key = object["key"] { mark["key"] = key }
        return .object(mark)
      }
      var out = JSONObject()
      for member in object.members {
        if hidesWords, SealedRecord.words.contains(member.name) {
          sealed.append(("\(name).\(member.name)", member.value))
          out[member.name] = SealedRecord.mark
        } else {
          out[member.name] = divided(member.value, "\(name).\(member.name)", hidesWords)
        }
      }
      return .object(out)
    case .array(let values):
      return .array(
        values.enumerated().map { index, element in
          let own = element.object.flatMap { $0["key"] ?? $0["scheme"] ?? $0["id"] }?.string
          return divided(element, "\(name).\(own ?? String(index + 1))", hidesWords)
        })
    default: return value
    }
  }

  private static func isMarked(_ object: JSONObject) -> Bool {
    guard let tier = object["visibility"] else { return false }
    return tier.string != Visibility.everyone.rawValue
  }

  private static func holdsMark(_ value: JSONValue) -> Bool {
    switch value {
    case .object(let object):
      isMarked(object) || object.members.contains { holdsMark($0.value) }
    case .array(let values): values.contains(where: holdsMark)
    default: false
    }
  }
}
