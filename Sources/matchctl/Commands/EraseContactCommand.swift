import ArgumentParser
import Foundation
import Ledger
import Matcher
import RecordFiles

/// Forgets a person.
struct EraseContactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase-contact",
    abstract: "Remove a person's name, phone and address for good, without changing the history.",
    discussion: """
      The person is found by the contact's id, a name, a phone number or an e-mail address. The bytes are removed from
      the ledger's file and its log; the history gains an entry that names nobody.
      """)

  @Argument(help: "A contact's id, a name, a phone number or an e-mail address.") var person: String
  @Flag(help: "Also where several contacts are found.") var all = false
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func run() throws {
    let corpus = try corpusOptions.load()
    let who = try ledger.who()
    let opened = try ledger.open()
    let found = try opened.contacts(naming: person)
    guard !found.isEmpty else {
      throw CommandError.input(
        "no contact with that id, name, number or address; nothing was changed")
    }
    if found.count > 1, !all {
      let list = found.map { "\($0.id) (\($0.subject))" }.joined(separator: ", ")
      Output.error(text(corpus, "erase.several", ["count": "\(found.count)", "list": list]))
      throw CommandError.input(
        "several contacts fit, nothing was changed; name one by its id, or erase them all with --all"
      )
    }
    let erased = try opened.erase(found, by: who)
    Output.line(text(corpus, "erase.done", ["count": "\(erased.contacts.count)"]))
    if !erased.left.isEmpty {
      let list = erased.left.prefix(20).map { "\($0)" }.joined(separator: ", ")
      Output.error(text(corpus, "erase.left", ["list": list]))
    }
    Output.error(text(corpus, "erase.copies"))
  }

  private func text(_ corpus: Corpus, _ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, languages.language, values)
  }
}
