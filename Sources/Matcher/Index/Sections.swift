/// Columns by name, in the order in which they were added: what an index is made of, in memory or
/// in a file.
///
/// A part that is stored adds its columns under names of its own (`text.documents`); a part that is
/// opened takes them back by name. So one way of reading serves an index just built and one that is
/// mapped.
public struct Sections: Sendable {
  public struct Section: Sendable {
    public let name: String
    /// The bytes of one value.
    public let width: Int
    public let count: Int
    let owner: AnyObject & Sendable
    let start: UInt

    /// The section's bytes; valid while the section is alive.
    public var bytes: UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: start), count: width * count)
    }
  }

  public private(set) var all: [Section] = []
  private var places: [String: Int] = [:]

  public init() {}

  /// - Precondition: No section has this name yet.
  public mutating func add<Element>(_ name: String, _ column: Column<Element>) {
    append(
      Section(
        name: name, width: MemoryLayout<Element>.stride, count: column.count,
        owner: Kept(column), start: UInt(bitPattern: column.base)))
  }

  public mutating func add<Element: BitwiseCopyable & Sendable>(_ name: String, _ values: [Element])
  {
    add(name, Column(values))
  }

  /// A section of memory that `owner` keeps, as a file's reader finds it.
  public mutating func add(
    _ name: String, width: Int, count: Int, at start: UnsafeRawPointer, owner: AnyObject & Sendable
  ) {
    append(
      Section(name: name, width: width, count: count, owner: owner, start: UInt(bitPattern: start)))
  }

  /// Adds all sections of others under names that begin with `prefix`.
  public mutating func add(_ others: Sections, prefix: String) {
    for section in others.all {
      append(
        Section(
          name: prefix + section.name, width: section.width, count: section.count,
          owner: section.owner, start: section.start))
    }
  }

  /// The sections whose names begin with `prefix`, without it.
  public func part(_ prefix: String) -> Sections {
    var part = Sections()
    for section in all where section.name.hasPrefix(prefix) {
      part.append(
        Section(
          name: String(section.name.dropFirst(prefix.count)), width: section.width,
          count: section.count, owner: section.owner, start: section.start))
    }
    return part
  }

  /// A checksum of names, sizes and bytes of all sections, in their order. O(bytes).
  public var identity: UInt64 {
    var words: [UInt64] = []
    for section in all {
      words.append(Array(section.name.utf8).withUnsafeBytes { Checksum.of($0) })
      words += [UInt64(section.width), UInt64(section.count), Checksum.of(section.bytes)]
    }
    return words.withUnsafeBytes { Checksum.of($0) }
  }

  private mutating func append(_ section: Section) {
    precondition(places[section.name] == nil, "a section is added once")
    places[section.name] = all.count
    all.append(section)
  }

  /// The column of a name.
  ///
  /// - Throws: `SectionError` when there is none, or its values have another width.
  public func column<Element>(
    _ name: String, of type: Element.Type = Element.self
  ) throws(SectionError) -> Column<Element> {
    guard let place = places[name] else { throw .missing(name) }
    let section = all[place]
    guard section.width == MemoryLayout<Element>.stride,
      section.start % UInt(MemoryLayout<Element>.alignment) == 0
    else { throw .width(name, expected: MemoryLayout<Element>.stride, found: section.width) }
    guard let base = UnsafeRawPointer(bitPattern: section.start) else { return Column() }
    return Column(
      base: base.assumingMemoryBound(to: Element.self), count: section.count, owner: section.owner)
  }

  private final class Kept<Element: BitwiseCopyable & Sendable>: Sendable {
    let column: Column<Element>

    init(_ column: Column<Element>) {
      self.column = column
    }
  }
}

/// Why a column cannot be taken from sections.
public enum SectionError: Error, Equatable, CustomStringConvertible {
  case missing(String)
  /// The name, and the size expected and found: the bytes of one value, or the number of values.
  case width(String, expected: Int, found: Int)

  public var description: String {
    switch self {
    case .missing(let name): "no section '\(name)'"
    case .width(let name, let expected, let found):
      "section '\(name)' has size \(found), expected \(expected)"
    }
  }
}
