extension PhraseIndex {
  /// The first place at `start` or behind it where a phrase may stand: its first two characters do,
  /// or their hash, or the one that is a phrase.
  func firstPlace(in text: [UInt32], from start: Int) -> Int? {
    text.withUnsafeBufferPointer { text in
      beginnings.bits.withUnsafeBufferPointer { begins in
        pairs.withUnsafeBufferPointer { pairs in
          var place = start
          while place < text.count {
            let value = text[place]
            let mayBegin =
              value < 0x10000
              ? begins[Int(value >> 6)] >> UInt64(value & 63) & 1 != 0 : beginnings.hasOthers
            if mayBegin {
              if place + 1 < text.count {
                let pair = PhraseIndex.pair(value, text[place + 1])
                if pairs[pair >> 6] >> UInt64(pair & 63) & 1 != 0 { return place }
              }
              if hasSingles, singles.mayContain(value) { return place }
            }
            place += 1
          }
          return nil
        }
      }
    }
  }
}
