import Matcher

/// Names and numbers of persons, which stand outside the history so that they can be erased.
///
/// A record names its contact by `id`, which says nothing of the person.
package struct Contact: Sendable, Equatable {
  package let id: String
  /// The record it belongs to.
  package let kind: Entry.Kind
  package let subject: String
  /// `name`, `phone`, `email`, `role`, … as stated.
  package let body: JSONObject

  package init(id: String, kind: Entry.Kind, subject: String, body: JSONObject) {
    self.id = id
    self.kind = kind
    self.subject = subject
    self.body = body
  }
}
