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
    let opened: SectionFile.Opened
    do {
      opened = try SectionFile.open(path, verify: verify, workers: workers)
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

/// The records of platforms, each as the JSON object it was read from.
struct PlatformRecords: Sendable {
  private let starts: Column<UInt64>
  private let bytes: Column<UInt8>

  init(opening sections: Sections) throws(SectionError) {
    starts = try sections.column("records.starts")
    bytes = try sections.column("records.bytes")
  }

  /// In the order in which the index numbers platforms.
  static func store(
    _ platforms: [Platform], _ index: LineIndex, into sections: inout Sections,
    _ workers: Workers = .one
  ) {
    let places = Dictionary(zip(platforms.map(\.id), platforms.indices)) { first, _ in first }
    let order = (0..<UInt32(index.platformIDs.count)).map { places[index.platformIDs[$0]] }
    let texts = workers.map(order) { place in
      place.map { JSONWriter.line(platforms[$0].raw) } ?? ""
    }
    var starts: [UInt64] = [0]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(texts.reduce(0) { $0 + $1.utf8.count })
    for text in texts {
      bytes += text.utf8
      starts.append(UInt64(bytes.count))
    }
    sections.add("records.starts", starts)
    sections.add("records.bytes", bytes)
  }

  /// The lines of an index, each read again when it is asked for.
  func lines(_ index: LineIndex, _ corpus: Corpus) -> ColumnEngine.Lines {
    let evaluator = Evaluator(corpus: corpus)
    return { line in
      guard let platform = platform(index.platformOf[Int(line)], corpus: corpus) else {
        return nil
      }
      let id = index.id(line)
      return platform.lines.first { $0.id == id }.map { evaluator.resolve(platform, $0) }
    }
  }

  func platform(_ number: UInt32, corpus: Corpus) -> Platform? {
    let (from, to) = (Int(starts[Int(number)]), Int(starts[Int(number) + 1]))
    return Platform(rereading: Array(bytes.buffer[from..<to]), corpus: corpus)
  }
}
