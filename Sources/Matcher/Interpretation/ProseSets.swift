/// Values of one key that a profile names one after another: 8英寸（兼容6英寸）, 300L、1000L.
enum ProseSets {
  /// The specs with the single values of a key as one set, where the first of them stood. Ranges and
  /// bounds stay as they are.
  static func joined(_ specs: [JSONObject]) -> [JSONValue] {
    var out: [JSONObject] = []
    for spec in specs {
      let place = out.firstIndex {
        $0["key"] == spec["key"] && $0["unit"] == spec["unit"] && values($0) != nil
      }
      guard let own = values(spec), let place, let known = values(out[place]) else {
        out.append(spec)
        continue
      }
      var set = known
      for value in own where !set.contains(value) { set.append(value) }
      out[place]["values"] = .array(set)
      out[place]["min"] = nil
      out[place]["max"] = nil
      let quotes = [out[place], spec].compactMap { $0["quote"]?.string }.withoutRepeats
      out[place]["quote"] = .string(quotes.joined(separator: "；"))
    }
    return out.map { .object($0) }
  }

  /// The members of a set, or the one value that both ends are.
  private static func values(_ spec: JSONObject) -> [JSONValue]? {
    if let values = spec["values"]?.array { return values }
    guard let low = spec["min"], low == spec["max"] else { return nil }
    return [low]
  }
}
