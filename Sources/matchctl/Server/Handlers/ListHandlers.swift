import Foundation
import Ledger
import Matcher
import Publishing
import RecordFiles
import TableFiles

/// Lists of a park: upload, correction, mapping, review, publishing.
enum ListHandlers {
  static let all: [String: Handler] = [
    "uploadList": upload, "lists": lists, "list": list, "discardList": discard, "listRows": rows,
    "correctRow": correct, "mapColumns": map, "submitList": submit, "publishList": publish,
    "returnedList": returned, "listNotices": notices,
  ]

  private static func require(_ call: Call, _ services: Services) throws -> KeptList {
    guard let list = services.lists.list(call.id, park: try call.principal.park) else {
      throw APIError.notFound
    }
    return list
  }

  private static func shown(
    _ list: KeptList, _ call: Call, _ services: Services
  ) async throws -> Reply {
    let reading = try await services.readings.reading(list, call, services.lists)
    return .json(ListView(call, list, reading).json)
  }

  /// Changes a draft; what was published stays as it was.
  private static func change(
    _ call: Call, _ services: Services, _ edit: @escaping @Sendable (inout KeptList) throws -> Void
  ) async throws -> KeptList {
    let before = try require(call, services)
    let id = before.id
    let list = try await Blocking.run {
      try services.lists.change(id) { list in
        guard list.state != .published else {
          throw APIError(
            .conflict, "the list is published", hint: "upload it again to change it")
        }
        try edit(&list)
      }
    }
    guard let list else { throw APIError.notFound }
    return list
  }

  // MARK: upload and reading

  private static func upload(_ call: Call, _ services: Services) async throws -> Reply {
    let principal = try call.principal
    guard let park = principal.park, call.word("park") ?? park == park else {
      throw APIError.notFound
    }
    let name = (call.word("name") ?? "").split(whereSeparator: { "/\\".contains($0) }).last
    guard !call.bytes.isEmpty, let name else {
      throw APIError(.unusable, "the list is empty", hint: "send the file's bytes as the body")
    }
    let list = KeptList(
      id: String(SecretText.random().prefix(24)), park: park, name: String(name),
      bytes: call.bytes, by: principal.name, at: call.now, received: call.standing.asOf)
    let (tools, asOf, language) = (call.standing.tools, call.standing.asOf, call.language)
    // A file that cannot be read is refused before it is kept.
    let reading = try await Blocking.run {
      let reading = try ListReading.read(
        call.bytes, list, tools: tools, asOf: asOf, language: language)
      try services.lists.add(call.bytes, list)
      return reading
    }
    return .json(ListView(call, list, reading).json)
  }

  private static func lists(_ call: Call, _ services: Services) async throws -> Reply {
    guard let park = try call.principal.park else { throw APIError.notFound }
    let lists = try await Blocking.run { try services.lists.lists(of: park) }
    var items: [JSONValue] = []
    for list in lists.prefix(100) {
      try Blocking.check()
      guard let reading = try? await services.readings.reading(list, call, services.lists) else {
        continue
      }
      items.append(.object(ListView(call, list, reading).json))
    }
    return .json(try Page.of(items, call))
  }

  private static func list(_ call: Call, _ services: Services) async throws -> Reply {
    try await shown(require(call, services), call, services)
  }

  private static func discard(_ call: Call, _ services: Services) async throws -> Reply {
    let list = try require(call, services)
    guard list.state != .published else {
      throw APIError(.conflict, "the list is published", hint: "withdraw its demands instead")
    }
    try await Blocking.run { services.lists.remove(list.id) }
    return .none
  }

  private static func rows(_ call: Call, _ services: Services) async throws -> Reply {
    let list = try require(call, services)
    let reading = try await services.readings.reading(list, call, services.lists)
    let view = ListView(call, list, reading)
    let action = call.word("action").flatMap(ListRow.Action.init)
    let rows = reading.rows.filter { action == nil || $0.action == action }
    let keys = rows.indices.map { Page.number($0) }
    return .json(
      try Page.of(keys, call) { key in
        Int(key).flatMap { rows.indices.contains($0) ? view.row(rows[$0]) : nil }
      })
  }

