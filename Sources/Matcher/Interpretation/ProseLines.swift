/// Divides the prose of a platform that tells its lines one after another: `一、碳化硅线：… 二、封装线：…`.
///
/// A part begins where a numbered or listed paragraph or sentence does, or a half-sentence that ends
/// with a colon and names a service. Only parts of which each names a service of its own make
/// lines; what stands before the first holds for all.
struct ProseLines {
  struct Part {
    /// What the line is read from: the words for all lines, then its own.
    let text: String
    let own: String
  }

  let finder: ServiceFinder

  /// Two parts at least, in the order of the text; empty when the prose tells of one line.
  func parts(_ text: ReadText) -> [Part] {
    let starts = heads(text)
    guard starts.count >= 2 else { return [] }
    let ends = starts.dropFirst() + [text.text.utf8.count]
    let ranges = zip(starts, ends).map { $0..<$1 }
    let named = ranges.map { range in services(range, text) }
    guard named.allSatisfy({ !$0.isEmpty }), Set(named).count == named.count else { return [] }
    let shared = text.quote(text.titleEnd..<max(text.titleEnd, starts[0]))
    return ranges.map { range in
      let own = text.quote(range)
      return Part(text: shared.isEmpty ? own : shared + "\n" + own, own: own)
    }
  }

  private func services(_ range: Range<Int>, _ text: ReadText) -> Set<ServiceID> {
    Set(
      finder.named(in: text).filter {
        $0.evidence > .weak && range.contains($0.mention.range.lowerBound)
      }
      .map(\.service))
  }

  private func heads(_ text: ReadText) -> [Int] {
    text.sentences.filter { sentence in
      guard sentence.lowerBound >= text.titleEnd else { return false }
      let words = text.quote(sentence)
      return ProseLines.isNumbered(words) || isLabel(text.clause(at: first(sentence, text)), text)
    }.map(\.lowerBound)
  }

  /// The first place of a sentence that is no blank.
  private func first(_ sentence: Range<Int>, _ text: ReadText) -> Int {
    let bytes = Array(text.text.utf8.dropFirst(sentence.lowerBound).prefix(sentence.count))
    let blanks = bytes.prefix { $0 <= 0x20 }.count
    return min(sentence.lowerBound + blanks, max(sentence.lowerBound, sentence.upperBound - 1))
  }

  /// `SiC流片线：`: short, a colon behind, a service in it.
  private func isLabel(_ clause: Range<Int>, _ text: ReadText) -> Bool {
    let words = text.quote(clause)
    guard words.hasSuffix("：") || words.hasSuffix(":"), clause.count <= 60 else { return false }
    return !services(clause, text).isEmpty
  }

  /// 一、 1. （2） ③ • -
  private static func isNumbered(_ words: String) -> Bool {
    let scalars = Array(words.unicodeScalars.prefix(5))
    guard let first = scalars.first else { return false }
    if "•·▪●■◆-–—*".unicodeScalars.contains(first) { return true }
    if (0x2460...0x2473).contains(first.value) { return true }
    let isOpen = first == "（" || first == "("
    let numerals = scalars.dropFirst(isOpen ? 1 : 0).prefix {
      "0123456789一二三四五六七八九十".unicodeScalars.contains($0)
    }
    guard (1...2).contains(numerals.count),
      let next = scalars.dropFirst(numerals.count + (isOpen ? 1 : 0)).first
    else { return false }
    return isOpen ? next == "）" || next == ")" : "、.．)）".unicodeScalars.contains(next)
  }
}
