import Foundation

/// Counts calls of `malloc` in this program, those of the Swift runtime included.
///
/// The program defines `malloc` itself and hands on to the C library, which allows its functions to
/// be replaced so (glibc manual, "Replacing malloc"). Aligned and resized blocks are not counted.
enum AllocationCounter {
  // One thread measures; nothing else reads or writes these while it does.
  nonisolated(unsafe) fileprivate static var isCounting = false
  nonisolated(unsafe) fileprivate static var calls = 0

  /// How many blocks `body` takes.
  static func count(_ body: () -> Void) -> Int {
    calls = 0
    isCounting = true
    body()
    isCounting = false
    return calls
  }
}

@_silgen_name("__libc_malloc")
private func libraryMalloc(_ size: Int) -> UnsafeMutableRawPointer?

@_cdecl("malloc")
func countedMalloc(_ size: Int) -> UnsafeMutableRawPointer? {
  if AllocationCounter.isCounting { AllocationCounter.calls &+= 1 }
  return libraryMalloc(size)
}
