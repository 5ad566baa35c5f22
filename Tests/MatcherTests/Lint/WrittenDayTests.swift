import Testing

@testable import Matcher

// 1. days in digits are found in the ways in which they are written
// 2. those that no calendar has are told from those that it has
// 3. numbers that only look like days are left alone
@Suite("Days in digits")
struct WrittenDayTests {
  @Test(
    "a day that does not exist is found",
    arguments: [
      "2027年2月30日前", "2月30日", "11月31号", "2027-02-29", "2027/6/31", "2027.13.01", "2027 年 9 月 31 日",
      "13月1日",
    ])
  func missing(text: String) {
    let days = WrittenDay.all(in: text)
    #expect(days.count == 1 && days.allSatisfy { !$0.exists }, "\(days)")
  }

  @Test(
    "a day that exists is no problem",
    arguments: ["2028年2月29日", "2月29日", "2027-12-31", "2027/1/4", "12月31號", "2027.03.31"])
  func there(text: String) {
    let days = WrittenDay.all(in: text)
    #expect(days.count == 1 && days.allSatisfy(\.exists), "\(days)")
  }

  @Test(
    "what is no day is left alone",
    arguments: [
      "ISO 2020-13-40-1", "型号2027-99-88A", "3月后", "30日内", "1.2.30", "99999年2月30", "2月 30天",
      "10.13.99.1",
      "年2月日",
    ])
  func others(text: String) {
    #expect(WrittenDay.all(in: text).isEmpty)
  }

  @Test("its place is that of the text")
  func place() throws {
    let text = "请于2027年2月30日前完成"
    let day = try #require(WrittenDay.all(in: text).first)
    #expect(String(decoding: Array(text.utf8)[day.range], as: UTF8.self) == "2027年2月30日")
  }
}
