import Matcher
import MatcherIndex

/// The words of many plans one behind the other, so that reading those of one fetches them together.
///
/// Immutable; any number of threads may use one. Memory: 16 bytes a word.
struct SharedWords: Sendable {
  /// By plan: where its words begin.
  private let starts: [Int]
  private let terms: [UInt64]
  private let weights: [Double]

  /// O(words).
  ///
  /// - Parameter plans: nil for a stage that has none.
  init(_ plans: [StagePlan?]) {
    var starts = [0]
    var terms: [UInt64] = []
    var weights: [Double] = []
    for plan in plans {
      if let words = plan?.text?.words {
        for (term, weight) in zip(words.terms, words.weights) where weight > 0 && weight < .infinity
        {
          terms.append(term)
          weights.append(weight)
        }
      }
      starts.append(terms.count)
    }
    self.starts = starts
    self.terms = terms
    self.weights = weights
  }

  /// Σ weight × impact over the words of a plan, in the order of the words: as `PostingIndex` sums them.
  ///
  /// - Parameters:
  ///   - dictionary: the line's.
  ///   - impacts: by the dictionary's numbers; 0 for words that the line has not.
  func sum(
    _ plan: Int, _ dictionary: TermDictionary, _ impacts: ArraySlice<Double>
  ) -> Double {
    var sum = 0.0
    terms.withUnsafeBufferPointer { terms in
      weights.withUnsafeBufferPointer { weights in
        impacts.withUnsafeBufferPointer { impacts in
          for place in starts[plan]..<starts[plan + 1] {
            guard let number = dictionary[terms[place]] else { continue }
            let impact = impacts[Int(number)]
            if impact > 0 { sum += weights[place] * impact }
          }
        }
      }
    }
    return sum
  }
}
