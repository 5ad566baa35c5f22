import Foundation
import Ledger
import Matcher
import MatcherTestSupport
import Testing

@testable import Server

// What this proves:
// 1. Every answer of every operation has a status that the document names and the JSON that it describes.
// 2. Pages go through everything once; a tag holds while nothing changes and not longer.
// 3. A write under a key is done once; what is written is seen by the next request and by other servers.
// 4. A list goes from upload over correction and a second pair of eyes to demands that are matched.

@Suite("The API is what its document says")
struct DocumentTests {
  /// Bodies that each operation takes, so that success is looked at too.
  static let bodies: [String: String] = [
    "match": #"{"demand":"D-OPEN"}"#, "explain": #"{"demand":"D-OPEN","line":"P1/L1"}"#,
    "whatIf": #"{"demand":"D-OPEN","changes":{"weights":{"price":50}}}"#,
    "compare": #"{"demand":"D-OPEN","lines":["P1/L1","P2/L1"]}"#,
    "letter": #"{"demand":"D-OPEN","lines":["P1/L1"],"for":"platform"}"#,
    "decide": #"{"demand":"D-OPEN","line":"P1/L1","step":"contacted"}"#,
    "answer": #"{"addressee":"P1","line":"P1/L1","slot":"lot","value":"6..100 片"}"#,
    "asked": #"{"addressee":"P1","line":"P1/L1","slot":"price","demands":["D-OPEN"],"text":"价格？"}"#,
    "addUser": #"{"name":"new","role":"planner"}"#, "changeUser": #"{"display":"名"}"#,
    "addToken": #"{"scopes":["read"],"days":1}"#, "putPark": #"{"name":"园区","review":true}"#,
    "withdraw": "{}", "renew": #"{"until":"2027-06-30"}"#, "assign": #"{"broker":"chen"}"#,
    "changePlatform": #"{"members":{"text":"说明"}}"#, "earliest": #"{"day":"2026-12-01"}"#,
    "startRun": "{}", "publishList": "{}", "signIn": #"{"name":"x","password":"y"}"#,
  ]
  static let ids: [String: String] = [
    "platform": "P1", "changePlatform": "P1", "verify": "P1", "earliest": "P1", "user": "chen",
    "changeUser": "chen", "tokens": "chen", "addToken": "chen", "removeToken": "chen",
    "putPark": "HP",
  ]

