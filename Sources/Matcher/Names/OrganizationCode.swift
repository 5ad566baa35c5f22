/// A number under which an organisation is registered.
public enum OrganizationCode: Sendable, Equatable {
  /// The unified social credit code of the mainland, GB 32100-2015; its check character is right.
  case unifiedSocialCredit(String)
  /// Hong Kong: eight digits of the Business Registration, also the Unique Business Identifier since
  /// December 2023. Taiwan's unified business numbers have the same form.
  case hongKongBusinessRegistration(String)
  /// Hong Kong: the older Companies Registry number, up to seven digits, behind CR.
  case hongKongCompany(String)
  /// Macao: a registration of the Commercial Registry, such as 12345 (SO).
  case macaoRegistration(String)

  public var text: String {
    switch self {
    case .unifiedSocialCredit(let text), .hongKongBusinessRegistration(let text),
      .hongKongCompany(let text), .macaoRegistration(let text):
      text
    }
  }

  /// What is wrong with a text that is none.
  public enum Problem: Error, Sendable, Equatable {
    /// Eighteen characters whose check character does not fit.
    case checkFails
    /// A spreadsheet made a number of it: `9.14403E+17`, or digits that end in zeros.
    case scientific
    case unknown
  }

  /// Reads a code as a cell holds it; blanks, hyphens, widths and case do not matter.
  public static func read(_ text: String) throws(Problem) -> OrganizationCode {
    let code = narrow(text)
    if isScientific(code) { throw .scientific }
    if code.utf8.count == 18 {
      guard code.utf8.allSatisfy({ value($0) != nil }) else {
        throw code.utf8.allSatisfy(isDigitOrLetter) ? .checkFails : .unknown
      }
      guard isValidCreditCode(code) else { throw .checkFails }
      return .unifiedSocialCredit(code)
    }
    if let other = other(code) { return other }
    throw .unknown
  }

  private static func narrow(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09...0x0D, 0x20, 0xA0, 0x3000, 0x2D, 0x2010...0x2015, 0x200B, 0xFEFF, 0x27: continue
      case 0xFF01...0xFF5E: out.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      default: out.append(scalar)
      }
    }
    return String(out).uppercased()
  }

  private static func isScientific(_ code: String) -> Bool {
    let parts = code.utf8.split(separator: UInt8(ascii: "E"), omittingEmptySubsequences: false)
    if parts.count == 2, parts[0].contains(UInt8(ascii: ".")) || parts[1].first == UInt8(ascii: "+")
    {
      let isNumber = parts[0].allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
      return isNumber && !parts[0].isEmpty
        && parts[1].allSatisfy { isDigit($0) || $0 == UInt8(ascii: "+") }
    }
    // Fifteen digits survive in a spreadsheet; the rest become zeros.
    return code.utf8.count == 18 && code.utf8.allSatisfy(isDigit) && code.hasSuffix("000")
      && !isValidCreditCode(code)
  }

  private static func other(_ code: String) -> OrganizationCode? {
    for prefix in ["BR", "UBI", "BRNO", "BRN"] where code.hasPrefix(prefix) {
      let digits = code.dropFirst(prefix.count).filter { $0.isASCII && $0.isNumber }
      if digits.count >= 8 { return .hongKongBusinessRegistration(String(digits.prefix(8))) }
    }
    if code.hasPrefix("CR") {
      let digits = code.filter { $0.isASCII && $0.isNumber }
      if (5...7).contains(digits.count) { return .hongKongCompany(digits) }
    }
    if code.hasSuffix("(SO)") || code.hasSuffix("SO") {
      let digits = code.filter { $0.isASCII && $0.isNumber }
      if (4...6).contains(digits.count) { return .macaoRegistration(digits + " (SO)") }
    }
    guard code.utf8.prefix(8).count == 8, code.utf8.prefix(8).allSatisfy(isDigit) else {
      return nil
    }
    // A certificate number has the registration's eight digits first: 12345678-000-11-23-1.
    if code.utf8.count == 8 || (code.utf8.count >= 11 && code.utf8.allSatisfy(isDigit)) {
      if code.utf8.count > 16 { return nil }
      return .hongKongBusinessRegistration(String(code.prefix(8)))
    }
    return nil
  }

  /// - Note: GB 32100-2015: 18 characters out of 31, weights 3^(i−1) mod 31, check 31 − sum mod 31.
  static func isValidCreditCode(_ code: String) -> Bool {
    let values = code.utf8.compactMap(value)
    guard values.count == 18 else { return false }
    var sum = 0
    var weight = 1
    for digit in values.prefix(17) {
      sum += digit * weight
      weight = weight * 3 % 31
    }
    return (31 - sum % 31) % 31 == values[17]
  }

  private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

  private static func value(_ byte: UInt8) -> Int? {
    alphabet.firstIndex(of: byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isDigitOrLetter(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x5A).contains(byte)
  }
}
