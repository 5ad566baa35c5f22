import Ledger
import Matcher
import MatcherIndex

/// What is listed otherwise than in the run before, and why.
enum NightDifference {
  /// In the order of pairs.
  ///
  /// - Complexity: O(listed pairs) to compare; O(changes² ) judgments for a pair that changed, where
  ///   `changes` is how many members of its two records are others.
  static func changes(
    _ deltas: [PairDelta], _ frame: CauseFinder.Frame, _ workers: Workers,
    progress: @escaping @Sendable (Int) -> Void
  ) -> [NightChange] {
    let found = InOrder<NightChange>()
    workers.ordered(
      deltas.count, chunk: 64, state: { CauseFinder(frame) },
      work: { range, finder in range.map { finder.change(deltas[$0]) } },
      emit: { part in
        found.add(part)
        progress(found.values.count * 100 / max(1, deltas.count))
        return true
      })
    return found.values
  }
}

extension NightChange {
  package var json: JSONObject {
    JSONObject(stating: [
      ("type", .string("change")), ("kind", .string(kind.rawValue)),
      ("demand", .string(pair.demand)), ("stage", pair.stage.map { .string($0) }),
      ("platform", .string(platform)), ("line", .string(pair.line)),
      ("before", before.map { .object($0.json) }), ("after", after.map { .object($0.json) }),
      ("causes", .array(causes.map { .object($0.json) })),
    ])
  }
}

extension NightStanding {
  var json: JSONObject {
    JSONObject(stating: [
      ("verdict", .string(verdict.rawValue)), ("group", .integer(group)),
      ("rank", rank > 0 ? .integer(rank) : nil),
    ])
  }
}

extension NightCause {
  /// As `json` writes it; nil where it names no kind.
  package init?(_ json: JSONObject) {
    guard let kind = json["kind"]?.string.flatMap(Kind.init) else { return nil }
    self.init(
      kind, side: json["side"]?.string.flatMap(Side.init), record: json["record"]?.string,
      field: json["field"]?.string,
      seq: json["entry"]?.number.flatMap { Int64(exactly: $0) },
      criterion: json["criterion"]?.string)
  }

  /// Without what a restricted demand's record would tell: which of its members changed.
  package var withoutField: NightCause {
    NightCause(kind, side: side, record: record, seq: seq)
  }

  package var json: JSONObject {
    JSONObject(stating: [
      ("kind", .string(kind.rawValue)), ("side", side.map { .string($0.rawValue) }),
      ("record", record.map { .string($0) }), ("field", field.map { .string($0) }),
      ("entry", seq.map { .integer(Int($0)) }), ("criterion", criterion.map { .string($0) }),
    ])
  }
}
