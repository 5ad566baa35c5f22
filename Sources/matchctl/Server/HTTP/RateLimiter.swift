import Matcher
import Synchronization

/// So many requests a second for each account or address, with a burst. Memory: at most `capacity`
/// callers; those that came back to a full bucket are forgotten.
final class RateLimiter: Sendable {
  private struct Bucket {
    var tokens: Double
    var at: ContinuousClock.Instant
  }

  private static let capacity = 10_000
  private let perSecond: Double
  private let burst: Double
  private let clock = ContinuousClock()
  private let buckets = Mutex<[String: Bucket]>([:])

  /// - Parameter perSecond: 1…; the burst is twice as many.
  init(perSecond: Int) {
    self.perSecond = Double(max(1, perSecond))
    burst = self.perSecond * 2
  }

  /// Takes one; false when there is none left.
  func take(_ caller: String) -> Bool {
    let now = clock.now
    return buckets.withLock { buckets in
      var bucket = buckets[caller] ?? Bucket(tokens: burst, at: now)
      let seconds = bucket.at.duration(to: now) / .seconds(1)
      bucket.tokens = min(burst, bucket.tokens + seconds * perSecond)
      bucket.at = now
      let isFree = bucket.tokens >= 1
      if isFree { bucket.tokens -= 1 }
      buckets[caller] = bucket
      if buckets.count > RateLimiter.capacity {
        buckets = buckets.filter { $0.value.at.duration(to: now) < .seconds(2) }
      }
      return isFree
    }
  }
}
