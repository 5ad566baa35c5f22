import CMalloc

/// How the C library treats memory that is freed.
enum Allocation {
  /// Keeps freed memory for what comes next instead of giving it back to the system and asking for it
  /// anew, page by page: for a program that fills and empties memory in phases and then ends. The most
  /// that it holds at once stays about the same.
  static func keepFreed() {
    #if canImport(Glibc)
      // The threshold of mappings has no higher value that is taken.
      mallopt(M_TRIM_THRESHOLD, .max)
      mallopt(M_MMAP_THRESHOLD, 32 << 20)
      mallopt(M_TOP_PAD, 64 << 20)
    #endif
  }
}
