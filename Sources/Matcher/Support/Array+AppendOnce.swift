extension Array where Element: Equatable {
  /// Appends an element unless it is the last one.
  mutating func appendOnce(_ element: Element) {
    if last != element { append(element) }
  }
}
