import Foundation
import Ledger
import Matcher
import MatcherTestSupport
import Synchronization
import Testing

@testable import Server

// What this proves:
// 1. Work that is not done in time is answered with 504 in the one shape, and is cancelled.
// 2. A write under a key is done once, whatever happens to its answer: the key stands in its transaction.
// 3. A lock after wrong passwords holds in a server that is started anew, and keeps no name.
// 4. A change of the night says what did it in words; of a restricted demand's record it names no field.
// 5. The unmatched of a run are counted by why; restricted demands are neither told apart nor counted alone.

@Suite("Once and in time")
struct OnceTests {
  private final class Seen: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func add() { value.withLock { $0 += 1 } }
  }

  @Test("work that takes too long is answered with 504 and left")
  func overdue() async throws {
    let left = Seen()
    let endless: Handler = { _, _ in
      while true {
        do {
          try await Blocking.run {
            for _ in 0..<10 {
              try Blocking.check()
              Thread.sleep(forTimeInterval: 0.01)
            }
          }
        } catch {
          left.add()
          throw error
        }
      }
    }
    let server = try TestServer(handlers: ["status": endless, "verify": endless]) {
      $0.workSeconds = 1
    }
    let (chen, p1) = (try server.session("chen"), try server.session("p1"))
    try await server.run { client in
      for (caller, method, path, more) in [
        (chen, "GET", "/status", [:]),
        (p1, "POST", "/platforms/P1/verify", ["Idempotency-Key": "overdue-1"]),
      ] {
        let heard = try await client.call(method, path, by: caller, more)
        #expect(heard.status == 504 && heard.code == "overdue", "\(heard.text)")
        #expect(heard.json["error"]?.object?["hint"]?.string?.isEmpty == false)
      }
      let other = try await client.call("GET", "/policy", by: chen)
      #expect(other.status == 200)
    }
    for _ in 0..<200 where left.count < 2 { try await Task.sleep(for: .milliseconds(20)) }
    #expect(left.count == 2)
  }

  @Test("a write whose answer was lost is not done again under its key")
  func lost() async throws {
    struct Lost: Error {}
    let losing: Handler = { call, services in
      let name = try call.principal.name
      _ = try await services.write(by: name) {
        try $0.append(.decision, "D-OPEN", JSONObject([("step", .string("contacted"))]))
      }
      throw Lost()
    }
    let server = try TestServer(handlers: ["decide": losing])
    let chen = try server.session("chen")
    let body = #"{"demand":"D-OPEN","line":"P1/L1","step":"contacted"}"#
    try await server.run { client in
      let first = try await client.call(
        "POST", "/decisions", body, by: chen, ["Idempotency-Key": "lost-0001"])
      #expect(first.status == 500)
      let again = try await client.call(
        "POST", "/decisions", body, by: chen, ["Idempotency-Key": "lost-0001"])
      #expect(again.status == 409 && again.text.contains("answer was lost"), "\(again.text)")
      let other = try await client.call(
        "POST", "/decisions", body, by: chen, ["Idempotency-Key": "lost-0002"])
      #expect(other.status == 500)
    }
    let entries = try server.ledger.read { try $0.entries(.decision, about: "D-OPEN") }
    #expect(entries.count == 2)
  }

  @Test("a lock holds after a restart and names nobody")
  func locked() async throws {
    let server = try TestServer()
    let body = #"{"name":"my-secret-typed-here","password":"wrong wrong wrong"}"#
    try await server.run { client in
      for _ in 0..<5 {
        let heard = try await client.call("POST", "/session", body)
        #expect(heard.status == 401)
      }
    }
    let locks = try server.ledger.read { try $0.locks() }
    #expect(locks.count == 1 && !locks[0].key.contains("secret"))
    let settings = server.server.services.settings
    let second = try Server(server.ledger, corpus: TestCorpus.shared, settings: settings)
    try await second.application().test(.router) { client in
      let heard = try await client.call("POST", "/session", body)
      #expect(heard.status == 429 && heard.headers[.retryAfter] != nil)
    }
  }

  @Test("a change is worded, and names no field of a restricted demand")
  func changes() async throws {
    let server = try TestServer { $0.runs = $0.lists + "-runs" }
    let folder = (server.server.services.settings.runs ?? "") + "/r1"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    @Sendable func change(_ demand: String) -> String {
      #"{"demand":"\#(demand)","line":"P1/L1","platform":"P1","kind":"fallen","before":{"verdict":"full"},"after":{"verdict":"near_miss"},"#
        + #""causes":[{"kind":"edited","side":"demand","record":"\#(demand)","field":"requirements[implant_temperature]","criterion":"spec:implant_temperature"}]}"#
        + "\n"
    }
    try Data((change("D-OPEN") + change("D-SEALED")).utf8)
      .write(to: URL(filePath: folder + "/changes.jsonl"))
    let manifest = #"{"manifest":{"files":[{"name":"changes.jsonl","bytes":1}]}}"#
    try server.ledger.write(by: "night") {
      try $0.append(.run, "r1", JSONText.value(manifest)?.object ?? JSONObject())
    }
    let (chen, root) = (try server.session("chen"), try server.session("root"))
    try await server.run { client in
      let heard = try await client.call("GET", "/runs/latest/changes?lang=en", by: chen)
      let (open, sealed) = (heard.items.first, heard.items.last)
      #expect(open?["text"]?.string?.contains("edited") == true && heard.items.count == 2)
      #expect(open?["cause"]?.object?["field"]?.string == "requirements[implant_temperature]")
      #expect(sealed?["text"]?.string?.isEmpty == false)
      #expect(!JSONWriter.line(.object(sealed ?? JSONObject())).lowercased().contains("implant"))
      // A night that ended badly is told to who looks after nights.
      let status =
        #"{"state":"running","process":999999999,"percent":3,"started":"2026-11-22T01:00:00Z"}"#
      try Data(status.utf8).write(to: URL(filePath: folder + "/../status.json"))
      let runs = try await client.call("GET", "/runs", by: root)
      #expect(runs.json["night"]?.object?["state"]?.string == "failed")
      let others = try await client.call("GET", "/runs", by: chen)
      #expect(others.status == 200 && others.json["night"] == nil)
    }
  }

  @Test("the unmatched are counted by why, restricted ones never alone")
  func unmatched() async throws {
    let server = try TestServer { $0.runs = $0.lists + "-runs" }
    let folder = (server.server.services.settings.runs ?? "") + "/r1"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    @Sendable func stage(_ demand: String, _ reason: String, _ counts: String) -> String {
      #"{"type":"unmatched","demand":"\#(demand)","reason":"\#(reason)",\#(counts)}"# + "\n"
    }
    let text =
      stage("D-OPEN", "unstated", #""waiting":{"spec:wafer_diameter":2,"window":1}"#)
      + stage("D-OTHER", "no_platform", #""removed":{"service":9}"#)
      + stage("D-SEALED", "no_platform", #""removed":{"spec:implant_temperature":5}"#)
    try Data(text.utf8).write(to: URL(filePath: folder + "/unmatched.jsonl"))
    let plan = try server.session("plan")
    try await server.run { client in
      let before = try await client.call("GET", "/gaps", by: plan)
      #expect(before.json["run"] == .null && before.json["unmatched"]?.array?.isEmpty == true)
      try server.ledger.write(by: "night") {
        try $0.append(
          .run, "r1",
          JSONText.value(#"{"manifest":{"files":[{"name":"unmatched.jsonl","bytes":1}]}}"#)?.object
            ?? JSONObject())
      }
      try server.server.services.standings.catchUp()
      let heard = try await client.call("GET", "/gaps?lang=en", by: plan)
      #expect(heard.json["run"]?.string == "r1")
      let causes = heard.json["unmatched"]?.array?.compactMap(\.object) ?? []
      #expect(
        Set(
          causes.map {
            "\($0["cause"]?.string ?? "") \($0["demands"]?.number.map { Int($0) } ?? -1)"
          })
          == ["unstated:spec:wafer_diameter 1", "no_platform:service 1", "no_platform -1"])
      #expect(!heard.text.contains("implant") && !heard.text.contains("[name"))
      func cell(_ heard: Heard) -> JSONValue? {
        heard.json["cells"]?.array?.compactMap(\.object).first { $0["demands"]?.number == 3 }?[
          "unmatched"]
      }
      #expect(cell(heard) == .integer(3))
      // Two, of which one is restricted, are not told apart from three.
      try Data(
        (stage("D-OPEN", "close", #""removed":{"window":1}"#)
          + stage("D-SEALED", "close", "\"removed\":{}")).utf8
      )
      .write(to: URL(filePath: folder + "/unmatched.jsonl"))
      let fewer = try await client.call("GET", "/gaps?lang=en", by: plan)
      #expect(cell(fewer) == .null)
    }
  }
}
