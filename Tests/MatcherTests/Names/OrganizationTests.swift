import MatcherTestSupport
import Testing

@testable import Matcher

// Proves, of names, codes and addresses:
// 1. Names are one across legal forms, scripts, widths and brackets; branches and places stay apart.
// 2. A credit code with one wrong character is refused; what a spreadsheet ruined is never accepted.
// 3. Addresses give the district; homonyms are decided by what stands around them or asked.
@Suite("organisations and addresses")
struct OrganizationTests {
  static let corpus = TestCorpus.shared

  @Test(
    "names of one organisation",
    arguments: [
      ("示例半导体有限公司", "示例半導體股份有限公司"), ("示例科技（深圳）有限公司", "示例科技有限公司"),
      ("Sample Semicon Limited", "SAMPLE SEMICON CO., LTD."), ("ＡＢＣ科技有限公司", "ABC科技有限责任公司"),
    ])
  func same(one: String, other: String) {
    let names = [one, other].map { OrganizationName($0, corpus: Self.corpus) }
    #expect(names[0].isSame(as: names[1]), "\(names)")
  }

  @Test(
    "names of two organisations",
    arguments: [
      ("示例科技（深圳）有限公司", "示例科技（广州）有限公司"), ("示例科技有限公司", "示例科技有限公司深圳分公司"),
      ("示例一有限公司", "示例二有限公司"), ("公司", "有限公司"),
    ])
  func different(one: String, other: String) {
    let names = [one, other].map { OrganizationName($0, corpus: Self.corpus) }
    #expect(!names[0].isSame(as: names[1]), "\(names)")
  }

  /// Made up: the check character is worked out.
  private func code(_ stem: String) -> String {
    let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    return alphabet.map { stem + String($0) }.first(where: OrganizationCode.isValidCreditCode) ?? ""
  }

  @Test("credit codes: one wrong character fails")
  func creditCodes() throws {
    let good = code("91440300MA5FAKE0Q")
    #expect(try OrganizationCode.read(good.lowercased()) == .unifiedSocialCredit(good))
    let characters = Array(good)
    for index in characters.indices {
      var wrong = characters
      wrong[index] = wrong[index] == "1" ? "2" : "1"
      #expect(throws: OrganizationCode.Problem.checkFails) {
        try OrganizationCode.read(String(wrong))
      }
    }
  }

  @Test("codes that a spreadsheet ruined, and numbers of Hong Kong and Macao")
  func otherCodes() throws {
    for text in ["9.14E+17", "9.14403E+17", "914403000000000000"] {
      #expect(throws: OrganizationCode.Problem.scientific) { try OrganizationCode.read(text) }
    }
    #expect(try OrganizationCode.read("12345678") == .hongKongBusinessRegistration("12345678"))
    #expect(
      try OrganizationCode.read("12345678-000-11-26-1") == .hongKongBusinessRegistration("12345678")
    )
    #expect(try OrganizationCode.read("CR No. 0123456") == .hongKongCompany("0123456"))
    #expect(try OrganizationCode.read("12345 (SO)") == .macaoRegistration("12345 (SO)"))
    #expect(throws: OrganizationCode.Problem.unknown) { try OrganizationCode.read("待办") }
  }

  private func place(_ text: String, around: String? = nil) -> String? {
    if case .place(let id) = Address.resolve(text, corpus: Self.corpus, around: around) {
      return Self.corpus.places[id].id
    }
    return nil
  }

  @Test(
    "addresses to districts",
    arguments: [
      ("广东省深圳市南山区科技园南路1号", "cn.gd.shenzhen.nanshan"), ("廣州市白雲區某路", "cn.gd.guangzhou.baiyun"),
      ("Nanshan District, Shenzhen", "cn.gd.shenzhen.nanshan"), ("惠州市", "cn.gd.huizhou"),
    ])
  func addresses(text: String, id: String) {
    #expect(place(text) == id)
  }

  @Test("a homonym is asked, unless the park tells")
  func homonyms() {
    guard case .homonym(let ids) = Address.resolve("白云区某路", corpus: Self.corpus) else {
      Issue.record("\(Address.resolve("白云区某路", corpus: Self.corpus))")
      return
    }
    #expect(ids.count > 1)
    #expect(place("白云区某路", around: "广州某产业园") == "cn.gd.guangzhou.baiyun")
    #expect(Address.resolve("某处", corpus: Self.corpus) == .unknown)
  }
}
