import CMatcherKernels

/// Which instructions sum the columns; chosen once by what the processor offers.
public enum ColumnKernel: Int32, Sendable, CaseIterable {
  /// Plain Swift, everywhere; the reference of the others.
  case plain = 0
  case avx2 = 1
  case avx512 = 2

  /// The widest that this processor offers.
  public static let best = ColumnKernel(rawValue: ck_level()) ?? .plain

  /// Adds to `sums` the table value of each column's level of each document and finds the largest sum
  /// of every 64 documents.
  ///
  /// - Parameters:
  ///   - blocks: Runs of 128 documents: 128 sums, 64 bytes of each column, 2 values of `most`.
  ///   - tables: Sixteen values a column; those of one group never sum to more than 255.
  ///   - ends: One past the last column of each group, ascending.
  @inline(__always)
  func add(
    _ columns: UnsafePointer<UnsafePointer<UInt8>?>, tables: UnsafePointer<UInt8>,
    ends: UnsafePointer<UInt32>, groups: Int, to sums: UnsafeMutablePointer<UInt16>, blocks: Int,
    most: UnsafeMutablePointer<UInt16>
  ) {
    guard self == .plain else {
      ck_add_columns(rawValue, sums, blocks, columns, tables, ends, groups, most)
      return
    }
    let count = groups == 0 ? 0 : Int(ends[groups - 1])
    Self.addPlainly(columns, count, tables, sums, blocks, most)
  }

  private static func addPlainly(
    _ columns: UnsafePointer<UnsafePointer<UInt8>?>, _ count: Int, _ tables: UnsafePointer<UInt8>,
    _ sums: UnsafeMutablePointer<UInt16>, _ blocks: Int, _ most: UnsafeMutablePointer<UInt16>
  ) {
    for block in 0..<blocks {
      let sum = sums + block * 128
      for number in 0..<count {
        guard let column = columns[number] else { continue }
        let (bytes, table) = (column + block * 64, tables + number * 16)
        for place in 0..<64 {
          sum[place] &+= UInt16(table[Int(bytes[place] & 15)])
          sum[place + 64] &+= UInt16(table[Int(bytes[place] >> 4)])
        }
      }
      most[block * 2] = largest(sum)
      most[block * 2 + 1] = largest(sum + 64)
    }
  }

  @inline(__always)
  private static func largest(_ sums: UnsafePointer<UInt16>) -> UInt16 {
    var most: UInt16 = 0
    for place in 0..<64 { most = sums[place] > most ? sums[place] : most }
    return most
  }
}

/// How many bits of the words are set.
func population(_ words: UnsafePointer<UInt64>, _ count: Int) -> Int {
  ck_population(words, count)
}
