#include "kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

// Bytes of a column by which prefetching runs ahead.
#define AHEAD 1024

int ck_level(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512bw")) return 2;
  return __builtin_cpu_supports("avx2") ? 1 : 0;
}

__attribute__((target("avx2"))) static inline uint16_t largest(__m256i values) {
  __m128i half = _mm_max_epu16(_mm256_castsi256_si128(values), _mm256_extracti128_si256(values, 1));
  __m128i inverted = _mm_xor_si128(half, _mm_set1_epi16(-1));
  return (uint16_t)~_mm_extract_epi16(_mm_minpos_epu16(inverted), 0);
}

__attribute__((target("avx2"))) static void add_columns_256(
    uint16_t *sums, size_t blocks, const uint8_t *const *columns, const uint8_t *tables,
    const uint32_t *ends, size_t groups, uint16_t *most) {
  const __m256i low = _mm256_set1_epi8(15);
  for (size_t block = 0; block < blocks; block++) {
    __m256i *sum = (__m256i *)(sums + block * 128);
    __m256i a[8];
    for (int i = 0; i < 8; i++) a[i] = _mm256_loadu_si256(sum + i);
    uint32_t column = 0;
    for (size_t group = 0; group < groups; group++) {
      __m256i b[4] = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(),
                      _mm256_setzero_si256()};
      for (; column < ends[group]; column++) {
        const __m256i *at = (const __m256i *)(columns[column] + block * 64);
        _mm_prefetch((const char *)at + AHEAD, _MM_HINT_T0);
        __m256i table =
            _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(tables + column * 16)));
        __m256i x = _mm256_loadu_si256(at), y = _mm256_loadu_si256(at + 1);
        b[0] = _mm256_add_epi8(b[0], _mm256_shuffle_epi8(table, _mm256_and_si256(x, low)));
        b[1] = _mm256_add_epi8(b[1], _mm256_shuffle_epi8(table, _mm256_and_si256(y, low)));
        x = _mm256_and_si256(_mm256_srli_epi16(x, 4), low);
        y = _mm256_and_si256(_mm256_srli_epi16(y, 4), low);
        b[2] = _mm256_add_epi8(b[2], _mm256_shuffle_epi8(table, x));
        b[3] = _mm256_add_epi8(b[3], _mm256_shuffle_epi8(table, y));
      }
      for (int i = 0; i < 4; i++) {
        __m128i left = _mm256_castsi256_si128(b[i]), right = _mm256_extracti128_si256(b[i], 1);
        a[2 * i] = _mm256_add_epi16(a[2 * i], _mm256_cvtepu8_epi16(left));
        a[2 * i + 1] = _mm256_add_epi16(a[2 * i + 1], _mm256_cvtepu8_epi16(right));
      }
    }
    for (int i = 0; i < 8; i++) _mm256_storeu_si256(sum + i, a[i]);
    most[block * 2] =
        largest(_mm256_max_epu16(_mm256_max_epu16(a[0], a[1]), _mm256_max_epu16(a[2], a[3])));
    most[block * 2 + 1] =
        largest(_mm256_max_epu16(_mm256_max_epu16(a[4], a[5]), _mm256_max_epu16(a[6], a[7])));
  }
}

__attribute__((target("avx512bw,avx512f,avx512vl,avx2"))) static inline void finish_512(
    uint16_t *sum, __m512i a0, __m512i a1, __m512i a2, __m512i a3, uint16_t *most) {
  _mm512_storeu_si512(sum, a0);
  _mm512_storeu_si512(sum + 32, a1);
  _mm512_storeu_si512(sum + 64, a2);
  _mm512_storeu_si512(sum + 96, a3);
  a0 = _mm512_max_epu16(a0, a1);
  a2 = _mm512_max_epu16(a2, a3);
  most[0] =
      largest(_mm256_max_epu16(_mm512_castsi512_si256(a0), _mm512_extracti64x4_epi64(a0, 1)));
  most[1] =
      largest(_mm256_max_epu16(_mm512_castsi512_si256(a2), _mm512_extracti64x4_epi64(a2, 1)));
}

