import Foundation
import GRDB
import Matcher

/// What became of erasing a person.
package struct LedgerErasure: Sendable, Equatable {
  /// Contacts that were removed.
  package let contacts: [Contact]
  /// Entries in whose text a removed name, number or address still stands; history cannot be changed.
  package let left: [Int64]
}

extension Ledger {
  /// The contacts that an id, a name, a phone number or an address names, by id.
  ///
  /// Names and addresses compare without blanks and case, phone numbers by their digits.
  package func contacts(naming text: String) throws -> [Contact] {
    try read { reader in
      try reader.allContacts().filter { $0.id == text || $0.names(text) }
    }
  }

  /// Removes contacts for good: out of the tables, out of the pages of the file and out of the
  /// write-ahead log. The history gains an entry that says so without a word about the person.
  ///
  /// - Throws: `LedgerError`, `.busy` while another program reads: then the rows are gone, and the
  ///   bytes go with the next call.
  package func erase(_ contacts: [Contact], by who: String) throws -> LedgerErasure {
    try write(by: who) { writer in
      for contact in contacts { try writer.removeContact(contact.id) }
      let subjects = Set(contacts.map(\.subject)).sorted()
      for contact in contacts {
        try writer.append(
          .erasure, contact.id,
          JSONObject([
            ("kind", .string(contact.kind.rawValue)), ("subject", .string(contact.subject)),
            ("records", .integer(subjects.count)),
          ]))
      }
    }
    try scrub()
    return LedgerErasure(contacts: contacts, left: try entries(holding: contacts))
  }

  /// Writes the file anew without what was deleted and empties the write-ahead log.
  package func scrub() throws {
    try LedgerError.wrapping(path) {
      pool.releaseMemory()
      try pool.vacuum()
      try pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    }
  }

  private func entries(holding contacts: [Contact]) throws -> [Int64] {
    let texts = contacts.flatMap(\.texts).filter { $0.count >= 2 }
    guard !texts.isEmpty else { return [] }
    return try read { reader in
      var found: [Int64] = []
      try reader.forEachEntry { entry in
        if texts.contains(where: { entry.body.contains($0) || entry.who == $0 }) {
          found.append(entry.seq)
        }
      }
      return found
    }
  }
}

extension Contact {
  /// The values that name the person: not the role.
  fileprivate var texts: [String] {
    body.members.filter { $0.name != "role" && $0.name != "title" }.compactMap(\.value.string)
      .filter { !$0.isEmpty }
  }

  fileprivate func names(_ text: String) -> Bool {
    let wanted = Contact.folded(text)
    let digits = Contact.digits(text)
    return texts.contains { value in
      (!wanted.isEmpty && Contact.folded(value) == wanted)
        || (digits.count >= 7 && Contact.digits(value).hasSuffix(digits))
    }
  }

  private static func folded(_ text: String) -> String {
    text.filter { !$0.isWhitespace }.lowercased()
  }

  private static func digits(_ text: String) -> String {
    let digits = text.filter { $0.isNumber && $0.isASCII }
    return digits.hasPrefix("86") && digits.count > 11 ? String(digits.dropFirst(2)) : digits
  }
}
