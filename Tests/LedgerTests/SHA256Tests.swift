import Matcher
import MatcherTestSupport
import Testing

@testable import Ledger

// 1 The digests are those of the standard's examples.
// 2 However the bytes come in pieces, the digest is the same.
@Suite struct SHA256Tests {
  @Test(
    "the standard's examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func examples(text: String, digest: String) {
    #expect(SHA256.hex(text) == digest)
  }

  @Test("the same in any pieces", arguments: UInt64(0)..<40)
  func same(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0...700, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    let expected = SHA256.hex(bytes)
    var pieces = SHA256Stream()
    var place = 0
    while place < bytes.count {
      let end = min(bytes.count, place + Int.random(in: 0...150, using: &random))
      pieces.add(Array(bytes[place..<end]))
      place = end
    }
    #expect(pieces.finish() == expected)
  }
}
