// Proves of our own elementary functions and distances:
//  1. ln, sin, cos, asin and atan agree with the C library within 1e-12, at the ends of their
// ranges too;
//  2. distances are symmetric, zero for the same point, at most half the earth's girth, and right
// for known cities;
//  3. a distance is 0.1 km sharp and obeys the triangle inequality within that.

import Glibc
import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct ElementaryPropertyTests {
  private func isClose(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-12 * max(1, abs(b))
  }

  @Test("functions agree with the C library", arguments: UInt64(0)..<200)
  func functions(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let x = Glibc.exp(random.number(-300...300))
      #expect(isClose(Elementary.ln(x), Glibc.log(x)), "ln \(x)")
      let near = 1 + random.number(-1e-6...1e-6)
      #expect(isClose(Elementary.ln(near), Glibc.log(near)), "ln \(near)")
      let angle = random.number(-2 * Double.pi...2 * Double.pi)
      #expect(isClose(Elementary.sin(angle), Glibc.sin(angle)), "sin \(angle)")
      let half = random.number(-Double.pi...Double.pi)
      #expect(isClose(Elementary.cos(half), Glibc.cos(half)), "cos \(half)")
      let y = random.number(-1...1)
      #expect(isClose(Elementary.asin(y), Glibc.asin(y)), "asin \(y)")
      let edge = 1 - Glibc.exp(random.number(-36...0))
      #expect(isClose(Elementary.asin(edge), Glibc.asin(edge)), "asin \(edge)")
      let z = random.number(-1e6...1e6)
      #expect(isClose(Elementary.atan(z), Glibc.atan(z)), "atan \(z)")
    }
  }

  @Test("distances are distances", arguments: UInt64(0)..<200)
  func distances(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func point() -> Coordinate {
      Coordinate(latitude: random.number(-90...90), longitude: random.number(-180...180))
    }
    let (a, b, c) = (point(), point(), point())
    #expect(a.kilometers(to: b) == b.kilometers(to: a))
    #expect(a.kilometers(to: a) == 0)
    #expect(a.kilometers(to: b) <= 20_015.2)
    #expect(a.kilometers(to: c) <= a.kilometers(to: b) + b.kilometers(to: c) + 0.2)
    let tenths = a.kilometers(to: b) * 10
    #expect(abs(tenths - tenths.rounded()) < 1e-6)
  }

  @Test("known cities lie where they lie")
  func cities() throws {
    let places = TestCorpus.shared.places
    func point(_ id: String) throws -> Coordinate {
      try #require(places.place(id).flatMap { places.coordinate($0) })
    }
    let distance = try point("cn.gd.guangzhou").kilometers(to: point("cn.gd.shenzhen"))
    #expect(abs(distance - 100) < 12, "\(distance)")
    let quarter = Coordinate(latitude: 0, longitude: 0).kilometers(
      to: Coordinate(latitude: 0, longitude: 90))
    #expect(quarter == 10_007.6 || quarter == 10_007.5, "\(quarter)")
    let half = Coordinate(latitude: 90, longitude: 0).kilometers(
      to: Coordinate(latitude: -90, longitude: 0))
    #expect(half == 20_015.1, "\(half)")
  }
}
