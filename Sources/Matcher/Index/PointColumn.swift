import Glibc

/// Where documents are on the globe, as points of a sphere of radius 1: distances are compared as
/// chords, without a trigonometric function a document.
public struct PointColumn: Sendable {
  private let x: Column<Double>
  private let y: Column<Double>
  private let z: Column<Double>

  /// The mean radius of the earth in kilometers.
  public static let earthRadius = 6_371.0087714

  /// - Parameter points: A document's latitude and longitude in degrees each, in order; not a number
  ///   where the place is unknown, which is near nothing.
  public init(_ points: [(latitude: Double, longitude: Double)]) {
    let vectors = points.map { Self.vector($0.latitude, $0.longitude) }
    x = Column(vectors.map(\.0))
    y = Column(vectors.map(\.1))
    z = Column(vectors.map(\.2))
  }

  private static func vector(_ latitude: Double, _ longitude: Double) -> (Double, Double, Double) {
    let (phi, lambda) = (latitude * .pi / 180, longitude * .pi / 180)
    return (cos(phi) * cos(lambda), cos(phi) * sin(lambda), sin(phi))
  }

  public var byteCount: Int {
    x.count * 24
  }

  /// Leaves only documents at most so many kilometers from a point, along the great circle.
  ///
  /// - Complexity: O(members of the set).
  public func keep(
    within kilometers: Double, ofLatitude latitude: Double, longitude: Double, in set: BitmapBuffer
  ) {
    let (px, py, pz) = Self.vector(latitude, longitude)
    let angle = min(.pi, max(0, kilometers / Self.earthRadius))
    let limit = kilometers < 0 ? -1 : 4 * sin(angle / 2) * sin(angle / 2)
    let (x, y, z, count) = (x.base, y.base, z.base, x.count)
    set.filter { document in
      guard document < count else { return false }
      let (dx, dy, dz) = (x[document] - px, y[document] - py, z[document] - pz)
      return dx * dx + dy * dy + dz * dz <= limit
    }
  }

  /// Adds the columns under names that begin with `PREFIX.`.
  public func store(into sections: inout Sections, prefix: String) {
    sections.add("\(prefix).x", x)
    sections.add("\(prefix).y", y)
    sections.add("\(prefix).z", z)
  }

  /// Takes back what `store` added. O(1).
  public init(opening sections: Sections, prefix: String) throws(SectionError) {
    x = try sections.column("\(prefix).x")
    y = try sections.column("\(prefix).y")
    z = try sections.column("\(prefix).z")
    guard x.count == y.count, y.count == z.count else {
      throw .width("\(prefix).y", expected: x.count, found: y.count)
    }
  }
}
