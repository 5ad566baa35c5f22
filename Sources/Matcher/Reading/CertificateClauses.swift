/// Certificates in their short form, for a cell or a flag.
public enum CertificateClauses {
  /// `CNAS(振动|冲击)@2028-05-31; ISO 9001` → scheme, scopes, valid until (the demand side has no
  /// date).
  public static func objects(_ text: String) -> JSONValue {
    let entries = text.split(whereSeparator: { $0 == ";" || $0 == "；" })
    return .array(
      entries.map { entry in
        var rest = trimmed(entry)
        var object = JSONObject()
        if let at = rest.lastIndex(of: "@") {
          object["valid_until"] = .string(trimmed(rest[rest.index(after: at)...]))
          rest = trimmed(rest[..<at])
        }
        if let open = rest.firstIndex(where: { $0 == "(" || $0 == "（" }),
          rest.last == ")" || rest.last == "）"
        {
          let inside = rest[rest.index(after: open)...].dropLast()
          object["scope"] = .array(
            inside.split(whereSeparator: { $0 == "|" || $0 == "、" }).map { .string(trimmed($0)) })
          rest = trimmed(rest[..<open])
        }
        object["scheme"] = .string(rest)
        return .object(object)
      })
  }
}
