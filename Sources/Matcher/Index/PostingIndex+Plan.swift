import CMatcherKernels

extension PostingIndex {
  /// Queries of more terms are answered by scoring every document.
  static let planLimit = 4_096

  /// Sets a query's weights into the scratch, so that documents can be scored one by one.
  func begin(_ query: PostingQuery, _ scratch: PostingScratch) {
    scratch.reserve(terms: dictionary.count, query: query.terms.count)
    let places = scratch.places.bound(to: UInt16.self)
    let weights = scratch.weights.bound(to: Double.self)
    weights[0] = 0
    for place in 0..<query.terms.count where Int(query.terms[place]) < dictionary.count {
      places[Int(query.terms[place])] = UInt16(place + 1)
      weights[place + 1] = query.weights[place]
    }
  }

  func end(_ query: PostingQuery, _ scratch: PostingScratch) {
    let places = scratch.places.bound(to: UInt16.self)
    for term in query.terms where Int(term) < dictionary.count { places[Int(term)] = 0 }
  }

  /// The exact score of one document, by its entries.
  @inline(__always)
  func score(
    _ document: Int, places: UnsafePointer<UInt16>, weights: UnsafePointer<Double>
  ) -> Double {
    let entries = entries.base
    let end = Int(documentStarts.base[document + 1])
    var at = Int(documentStarts.base[document])
    var sum = 0.0
    while at < end {
      // A term that is not asked has weight 0, and adding 0 changes no bit.
      sum += weights[Int(places[Int(entries[at].term)])] * Double(entries[at].impact)
      at &+= 1
    }
    return sum
  }

  /// Chooses the step and writes every term's sixteen values.
  ///
  /// The step is as fine as 16 bits for all sums allow and 8 bits for the sum of a group of columns;
  /// groups are as few as leave each of their terms some 25 steps. Where weights are so large or so
  /// small that there is no such step, there is no plan.
  func plan(_ query: PostingQuery, _ scratch: PostingScratch) -> Bool {
    var (all, frequent, largest) = (0.0, 0.0, 0.0)
    var plan = PostingPlan()
    var columns = 0
    for place in 0..<query.terms.count where Int(query.terms[place]) < dictionary.count {
      let record = records.base[Int(query.terms[place])]
      let most = query.weights[place] * record.levels.most
      all += most
      guard record.column != 0 else {
        ck_prefetch(postings.base + Int(record.start))
        continue
      }
      frequent += most
      largest = max(largest, most)
      columns += 1
    }
    let groups = Double((columns + 9) / 10)
    plan.step = max(all / 60_000, largest / 250)
    plan.step = max(plan.step, frequent / max(1, 255 * groups - Double(columns)))
    scratch.plan = plan
    guard plan.step.isNormal else { return false }
    for place in 0..<query.terms.count where Int(query.terms[place]) < dictionary.count {
      let record = records.base[Int(query.terms[place])]
      if record.column == 0 {
        setRare(record, query.weights[place], scratch)
      } else {
        setFrequent(record, query.weights[place], scratch)
      }
    }
    endGroup(scratch)
    return true
  }

  private func setRare(_ record: TermRecord, _ weight: Double, _ scratch: PostingScratch) {
    let number = scratch.plan.rare
    let table = scratch.rareTables.bound(to: UInt16.self) + number * 16
    let steps = LevelSteps(record.levels, weight, scratch.plan.step)
    table[0] = 0
    for level in 1...15 { table[level] = UInt16(truncatingIfNeeded: steps[level]) }
    scratch.cursors.bound(to: PostingScratch.Cursor.self)[number] = PostingScratch.Cursor(
      place: Int(record.start), end: record.end)
    scratch.plan.rare += 1
    scratch.plan.rarePostings += Int(record.count)
  }

  private func setFrequent(_ record: TermRecord, _ weight: Double, _ scratch: PostingScratch) {
    let number = scratch.plan.frequent
    let table = scratch.columnTables.bound(to: UInt8.self) + number * 16
    let steps = LevelSteps(record.levels, weight, scratch.plan.step)
    if scratch.plan.groupSum + steps[15] > 255 { endGroup(scratch) }
    scratch.plan.groupSum += steps[15]
    table[0] = 0
    for level in 1...15 { table[level] = UInt8(truncatingIfNeeded: steps[level]) }
    scratch.columns.bound(to: UnsafePointer<UInt8>?.self)[number] =
      columns.base + Int(record.column - 1) * columnBytes
    scratch.plan.frequent += 1
  }

  private func endGroup(_ scratch: PostingScratch) {
    guard scratch.plan.groupSum > 0 else { return }
    scratch.groupEnds.bound(to: UInt32.self)[scratch.plan.groups] = UInt32(scratch.plan.frequent)
    scratch.plan.groups += 1
    scratch.plan.groupSum = 0
  }
}

/// A term's levels times its weight in whole steps, rounded up with a margin far above the rounding
/// of any sum.
private struct LevelSteps {
  private let first: Double
  private let next: Double

  @inline(__always)
  init(_ levels: ImpactLevels, _ weight: Double, _ step: Double) {
    let scale = weight / step * (1 + 1e-9)
    first = levels.value(1) * scale
    next = Double(levels.step) * scale
  }

  /// For levels 1...15.
  @inline(__always)
  subscript(_ level: Int) -> Int {
    let steps = first + next * Double(level - 1)
    let whole = Int(steps)
    return whole &+ (Double(whole) < steps ? 1 : 0)
  }
}
