/// A heading as written, in its parts: `3、拟投入资金*（万元）` is the name 拟投入资金 in 万元.
struct Heading: Sendable, Equatable {
  /// Folded, without numbering, asterisks and brackets; the key by which it is compared.
  let name: String
  /// What stands in brackets, as written.
  let notes: [String]

  init(_ text: String, fold: Folding) {
    var outside = String.UnicodeScalarView()
    var inside = String.UnicodeScalarView()
    var notes: [String] = []
    var depth = 0
    for scalar in text.unicodeScalars {
      if Self.opens.contains(scalar) {
        if depth > 0 { inside.append(scalar) }
        depth += 1
      } else if Self.closes.contains(scalar), depth > 0 {
        depth -= 1
        if depth == 0 {
          notes.append(trimmed(String(inside)))
          inside = String.UnicodeScalarView()
        } else {
          inside.append(scalar)
        }
      } else if depth > 0 {
        inside.append(scalar)
      } else {
        outside.append(scalar)
      }
    }
    if depth > 0 { notes.append(trimmed(String(inside))) }
    let bare = Self.withoutNumbering(String(outside))
    let name = Self.key(bare, fold: fold)
    self.name = name.isEmpty ? Self.key(text, fold: fold) : name
    self.notes = notes.filter { !$0.isEmpty }
  }

  private static let opens: Set<Unicode.Scalar> = ["(", "（", "[", "［", "【", "〔", "{"]
  private static let closes: Set<Unicode.Scalar> = [")", "）", "]", "］", "】", "〕", "}"]

  /// The comparable form of a spelling.
  static func key(_ text: String, fold: Folding) -> String {
    let loose: Set<UInt32> = [0x2A, 0x3A, 0x2605, 0x203B, 0x2E, 0x3F, 0x21, 0x23]
    let name = fold.name(text)
    var out = String.UnicodeScalarView()
    for scalar in name.unicodeScalars where !loose.contains(scalar.value) { out.append(scalar) }
    // A heading of signs alone, such as `#`, is compared as it is.
    return out.isEmpty ? name : String(out)
  }

  /// `1、`, `2.`, `三、`, `①` at the beginning are numbering.
  static func withoutNumbering(_ text: String) -> String {
    let scalars = Array(trimmed(text).unicodeScalars)
    let digits: Set<Unicode.Scalar> = Set("0123456789０１２３４５６７８９一二三四五六七八九十".unicodeScalars)
    let ends: Set<Unicode.Scalar> = [".", "．", "、", ":", "：", ")", "）"]
    var index = 0
    while index < scalars.count, digits.contains(scalars[index]) { index += 1 }
    if index > 0, index < scalars.count, ends.contains(scalars[index]) {
      index += 1
    } else {
      index = 0
    }
    while index < scalars.count, (0x2460...0x2473).contains(scalars[index].value) { index += 1 }
    var out = String.UnicodeScalarView()
    out.append(contentsOf: scalars[index...])
    return String(out)
  }
}
