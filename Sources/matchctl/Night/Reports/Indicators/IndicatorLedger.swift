import Brokerage
import Ledger
import Matcher

/// What the rates are counted from: valid demands, their twins, and the recorded steps.
///
/// Valid is a demand whose present version is published, also after its last day; drafts, returned and
/// withdrawn ones are in no figure.
package struct IndicatorLedger: Sendable {
  package struct Step: Sendable, Equatable {
    package let seq: Int64
    package let decision: Decision

    package init(seq: Int64, decision: Decision) {
      self.seq = seq
      self.decision = decision
    }
  }

  /// Demands that are kept out, by state.
  package struct LeftOut: Sendable, Equatable {
    package var draft = 0
    package var returned = 0
    package var withdrawn = 0
    package var synthetic = 0

    package init() {}
  }

  /// By id.
  package let demands: [IndicatorDemand]
  package let twins: TwinLinks
  /// In the order they were recorded.
  package let steps: [Step]
  /// By park.
  package let leftOut: [String: LeftOut]

  package init(
    demands: [IndicatorDemand], twins: TwinLinks, steps: [Step], leftOut: [String: LeftOut] = [:]
  ) {
    self.demands = demands.sorted { $0.id < $1.id }
    self.twins = twins
    self.steps = steps.sorted { $0.seq < $1.seq }
    self.leftOut = leftOut
  }

  /// The parks that have published anything, by id.
  package var parks: [String] {
    Set(demands.map(\.park) + leftOut.keys).sorted()
  }

  /// The same, park by park. O(demands + steps).
  var byPark: [String: IndicatorLedger] {
    let park = Dictionary(uniqueKeysWithValues: demands.map { ($0.id, $0.park) })
    let demands = Dictionary(grouping: demands, by: \.park)
    let steps = Dictionary(grouping: steps) { park[$0.decision.demand] }
    return Dictionary(
      uniqueKeysWithValues: parks.map { id in
        (
          id,
          IndicatorLedger(
            demands: demands[id] ?? [], twins: twins, steps: steps[id] ?? [],
            leftOut: leftOut[id].map { [id: $0] } ?? [:])
        )
      })
  }

  /// Figures of one park, or of all together where twins across parks count once.
  ///
  /// - Parameter park: nil for all parks.
  /// - Complexity: O(demands + steps).
  package func figures(
    park: String?, _ range: IndicatorRange, _ policy: IndicatorPolicy
  ) -> IndicatorFigures {
    IndicatorCount(self, park: park, range: range).figures(policy)
  }
}

extension IndicatorLedger {
  /// Reads it out of what a night found. O(demands + entries).
  ///
  /// - Parameters:
  ///   - verdicts: of the demands that were matched, by id.
  ///   - includeSynthetic: also made-up records.
  package init(
    _ data: NightData, verdicts: [String: Verdict], includeSynthetic: Bool
  ) {
    var demands: [IndicatorDemand] = []
    var twins = TwinLinks()
    var leftOut: [String: LeftOut] = [:]
    let standing = data.world.sources.values.filter { data.demands[$0.id] != nil }
    for stored in (standing + data.history.others).sorted(by: { $0.id < $1.id }) {
      let version = stored.version
      let park = version.park ?? ""
      for other in IndicatorLedger.links(version.notes) { twins.link(stored.id, other) }
      if version.record["synthetic"]?.bool == true, !includeSynthetic {
        leftOut[park, default: LeftOut()].synthetic += 1
        continue
      }
      switch version.state {
      case .draft: leftOut[park, default: LeftOut()].draft += 1
      case .returned: leftOut[park, default: LeftOut()].returned += 1
      case .withdrawn: leftOut[park, default: LeftOut()].withdrawn += 1
      case .published:
        let record = RestrictedRecord(version.record)
        demands.append(
          IndicatorDemand(
            id: stored.id, park: park, own: version.own, title: record.title,
            published: data.history.firstPublished[stored.id] ?? stored.at.day(),
            stands: version.stands(on: data.asOf), isRestricted: record.isRestricted,
            verdict: verdicts[stored.id]))
      }
    }
    let steps = data.history.entries("decision").compactMap { entry in
      Decision(entry.json).map { Step(seq: entry.seq, decision: $0) }
    }
    self.init(demands: demands, twins: twins, steps: steps, leftOut: leftOut)
  }

  private static func links(_ notes: JSONObject) -> [String] {
    let value = notes["twin_of"]
    return (value?.array ?? value.map { [$0] } ?? []).compactMap(\.string)
  }
}
