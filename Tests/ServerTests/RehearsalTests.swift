import Foundation
import HummingbirdTesting
import Matcher
import MatcherTestSupport
import Synchronization
import Testing

@testable import Ledger
@testable import Server

// What this proves:
// 1. Before the server listens, every kind of request that ranks lines was answered once, as requests are:
//    nothing on their way is left to be made by the first who asks.
// 2. Rehearsing leaves no trace: no entry, no log line, no count.
// 3. A server without records rehearses too, and serves.

@Suite("Rehearsal before the first request")
struct RehearsalTests {
  private static let kinds: Set<String> = [
    "match", "whatIf", "explain", "letter", "compare", "demandMatches",
  ]

  @Test("every operation that ranks is answered before the address is told")
  func all() async throws {
    let server = try TestServer()
    #expect(await server.server.rehearse() == Self.kinds)
    // A new one of the kind must be rehearsed too.
    let ranking: Set<Action> = [.match, .matchStored]
    let documented = server.server.services.document.operations.filter {
      ranking.contains($0.action)
    }
    #expect(Set(documented.map(\.id)) == Self.kinds)
  }

  @Test("each is answered with a body the document accepts, by the handler that serves")
  func throughTheSameHandlers() async throws {
    let seen = Seen()
    let own = try #require(Server.handlers["match"])
    let server = try TestServer(handlers: [
      "match": { call, services in
        seen.add()
        #expect(call.body.object?.members.isEmpty == false)
        return try await own(call, services)
      }
    ])
    #expect(await server.server.rehearse().contains("match"))
    #expect(seen.value >= 2 * Language.allCases.count)
  }

  @Test("nothing is written, logged or counted")
  func noTrace() async throws {
    let server = try TestServer()
    let (seq, log) = (try server.ledger.read { try $0.lastSeq() }, server.log.text)
    let counts = server.server.services.metrics.text
    await server.server.rehearse()
    #expect(try server.ledger.read { try $0.lastSeq() } == seq)
    #expect(server.log.text == log)
    #expect(server.server.services.metrics.text == counts)
    #expect(server.server.services.standings.acquire().generation == seq)
  }

  @Test("a server without records rehearses what needs none")
  func empty() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("server-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let ledger = try Ledger(creating: folder + "/ledger.db")
    let settings = ServerSettings(lists: folder + "/lists", corpusFolder: CorpusFiles.root.path)
    let server = try Server(ledger, corpus: TestCorpus.shared, settings: settings)
    #expect(await server.rehearse() == ["match", "whatIf"])
    try ledger.close()
  }
}

/// How often something was seen.
private final class Seen: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }
  func add() { count.withLock { $0 += 1 } }
}
