import Glibc

/// Fixed-width values that grow at the end, for building.
final class Buffer<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity = 16

  init() {
    base = Self.memory(nil, 16)
  }

  @inline(__always)
  func append(_ value: Element) {
    if count == capacity { reserve(count * 2) }
    base[count] = value
    count += 1
  }

  func append(_ value: Element, times: Int) {
    reserve(count + times)
    for place in count..<count + times { base[place] = value }
    count += times
  }

  func removeAll() {
    count = 0
  }

  func removeLast(_ number: Int) {
    count -= number
  }

  @inline(never)
  private func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    base = Self.memory(base, wanted)
    capacity = wanted
  }

  /// The C library moves large memory by its pages, without copying.
  private static func memory(
    _ old: UnsafeMutablePointer<Element>?, _ count: Int
  ) -> UnsafeMutablePointer<Element> {
    guard let memory = realloc(old, count * MemoryLayout<Element>.stride) else {
      preconditionFailure("there is memory for what is being built")
    }
    return memory.bindMemory(to: Element.self, capacity: count)
  }

  deinit {
    free(base)
  }
}
