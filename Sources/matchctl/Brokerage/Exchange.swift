import Ledger
import Matcher

/// What was shown to whom for a stage of a demand, best first.
package struct Shown: Sendable, Equatable {
  package struct Row: Sendable, Equatable {
    package let platform: String
    package let line: String
    /// 1….
    package let rank: Int

    package init(platform: String, line: String, rank: Int) {
      self.platform = platform
      self.line = line
      self.rank = rank
    }
  }

  package var demand: String
  package var stage: String?
  /// The person or role that saw it.
  package var to: String
  /// The run it came from; nil for a match made on the spot.
  package var run: String?
  package var rows: [Row]

  package init(demand: String, stage: String?, to: String, run: String?, rows: [Row]) {
    self.demand = demand
    self.stage = stage
    self.to = to
    self.run = run
    self.rows = rows
  }

  package var json: JSONObject {
    JSONObject(stating: [
      ("demand", .string(demand)), ("stage", stage.map { .string($0) }), ("to", .string(to)),
      ("run", run.map { .string($0) }),
      (
        "rows",
        .array(
          rows.map { .array([.string($0.platform), .string($0.line), .integer($0.rank)]) })
      ),
    ])
  }

  package init?(_ json: JSONValue?) {
    guard let object = json?.object, let demand = object["demand"]?.string,
      let to = object["to"]?.string, let rows = object["rows"]?.array
    else { return nil }
    self.init(
      demand: demand, stage: object["stage"]?.string, to: to, run: object["run"]?.string,
      rows: rows.compactMap { row in
        guard let parts = row.array, parts.count == 3, let platform = parts[0].string,
          let line = parts[1].string, let rank = parts[2].number.flatMap({ Int(exactly: $0) })
        else { return nil }
        return Row(platform: platform, line: line, rank: rank)
      })
  }
}

/// One fact that somebody was asked, so that it is not asked again.
package struct Asked: Sendable, Equatable {
  /// The platform, or the demand whose firm is asked.
  package var addressee: String
  /// The line asked about; nil: the whole platform, or the demand.
  package var line: String?
  /// What is asked: the question's slot as the evaluation names it (`spec:implant_temperature`, …).
  package var slot: String
  /// The demands that wait for it.
  package var demands: [String]
  package var text: String
  /// When it was sent; nil: when it was recorded.
  package var day: CivilDate?

  package init(
    addressee: String, line: String?, slot: String, demands: [String], text: String,
    day: CivilDate? = nil
  ) {
    self.day = day
    self.addressee = addressee
    self.line = line
    self.slot = slot
    self.demands = demands
    self.text = text
  }

  package var json: JSONObject {
    JSONObject(stating: [
      ("addressee", .string(addressee)), ("line", line.map { .string($0) }),
      ("slot", .string(slot)), ("demands", .array(demands.map { .string($0) })),
      ("text", .string(text)), ("day", day.map { .string("\($0)") }),
    ])
  }

  package init?(_ json: JSONValue?) {
    guard let object = json?.object, let addressee = object["addressee"]?.string,
      let slot = object["slot"]?.string
    else { return nil }
    self.init(
      addressee: addressee, line: object["line"]?.string, slot: slot,
      demands: object["demands"]?.array?.compactMap(\.string) ?? [],
      text: object["text"]?.string ?? "",
      day: object["day"]?.string.flatMap { CivilDate(iso: $0) })
  }
}

/// A reply, kept as a claim beside the record until it expires.
package struct Answer: Sendable, Equatable {
  /// The platform, or the demand whose firm replied.
  package var addressee: String
  package var line: String?
  package var slot: String
  /// What the record would state, in the form that records have for that slot (for a spec an object of
  /// `specs`, for a certificate one of `certificates`, for others the member itself).
  package var claim: JSONValue
  /// Who said so, and how (`phone`, `letter`, …).
  package var source: String
  package var day: CivilDate
  /// The last day on which it counts; nil: until the record says otherwise.
  package var validUntil: CivilDate?
  /// `public`, `brokers` or `named`.
  package var visibility: String

  package init(
    addressee: String, line: String?, slot: String, claim: JSONValue, source: String,
    day: CivilDate, validUntil: CivilDate?, visibility: String
  ) {
    self.addressee = addressee
    self.line = line
    self.slot = slot
    self.claim = claim
    self.source = source
    self.day = day
    self.validUntil = validUntil
    self.visibility = visibility
  }

  package var json: JSONObject {
    JSONObject(stating: [
      ("addressee", .string(addressee)), ("line", line.map { .string($0) }),
      ("slot", .string(slot)), ("claim", claim), ("source", .string(source)),
      ("day", .string("\(day)")), ("valid_until", validUntil.map { .string("\($0)") }),
      ("visibility", .string(visibility)),
    ])
  }

  package init?(_ json: JSONValue?) {
    guard let object = json?.object, let addressee = object["addressee"]?.string,
      let slot = object["slot"]?.string, let claim = object["claim"],
      let day = object["day"]?.string.flatMap({ CivilDate(iso: $0) })
    else { return nil }
    self.init(
      addressee: addressee, line: object["line"]?.string, slot: slot, claim: claim,
      source: object["source"]?.string ?? "", day: day,
      validUntil: object["valid_until"]?.string.flatMap { CivilDate(iso: $0) },
      visibility: object["visibility"]?.string ?? "brokers")
  }
}
