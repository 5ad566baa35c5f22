import Foundation
import HTTPTypes
import Ledger
import Matcher
import Testing

@testable import Server

// What this proves: each of these is refused with an error of the one shape, logged, and changes nothing.
// 1. Requests of other sites: a wrong or no token beside the cookie, a foreign origin.
// 2. Paths that lead out, SQL in every parameter, unknown parameters, bytes that are no text.
// 3. Sessions and tokens that ended, were made up, or belong to a disabled account.
// 4. Bodies that are too large, too deep, compressed, of another kind, no JSON; zip bombs.
// 5. Guessing passwords: hashing stops after a few, and goes on stopping.

@Suite("Hostile requests")
struct HostileTests {
  @Test("other sites cannot write with a person's cookie")
  func crossSite() async throws {
    let server = try TestServer()
    let hp = try server.session("hp")
    let before = try server.ledger.read { try $0.lastSeq() }
    try await server.run { client in
      var without = hp
      without.csrf = nil
      var wrong = hp
      wrong.csrf = String(repeating: "0", count: 64)
      let origins = [
        ["Origin": "https://evil.example"], ["Origin": "null"],
        ["Sec-Fetch-Site": "cross-site"],
      ]
      let path = "/demands/D-OPEN/withdraw"
      for caller in [without, wrong] {
        let heard = try await client.call("POST", path, "{}", by: caller)
        #expect(heard.status == 403 && heard.code == "csrf")
      }
      for origin in origins {
        let heard = try await client.call("POST", path, "{}", by: hp, origin)
        #expect(heard.status == 403 && heard.code == "csrf")
        let sign = try await client.call(
          "POST", "/session", #"{"name":"hp","password":"x"}"#, origin)
        #expect(sign.status == 403)
      }
      let form = try await client.call(
        "POST", path, "a=b", by: hp, type: "application/x-www-form-urlencoded")
      #expect(form.status == 415)
    }
    let heard1 = try server.ledger.read { try $0.lastSeq() }
    #expect(heard1 == before)
    #expect(server.log.text.contains("\"code\":\"csrf\""))
  }

  @Test(
    "no path leads out of the console's files",
    arguments: [
      "/../ledger.db", "/..%2fledger.db", "/%2e%2e/ledger.db", "/lib/../../ledger.db",
      "//ledger.db",
      "/.hidden", "/lib/%00.js", "/..\\ledger.db", "/index.html/../../ledger.db",
    ])
  func traversal(path: String) async throws {
    let console = FileManager.default.temporaryDirectory
      .appendingPathComponent("console-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: console.appendingPathComponent("lib"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: console) }
    for (name, text) in [("index.html", "<p>ok"), ("lib/a.js", "1"), (".hidden", "no")] {
      try Data(text.utf8).write(to: console.appendingPathComponent(name))
    }
    let server = try TestServer { $0.console = console.path }
    try await server.run { client in
      let home = try await client.send("GET", "/")
      #expect(home.status == 200 && home.text == "<p>ok")
      #expect(home.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
      let heard2 = try await client.send("GET", "/lib/a.js")
      #expect(heard2.headers[.contentType]?.hasPrefix("text/javascript") == true)
      let heard = try await client.send("GET", path)
      #expect(heard.status == 404 || heard.status == 400)
      #expect(!heard.text.contains("SQLite") && !heard.text.contains("no\n"))
    }
  }

  @Test(
    "a file of a run is only one that its manifest names",
    arguments: [
      "..%2F..%2Fledger.db", "%2Fetc%2Fpasswd", "..", "manifest.json%00", "catalogue.snap",
    ])
  func runFiles(name: String) async throws {
    let server = try TestServer()
    let chen = try server.session("chen")
    try await server.run { client in
      let heard = try await client.call("GET", "/runs/latest/files/\(name)", by: chen)
      #expect(heard.status == 404 || heard.status == 400)
    }
  }

  @Test("members without a name, and names without a member, change nothing")
  func nameless() async throws {
    let server = try TestServer()
    let chen = try server.session("chen")
    try await server.run { client in
      for name in ["", ":", "spec:", ":x", "certificate:"] {
        let body =
          #"{"demand":"D-OPEN","changes":{"strictness":{"\#(name)":"none"},"values":[""],"weights":{"\#(name)":3},"record":{"":1}}}"#
        let heard = try await client.call("POST", "/what-if", body, by: chen)
        #expect(heard.status == 200, "\(heard.text)")
      }
    }
  }

  @Test("SQL in any parameter is only text")
  func sql() async throws {
    let server = try TestServer()
    let callers = try ["chen", "hp", "p1", "root"].map(server.session)
    let attack = "%27%3B%20DROP%20TABLE%20entry%3B--%20%27%20OR%20%271%27%3D%271"
    let text = "'; DROP TABLE entry;-- ' OR '1'='1"
    let before = try server.ledger.read { try $0.records(.demand).count }
    let operations = server.server.services.document.operations
    try await server.run { client in
      for caller in callers {
        for operation in operations where operation.method == "GET" {
          let path = operation.path.replacing("{id}", with: attack).replacing(
            "{name}", with: attack)
          var query: [String] = []
          for parameter in operation.parameters where parameter.place == .query {
            query.append("\(parameter.name)=\(attack)")
          }
          for one in query.isEmpty ? [""] : query {
            let heard = try await client.call(
              "GET", path + (one.isEmpty ? "" : "?\(one)"), by: caller)
            #expect(heard.status < 500, "\(operation.id) \(one)")
          }
        }
        for body in [
          #"{"demand":"\#(text)"}"#, #"{"name":"\#(text)","password":"\#(text)"}"#,
          #"{"addressee":"\#(text)","slot":"\#(text)","value":"\#(text)"}"#,
        ] {
          for path in ["/match", "/session", "/answers", "/decisions"] {
            let heard = try await client.call("POST", path, body, by: caller)
            #expect((400..<500).contains(heard.status), "\(path)")
          }
        }
      }
    }
    let heard3 = try server.ledger.read { try $0.records(.demand).count }
    #expect(heard3 == before)
  }

  @Test("sessions and tokens that ended or were made up let nobody in")
  func endedSecrets() async throws {
    let server = try TestServer()
    let chen = try server.session("chen")
    let root = try server.session("root")
    let token = try server.token("li", ["read"])
    let second = try server.session("li")
    try server.ledger.write(by: "setup") { writer in
      try writer.keep(
        KeptToken(
          hash: SecretText.hash("mt_" + String(repeating: "a", count: 64)), account: "chen",
          kind: "token", expires: Instant(milliseconds: 1000),
          body: JSONObject([("scopes", .array([.string("read")]))])))
    }
    try await server.run { client in
      let heard4 = try await client.call("GET", "/session", by: chen)
      #expect(heard4.status == 200)
      let heard5 = try await client.call("DELETE", "/session", by: chen)
      #expect(heard5.status == 204)
      let heard6 = try await client.call("GET", "/session", by: chen)
      #expect(heard6.status == 401)
      for secret in [
        String(repeating: "a", count: 64), "", "x", String(repeating: "'", count: 70),
      ] {
        let expired = try await client.call("GET", "/status", by: Caller(token: "mt_" + secret))
        let cookie = try await client.call("GET", "/status", by: Caller(cookie: secret))
        #expect(expired.status == 401 && cookie.status == 401)
      }
      // A session's secret is no token, and the other way round.
      let heard7 = try await client.call("GET", "/status", by: Caller(token: second.cookie))
      #expect(heard7.status == 401)
      let heard8 = try await client.call("GET", "/status", by: Caller(cookie: token.token))
      #expect(heard8.status == 401)
      let heard9 = try await client.call("GET", "/status", by: token)
      #expect(heard9.status == 200)
      let off = try await client.call("PATCH", "/users/li", #"{"disabled":true}"#, by: root)
      #expect(off.status == 200)
      let heard10 = try await client.call("GET", "/status", by: token)
      #expect(heard10.status == 401)
      let heard11 = try await client.call("GET", "/status", by: second)
      #expect(heard11.status == 401)
    }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: server.folder + "/ledger.db"))
    #expect(bytes.range(of: Data((token.token ?? "none").utf8)) == nil)
  }

  @Test("bodies that are too large, too deep, compressed, doubled or no JSON are refused")
  func bodies() async throws {
    let server = try TestServer { $0.bodyLimit = 10_000 }
    let chen = try server.session("chen")
    let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    let cases: [(String, Int)] = [
      (#"{"demand":"D-OPEN","lang":""# + String(repeating: "x", count: 20_000) + "\"}", 413),
      (#"{"record":{"id":"x","a":\#(deep)}}"#, 400), ("{", 400), ("", 400), ("[]", 400),
      (#"{"demand":"D-OPEN","demand":"D-SEALED"}"#, 400), (#"{"demand":"D-OPEN","other":1}"#, 400),
      (#"{"demand":"D-OPEN","top":1e400}"#, 400), (#"{"demand":"D-OPEN","top":0}"#, 400),
      (#"{"demand":"\u0000"}"#, 400), (#"{"record":{"id":"x"},"demand":"D-OPEN"}"#, 400),
    ]
    try await server.run { client in
      for (body, status) in cases {
        let heard = try await client.call("POST", "/match", body, by: chen)
        #expect(heard.status == status, "\(body.prefix(60))")
        #expect(heard.code != nil)
      }
      let packed = try await client.call(
        "POST", "/match", "x", by: chen, ["Content-Encoding": "gzip"])
      #expect(packed.status == 415)
      let long = try await client.call(
        "GET", "/demands?q=" + String(repeating: "a", count: 9000), by: chen)
      #expect(long.status == 400)
      for query in ["?q=%ff", "?limit=x", "?limit=0", "?nothing=1", "?q=a&q=b", "?cursor=%21"] {
        let heard12 = try await client.call("GET", "/demands" + query, by: chen)
        #expect(heard12.status == 400, "\(query)")
      }
      let heard13 = try await client.call("PUT", "/match", "{}", by: chen)
      #expect(heard13.status == 405)
      let heard14 = try await client.call("PUT", "/match", "{}", by: chen)
      #expect(heard14.headers[.allow] == "POST")
      let heard15 = try await client.call("GET", "/nothing", by: chen)
      #expect(heard15.status == 404)
    }
  }

  @Test("a zip bomb and files that are no lists are refused and not kept")
  func bombs() async throws {
    let server = try TestServer()
    let hp = try server.session("hp")
    let files: [(String, [UInt8])] = [
      ("a.xlsx", ZipBomb.workbook), ("a.xlsx", Array("PK\u{3}\u{4}nonsense".utf8)),
      ("a.xls", [0xD0, 0xCF, 0x11, 0xE0] + [UInt8](repeating: 0, count: 600)), ("a.csv", []),
    ]
    try await server.run { client in
      for (name, bytes) in files {
        let heard = try await client.send(
          "POST", "/api/v1/lists?name=\(name)", bytes, by: hp, type: "application/octet-stream")
        #expect((400..<500).contains(heard.status), "\(name) \(heard.text)")
      }
      let heard16 = try await client.call("GET", "/lists", by: hp)
      #expect(heard16.items.isEmpty)
    }
  }

  @Test(
    "ten thousand wrong passwords: locked after five, hardly anything is hashed, the right one waits too"
  )
  func guessing() async throws {
    let server = try TestServer()
    let password = "correct-horse-battery"
    _ = try server.server.services.accounts.change("chen", password: password, by: "setup")
    try await server.run { client in
      var statuses: [Int: Int] = [:]
      for number in 0..<10_000 {
        let heard = try await client.call(
          "POST", "/session", #"{"name":"chen","password":"wrong\#(number)"}"#)
        statuses[heard.status, default: 0] += 1
        if heard.status == 429 { #expect(heard.headers[.retryAfter] != nil) }
      }
      #expect(statuses[401] == SignInGuard.pairLimit)
      #expect(statuses[429] == 10_000 - SignInGuard.pairLimit)
      let right = try await client.call(
        "POST", "/session", #"{"name":"chen","password":"\#(password)"}"#)
      #expect(right.status == 429)
    }
    #expect(!server.log.text.contains("wrong1"))
  }

  @Test("a right password signs in by a cookie that scripts and other sites do not get")
  func cookie() async throws {
    let server = try TestServer()
    let password = "correct-horse-battery"
    _ = try server.server.services.accounts.change("chen", password: password, by: "setup")
    try await server.run { client in
      let heard = try await client.call(
        "POST", "/session", #"{"name":"chen","password":"\#(password)"}"#)
      #expect(heard.status == 200)
      let cookie = heard.headers[.setCookie] ?? ""
      for word in ["HttpOnly", "SameSite=Strict", "Path=/"] { #expect(cookie.contains(word)) }
      let unknown = try await client.call(
        "POST", "/session", #"{"name":"nobody","password":"\#(password)"}"#)
      let wrong = try await client.call("POST", "/session", #"{"name":"chen","password":"no"}"#)
      #expect(unknown.status == 401 && unknown.text == wrong.text)
      let noPassword = try await client.call("POST", "/session", #"{"name":"li","password":"x"}"#)
      #expect(noPassword.status == 401)
    }
    var settings = server.server.services.settings
    settings.certificate = "cert.pem"
    #expect(SignIn.setCookie("x", settings).contains("Secure"))
  }
}

/// A workbook whose sheet expands to more than any list may.
enum ZipBomb {
  static let workbook: [UInt8] = {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("bomb-\(UUID().uuidString).xlsx")
    defer { try? FileManager.default.removeItem(at: url) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    let script = """
      import sys, zipfile
      z = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)
      z.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
      z.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')
      z.writestr("xl/workbook.xml", '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>')
      z.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
      z.writestr("xl/worksheets/sheet1.xml", b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + b" " * (300 << 20))
      z.close()
      """
    process.arguments = ["-c", script, url.path]
    guard (try? process.run()) != nil else { return [] }
    process.waitUntilExit()
    return (try? Data(contentsOf: url)).map { [UInt8]($0) } ?? []
  }()
}