  @Test("every answer has a status and a form that the document names")
  func answers() async throws {
    let server = try TestServer()
    let document = server.server.services.document
    let callers = try ["chen", "hp", "p1", "plan", "root"].map(server.session)
    try await server.run { client in
      var good: Set<String> = []
      for operation in document.operations where operation.id != "signOut" {
        let id = Self.ids[operation.id] ?? "D-OPEN"
        var path = operation.path.replacing("{id}", with: id).replacing("{token}", with: "x")
          .replacing("{name}", with: "manifest.json")
        if operation.id == "distances" { path += "?from=" + "%E5%B9%BF%E5%B7%9E" }
        for caller in callers {
          let heard = try await client.call(
            operation.method, path, operation.body == nil ? nil : Self.bodies[operation.id] ?? "{}",
            by: caller, type: operation.body?.mediaType ?? "application/json")
          let named = try #require(
            operation.answers[heard.status], "\(operation.id): \(heard.status) \(heard.text)")
          if heard.status < 300 { good.insert(operation.id) }
          #expect(heard.headers[Gate.requestID] != nil)
          guard let schema = named, let value = JSONText.value(heard.text) else { continue }
          let problem = document.check.problem(value, schema, at: "")
          #expect(problem == nil, "\(operation.id) \(heard.status)")
        }
      }
      // What needs a list, a run or a password is looked at elsewhere.
      let others: Set<String> = [
        "signIn", "signOut", "changePassword", "uploadList", "list", "discardList", "listRows",
        "correctRow", "mapColumns", "submitList", "publishList", "returnedList", "listNotices",
        "removeToken", "startRun", "run", "runChanges", "runFile",
      ]
      #expect(good.union(others) == Set(document.operations.map(\.id)))
    }
  }

  @Test("the document is served as it is")
  func served() async throws {
    let server = try TestServer()
    try await server.run { client in
      let heard = try await client.call("GET", "/openapi.json")
      #expect(JSONText.value(heard.text) == server.server.services.document.json)
    }
  }

  @Test("a column can be mapped to each field that the registry names, and to no other")
  func fields() async throws {
    let server = try TestServer()
    let hp = try server.session("hp")
    let list = "需求名称,我们的说法\n碳化硅流片,6英寸碳化硅晶圆流片 25 片\n"
    try await server.run { client in
      let fields = try await client.call("GET", "/registry/fields?limit=200", by: hp).ids
      #expect(!fields.isEmpty)
      let kept = try await client.call(
        "POST", "/lists?name=l.csv", list, by: hp, type: "application/octet-stream")
      let path = "/lists/\(kept.json["id"]?.string ?? "")/columns"
      for field in fields + ["nothing"] {
        let body = #"{"columns":[{"heading":"我们的说法","field":"\#(field)"}]}"#
        let heard = try await client.call("PUT", path, body, by: hp)
        #expect(heard.status == (field == "nothing" ? 400 : 200), "\(field): \(heard.text)")
      }
    }
  }

  @Test("pages go through everything once, whatever is asked at a time", arguments: 1...7)
  func pages(limit: Int) async throws {
    let server = try TestServer()
    let chen = try server.session("chen")
    try await server.run { client in
      for path in ["/demands", "/registry/sectors", "/platforms"] {
        let all = try await client.call("GET", path, by: chen)
        var ids: [String] = []
        var next: String? = ""
        while let cursor = next {
          let more = cursor.isEmpty ? "" : "&cursor=\(cursor)"
          let page = try await client.call("GET", "\(path)?limit=\(limit)\(more)", by: chen)
          #expect(page.items.count <= limit)
          ids += page.ids
          next = page.json["next"]?.string
        }
        #expect(ids == all.ids)
      }
    }
  }

  @Test("a tag holds while nothing changes, for the one who has it")
  func tags() async throws {
    let server = try TestServer()
    let (chen, li, hp) = (
      try server.session("chen"), try server.session("li"), try server.session("hp")
    )
    try await server.run { client in
      let path = "/demands/D-OPEN"
      let first = try await client.call("GET", path, by: chen)
      let tag = try #require(first.headers[.eTag])
      let again = try await client.call("GET", path, by: chen, ["If-None-Match": tag])
      #expect(again.status == 304 && again.text.isEmpty)
      let heard1 = try await client.call("GET", path, by: li, ["If-None-Match": tag])
      #expect(heard1.status == 200)
      let english = try await client.call(
        "GET", path, by: chen, ["If-None-Match": tag, "Accept-Language": "en"])
      #expect(english.status == 200)
      _ = try await client.call("POST", "/demands/D-OPEN/renew", #"{"until":"2027-01-01"}"#, by: hp)
      let heard2 = try await client.call("GET", path, by: chen, ["If-None-Match": tag])
      #expect(heard2.status == 200)
    }
  }

  @Test("a write under a key is done once and answered the same")
  func idempotent() async throws {
    let server = try TestServer()
    let (chen, li) = (try server.session("chen"), try server.session("li"))
    let body = #"{"demand":"D-OPEN","line":"P1/L1","step":"contacted"}"#
    let key = ["Idempotency-Key": "key-12345678"]
    try await server.run { client in
      let first = try await client.call("POST", "/decisions", body, by: chen, key)
      #expect(first.status == 201)
      for _ in 0..<3 {
        let again = try await client.call("POST", "/decisions", body, by: chen, key)
        #expect(again.status == 201 && again.text == first.text)
      }
      let other = try await client.call(
        "POST", "/decisions", body.replacing("contacted", with: "visited"), by: chen, key)
      #expect(other.status == 409)
      // Another person's key is another key.
      let heard3 = try await client.call("POST", "/decisions", body, by: li, key)
      #expect(heard3.status == 404)
      let heard4 = try await client.call(
        "POST", "/decisions", body, by: chen, ["Idempotency-Key": "'"])
      #expect(
        heard4
          .status == 400)
    }
    let decisions = try server.ledger.read { try $0.entries(.decision, about: "D-OPEN") }
    #expect(decisions.count == 1)
  }

  @Test("what is written is seen by the next request, and lines that change are matched anew")
  func fresh() async throws {
    let server = try TestServer()
    let (p1, chen) = (try server.session("p1"), try server.session("chen"))
    try await server.run { client in
      let pair = #"{"demand":"D-OPEN","line":"P1/L1"}"#
      func verdict() async throws -> String? {
        try await client.call("POST", "/explain", pair, by: chen).json["match"]?.object?["verdict"]?
          .string
      }
      let before = try await verdict()
      #expect(before != "conflict")
      let closed = #"{"members":{"openness":{"state":"closed"}}}"#
      let heard5 = try await client.call("PATCH", "/platforms/P1", closed, by: p1)
      #expect(heard5.status == 200)
      // The answer to a write waits for the columns for two seconds; a busy machine may need longer.
      var meanwhile = try await verdict()
      for _ in 0..<600 where meanwhile != "conflict" {
        try await Task.sleep(for: .milliseconds(100))
        meanwhile = try await verdict()
      }
      #expect(meanwhile == "conflict")
      // Another process writes.
      try server.ledger.write(by: "other") { writer in
        var version = try writer.reader.record(.platform, "P1")?.version
        version?.record["openness"] = .object(JSONObject([("state", .string("open"))]))
        if let version { try writer.put(.platform, "P1", version) }
      }
      try server.server.services.standings.catchUp()
      try server.server.services.standings.renewLines()
      let after = try await verdict()
      #expect(after != "conflict")
    }
  }

  @Test("a list is read, corrected, looked at by a second person and published")
  func lists() async throws {
    let server = try TestServer()
    let (hp, hp2, ns) = (
      try server.session("hp"), try server.session("hp2"), try server.session("ns")
    )
    let root = try server.session("root")
    let csv = """
      序号,需求名称,需求描述,所属领域,企业名称
      1,碳化硅流片,我司需要6英寸碳化硅流片12片，2027年3月底前完成,集成电路,示例甲有限公司
      2,,有个项目,集成电路,示例乙有限公司
      """
    let octets = "application/octet-stream"
    try await server.run { client in
      let made = try await client.send(
        "POST", "/api/v1/lists?name=a.csv", Array(csv.utf8), by: hp, type: octets)
      #expect(made.status == 201, "\(made.text)")
      let id = try #require(made.json["id"]?.string)
      let heard6 = try await client.call("GET", "/lists/\(id)", by: ns)
      #expect(heard6.status == 404)
      let rows = try await client.call("GET", "/lists/\(id)/rows?action=reject", by: hp)
      #expect(rows.items.count == 1)
      let row = try #require(rows.items.first?["row"]?.number)
      let fix = """
        {"row":\(Int(row)),"cells":[{"column":1,"text":"氮化镓流片"},\
        {"column":2,"text":"需要6英寸氮化镓外延片流片20片，2027年6月底前完成"}]}
        """
      let fixed = try await client.call("PATCH", "/lists/\(id)/rows", fix, by: hp)
      #expect(fixed.status == 200 && fixed.json["action"]?.string != "reject", "\(fixed.text)")
      _ = try await client.call("PUT", "/parks/HP", #"{"name":"黄埔园区","review":true}"#, by: root)
      let path = "/lists/\(id)/publish"
      let dry = try await client.call("POST", path, #"{"dry_run":true}"#, by: hp)
      #expect(dry.json["new"]?.number == 2, "\(dry.text)")
      let heard7 = try await client.call("POST", path, "{}", by: hp)
      #expect(heard7.status == 409)
      _ = try await client.call("POST", "/lists/\(id)/submit", by: hp)
      let heard8 = try await client.call("POST", path, "{}", by: hp)
      #expect(heard8.status == 409)
      let done = try await client.call(
        "POST", path, "{}", by: hp2, ["Accept": "text/event-stream"])
      #expect(done.status == 200 && done.text.contains("event: done"), "\(done.text)")
      let demands = try await client.call("GET", "/demands?state=published", by: hp)
      #expect(demands.ids.contains("HP-2026-0001") && demands.ids.contains("HP-2026-0002"))
      let match = try await client.call(
        "GET", "/demands/HP-2026-0001/matches", by: hp)
      #expect(match.status == 200)
      let heard9 = try await client.call("PATCH", "/lists/\(id)/rows", fix, by: hp)
      #expect(heard9.status == 409)
      let heard10 = try await client.call("GET", "/lists/\(id)/returned", by: hp)
      #expect(heard10.status == 200)
    }
  }
}
