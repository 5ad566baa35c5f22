import Foundation
import Ledger
import Matcher
import MatcherTestSupport

@testable import Publishing

/// A ledger of its own with a park, in a folder that goes with it.
final class ParkWorld {
  let folder: URL
  let ledger: Ledger
  let corpus = TestCorpus.shared
  private static let tools = TestCorpus.tools
  static let day = CivilDate(iso: "2026-11-22") ?? CivilDate(dayNumber: 0)

  init(parks: [String] = ["HP"]) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("publishing-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    ledger = try Ledger(creating: folder.appendingPathComponent("a.db").path)
    for code in parks {
      try ledger.write(by: "test") { writer in
        _ = try Park(
          code: code, name: "示例园\(code)",
          contact: JSONObject([("name", .string("服务台")), ("phone", .string("020-12345678"))])
        ).write(writer)
      }
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Publishes bytes as a file would be.
  @discardableResult
  func publish(
    _ text: String, as name: String = "list.csv", park: String = "HP", on day: CivilDate = day,
    dryRun: Bool = false, _ change: (inout Publisher) -> Void = { _ in }
  ) throws -> PublishPlan {
    let file = SubmittedFile(name: name, bytes: Array(text.utf8))
    let seen = try ledger.read { try $0.fileSeen(file.hash) }
    let reader = SubmissionReader(
      corpus: corpus, language: .simplified, asOf: day, tools: ParkWorld.tools)
    let submission = try reader.read(file, firstSeen: seen == nil ? nil : ParkWorld.day)
    var publisher = Publisher(corpus: corpus, park: park, asOf: day)
    change(&publisher)
    if dryRun { return try ledger.read { try publisher.plan(submission, $0) } }
    return try ledger.write(by: "test") { writer in
      try publisher.apply(try publisher.plan(submission, writer.reader), of: file, writer)
    }
  }

  func head() throws -> String { try ledger.read { try $0.head() } }

  func demands() throws -> [StoredRecord] { try ledger.read { try $0.records(.demand) } }

  /// All bodies of all entries, one after another.
  func bodies() throws -> String {
    var out = ""
    try ledger.read { try $0.forEachEntry { out += $0.body + $0.subject + $0.who } }
    return out
  }

  func sheet(_ edition: DemandSheet.Edition, park: String = "HP") throws -> DemandSheet {
    try ledger.read { reader in
      let known = try Park.read(park, reader) ?? Park(code: park, name: park)
      return try DemandSheetMaker(corpus: corpus, language: .simplified, asOf: ParkWorld.day)
        .sheet(edition, of: known, reader)
    }
  }
}

/// A row of a list with an identity that the list does not show.
struct ListLine: Equatable {
  let identity: Int
  var own: String
  var firm: String
  var title: String
  var text: String
  var budget: Int
  var phone = ""

  static let heading = "序号,需求名称,需求描述,领域,企业名称,联系电话,预算（万元）,完成期限"

  var csv: String {
    [own, title, text, "集成电路", firm, phone, String(budget), "2027-06-30"]
      .joined(separator: ",")
  }

  static func csv(_ lines: [ListLine]) -> String {
    ([heading] + lines.map(\.csv)).joined(separator: "\n") + "\n"
  }

  private static let works = [
    "碳化硅外延", "氮化镓流片", "MEMS压力传感器试产", "硅光芯片封装", "晶圆减薄划片", "功率模块老化", "射频前端测试",
    "深硅刻蚀", "微流控芯片键合", "铌酸锂调制器加工", "红外探测器封装", "压电薄膜沉积",
  ]
  private static let asks = [
    "表面粗糙度不超过", "线宽精度达到", "厚度均匀性优于", "击穿电压不低于", "漏电流小于", "对准误差不大于", "良率不低于",
    "剪切强度高于", "翘曲度控制在", "颗粒数少于", "接触电阻低于", "工作寿命超过",
  ]

  /// A demand unlike others: several asks with figures of its own.
  static func random(_ identity: Int, _ random: inout SeededGenerator, firms: Int = 5) -> ListLine {
    let work = random.pick(works)
    var text = "\(work)，共\(random.int(10...900))片"
    for _ in 0..<6 { text += "；\(random.pick(asks))\(random.int(100...9999))单位" }
    return ListLine(
      identity: identity, own: String(identity + 1), firm: "示例第\(random.int(1...firms))科技有限公司",
      title: "\(work)\(random.int(1...99))号项目\(identity)", text: text,
      budget: random.int(10...400))
  }
}