  private static func notices(_ call: Call, _ services: Services) async throws -> Reply {
    let list = try require(call, services)
    let reading = try await services.readings.reading(list, call, services.lists)
    return .json(try Page.of(ListView(call, list, reading).notices, call))
  }

  private static func returned(_ call: Call, _ services: Services) async throws -> Reply {
    let list = try require(call, services)
    let reading = try await services.readings.reading(list, call, services.lists)
    let (corpus, language) = (call.standing.corpus, call.language)
    let bytes = try await Blocking.run {
      do {
        var returned = ReturnedList(corpus: corpus, language: language)
        for row in reading.rows { returned.take(row) }
        return try returned.write(services.lists.bytes(list.id), name: list.name)
      } catch let error as CommandError {
        throw APIError(
          .conflict, error.description, hint: "read its rows instead, GET /lists/{id}/rows")
      }
    }
    return .file(bytes, type: FileType.bytes, name: list.name)
  }

  // MARK: correction

  private static func correct(_ call: Call, _ services: Services) async throws -> Reply {
    guard let row = call["row"]?.number.flatMap({ Int(exactly: $0) }) else {
      throw APIError.invalid("row: got nothing, expected a number")
    }
    let sheet = call.text("sheet")
    let corrections = (call["cells"]?.array ?? []).compactMap { value -> CellCorrection? in
      guard let column = value.object?["column"]?.number.flatMap({ Int(exactly: $0) }),
        let text = value.object?["text"]?.string
      else { return nil }
      return CellCorrection(sheet: sheet, row: row, column: column, text: text)
    }
    let before = try await services.readings.reading(
      require(call, services), call, services.lists)
    guard before.cells[ListReading.key(sheet, row)] != nil else { throw APIError.notFound }
    let list = try await change(call, services) { list in
      list.correct(corrections)
      list.state = .draft
    }
    let reading = try await services.readings.reading(list, call, services.lists)
    let found = reading.rows.first { $0.number == row && $0.sheet == sheet }
    guard let found else { throw APIError.notFound }
    return .json(ListView(call, list, reading).row(found))
  }

  private static func map(_ call: Call, _ services: Services) async throws -> Reply {
    let columns = (call["columns"]?.array ?? []).compactMap { value in
      value.object?["heading"]?.string.map { ($0, value.object?["field"]?.string) }
    }
    let asOf = call.standing.asOf
    let list = try await change(call, services) { list in
      for column in columns {
        list.columns.removeAll { $0.heading == column.0 }
        list.columns.append((heading: column.0, field: column.1))
      }
      list.state = .draft
      _ = try ListReading.options(list, asOf: asOf)
    }
    return try await shown(list, call, services)
  }

  // MARK: publishing

  private static func submit(_ call: Call, _ services: Services) async throws -> Reply {
    let name = try call.principal.name
    let list = try await change(call, services) { list in
      list.state = .submitted
      list.submittedBy = name
    }
    return try await shown(list, call, services)
  }

  private static func publish(_ call: Call, _ services: Services) async throws -> Reply {
    let list = try require(call, services)
    let isDry = call["dry_run"]?.bool ?? false
    let name = try call.principal.name
    if !isDry { try checkReview(list, name, call) }
    let job = PublishJob(call, list, isDry: isDry)
    return .work { progress in
      let difference = try await job.run(services, by: name, progress)
      if !isDry {
        _ = try await Blocking.run { try services.lists.change(list.id) { $0.state = .published } }
      }
      return .object(difference)
    }
  }

  /// Where a park asks for a second pair of eyes, whoever filled a list in does not publish it.
  private static func checkReview(_ list: KeptList, _ name: String, _ call: Call) throws {
    guard call.standing.parks[list.park]?.needsReview ?? false else { return }
    guard list.state == .submitted, let submitter = list.submittedBy, submitter != name else {
      throw APIError(
        .conflict, "this park publishes a list only when a second person has looked at it",
        hint: "submit it, and let a colleague publish it")
    }
  }
}
