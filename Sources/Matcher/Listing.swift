/// Which of a stage's ranked pairs are listed: takes them in ranking order, and has a pair evaluated only
/// when it is listed.
package struct Listing {
  /// How many bare leads are listed where there is nothing else.
  static let leads = 5

  private let options: MatchOptions
  /// The pairs that are listed, in ranking order.
  package private(set) var matches: [Evaluation] = []
  /// Pairs that stand behind them.
  package private(set) var unlisted = 0
  /// Bare leads that were left out, as the options say.
  package private(set) var folded = 0
  private var first: [Evaluation] = []

  package init(_ options: MatchOptions) {
    self.options = options
  }

  /// - Parameters:
  ///   - isBare: whether nothing but the service is known of the pair, as `Evaluation.isBareLead`.
  ///   - evaluate: gives the pair; nil leaves it out.
  package mutating func add(isBare: Bool, _ evaluate: () -> Evaluation?) {
    if options.foldsLeads, isBare {
      folded += 1
      guard matches.isEmpty, folded <= Listing.leads, let lead = evaluate() else { return }
      first.append(lead)
    } else if matches.count < options.top {
      guard let match = evaluate() else { return }
      matches.append(match)
    } else if options.ranksAll {
      unlisted += 1
    }
  }

  /// To be called after the last pair: where there are none but bare leads, the first of them are listed.
  package mutating func end() {
    guard matches.isEmpty, !first.isEmpty else { return }
    matches = Array(first.prefix(options.top))
    unlisted = first.count - matches.count
    folded -= first.count
  }
}

extension Evaluation {
  /// A lead of which nothing but the service and the likeness of words is known.
  public var isBareLead: Bool {
    judgment.group == 4
      && !outcomes.contains {
        $0.weight > 0 && $0.isKnown && $0.criterion != .service && $0.criterion != .text
      }
  }
}
