import Ledger
import Matcher

extension NightQuality {
  /// Lines of `quality.jsonl`, each with its kind.
  var lines: [JSONObject] {
    unknowns.map { unknown in
      JSONObject([
        ("type", .string("unknown")), ("platform", .string(unknown.platform)),
        ("line", .string(unknown.line)), ("criterion", .string(unknown.criterion)),
        ("settles", .integer(unknown.settles)), ("waiting", .integer(unknown.waiting)),
      ])
    }
      + stale.map { stale in
        JSONObject([
          ("type", .string("stale")), ("platform", .string(stale.platform)),
          ("line", .string(stale.line)), ("verified_at", .string(stale.verified.description)),
          ("days", .integer(stale.days)),
        ])
      }
      + lapses.map { lapse in
        JSONObject([
          ("type", .string("certificate_lapses")), ("platform", .string(lapse.platform)),
          ("line", .string(lapse.line)), ("scheme", .string(lapse.scheme)),
          ("valid_until", .string(lapse.until.description)), ("days", .integer(lapse.days)),
        ])
      }
      + anomalies.map { anomaly in
        JSONObject(stating: [
          ("type", .string("anomaly")), ("record", .string(anomaly.record)),
          ("severity", .string(anomaly.issue.severity.rawValue)),
          ("field", .string(anomaly.issue.field)),
          ("got", anomaly.issue.got.isEmpty ? nil : .string(anomaly.issue.got)),
          ("expected", .string(anomaly.issue.expected)),
          ("hint", anomaly.issue.hint.map { .string($0) }),
        ])
      }
      + duplicates.map { duplicate in
        JSONObject([
          ("type", .string("duplicate")), ("side", .string(duplicate.side.rawValue)),
          ("ids", .array(duplicate.ids.map { .string($0) })),
        ])
      }
  }
}