// Two blocks at a time: a table is loaded once for both.
__attribute__((target("avx512bw,avx512f,avx512vl,avx2"))) static void add_columns_512(
    uint16_t *sums, size_t blocks, const uint8_t *const *columns, const uint8_t *tables,
    const uint32_t *ends, size_t groups, uint16_t *most) {
  const __m512i low = _mm512_set1_epi8(15);
  for (size_t block = 0; block < blocks; block += 2) {
    uint16_t *sum = sums + block * 128;
    // A last single block is computed twice.
    size_t next = block + 1 < blocks ? 1 : 0;
    __m512i a[8];
    for (int i = 0; i < 4; i++) {
      a[i] = _mm512_loadu_si512(sum + i * 32);
      a[i + 4] = _mm512_loadu_si512(sum + next * 128 + i * 32);
    }
    uint32_t column = 0;
    for (size_t group = 0; group < groups; group++) {
      __m512i b0 = _mm512_setzero_si512(), b1 = b0, b2 = b0, b3 = b0;
      for (; column < ends[group]; column++) {
        const uint8_t *at = columns[column] + block * 64;
        _mm_prefetch((const char *)at + AHEAD, _MM_HINT_T0);
        _mm_prefetch((const char *)at + AHEAD + 64, _MM_HINT_T0);
        __m512i x = _mm512_loadu_si512(at), y = _mm512_loadu_si512(at + next * 64);
        __m512i table =
            _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(tables + column * 16)));
        b0 = _mm512_add_epi8(b0, _mm512_shuffle_epi8(table, _mm512_and_si512(x, low)));
        b2 = _mm512_add_epi8(b2, _mm512_shuffle_epi8(table, _mm512_and_si512(y, low)));
        x = _mm512_and_si512(_mm512_srli_epi16(x, 4), low);
        y = _mm512_and_si512(_mm512_srli_epi16(y, 4), low);
        b1 = _mm512_add_epi8(b1, _mm512_shuffle_epi8(table, x));
        b3 = _mm512_add_epi8(b3, _mm512_shuffle_epi8(table, y));
      }
      __m512i b[4] = {b0, b1, b2, b3};
      for (int i = 0; i < 4; i++) {
        __m256i left = _mm512_castsi512_si256(b[i]), right = _mm512_extracti64x4_epi64(b[i], 1);
        a[2 * i] = _mm512_add_epi16(a[2 * i], _mm512_cvtepu8_epi16(left));
        a[2 * i + 1] = _mm512_add_epi16(a[2 * i + 1], _mm512_cvtepu8_epi16(right));
      }
    }
    if (next) finish_512(sum + 128, a[4], a[5], a[6], a[7], most + block * 2 + 2);
    finish_512(sum, a[0], a[1], a[2], a[3], most + block * 2);
  }
}

void ck_add_columns(int level, uint16_t *sums, size_t blocks, const uint8_t *const *columns,
                    const uint8_t *tables, const uint32_t *ends, size_t groups, uint16_t *most) {
  if (level >= 2) {
    add_columns_512(sums, blocks, columns, tables, ends, groups, most);
  } else {
    add_columns_256(sums, blocks, columns, tables, ends, groups, most);
  }
}

// The cells of a run's rows in a column, as bytes from the first. All rows of a column at once, so
// that the processor waits for many of them together.
__attribute__((target("avx2"))) static inline void places_256(
    const ck_column *column, size_t from, size_t count, uint32_t *places) {
  const uint32_t *facets = column->facets + from;
  const __m256i low = _mm256_set1_epi32(0xFFFF);
  size_t row = 0;
  for (; row + 8 <= count; row += 8) {
    __m256i facet = _mm256_loadu_si256((const __m256i *)(facets + row));
    __m256i code = _mm256_i32gather_epi32((const int *)column->codes, facet, 2);
    code = _mm256_slli_epi32(_mm256_and_si256(code, low), 6);
    _mm256_storeu_si256((__m256i *)(places + row), code);
  }
  for (; row < count; row++) places[row] = (uint32_t)column->codes[facets[row]] << 6;
}

