/// What a text states in numbers, classes and days, and where it is unclear.
public struct QuantityReading: Sendable, Equatable {
  /// In the order of the text; their spans do not overlap.
  public internal(set) var quantities: [WrittenQuantity] = []
  /// What a careful engineer would ask about, in the order of the text.
  public internal(set) var doubts: [QuantityDoubt] = []

  public init() {}

  /// Whether somebody has to be asked before the reading may be relied on.
  public var isFlagged: Bool { !doubts.isEmpty }
}

extension WrittenQuantity {
  /// The same where its text begins so many bytes further on.
  func moved(by bytes: Int) -> WrittenQuantity {
    var moved = self
    moved.move(by: bytes)
    return moved
  }

  /// Its text begins so many bytes further on.
  mutating func move(by bytes: Int) {
    span = span.lowerBound + bytes..<span.upperBound + bytes
  }
}

extension QuantityDoubt {
  /// The same where its text begins so many bytes further on.
  func moved(by bytes: Int) -> QuantityDoubt {
    QuantityDoubt(
      code: code, span: span.lowerBound + bytes..<span.upperBound + bytes,
      readings: readings.map { $0.map { $0.moved(by: bytes) } })
  }
}
