import Ledger
import Matcher
import MatcherIndex

/// What is listed otherwise than in the run before, and why.
enum NightDifference {
  /// In the order of pairs.
  ///
  /// - Parameter deltas: in that order.
  /// - Complexity: O(listed pairs) to compare; O(changes² ) judgments for a pair that changed, where
  ///   `changes` is how many members of its two records are others. Each version of a record is read
  ///   once for all pairs in which it stands.
  static func changes(
    _ deltas: [PairDelta], _ frame: CauseFinder.Frame, _ workers: Workers,
    progress: @escaping @Sendable (Int) -> Void
  ) -> [NightChange] {
    let order = order(deltas, frame)
    let found = InOrder<NightChange>()
    workers.ordered(
      deltas.count, chunk: 64, state: { CauseFinder(frame) },
      work: { range, finder in range.map { finder.change(deltas[order[$0]]) } },
      emit: { part in
        found.add(part)
        progress(found.values.count * 100 / max(1, deltas.count))
        return true
      })
    return zip(order, found.values).sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Places of deltas: those of a platform that is another come together, else those of a demand.
  private static func order(_ deltas: [PairDelta], _ frame: CauseFinder.Frame) -> [Int] {
    var isOther: [String: Bool] = [:]
    let keys = deltas.map { delta -> String in
      let platform = delta.platform
      let known = isOther[platform]
      let other = known ?? (frame.old.version(platform)?.seq != frame.new.version(platform)?.seq)
      isOther[platform] = other
      return other ? platform : ""
    }
    return deltas.indices.sorted { keys[$0] == keys[$1] ? $0 < $1 : keys[$0] < keys[$1] }
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
