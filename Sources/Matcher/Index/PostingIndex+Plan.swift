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
    let (terms, impacts) = (entryTerms.base, entryImpacts.base)
    let end = Int(documentStarts.base[document + 1])
    var at = Int(documentStarts.base[document])
    var sum = 0.0
    while at < end {
      // A term that is not asked has weight 0, and adding 0 changes no bit.
      sum += weights[Int(places[Int(terms[at])])] * Double(impacts[at])
      at &+= 1
    }
    return sum
  }

  /// Chooses the step and writes every term's sixteen values.
  ///
  /// The step is as fine as 16 bits for all sums allow and 8 bits for the sum of a group of columns;
  /// groups are as few as leave each of their terms some 25 steps.
  func plan(_ query: PostingQuery, _ scratch: PostingScratch) {
    var (all, frequent, largest) = (0.0, 0.0, 0.0)
    var plan = PostingPlan()
    for place in 0..<query.terms.count where Int(query.terms[place]) < dictionary.count {
      let term = Int(query.terms[place])
      let most = query.weights[place] * levels(of: term).most
      all += most
      guard columnNumbers.base[term] != 0 else { continue }
      frequent += most
      largest = max(largest, most)
      plan.frequent += 1
    }
    let groups = Double((plan.frequent + 9) / 10)
    let step = max(all / 60_000, largest / 250)
    plan.step = max(step, frequent / max(1, 255 * groups - Double(plan.frequent)))
    plan.frequent = 0
    scratch.plan = plan
    for place in 0..<query.terms.count where Int(query.terms[place]) < dictionary.count {
      let term = Int(query.terms[place])
      if columnNumbers.base[term] == 0 {
        setRare(term, query.weights[place], scratch)
      } else {
        setFrequent(term, query.weights[place], scratch)
      }
    }
    endGroup(scratch)
  }

  @inline(__always)
  private func levels(of term: Int) -> ImpactLevels {
    ImpactLevels(lowest: lowest.base[term], step: steps.base[term])
  }

  /// The steps that are not below weight · level, with a margin far above the rounding of any sum.
  @inline(__always)
  private static func steps(_ value: Double, _ step: Double) -> Int {
    let steps = value / step * (1 + 1e-9)
    let whole = Int(steps)
    return Double(whole) < steps ? whole + 1 : whole
  }

  private func setRare(_ term: Int, _ weight: Double, _ scratch: PostingScratch) {
    let (levels, number) = (levels(of: term), scratch.plan.rare)
    let table = scratch.rareTables.bound(to: UInt16.self) + number * 16
    table[0] = 0
    for level in 1...15 {
      table[level] = UInt16(Self.steps(weight * levels.value(level), scratch.plan.step))
    }
    scratch.cursors.bound(to: PostingScratch.Cursor.self)[number] = PostingScratch.Cursor(
      place: Int(starts.base[term]), end: Int(starts.base[term + 1]))
    scratch.plan.rare += 1
  }

  private func setFrequent(_ term: Int, _ weight: Double, _ scratch: PostingScratch) {
    let (levels, number) = (levels(of: term), scratch.plan.frequent)
    let table = scratch.columnTables.bound(to: UInt8.self) + number * 16
    let most = Self.steps(weight * levels.most, scratch.plan.step)
    if scratch.plan.groupSum + most > 255 { endGroup(scratch) }
    scratch.plan.groupSum += most
    table[0] = 0
    for level in 1...15 {
      table[level] = UInt8(Self.steps(weight * levels.value(level), scratch.plan.step))
    }
    scratch.columns.bound(to: UnsafePointer<UInt8>?.self)[number] =
      columns.base + Int(columnNumbers.base[term] - 1) * columnBytes
    scratch.plan.frequent += 1
  }

  private func endGroup(_ scratch: PostingScratch) {
    guard scratch.plan.groupSum > 0 else { return }
    scratch.groupEnds.bound(to: UInt32.self)[scratch.plan.groups] = UInt32(scratch.plan.frequent)
    scratch.plan.groups += 1
    scratch.plan.groupSum = 0
  }
}
