import Ledger
import Matcher

/// Contracts as registered: one registration number counts once, whatever it is recorded with.
package struct ContractBook: Sendable {
  package struct Registered: Sendable {
    /// As first recorded; an amount that was told later is filled in.
    package var contract: Decision.Contract
    /// The pair that counts it.
    package let decision: Decision
    /// The entry that first recorded it.
    package let seq: Int64
    /// Further pairs that name the same number.
    package var linked: [(seq: Int64, decision: Decision)] = []
  }

  /// In the order of their entries; a contract without a number stands for itself.
  package private(set) var contracts: [Registered] = []
  private var byNumber: [String: Int] = [:]
  private var byPair: [String: Int] = [:]

  package init() {}

  /// Reads the contracts out of a view of the ledger. O(decisions).
  package static func read(_ reader: LedgerReader, upTo: Int64 = .max) throws -> ContractBook {
    var book = ContractBook()
    for entry in try reader.entries(.decision, upTo: upTo) {
      if let decision = Decision(entry.json), decision.step == .contracted {
        book.add(decision, entry.seq)
      }
    }
    return book
  }

  package mutating func add(_ decision: Decision, _ seq: Int64) {
    let contract = decision.contract ?? Decision.Contract()
    let number = contract.number.map(ContractBook.key)
    // Without a number, a pair has one contract: recording it again corrects it.
    let place = number.map { byNumber[$0] } ?? byPair[decision.pairKey]
    guard let place else {
      contracts.append(Registered(contract: contract, decision: decision, seq: seq))
      if let number {
        byNumber[number] = contracts.count - 1
        // A number that is told later belongs to the contract that was recorded without one.
        if let open = byPair[decision.pairKey] {
          contracts.removeLast()
          contracts[open].fill(contract)
          byNumber[number] = open
          byPair[decision.pairKey] = nil
        }
      } else {
        byPair[decision.pairKey] = contracts.count - 1
      }
      return
    }
    if contracts[place].decision.pairKey == decision.pairKey {
      contracts[place].fill(contract)
    } else {
      // Another pair fills in what is unknown and changes nothing.
      var filled = contracts[place]
      filled.contract = contract
      filled.fill(contracts[place].contract)
      filled.contract.number = contracts[place].contract.number
      filled.linked.append((seq, decision))
      contracts[place] = filled
    }
  }

  /// The contract that counts a number; nil for a new one.
  package func registered(_ number: String) -> Registered? {
    byNumber[ContractBook.key(number)].map { contracts[$0] }
  }

  /// A number as it is compared: without blanks, in capitals, full-width signs narrow.
  static func key(_ number: String) -> String {
    let narrow = number.unicodeScalars.map { scalar -> Character in
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      return isWide
        ? Character(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar) : Character(scalar)
    }
    return String(narrow.filter { !$0.isWhitespace }).uppercased()
  }
}

extension ContractBook.Registered {
  /// What was told later takes the place of what was unknown or told before.
  mutating func fill(_ later: Decision.Contract) {
    contract.number = contract.number ?? later.number
    contract.kind = later.kind ?? contract.kind
    contract.date = later.date ?? contract.date
    contract.amount = later.amount ?? contract.amount
    contract.technologyAmount = later.technologyAmount ?? contract.technologyAmount
    contract.evidence = later.evidence ?? contract.evidence
  }
}
