import Matcher

/// The parts of an office file and how they refer to one another.
struct OfficePackage {
  struct Relation {
    /// The last word of the relation's type, the same in transitional and strict files.
    let kind: String
    /// The path of the part from the root of the container.
    let target: String
  }

  private let archive: ZipArchive

  init(_ archive: ZipArchive) {
    self.archive = archive
  }

  /// The path of the document's main part, else the path where programs put it.
  func mainPart(default path: String) throws(TableFileError) -> String {
    let relations = try relations(of: "")
    return target("officeDocument", in: relations) ?? path
  }

  /// The relations of a part by id; those to places outside the file are left out.
  func relations(of part: String) throws(TableFileError) -> [String: Relation] {
    let folder = part.split(separator: "/").dropLast().joined(separator: "/")
    let name = part.split(separator: "/").last ?? ""
    let path = (folder.isEmpty ? "" : folder + "/") + "_rels/\(name).rels"
    guard let entry = archive.entry(path) else { return [:] }
    var relations: [String: Relation] = [:]
    var scanner = XMLScanner(part: path, bytes: try archive.content(entry, limit: 16 << 20))
    while true {
      let token = try scanner.next()
      if token == .done { return relations }
      guard token == .start, scanner.isNamed("Relationship"), let id = scanner.attribute("Id"),
        let target = scanner.attribute("Target"), scanner.attribute("TargetMode") != "External"
      else { continue }
      let kind = scanner.attribute("Type")?.split(separator: "/").last.map(String.init) ?? ""
      relations[id] = Relation(kind: kind, target: OfficePackage.resolve(target, in: folder))
    }
  }

  /// The first part of a kind, by the ids' order.
  func target(_ kind: String, in relations: [String: Relation]) -> String? {
    relations.filter { $0.value.kind == kind }.min { $0.key < $1.key }?.value.target
  }

  /// The day the file says it was last changed, else made. Files state it in UTC; it is taken in
  /// the zone of the parks, eight hours ahead.
  var dated: CivilDate? {
    guard
      let entry = archive.entry(
        (try? relations(of: "")).flatMap { target("core-properties", in: $0) }
          ?? "docProps/core.xml"),
      let content = try? archive.content(entry, limit: 1 << 20)
    else { return nil }
    var scanner = XMLScanner(part: entry.name, bytes: content)
    var days: [Bool: CivilDate] = [:]
    while let token = try? scanner.next(), token != .done {
      guard token == .start, scanner.isNamed("modified") || scanner.isNamed("created") else {
        continue
      }
      let isChange = scanner.isNamed("modified")
      guard (try? scanner.next()) == .text else { continue }
      days[isChange] = OfficePackage.day(scanner.text)
    }
    return days[true] ?? days[false]
  }

  /// The day of `2026-11-21T23:18:06Z` eight hours ahead of UTC.
  static func day(_ text: String) -> CivilDate? {
    guard let day = CivilDate(iso: text.prefix(10)) else { return nil }
    let hour = Int(text.dropFirst(11).prefix(2)) ?? 0
    return text.hasSuffix("Z") && hour >= 16 ? day + 1 : day
  }

  /// A target relative to a folder, or from the root with `/` in front.
  static func resolve(_ target: String, in folder: String) -> String {
    var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/")
    for part in target.split(whereSeparator: { $0 == "/" || $0 == "\\" }) where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}
