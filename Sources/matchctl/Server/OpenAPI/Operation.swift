import Matcher

/// One operation of the API's document.
struct Operation: Sendable {
  struct Parameter: Sendable {
    enum Place: String, Sendable {
      case path, query, header
    }

    let name: String
    let place: Place
    let isRequired: Bool
    let schema: Schema
  }

  struct Body: Sendable {
    let mediaType: String
    let schema: Schema
  }

  let id: String
  /// `GET`, ….
  let method: String
  /// Below the API's root, such as `/demands/{id}`.
  let path: String
  let action: Action
  let isPublic: Bool
  let parameters: [Parameter]
  let body: Body?
  /// The status of success with the schema of its JSON, if it has any.
  let success: (status: Int, schema: Schema?)
  /// The schemas of JSON answers by status.
  let answers: [Int: Schema?]
  /// Whether it may be repeated under a key and give the first answer.
  let isRepeatable: Bool
  let isWrite: Bool
  /// Whether it may say how far it is, as server-sent events.
  let isLong: Bool
}
