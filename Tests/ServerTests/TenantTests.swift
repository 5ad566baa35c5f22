import Ledger
import Matcher
import Testing

@testable import Server

// What this proves:
// 1. A park sees its own demands and lists, a platform itself, a broker what is given to her; what is
//    somebody else's answers as what does not exist.
// 2. Restricted fields leave only by a look of who may, and every look is an entry.
// 3. A restricted value that was planted in a demand is nowhere in anything that anybody else is told: answers of
//    every operation, errors, log, metrics.

@Suite("Whose is what")
struct TenantTests {
  @Test("foreign and unknown ids hear the same")
  func foreign() async throws {
    let server = try TestServer()
    let (ns, li, p2) = (
      try server.session("ns"), try server.session("li"), try server.session("p2")
    )
    try await server.run { client in
      let paths: [(Caller, String, String, String?)] = [
        (ns, "GET", "/demands/ID", nil), (ns, "POST", "/demands/ID/look", nil),
        (ns, "GET", "/demands/ID/history", nil), (ns, "GET", "/demands/ID/matches", nil),
        (ns, "POST", "/demands/ID/withdraw", "{}"),
        (ns, "POST", "/demands/ID/renew", #"{"until":"2027-01-01"}"#),
        (ns, "PUT", "/demands/ID/broker", #"{"broker":"li"}"#),
        (ns, "POST", "/match", #"{"demand":"ID"}"#),
        (ns, "POST", "/explain", #"{"demand":"ID","line":"P1/L1"}"#),
        (li, "POST", "/demands/ID/look", nil), (li, "GET", "/demands/ID/history", nil),
        (li, "GET", "/decisions?demand=ID", nil),
        (li, "POST", "/decisions", #"{"demand":"ID","step":"contacted","line":"P1/L1"}"#),
        (li, "GET", "/questions?demand=ID", nil),
        (li, "POST", "/answers", #"{"addressee":"ID","slot":"lot","value":"12 片"}"#),
      ]
      for (caller, method, path, body) in paths {
        let foreign = try await client.call(
          method, path.replacing("ID", with: "D-SEALED"), body?.replacing("ID", with: "D-SEALED"),
          by: caller)
        let unknown = try await client.call(
          method, path.replacing("ID", with: "D-NONE"), body?.replacing("ID", with: "D-NONE"),
          by: caller)
        #expect(foreign.status == 404, "\(method) \(path)")
        #expect(foreign.status == unknown.status && foreign.text == unknown.text, "\(path)")
      }
      for (one, two) in [
        ("/platforms/P1", "/platforms/PX"), ("/inbox?platform=P1", "/inbox?platform=PX"),
      ] {
        let foreign = try await client.call("GET", one, by: p2)
        let unknown = try await client.call("GET", two, by: p2)
        #expect(foreign.status == 404 && foreign.text == unknown.text)
      }
      let change = #"{"members":{"text":"x"}}"#
      let heard1 = try await client.call("PATCH", "/platforms/P1", change, by: p2)
      #expect(heard1.status == 404)
      let answer = #"{"addressee":"P1","slot":"price","value":"1 CNY / 片"}"#
      let heard2 = try await client.call("POST", "/answers", answer, by: p2)
      #expect(heard2.status == 404)
    }
  }

  @Test("a park lists its own, a broker what stands, those who plan no drafts")
  func lists() async throws {
    let server = try TestServer()
    let (hp, ns, li) = (
      try server.session("hp"), try server.session("ns"), try server.session("li")
    )
    try await server.run { client in
      let heard3 = try await client.call("GET", "/demands", by: hp)
      #expect(heard3.ids == ["D-OPEN", "D-SEALED"])
      let heard4 = try await client.call("GET", "/demands", by: ns)
      #expect(heard4.ids == ["D-OTHER"])
      let all = try await client.call("GET", "/demands", by: li)
      #expect(all.ids == ["D-OPEN", "D-OTHER", "D-SEALED"])
      let mine = try await client.call("GET", "/demands?mine=true", by: li)
      #expect(mine.ids.isEmpty)
      _ = try await client.call("POST", "/demands/D-OTHER/withdraw", "{}", by: ns)
      let rest = try await client.call("GET", "/demands", by: li)
      #expect(rest.ids == ["D-OPEN", "D-SEALED"])
    }
  }

  @Test("every look at restricted fields is an entry, and shows what is stated")
  func looks() async throws {
    let server = try TestServer()
    let (chen, hp) = (try server.session("chen"), try server.session("hp"))
    try await server.run { client in
      for caller in [chen, hp] {
        let heard = try await client.call("POST", "/demands/D-SEALED/look", by: caller)
        #expect(heard.status == 200)
        for word in [TestServer.secret, TestServer.firm, TestServer.phone] {
          #expect(heard.text.contains(word))
        }
      }
    }
    let looks = try server.ledger.read { try $0.entries(.look, about: "D-SEALED") }
    #expect(looks.map(\.who) == ["chen", "hp"])
    for look in looks {
      #expect(!look.body.contains(TestServer.secret) && !look.body.contains(TestServer.firm))
    }
  }

  @Test("a planted value is in nothing that anybody else is told")
  func planted() async throws {
    let server = try TestServer()
    let names = ["chen", "li", "ns", "p1", "plan", "root", "hp"]
    let callers = try names.map { ($0, try server.session($0)) }
    let operations = server.server.services.document.operations
    let bodies: [String: [String]] = [
      "match": [
        #"{"demand":"D-SEALED","by":"line","include_conflict":true}"#,
        #"{"demand":"D-SEALED","lang":"en"}"#,
      ],
      "whatIf": [
        #"{"demand":"D-SEALED","changes":{"strictness":{"spec:wafer_diameter":"soft"}}}"#,
        #"{"demand":"D-SEALED","changes":{"values":["wafer_diameter=200 mm"]}}"#,
      ],
      "explain": [#"{"demand":"D-SEALED","line":"P1/L1","above":"P2/L1"}"#],
      "compare": [#"{"demand":"D-SEALED","lines":["P1/L1","P2/L1"]}"#],
      "letter": ["platform", "enterprise", "file"].map {
        #"{"demand":"D-SEALED","lines":["P1/L1"],"register":"letter","for":"\#($0)"}"#
      },
      "decide": [#"{"demand":"D-SEALED","line":"P1/L1","step":"contacted"}"#],
      "asked": [
        #"{"addressee":"P1","line":"P1/L1","slot":"price","demands":["D-SEALED"],"text":"价格？"}"#
      ],
      "answer": [#"{"addressee":"P1","line":"P1/L1","slot":"lot","value":"6..100 片"}"#],
    ]
    try await server.run { client in
      for operation in operations
      where !["look", "signOut", "publishList", "uploadList"].contains(operation.id) {
        let paths = [
          operation.path.replacing("{id}", with: "D-SEALED"),
          operation.path.replacing("{id}", with: "P1") + "?lang=en",
          operation.path + "?q=\(TestServer.secret)",
        ]
        for (_, caller) in callers {
          for path in paths {
            for body in bodies[operation.id] ?? [operation.body == nil ? "" : "{}"] {
              let heard = try await client.call(
                operation.method, path, body.isEmpty ? nil : body, by: caller,
                type: operation.body?.mediaType ?? "application/json")
              #expect(heard.status < 500 || heard.status == 503, "\(operation.id)")
              let text = heard.text.replacing("?q=\(TestServer.secret)", with: "")
              #expect(!text.contains(TestServer.secret), "\(operation.id) \(path)")
              #expect(!text.contains(TestServer.firm), "\(operation.id) \(path)")
              #expect(!text.contains(TestServer.phone), "\(operation.id) \(path)")
            }
          }
        }
      }
      let metrics = try await client.send("GET", "/metrics")
      #expect(metrics.status == 200 && metrics.text.contains("matchctl_requests_total"))
      #expect(!metrics.text.contains(TestServer.secret))
    }
    #expect(!server.log.text.isEmpty)
    for word in [TestServer.secret, TestServer.firm, TestServer.phone] {
      #expect(!server.log.text.contains(word))
    }
  }

  @Test("a platform's inbox names neither firm, park, rank, score nor rival")
  func inbox() async throws {
    let server = try TestServer()
    let p1 = try server.session("p1")
    try await server.run { client in
      let heard = try await client.call("GET", "/inbox", by: p1)
      #expect(heard.items.count == 3)
      for word in ["公开企业乙", TestServer.firm, "P2", "平台P2", "HP", "rank", "score"] {
        #expect(!heard.text.contains(word), "\(word)")
      }
    }
  }
}