// As `RowSums.add` in Swift.
__attribute__((target("avx2"))) static size_t add_cells_256(
    const ck_cell *common, const ck_column *columns, size_t hard, size_t count, ck_rows rows,
    uint32_t *places, ck_cell *sums, int32_t *kept, int32_t *days) {
  const uint32_t *slots = rows.slots;
  const size_t run = rows.to - rows.from;
  for (size_t column = 0; column < count; column++) {
    const char *facets = (const char *)(columns[column].facets + rows.from);
    for (size_t byte = 0; byte < run * 4; byte += 64) _mm_prefetch(facets + byte, _MM_HINT_T0);
  }
  for (size_t column = 0; column < count; column++) {
    places_256(columns + column, rows.from, run, places + column * run);
  }
  size_t left = 0;
  for (size_t row = rows.from; row < rows.to; row++) {
    __m256i sum = _mm256_loadu_si256((const __m256i *)common->sums);
    __m128i least = _mm_loadu_si128((const __m128i *)common->least);
    uint64_t causes = common->causes, bits = common->bits;
    const uint32_t *place = places + (row - rows.from);
    size_t column = 0, end = hard;
    int leaves = 0;
    for (;;) {
      for (; column < end; column++, place += run) {
        const ck_cell *cell = (const ck_cell *)((const char *)columns[column].cells + *place);
        sum = _mm256_add_epi64(sum, _mm256_loadu_si256((const __m256i *)cell->sums));
        least = _mm_min_epi32(least, _mm_loadu_si128((const __m128i *)cell->least));
        causes |= cell->causes;
        bits += cell->bits;
      }
      if (column == hard && !leaves) {
        uint64_t failures = causes & rows.failures;
        failures &= failures - 1;
        failures &= failures - 1;
        leaves = (failures != 0 || (causes & rows.final) != 0) &&
                 (row == 0 || slots[row - 1] != slots[row]) &&
                 (row + 1 == rows.count || slots[row + 1] != slots[row]);
      }
      if (leaves || end == count) break;
      end = count;
    }
    days[row - rows.from] = _mm_extract_epi32(least, 3);
    if (leaves) continue;
    _mm256_storeu_si256((__m256i *)sums[left].sums, sum);
    _mm_storeu_si128((__m128i *)sums[left].least, least);
    sums[left].causes = causes;
    sums[left].bits = bits;
    kept[left] = (int32_t)row;
    left++;
  }
  return left;
}

size_t ck_add_cells(const ck_cell *common, const ck_column *columns, size_t hard, size_t count,
                    ck_rows rows, uint32_t *places, ck_cell *sums, int32_t *kept, int32_t *days) {
  return add_cells_256(common, columns, hard, count, rows, places, sums, kept, days);
}

__attribute__((target("popcnt"))) static size_t population(const uint64_t *words, size_t count) {
  size_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += (size_t)_mm_popcnt_u64(words[i]);
  return sum;
}

size_t ck_population(const uint64_t *words, size_t count) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("popcnt")) return population(words, count);
  size_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += (size_t)__builtin_popcountll(words[i]);
  return sum;
}

#else

int ck_level(void) { return 0; }

// Never called below level 1; the plain Swift version serves.
void ck_add_columns(int level, uint16_t *sums, size_t blocks, const uint8_t *const *columns,
                    const uint8_t *tables, const uint32_t *ends, size_t groups, uint16_t *most) {}

// As above.
size_t ck_add_cells(const ck_cell *common, const ck_column *columns, size_t hard, size_t count,
                    ck_rows rows, uint32_t *places, ck_cell *sums, int32_t *kept,
                    int32_t *days) {
  return 0;
}

size_t ck_population(const uint64_t *words, size_t count) {
  size_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += (size_t)__builtin_popcountll(words[i]);
  return sum;
}

#endif
