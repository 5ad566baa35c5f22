#include "kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

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

__attribute__((target("avx512bw,avx512f,avx512vl,avx2"))) static void add_columns_512(
    uint16_t *sums, size_t blocks, const uint8_t *const *columns, const uint8_t *tables,
    const uint32_t *ends, size_t groups, uint16_t *most) {
  const __m512i low = _mm512_set1_epi8(15);
  for (size_t block = 0; block < blocks; block++) {
    uint16_t *sum = sums + block * 128;
    __m512i a0 = _mm512_loadu_si512(sum), a1 = _mm512_loadu_si512(sum + 32);
    __m512i a2 = _mm512_loadu_si512(sum + 64), a3 = _mm512_loadu_si512(sum + 96);
    uint32_t column = 0;
    for (size_t group = 0; group < groups; group++) {
      __m512i b0 = _mm512_setzero_si512(), b1 = _mm512_setzero_si512();
      for (; column < ends[group]; column++) {
        __m512i x = _mm512_loadu_si512(columns[column] + block * 64);
        __m512i table =
            _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(tables + column * 16)));
        __m512i y = _mm512_and_si512(_mm512_srli_epi16(x, 4), low);
        b0 = _mm512_add_epi8(b0, _mm512_shuffle_epi8(table, _mm512_and_si512(x, low)));
        b1 = _mm512_add_epi8(b1, _mm512_shuffle_epi8(table, y));
      }
      a0 = _mm512_add_epi16(a0, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(b0)));
      a1 = _mm512_add_epi16(a1, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(b0, 1)));
      a2 = _mm512_add_epi16(a2, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(b1)));
      a3 = _mm512_add_epi16(a3, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(b1, 1)));
    }
    _mm512_storeu_si512(sum, a0);
    _mm512_storeu_si512(sum + 32, a1);
    _mm512_storeu_si512(sum + 64, a2);
    _mm512_storeu_si512(sum + 96, a3);
    a0 = _mm512_max_epu16(a0, a1);
    a2 = _mm512_max_epu16(a2, a3);
    most[block * 2] = largest(
        _mm256_max_epu16(_mm512_castsi512_si256(a0), _mm512_extracti64x4_epi64(a0, 1)));
    most[block * 2 + 1] = largest(
        _mm256_max_epu16(_mm512_castsi512_si256(a2), _mm512_extracti64x4_epi64(a2, 1)));
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

size_t ck_population(const uint64_t *words, size_t count) {
  size_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += (size_t)__builtin_popcountll(words[i]);
  return sum;
}

#endif
