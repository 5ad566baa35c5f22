/// Names with a value each, found as texts are equal: canonical equivalents (`é` in one sign or two)
/// are one name.
///
/// What a `Dictionary` of strings does, for tables of many thousand names that are filled at every
/// start: the names lie one behind the other in one run of bytes, are hashed by their bytes, and no
/// object is made for a name. That is right for names of *plain* signs (`NamePlainness`), which no other
/// plain name is equivalent to; names with others are few and are kept and compared as strings.
struct NameTable<Value: Sendable>: Sendable {
  private struct Entry {
    let hash: UInt64
    let start: Int
    let end: Int
  }

  /// By number; those that are not plain end before they start.
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  /// In the order in which the names were added.
  private(set) var values: [Value] = []
  /// Number + 1 at the name's hash or behind it, 0 where free; a power of two, at most two thirds full.
  private var slots: [UInt32] = []
  /// The numbers of names that are not plain.
  private var others: [String: Int] = [:]

  var count: Int { values.count }

  /// The value of a name.
  subscript(_ name: String) -> Value? {
    NameTable.withBytes(name) { number(of: $0) }.map { values[$0] }
  }

  /// The value of a name given by its UTF-8 bytes, which must be whole.
  subscript(_ name: UnsafeBufferPointer<UInt8>) -> Value? {
    number(of: name).map { values[$0] }
  }

  /// The value of a name, which is added with a value of its own if it is new.
  subscript(_ name: String, default value: @autoclosure () -> Value) -> Value {
    get { self[name] ?? value() }
    _modify {
      let number = NameTable.withBytes(name) { add($0, value()) }.number
      yield &values[number]
    }
  }

  /// The same for a name given by its UTF-8 bytes, which must be whole.
  subscript(
    _ name: UnsafeBufferPointer<UInt8>, default value: @autoclosure () -> Value
  ) -> Value {
    get { self[name] ?? value() }
    _modify {
      let number = add(name, value()).number
      yield &values[number]
    }
  }

  /// Adds a name with a value; a name that is there keeps its own.
  ///
  /// - Returns: whether the name is new.
  @discardableResult
  mutating func insert(_ name: String, _ value: Value) -> Bool {
    NameTable.withBytes(name) { add($0, value) }.isNew
  }

  /// The value of a name given by its UTF-8 bytes; a new one is added with `value`.
  mutating func holder(of name: UnsafeBufferPointer<UInt8>, orAdd value: Value) -> Value {
    values[add(name, value).number]
  }

  /// Each name with its value, in the order in which they were added. O(letters).
  func forEach(_ body: (String, Value) -> Void) {
    var unplain: [Int: String] = [:]
    for (name, number) in others { unplain[number] = name }
    for (number, entry) in entries.enumerated() {
      body(
        unplain[number] ?? String(decoding: bytes[entry.start..<entry.end], as: UTF8.self),
        values[number])
    }
  }

  private static func withBytes<Result>(
    _ name: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    var name = name
    return name.withUTF8(body)
  }

  /// Adds a name with a value of its own unless it is there; O(letters).
  private mutating func add(
    _ name: UnsafeBufferPointer<UInt8>, _ value: @autoclosure () -> Value
  ) -> (number: Int, isNew: Bool) {
    if let number = number(of: name) { return (number, false) }
    let number = values.count
    values.append(value())
    guard NamePlainness.plainBytes(name) == name.count else {
      others[String(decoding: name, as: UTF8.self)] = number
      entries.append(Entry(hash: 0, start: 0, end: -1))
      return (number, true)
    }
    if 3 * (number + 1) > 2 * slots.count { grow() }
    let hash = NameTable.hash(name)
    slots[place(of: name, hash)] = UInt32(number + 1)
    entries.append(Entry(hash: hash, start: bytes.count, end: bytes.count + name.count))
    bytes.append(contentsOf: name)
    return (number, true)
  }

  private func number(of name: UnsafeBufferPointer<UInt8>) -> Int? {
    if !slots.isEmpty {
      let slot = slots[place(of: name, NameTable.hash(name))]
      if slot > 0 { return Int(slot) - 1 }
    }
    let plain = NamePlainness.plainBytes(name)
    if plain == name.count, others.isEmpty { return nil }
    let text = String(decoding: name, as: UTF8.self)
    if let number = others[text] { return number }
    return plain == name.count ? nil : equal(text, plain, name)
  }

  /// The plain name that is equivalent to one that is not plain: they begin alike, up to the sign before
  /// the first that is not plain. O(names).
  private func equal(_ text: String, _ plain: Int, _ name: UnsafeBufferPointer<UInt8>) -> Int? {
    let same = UnsafeBufferPointer(rebasing: name[..<NamePlainness.lastSign(name, plain)])
    return entries.firstIndex { entry in
      entry.end - entry.start >= same.count
        && bytes[entry.start..<entry.start + same.count].elementsEqual(same)
        && String(decoding: bytes[entry.start..<entry.end], as: UTF8.self) == text
    }
  }

  /// The slot at which a plain name stands, or the free one where it would.
  private func place(of name: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] > 0 {
      let entry = entries[Int(slots[place]) - 1]
      if entry.hash == hash, entry.end - entry.start == name.count,
        bytes[entry.start..<entry.end].elementsEqual(name)
      {
        return place
      }
      place = (place + 1) & mask
    }
    return place
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: max(64, 2 * slots.count))
    let mask = slots.count - 1
    for (number, entry) in entries.enumerated() where entry.end >= entry.start {
      var place = Int(truncatingIfNeeded: entry.hash) & mask
      while slots[place] > 0 { place = (place + 1) & mask }
      slots[place] = UInt32(number + 1)
    }
  }

  /// Eight bytes a step; the tables are ours, so no one chooses names that collide.
  private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(name.count)
    let raw = UnsafeRawBufferPointer(name)
    var place = 0
    while place + 8 <= raw.count {
      hash = mixed(hash, raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place += 8
    }
    var rest: UInt64 = 0
    while place < raw.count {
      rest = rest << 8 | UInt64(raw[place])
      place += 1
    }
    return mixed(hash, rest)
  }

  @inline(__always)
  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low ^ hash &>> 17
  }
}
