extension ResolvedStage {
  /// The stage as it would ask after some changes, each exactly to what the line has.
  ///
  /// What is given up altogether (a spec, a certificate, a place, a budget raised to the price)
  /// becomes information only; a window moves, a lot grows, since other criteria depend on them.
  func relaxed(by changes: [Outcome]) -> ResolvedStage {
    var ask = stage.ask
    for change in changes {
      switch change.criterion {
      case .spec(let key):
        for index in ask.requirements.indices where ask.requirements[index].key == key {
          ask.requirements[index].strictness = .info
        }
      case .certificate(let index): ask.certificates[index].strictness = .info
      case .price: ask.budget?.strictness = .info
      case .place: ask.place?.strictness = .info
      case .lot: ask.quantity = ask.quantity?.relaxed(by: change)
      case .window, .status: ask.window = ask.window?.relaxed(by: change)
      default: break
      }
    }
    return ResolvedStage(self, asking: ask)
  }
}

extension Quantity {
  /// The smallest lot where the demand is too small; else the same amount in several lots.
  fileprivate func relaxed(by change: Outcome) -> Quantity {
    var quantity = self
    if change.message == "lot.below", let limit = change.facts.amount, value != 0 {
      let scale = change.margin.map { limit / (limit + $0) } ?? 1
      quantity.value = value * scale
    } else {
      quantity.strictness = .info
    }
    return quantity
  }
}

extension Window {
  /// The window moved to the day on which the line can start.
  fileprivate func relaxed(by change: Outcome) -> Window {
    guard let days = change.facts.days, let day = change.facts.date else { return self }
    var window = self
    if let start, day < start {
      window.start = day
    } else {
      window.finish = finish.map { $0 + days }
      window.latestStart = latestStart.map { $0 + days }
    }
    return window
  }
}
