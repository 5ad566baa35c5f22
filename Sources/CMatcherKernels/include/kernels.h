#ifndef MATCHER_KERNELS_H
#define MATCHER_KERNELS_H
#include <stddef.h>
#include <stdint.h>

// The few loops that need instructions which Swift cannot ask for: a byte shuffle as a table of
// sixteen, wide sums with minima, and population counts. Each has a plain counterpart in Swift, which tests compare.

/// What this processor offers: 0 nothing wide, 1 AVX2, 2 AVX-512BW.
int ck_level(void);

/// Adds quantised columns to sums and finds the largest sum of every 64 documents.
///
/// A block is 128 documents in 64 bytes of a column: the low half of byte j belongs to document j,
/// the high half to document 64 + j. The four bits choose one of the column's sixteen `tables`
/// values. Columns are taken in groups; the values of a group never sum to more than 255.
///
/// level: 1 or 2, at most ck_level(). sums: 128 values a block, read and written. ends: one past
/// the last column of each group. most: two values a block.
void ck_add_columns(int level, uint16_t *sums, size_t blocks, const uint8_t *const *columns,
                    const uint8_t *tables, const uint32_t *ends, size_t groups, uint16_t *most);

/// What a value of a line gives for a criterion: 64 bytes that add up over the criteria of a pair.
/// `Cell` in Swift says what the parts mean.
typedef struct {
  int64_t sums[4];
  int32_t least[4];
  uint64_t causes;
  uint64_t bits;
} ck_cell;

/// A column of a block: the facet of each row, the code of each facet, the cell of each code.
/// Facets are below 2³¹, and two bytes behind the last code can be read.
typedef struct {
  const uint32_t *facets;
  const uint16_t *codes;
  const ck_cell *cells;
} ck_column;

/// A run of a block's rows.
typedef struct {
  /// The slots of all rows of the block: rows of one slot stand together.
  const uint32_t *slots;
  /// How many rows the block has.
  size_t count;
  size_t from, to;
  /// The bits of causes that make a row a conflict: one of `final`, or three of `failures`.
  uint64_t final, failures;
} ck_rows;

/// Adds the cells of each row's values: sums and bits are added, of least the smaller is taken,
/// causes are united.
///
/// A row that is the only one of its slot and a conflict after the first `hard` columns is left
/// there. The others are written one behind the other to `sums`, and their numbers to `kept`.
/// days: for each row of the run, the last of its least when it was left or finished.
/// places: room for a value for each column and row of the run. Returns how many were kept. Needs
/// level 1.
size_t ck_add_cells(const ck_cell *common, const ck_column *columns, size_t hard, size_t count,
                    ck_rows rows, uint32_t *places, ck_cell *sums, int32_t *kept,
                    int32_t *days);

/// The number of bits set; uses the processor's instruction where it has one.
size_t ck_population(const uint64_t *words, size_t count);

/// Asks for the memory at an address, which need not exist, before it is read.
static inline void ck_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
