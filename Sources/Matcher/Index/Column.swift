/// A run of fixed-width values that some owner keeps alive: memory of its own, or part of a mapped
/// file.
///
/// Immutable after it was made, so any thread may read it. This is one of the few places of unsafe
/// memory: a column never outlives its owner, because it holds it. Hot loops take `base` once
/// outside the loop; everything else goes by `subscript`, which checks the bounds.
public struct Column<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  /// The first value; valid while the column is alive.
  public let base: UnsafePointer<Element>
  public let count: Int
  private let owner: AnyObject

  /// Values inside memory that `owner` keeps.
  ///
  /// - Precondition: `base` is aligned for `Element` and has `count` initialised values.
  @inlinable
  public init(base: UnsafePointer<Element>, count: Int, owner: AnyObject) {
    self.init(unchecked: base, count, owner)
  }

  @usableFromInline
  init(unchecked base: UnsafePointer<Element>, _ count: Int, _ owner: AnyObject) {
    self.base = base
    self.count = count
    self.owner = owner
  }

  /// A copy of the values in memory of its own. O(*n*).
  public init(_ values: [Element]) {
    let memory = Memory(bytes: max(1, values.count) * MemoryLayout<Element>.stride)
    values.withUnsafeBytes { memory.bytes.copyMemory(from: $0) }
    let base = UnsafeRawPointer(memory.start).assumingMemoryBound(to: Element.self)
    self.init(unchecked: base, values.count, memory)
  }

  /// The first values of memory of its own.
  ///
  /// - Precondition: The memory has room for `count` initialised values.
  public init(_ memory: Memory, count: Int) {
    precondition(
      count >= 0 && count * MemoryLayout<Element>.stride <= memory.count, "a column fits its memory"
    )
    let base = UnsafeRawPointer(memory.start).assumingMemoryBound(to: Element.self)
    self.init(unchecked: base, count, memory)
  }

  /// An empty column.
  public init() {
    self.init([])
  }

  /// The value at a place, from 0.
  @inlinable
  public subscript(_ place: Int) -> Element {
    precondition(place >= 0 && place < count, "a column is read within its bounds")
    return base[place]
  }

  /// The values as a buffer; valid while the column is alive.
  @inlinable
  public var buffer: UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: base, count: count)
  }

  /// The values as bytes, in the byte order of the machine.
  public var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(buffer)
  }
}

/// Memory of a fixed size, aligned to 64 bytes, freed with its owner.
public final class Memory: @unchecked Sendable {
  public let start: UnsafeMutableRawPointer
  public let count: Int

  /// Zeroed.
  public init(bytes count: Int) {
    self.count = count
    start = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 64)
    start.initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }

  /// Not initialised: for values that are all written before any is read.
  public init(uninitializedBytes count: Int) {
    self.count = max(1, count)
    start = UnsafeMutableRawPointer.allocate(byteCount: self.count, alignment: 64)
  }

  public var bytes: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: start, count: count)
  }

  /// The memory as values of a type, for filling.
  ///
  /// - Precondition: The memory holds nothing else.
  public func bound<Element: BitwiseCopyable>(
    to type: Element.Type
  ) -> UnsafeMutablePointer<Element> {
    start.bindMemory(to: type, capacity: count / MemoryLayout<Element>.stride)
  }

  deinit {
    start.deallocate()
  }
}
