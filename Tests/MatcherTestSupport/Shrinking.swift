import Matcher

/// Makes a failing case small: takes away members and elements as long as it still fails.
package enum Shrinking {
  private enum Step {
    case member(String)
    case element(Int)
  }

  /// Shrinks the records of a case; a removal is made in every version of the line that has it
  /// alike.
  package static func shrink(
    _ demand: JSONValue, _ lines: [JSONValue], fails: (JSONValue, [JSONValue]) -> Bool
  ) -> (demand: JSONValue, lines: [JSONValue]) {
    var (demand, lines) = (demand, lines)
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for path in paths(demand) {
        let candidate = removing(path[...], from: demand)
        if candidate != demand, fails(candidate, lines) {
          demand = candidate
          isSmaller = true
          break
        }
      }
      guard !isSmaller, let first = lines.first else { continue }
      for path in paths(first) {
        let old = value(at: path[...], in: first)
        guard lines.allSatisfy({ value(at: path[...], in: $0) == old }) else { continue }
        let candidate = lines.map { removing(path[...], from: $0) }
        if candidate != lines, fails(demand, candidate) {
          lines = candidate
          isSmaller = true
          break
        }
      }
    }
    return (demand, lines)
  }

  private static func paths(_ value: JSONValue) -> [[Step]] {
    var out: [[Step]] = []
    for member in value.object?.members ?? [] where !["id", "type"].contains(member.name) {
      out.append([.member(member.name)])
      out += paths(member.value).map { [.member(member.name)] + $0 }
    }
    for (index, element) in (value.array ?? []).enumerated() {
      out.append([.element(index)])
      out += paths(element).map { [.element(index)] + $0 }
    }
    return out
  }

  private static func value(at path: ArraySlice<Step>, in value: JSONValue) -> JSONValue? {
    guard let step = path.first else { return value }
    switch step {
    case .member(let name): return value[name].flatMap { self.value(at: path.dropFirst(), in: $0) }
    case .element(let index):
      guard let array = value.array, index < array.count else { return nil }
      return self.value(at: path.dropFirst(), in: array[index])
    }
  }

  private static func removing(_ path: ArraySlice<Step>, from value: JSONValue) -> JSONValue {
    guard let step = path.first else { return value }
    var copy = value
    switch step {
    case .member(let name):
      copy[name] = path.count == 1 ? nil : value[name].map { removing(path.dropFirst(), from: $0) }
    case .element(let index):
      guard var array = value.array, index < array.count else { return value }
      if path.count == 1 {
        array.remove(at: index)
      } else {
        array[index] = removing(path.dropFirst(), from: array[index])
      }
      copy = .array(array)
    }
    return copy
  }
}
