import Testing

@testable import Server

// What this proves:
// 1. The access table is what is written here a second time, cell by cell.
// 2. Every action has a row, and every operation of the document names an action with a handler.
// 3. Each cell holds over HTTP: a role that is refused hears 403, and no other role does.
// 4. A token reaches no further than its scopes.

@Suite("Who may do what")
struct AccessTableTests {
  /// broker, park operator, platform operator, planner, administrator: - none, o own, g given, a all.
  static let expected: [(Action, String)] = [
    (.readSession, "aaaaa"), (.closeSession, "aaaaa"), (.changePassword, "ooooo"),
    (.readStatus, "aaaaa"), (.readPolicy, "aaaaa"), (.manageUsers, "----a"),
    (.readParks, "ao-aa"), (.changeParks, "----a"), (.readLists, "-o---"),
    (.writeLists, "-o---"), (.publishLists, "-o---"), (.readDemands, "ao-aa"),
    (.lookAtDemands, "go---"), (.readDemandHistory, "go---"), (.changeDemands, "-o---"),
    (.assignDemands, "-o--a"), (.matchStored, "ao---"), (.match, "ao---"),
    (.readPlatforms, "aaoaa"), (.changePlatforms, "--o-a"), (.readInbox, "--o--"),
    (.readQuestions, "goo--"), (.writeQuestions, "g----"), (.readAnswers, "goo--"),
    (.writeAnswers, "g-o--"), (.readDecisions, "go---"), (.writeDecisions, "g----"),
    (.readTodo, "o----"), (.readRuns, "aaaaa"), (.startRuns, "----a"), (.readChanges, "ao-a-"),
    (.readReports, "oooaa"), (.readGaps, "aa-aa"), (.readRegistry, "aaaaa"),
  ]
  static let roles: [Role] = [
    .broker, .parkOperator, .platformOperator, .planner, .administrator,
  ]

  @Test("each cell of the table is what it should be", arguments: expected.indices)
  func cells(place: Int) {
    let (action, cells) = Self.expected[place]
    let letters = Self.roles.map { role -> Character in
      switch AccessTable.reach(role, action) {
      case .none: "-"
      case .own: "o"
      case .given: "g"
      case .all: "a"
      }
    }
    #expect(String(letters) == cells, "\(action.rawValue)")
  }

  @Test("every action has one row, but for those that need no account")
  func complete() {
    let rows = Set(AccessTable.rows.map(\.action))
    #expect(rows.count == AccessTable.rows.count)
    #expect(rows == Set(Action.allCases).subtracting([.open, .openSession]))
    #expect(Set(Self.expected.map(\.0)) == rows)
  }

  @Test("every operation of the document has a handler, and every handler an operation")
  func handlers() throws {
    let server = try TestServer()
    let operations = server.server.services.document.operations
    #expect(Set(operations.map(\.id)) == Set(Server.handlers.keys))
    #expect(operations.count == Set(operations.map(\.id)).count)
    for operation in operations where operation.isPublic {
      #expect([.open, .openSession].contains(operation.action), "\(operation.id)")
    }
  }

  @Test("a role that is refused hears 403 and no other does")
  func overHTTP() async throws {
    let server = try TestServer()
    let callers = try [("chen", 0), ("hp", 1), ("p1", 2), ("plan", 3), ("root", 4)].map {
      (Self.roles[$0.1], try server.session($0.0))
    }
    let operations = server.server.services.document.operations
    try await server.run { client in
      for operation in operations where !operation.isPublic && operation.id != "signOut" {
        let path = operation.path.replacing("{id}", with: "none").replacing("{token}", with: "none")
          .replacing("{name}", with: "none")
        for (role, caller) in callers {
          // The body fits nothing, so that what is allowed goes no further.
          let body = operation.body == nil ? nil : "[]"
          let heard = try await client.call(
            operation.method, path, body, by: caller,
            type: operation.body?.mediaType ?? "application/json")
          var isRefused = false
          if case .none = AccessTable.reach(role, operation.action) { isRefused = true }
          #expect((heard.status == 403) == isRefused, "\(operation.id) \(role)")
        }
        let nobody = try await client.call(operation.method, path)
        #expect(nobody.status == 401, "\(operation.id)")
      }
    }
  }

  @Test("a token reaches no further than its scopes")
  func scopes() async throws {
    let server = try TestServer()
    let (reader, matcher) = (
      try server.token("chen", ["read"]), try server.token("chen", ["match"])
    )
    let user = try server.token("chen", ["users", "read"])
    try await server.run { client in
      let heard1 = try await client.call("GET", "/demands", by: reader)
      #expect(heard1.status == 200)
      let body = #"{"demand":"D-OPEN"}"#
      let heard2 = try await client.call("POST", "/match", body, by: reader)
      #expect(heard2.status == 403)
      let heard3 = try await client.call("POST", "/match", body, by: matcher)
      #expect(heard3.status == 200)
      let heard4 = try await client.call("GET", "/demands", by: matcher)
      #expect(heard4.status == 403)
      // A scope adds nothing to a role.
      let heard5 = try await client.call("GET", "/users", by: user)
      #expect(heard5.status == 403)
      let heard6 = try await client.call("DELETE", "/session", by: reader)
      #expect(heard6.status == 403)
    }
  }
}
