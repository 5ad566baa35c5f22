import Matcher
import MatcherIndex

/// A catalogue ready for matching as one file: columns, the records they were made of, and what they
/// were made with. Specified in `Matcher.docc/SnapshotFormat.md`.
public struct Snapshot: Sendable {
  /// What a snapshot says about itself, as text by name.
  public struct Manifest: Sendable, Equatable {
    public private(set) var entries: [(name: String, value: String)]

    public init(_ entries: [(name: String, value: String)]) {
      self.entries = entries.sorted { $0.name < $1.name }
    }

    public subscript(name: String) -> String? {
      entries.first { $0.name == name }?.value
    }

    public static func == (left: Manifest, right: Manifest) -> Bool {
      left.text == right.text
    }

    /// A line for each entry: name, tab, value.
    fileprivate var text: String {
      entries.map { "\($0.name)\t\($0.value)\n" }.joined()
    }

    fileprivate init(text: String) {
      self.init(
        text.split(separator: "\n").compactMap { line in
          guard let tab = line.firstIndex(of: "\t") else { return nil }
          return (String(line[..<tab]), String(line[line.index(after: tab)...]))
        })
    }
  }

  public let index: LineIndex
  public let manifest: Manifest
  let records: PlatformRecords

  /// The number of the columns' layout; a reader of another number refuses the file.
  public static let layout = "1"

  /// The columns of a catalogue with its records.
  ///
  /// - Parameters:
  ///   - files: where the corpus was read from; its checksum is kept.
  ///   - notes: further entries of the manifest, such as the names and checksums of the sources.
  ///   - workers: build it together; the bytes are the same for any number.
  /// - Complexity: O(size of the records).
  public init(
    _ platforms: [Platform], corpus: Corpus, files: Corpus.Files,
    notes: [(name: String, value: String)] = [], workers: Workers = .one
  ) {
    let evaluator = Evaluator(corpus: corpus)
    let places = platforms.indices.flatMap { platform in
      platforms[platform].lines.indices.map { (platform: platform, line: $0) }
    }
    let lines = workers.map(places) { place in
      let platform = platforms[place.platform]
      return evaluator.resolve(platform, platform.lines[place.line])
    }
    let index = LineIndex(lines, corpus: corpus, workers: workers)
    manifest = Manifest(
      notes + [
        ("columns.layout", Snapshot.layout),
        ("corpus.fingerprint", String(files.fingerprint, radix: 16)),
        ("corpus.text-statistics", corpus.textStatisticsVersion),
        ("lines", String(index.count)), ("rows", String(index.rows)),
        ("platforms", String(platforms.count)),
      ])
    var sections = index.sections
    PlatformRecords.store(platforms, index, into: &sections, workers)
    sections.add("manifest", Array(manifest.text.utf8))
    do {
      self.index = try LineIndex(opening: sections)
      records = try PlatformRecords(opening: sections)
    } catch {
      preconditionFailure("the builder writes every section the reader needs: \(error)")
    }
  }

  /// Maps a snapshot's file.
  ///
  /// - Parameters:
  ///   - files: the corpus to match with; a snapshot built with other tables is refused. nil accepts
  ///     any.
  ///   - verify: reads all bytes and compares all checksums; the head is always compared.
  /// - Complexity: O(number of sections), or O(bytes) to verify.
  public init(
    opening path: String, files: Corpus.Files?, verify: Bool, workers: Workers = .one
  ) throws(SnapshotError) {
    try self.init(path, files, workers) { () throws(SectionFileError) in
      try SectionFile.open(path, verify: verify, workers: workers)
    }
  }

  /// Maps a snapshot's file for matching alone: what matching reads of it is held to its checksums, and
  /// no more is read.
  ///
  /// Columns are verified here. A record is verified when a line of it is asked for; one that is damaged
  /// gives no line, and `damage` tells it from then on, so ask for that before a result is believed. A
  /// file without checksums of single records has them verified here too.
  ///
  /// - Parameter files: as above.
  /// - Complexity: O(bytes of the columns that matching reads): about a third of the file.
  public init(
    matching path: String, files: Corpus.Files, workers: Workers = .one
  ) throws(SnapshotError) {
    try self.init(path, files, workers) { () throws(SectionFileError) in
      try SectionFile.open(
        path, verify: true, except: { Snapshot.unread($0) }, workers: workers)
    }
  }

  /// The sections of which matching reads nothing, and those whose parts have checksums of their own.
  private static func unread(_ sections: Sections) -> Set<String> {
    let search = Set(PostingIndex.searchSections.map { "text.\($0)" })
    let hasSums = sections.all.contains { $0.name == PlatformRecords.sums }
    return hasSums ? search.union([PlatformRecords.bytes]) : search
  }

  private init(
    _ path: String, _ files: Corpus.Files?, _ workers: Workers,
    _ open: () throws(SectionFileError) -> SectionFile.Opened
  ) throws(SnapshotError) {
    let opened: SectionFile.Opened
    do {
      opened = try open()
    } catch {
      throw .file(error)
    }
    do {
      let text: Column<UInt8> = try opened.sections.column("manifest")
      manifest = Manifest(text: String(decoding: text.buffer, as: UTF8.self))
      guard manifest["columns.layout"] == Snapshot.layout else {
        throw SnapshotError.layout(path, found: manifest["columns.layout"] ?? "none")
      }
      index = try LineIndex(opening: opened.sections)
      records = try PlatformRecords(opening: opened.sections)
    } catch let error as SnapshotError {
      throw error
    } catch let error as SectionError {
      throw .sections(path, error)
    } catch {
      throw .layout(path, found: "\(error)")
    }
    if let files {
      let wanted = String(files.fingerprint, radix: 16)
      guard manifest["corpus.fingerprint"] == wanted else { throw .otherCorpus(path) }
    }
  }

  /// What was found damaged since the snapshot was opened, as an error of the file at `path`; nil while
  /// all that was read was whole.
  public func damage(of path: String) -> SnapshotError? {
    records.isDamaged ? .file(.damaged(path, part: PlatformRecords.bytes)) : nil
  }

  /// Writes the snapshot to a file: the old one stays until the new one is whole.
  public func write(to path: String) throws(SnapshotError) {
    do {
      try SectionFile.write(index.sections, to: path)
    } catch {
      throw .file(error)
    }
  }

  /// An engine on a day. It holds the snapshot for as long as it lives, whatever happens to the file.
  public func engine(_ corpus: Corpus, asOf: CivilDate) -> ColumnEngine {
    ColumnEngine(Matching(index, corpus: corpus, asOf: asOf), lines: lines(corpus))
  }

  /// The lines of the snapshot, each read again from its record when it is asked for.
  func lines(_ corpus: Corpus) -> ColumnEngine.Lines {
    records.lines(index, corpus)
  }
}

public enum SnapshotError: Error {
  case file(SectionFileError)
  case sections(String, SectionError)
  /// The columns are laid out as another version of the program has them.
  case layout(String, found: String)
  /// It was built with other tables than those it is to be matched with.
  case otherCorpus(String)
}
