import Ledger
import Matcher

/// Names an answer by what it is made of: the generation, the day, who asks in which language, and the
/// request. An answer under the same tag has the same bytes.
enum ETag {
  static func of(_ call: Call, _ address: String) -> String {
    let caller = call.caller
    let parts = [
      String(call.standing.generation), String(call.standing.lines.seq),
      call.standing.asOf.description, call.standing.corpus.policy.version,
      caller?.name ?? "", caller?.role.rawValue ?? "", caller?.park ?? "", caller?.platform ?? "",
      call.language.rawValue, address,
    ]
    let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
    return "W/\"\(call.standing.generation)-\(SHA256.hex(text).prefix(16))\""
  }

  /// Whether a list of tags holds it, weakly compared.
  static func matches(_ header: String?, _ tag: String) -> Bool {
    guard let header else { return false }
    func bare(_ text: some StringProtocol) -> String {
      let text = text.drop { $0 == " " }
      return String(text.hasPrefix("W/") ? text.dropFirst(2) : text[...])
    }
    return header == "*" || header.split(separator: ",").contains { bare($0) == bare(tag) }
  }
}
