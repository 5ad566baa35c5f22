/// Names of files that people open: in their language, right on every system, no two alike.
struct FileNames {
  private var taken: Set<String> = []

  init() {}

  /// A path whose parts may hold anything; numbered where it is there already.
  ///
  /// - Parameters:
  ///   - folders: made of texts of ours.
  ///   - name: without its ending; may come from a record.
  mutating func path(_ folders: [String], _ name: String, _ ending: String) -> String {
    let base = (folders + [name]).map(FileNames.part).joined(separator: "/")
    var path = "\(base).\(ending)"
    var number = 2
    // Systems that do not tell capitals from small letters must not take two for one.
    while !taken.insert(path.lowercased()).inserted {
      path = "\(base)-\(number).\(ending)"
      number += 1
    }
    return path
  }

  /// One part of a path: nothing that some system refuses, at most 160 bytes of UTF-8.
  static func part(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      let isRefused = scalar.value < 0x20 || "/\\:*?\"<>|\u{7F}".unicodeScalars.contains(scalar)
      out.unicodeScalars.append(isRefused ? "_" : scalar)
    }
    while out.utf8.count > 160 { out.removeLast() }
    while out.hasSuffix(".") || out.hasSuffix(" ") { out.removeLast() }
    if out.isEmpty || out.hasPrefix(".") { out = "_" + out }
    return out
  }
}
