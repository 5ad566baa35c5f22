import Ledger
import Matcher

extension NightManifest {
  init(
    _ data: NightData, _ plan: NightPlan, _ imprint: CorpusImprint, _ past: PreviousRun,
    _ files: [RunWriter.Written]
  ) {
    let tables = imprint.tables.sorted { $0.key < $1.key }
    self.init(
      JSONObject(stating: [
        ("format", .string(NightManifest.format)), ("run", .string(plan.run)),
        ("as_of", .string(plan.asOf.description)), ("program", .string(plan.program)),
        (
          "ledger",
          .object(
            JSONObject([("seq", .integer(Int(plan.seq))), ("head", .string(plan.head))]))
        ),
        (
          "corpus",
          .object(
            JSONObject([
              ("sha256", .string(imprint.tablesHash)),
              ("text_statistics", .string(data.corpus.textStatisticsVersion)),
              ("tables", .object(JSONObject(tables.map { ($0.key, .string($0.value)) }))),
            ]))
        ),
        (
          "policy",
          .object(
            JSONObject([
              ("version", .string(data.corpus.policy.version)),
              ("sha256", .string(imprint.policyHash)), ("layers", .array(imprint.policy)),
            ]))
        ),
        (
          "options",
          .object(
            JSONObject([
              ("top", .integer(plan.top)),
              ("language", .string(plan.reports.language.rawValue)),
              ("synthetic", .bool(plan.reports.includesSynthetic)),
            ]))
        ),
        (
          "previous",
          plan.previous.map {
            .object(JSONObject([("run", .string($0.run)), ("sha256", .string($0.hash))]))
          }
        ), ("counts", .object(data.counts)),
        ("warnings", .array(NightManifest.warnings(data, past).map { .string($0) })),
        (
          "files",
          .array(
            files.sorted { $0.name < $1.name }.map { file in
              .object(
                JSONObject([
                  ("name", .string(file.name)), ("bytes", .integer(file.size)),
                  ("sha256", .string(file.hash)),
                ]))
            })
        ),
      ]))
  }

  package var warnings: [String] { json["warnings"]?.array?.compactMap(\.string) ?? [] }

  /// Ids of texts.
  private static func warnings(_ data: NightData, _ past: PreviousRun) -> [String] {
    var out: [String] = []
    if past.isLost { out.append("night.warning.lost") }
    if data.world.issues.contains(where: { $0.severity == .refused }) {
      out.append("night.warning.refused")
    }
    if data.world.demands.isEmpty { out.append("night.warning.no_demands") }
    if data.world.platforms.isEmpty { out.append("night.warning.no_platforms") }
    return out
  }
}
