import Foundation

/// Counts the heap objects that Swift code allocates, arrays and strings included.
///
/// The runtime calls allocation through a function pointer that it exports for instruments
/// (`_swift_allocObject`); this puts a counting function in front of it. Nil where the runtime has
/// none. Memory that C code takes is not counted.
enum AllocationCounter {
  private typealias Allocate =
    @convention(c) (UnsafeRawPointer?, Int, Int) -> UnsafeMutableRawPointer?

  // One thread measures; nothing else reads or writes these while it does.
  nonisolated(unsafe) private static var count = 0
  nonisolated(unsafe) private static var original: Allocate?

  /// How many objects `body` allocates.
  static func count(_ body: () -> Void) -> Int? {
    guard let symbol = dlsym(nil, "_swift_allocObject") else { return nil }
    let hook = symbol.assumingMemoryBound(to: Allocate.self)
    original = hook.pointee
    count = 0
    hook.pointee = { metadata, size, alignment in
      AllocationCounter.count &+= 1
      return AllocationCounter.original?(metadata, size, alignment)
    }
    body()
    if let original { hook.pointee = original }
    return count
  }
}
