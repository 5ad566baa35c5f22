import Ledger
import Matcher

/// A run as reports see it: without made-up records, unless they are asked for, and with what all
/// reports share counted once.
struct ReportView: Sendable {
  /// One stage of a demand that is reported on.
  struct Stage: Sendable {
    let stage: NightStage
    let demand: Demand
    /// The best of the lines that are reported on.
    let verdict: Verdict
    /// Without made-up lines.
    let matches: [NightMatch]
    /// Where nothing is even close: the pairs that do not fit, closest first.
    let closest: [NightMatch]
  }

  let data: NightData
  let options: ReportOptions
  let stages: [Stage]
  let changes: [NightChange]
  let ledger: IndicatorLedger
  let book: PeriodBook
  /// By demand: not for everybody, or a part of it is not.
  let restricted: Set<String>
  /// Demands that no longer stand and are not for everybody.
  private let goneClosed: Set<String>
  /// Records that were left out because they are made up.
  let syntheticDemands: Int
  let syntheticPlatforms: Int

  init(_ data: NightData, _ options: ReportOptions) {
    self.data = data
    self.options = options
    let all = options.includesSynthetic
    let madeUp = Set(data.world.platforms.filter { $0.synthetic && !all }.map(\.id))
    stages = data.stages.compactMap { stage in
      guard let demand = data.demands[stage.demand], all || !demand.synthetic else { return nil }
      let matches = stage.matches.filter { !madeUp.contains($0.platform) }
      let isWhole = madeUp.isEmpty || matches.count == stage.matches.count
      // Counts hold made-up lines too; what is listed says which verdict the others reach.
      let verdict = isWhole ? stage.verdict : matches.map(\.verdict).max() ?? .conflict
      return Stage(
        stage: stage, demand: demand, verdict: verdict, matches: matches,
        closest: stage.closest.filter { !madeUp.contains($0.platform) })
    }
    let isShown = Set(stages.map(\.demand.id))
    let gone = data.history.others.map { ($0.id, $0.version.record) }
    let goneMadeUp = Set(gone.filter { !all && $1["synthetic"]?.bool == true }.map(\.0))
    goneClosed = Set(gone.filter { !RestrictedRecord($1).isOpen }.map(\.0))
    changes = data.changes.filter { change in
      guard !madeUp.contains(change.platform) else { return false }
      let id = change.pair.demand
      return data.demands[id] == nil ? !goneMadeUp.contains(id) : isShown.contains(id)
    }
    let verdicts: [String: Verdict] = stages.reduce(into: [:]) { out, stage in
      out[stage.demand.id] = min(out[stage.demand.id] ?? .full, stage.verdict)
    }
    ledger = IndicatorLedger(data, verdicts: verdicts, includeSynthetic: all)
    book = PeriodBook(data, ledger: all ? nil : ledger, verdicts: verdicts)
    let records = Array(data.world.sources.values) + data.history.others
    restricted = Set(
      records.filter { RestrictedRecord($0.version.record).isRestricted }.map(\.id))
    syntheticDemands = data.world.demands.count { $0.synthetic }
    syntheticPlatforms = data.world.platforms.count { $0.synthetic }
  }

  /// Demands that stand on the day, twins once.
  var standing: [IndicatorGroup] {
    ledger.twins.groups(ledger.demands.filter(\.stands))
  }

  /// Whether whoever opens a report may read that a demand exists, with its title.
  func isOpen(_ demand: Demand) -> Bool { demand.visibility == .everyone }

  /// The same of one that may no longer stand.
  func isOpen(demand id: String) -> Bool {
    data.demands[id].map(isOpen) ?? !goneClosed.contains(id)
  }

  var platforms: [Platform] {
    options.includesSynthetic
      ? data.world.platforms : data.world.platforms.filter { !$0.synthetic }
  }

  /// How a park calls itself; its id without an entry.
  var parkNames: [String: String] {
    data.history.entries(Entry.Kind.park.rawValue).reduce(into: [:]) { names, entry in
      let body = entry.json?.object
      let name = body?["name"] ?? body?["record"]?.object?["name"]
      names[entry.subject] = name?.string ?? names[entry.subject]
    }
  }
}

extension PeriodBook {
  /// The book of a run: never with made-up records, whatever else is shown.
  init(_ data: NightData, ledger: IndicatorLedger?, verdicts: [String: Verdict]) {
    let counted =
      ledger ?? IndicatorLedger(data, verdicts: verdicts, includeSynthetic: false)
    self.init(
      ledger: counted, policy: data.corpus.indicators,
      closed: data.history.entries(Entry.Kind.period.rawValue).compactMap {
        PeriodFigures($0.json)
      },
      run: data.run, asOf: data.asOf)
  }
}
