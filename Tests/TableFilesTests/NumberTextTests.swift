import Testing

@testable import TableFiles

// Proves: numbers read as a person sees them.
@Suite struct NumberTextTests {
  @Test(
    "digits are kept, noise of the binary form is not",
    arguments: [
      ("60", "60"), ("43.2", "43.2"), ("0.30000000000000004", "0.3"), ("1.5E-3", "0.0015"),
      ("9.1440300123456704E+17", "914403001234567040"), ("-0", "0"), ("1E5", "100000"),
      ("123456789012345678", "123456789012345678"), ("60.000000000000007", "60"),
      ("0.99999999999999989", "1"), ("-12.50", "-12.5"), ("1E+41", "1E41"),
    ])
  func plain(raw: String, text: String) {
    #expect(NumberText(raw)?.text == text)
  }

  @Test("percent is a shift of the digits")
  func percent() {
    #expect(NumberText("0.15")?.shifted(2).text == "15")
    #expect(NumberText("0.07")?.shifted(2).text == "7")
  }

  @Test("what is no number is none", arguments: ["", "-", "nan", "0x10", "1e", "1e9999", "1 2"])
  func noNumber(raw: String) {
    #expect(NumberText(raw) == nil)
  }
}
