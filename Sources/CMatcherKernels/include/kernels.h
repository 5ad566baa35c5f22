#ifndef MATCHER_KERNELS_H
#define MATCHER_KERNELS_H
#include <stddef.h>
#include <stdint.h>

// The few loops that need instructions which Swift cannot ask for: a byte shuffle as a table of
// sixteen, and population counts. Each has a plain counterpart in Swift, which tests compare.

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

/// The number of bits set; uses the processor's instruction where it has one.
size_t ck_population(const uint64_t *words, size_t count);

#endif
