/// How the characters of a text file are written as bytes.
package enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case gb18030 = "gb18030"
  case big5 = "big5-hkscs"

  /// Reads a name as people write it: `GBK`, `Big5`, `UTF8`, `cp936`, …
  package init?(name: String) {
    let plain = String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    switch plain {
    case "utf8", "utf8bom", "utf8sig", "65001": self = .utf8
    case "utf16", "utf16le", "unicode": self = .utf16LittleEndian
    case "utf16be": self = .utf16BigEndian
    case "gb18030", "gbk", "gb2312", "cp936", "936", "ansi": self = .gb18030
    case "big5", "big5hkscs", "hkscs", "cp950", "950": self = .big5
    default: return nil
    }
  }

  /// The bytes that announce the encoding at the start of a file; empty where there are none.
  var mark: [UInt8] {
    switch self {
    case .utf8: [0xEF, 0xBB, 0xBF]
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    case .gb18030, .big5: []
    }
  }

  /// The name that iconv has for it, and for what programs write beyond it.
  var iconvNames: (String, String?) {
    switch self {
    case .utf8: ("UTF-8", nil)
    case .utf16LittleEndian: ("UTF-16LE", nil)
    case .utf16BigEndian: ("UTF-16BE", nil)
    case .gb18030: ("GB18030", "CP936")
    case .big5: ("BIG5-HKSCS", "CP950")
    }
  }
}

/// Which encoding a file has, and how that is known.
package struct DetectedEncoding: Sendable, Equatable {
  package enum Basis: String, Sendable {
    /// The caller said so.
    case given
    /// A byte order mark stands at the start.
    case mark
    /// Only ASCII, the same in all encodings.
    case ascii
    /// The bytes make sense in this encoding alone.
    case likely
    /// Another encoding is about as likely: `other`.
    case unsure
  }

  package let encoding: TextEncoding
  package let basis: Basis
  package var hasMark = false
  package var other: TextEncoding?
  /// The same piece of the file as both encodings read it, when unsure.
  package var readings: (String, String)?

  package static func == (left: DetectedEncoding, right: DetectedEncoding) -> Bool {
    left.encoding == right.encoding && left.basis == right.basis && left.other == right.other
  }
}
