import Matcher

/// A certificate that was told, beside those of its scheme that are on file.
enum CertificateMerge {
  /// One told with a scope takes the place of entries without a scope and of those whose scope it
  /// names; one told without a scope but with a last day gives that day to every entry.
  static func merged(_ own: [JSONValue], with new: JSONObject) -> [JSONValue] {
    let scopes = texts(new["scope"])
    guard scopes.isEmpty else {
      let kept = own.filter { entry in
        let stated = texts(entry.object?["scope"])
        return !stated.isEmpty && !stated.isSubset(of: scopes)
      }
      return kept + [.object(new)]
    }
    guard let until = new["valid_until"], !own.isEmpty else {
      return own.isEmpty ? [.object(new)] : own
    }
    return own.map { entry in
      guard var object = entry.object else { return entry }
      object["valid_until"] = until
      for name in ["source", "verified_at"] { object[name] = new[name] }
      return .object(object)
    }
  }

  private static func texts(_ scope: JSONValue?) -> Set<String> {
    if let one = scope?.string { return [one] }
    return Set(scope?.array?.compactMap(\.string) ?? [])
  }
}
