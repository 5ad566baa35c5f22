import Foundation
import Matcher
import MatcherTestSupport
import Testing

@testable import Night
@testable import TableFiles

// 1. the same data give the same files, byte for byte; no two names are alike on any system
// 2. nothing sealed and no firm is in any file, unpacked workbooks included
// 3. pages are in three languages, hold nothing from elsewhere and no script, and every text is there
// 4. made-up records are left out unless they are asked for
// 5. digests are made on working days, one a broker
// 6. an inbox holds no other platform, no rank, no score and no budget
@Suite("Files of a night's reports")
struct ReportFilesTests {
  static let data = Result { try ReportScenery.data(ReportScenery.make()) }

  private func files(
    _ change: (inout ReportOptions) -> Void = { _ in }
  ) throws -> [NightFile] {
    var options = ReportOptions()
    change(&options)
    return NightReports.files(try ReportFilesTests.data.get(), options: options)
  }

  @Test("the same data give the same bytes, under names that differ everywhere")
  func isDeterministic() throws {
    let files = try files()
    #expect(files == (try self.files()))
    #expect(Set(files.map { $0.name.lowercased() }).count == files.count)
    if let folder = ProcessInfo.processInfo.environment["REPORTS"] {
      try write(files, folder)
      try write(try self.files { $0.includesSynthetic = true }, folder + "/with-samples")
    }
  }

  /// `REPORTS=DIR swift test --filter ReportFilesTests` leaves the files there to be looked at.
  private func write(_ files: [NightFile], _ folder: String) throws {
    for file in files {
      let url = URL(filePath: folder).appending(path: file.name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: url)
    }
  }

  @Test("nothing sealed and no firm's name is in any file, whatever is asked for")
  func isSealed() throws {
    for isAll in [false, true] {
      for file in try files({ $0.includesSynthetic = isAll }) {
        let text = try ReportFilesTests.text(file)
        #expect(!text.contains(ReportScenery.sealed), "\(file.name)")
        #expect(!text.contains(ReportScenery.firm), "\(file.name)")
      }
    }
  }

  /// The text of a file; of a workbook all its parts.
  static func text(_ file: NightFile) throws -> String {
    guard file.name.hasSuffix(".xlsx") else { return String(decoding: file.bytes, as: UTF8.self) }
    let archive = try ZipArchive(file.bytes)
    return try archive.entries.map { try archive.content($0) }
      .map { String(decoding: $0, as: UTF8.self) }.joined()
  }

  @Test("pages are whole in three languages, without a script or anything from elsewhere")
  func pagesAreWhole() throws {
    let pages = try files().filter { $0.name.hasSuffix(".html") }
    #expect(pages.count > 3)
    for page in pages {
      let text = String(decoding: page.bytes, as: UTF8.self)
      for language in Language.allCases {
        #expect(text.contains("<main lang=\"\(language.rawValue)\">"), "\(page.name)")
      }
      for forbidden in ["<script", "http://", "https://", "@import", "url(", "src=", "[report."] {
        #expect(!text.contains(forbidden), "\(page.name): \(forbidden)")
      }
      let body = text.split(separator: "</style>", maxSplits: 1).last ?? ""
      #expect(!body.contains("{"), "\(page.name): a placeholder")
    }
  }

  @Test("made-up records are in no table unless they are asked for")
  func leavesOutMadeUp() throws {
    let data = try ReportFilesTests.data.get()
    let madeUp = data.world.demands.filter(\.synthetic).map(\.id)
    #expect(!madeUp.isEmpty)
    let page = try #require(try files().first { $0.name.hasPrefix("中试供需匹配日报") })
    let text = String(decoding: page.bytes, as: UTF8.self)
    for id in madeUp { #expect(!text.contains(">\(id)<"), "\(id)") }
    let all = try files { $0.includesSynthetic = true }
    let texts = try all.map(ReportFilesTests.text).joined()
    #expect(texts.contains(madeUp[0]))
  }

  @Test("digests are for working days, one for each broker")
  func digests() throws {
    let names = try files().map(\.name).filter { $0.hasPrefix("技术经理人简报/") }
    #expect(names == ["技术经理人简报/李嘉欣-2026-11-23.html", "技术经理人简报/陈志明-2026-11-23.html"])
    let sunday = try ReportScenery.make(platforms: 3).data(asOf: ReportScenery.asOf)
    #expect(Digest.all(ReportView(sunday, ReportOptions())).isEmpty)
  }

  @Test("an inbox names no other platform, no rank, no score and no budget")
  func inboxIsDiscreet() throws {
    let data = try ReportFilesTests.data.get()
    let view = ReportView(data, ReportOptions())
    let inboxes = Inbox.all(view)
    #expect(inboxes.count > 10)
    for inbox in inboxes {
      let text = JSONWriter.line(inbox.json)
      for other in data.world.platforms where other.id != inbox.platform.id {
        #expect(!text.contains("\"\(other.id)\""), "\(inbox.platform.id)")
      }
      for word in ["rank", "score", "expected", "budget", "enterprise"] {
        #expect(!text.contains("\"\(word)\""), "\(inbox.platform.id): \(word)")
      }
      for item in inbox.meets + inbox.may + inbox.near {
        #expect(item.demand.visibility == .everyone)
      }
      #expect(inbox.near.allSatisfy { $0.obstacle != nil })
      #expect((inbox.meets + inbox.may).allSatisfy { $0.obstacle == nil })
    }
  }
}
