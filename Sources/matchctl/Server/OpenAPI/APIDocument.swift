import Foundation
import Matcher

/// The API's description (`Corpus/schema/openapi-1.json`): what the server routes and checks by.
struct APIDocument: Sendable {
  static let root = "/api/v1"

  let json: JSONValue
  /// As it is served.
  let bytes: [UInt8]
  let operations: [Operation]
  let check: SchemaCheck

  struct Unusable: Error, CustomStringConvertible {
    let description: String
  }

  /// - Parameter bytes: the document; every operation must name an action of the access table.
  init(_ bytes: [UInt8]) throws {
    let json = try JSONParser.parse(bytes)
    self.json = json
    self.bytes = bytes
    let components = json.object?["components"]?.object
    let schemas = components?["schemas"]?.object?.members ?? []
    check = SchemaCheck(
      named: Dictionary(schemas.map { ($0.name, Schema($0.value)) }) { first, _ in first })
    let shared = components?["parameters"]?.object ?? JSONObject()
    var operations: [Operation] = []
    for path in json.object?["paths"]?.object?.members ?? [] {
      for method in path.value.object?.members ?? [] {
        guard let object = method.value.object else { continue }
        operations.append(
          try APIDocument.operation(method.name.uppercased(), path.name, object, shared))
      }
    }
    self.operations = operations
  }

  private static func operation(
    _ method: String, _ path: String, _ object: JSONObject, _ shared: JSONObject
  ) throws -> Operation {
    guard let id = object["operationId"]?.string,
      let action = object["x-action"]?.string.flatMap(Action.init)
    else { throw Unusable(description: "\(method) \(path): no operationId or no known x-action") }
    let parameters = try (object["parameters"]?.array ?? []).map { value in
      let named = value.object?["$ref"]?.string.flatMap { $0.split(separator: "/").last }
      return try parameter(named.flatMap { shared[String($0)] } ?? value, id)
    }
    let answers = answers(object)
    let success = answers.keys.filter { (200..<300).contains($0) }.min() ?? 200
    return Operation(
      id: id, method: method, path: path, action: action,
      isPublic: object["security"]?.array?.isEmpty ?? false, parameters: parameters,
      body: body(object), success: (success, answers[success] ?? nil), answers: answers,
      isRepeatable: parameters.contains { $0.name == "Idempotency-Key" }, isWrite: method != "GET",
      isLong: isLong(object))
  }

  private static func parameter(
    _ value: JSONValue, _ operation: String
  ) throws -> Operation.Parameter {
    guard let object = value.object, let name = object["name"]?.string,
      let place = object["in"]?.string.flatMap(Operation.Parameter.Place.init)
    else { throw Unusable(description: "\(operation): a parameter cannot be read") }
    return Operation.Parameter(
      name: name, place: place, isRequired: object["required"]?.bool ?? false,
      schema: Schema(object["schema"] ?? .null))
  }

  private static func body(_ object: JSONObject) -> Operation.Body? {
    guard let content = object["requestBody"]?.object?["content"]?.object?.members.first else {
      return nil
    }
    return Operation.Body(
      mediaType: content.name, schema: Schema(content.value.object?["schema"] ?? .null))
  }

  private static func isLong(_ object: JSONObject) -> Bool {
    (object["responses"]?.object?.members ?? []).contains {
      $0.value.object?["content"]?.object?["text/event-stream"] != nil
    }
  }

  private static func answers(_ object: JSONObject) -> [Int: Schema?] {
    var answers: [Int: Schema?] = [:]
    for answer in object["responses"]?.object?.members ?? [] {
      guard let status = Int(answer.name) else { continue }
      let content = answer.value.object?["content"]?.object?["application/json"]
      answers.updateValue(content?.object?["schema"].map(Schema.init), forKey: status)
      if answer.value.object?["$ref"] != nil {
        answers.updateValue(
          Schema(.object(JSONObject([("$ref", .string("#/components/schemas/Error"))]))),
          forKey: status)
      }
    }
    return answers
  }
}
