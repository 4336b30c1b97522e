#include "Compare.h"

// One row after the other: what is beyond the table is looked up as its first number and not taken.
#define EACH(NAME, TYPE, WIDE, UNSIGNED)                                                        \
  static void each_##NAME(const TYPE *a, WIDE base, UNSIGNED last, const uint64_t *table,       \
                          size_t count, uint64_t *bits) {                                       \
    for (size_t w = 0; w < (count + 63) / 64; w++) {                                            \
      const size_t end = count - w * 64 < 64 ? count - w * 64 : 64;                             \
      uint64_t found = 0;                                                                       \
      for (size_t i = 0; i < end; i++) {                                                        \
        const UNSIGNED place = (UNSIGNED)a[w * 64 + i] - (UNSIGNED)base;                        \
        const uint64_t isInside = place <= last, safe = isInside ? place : 0;                   \
        found |= (table[safe / 64] >> (safe % 64) & isInside) << i;                             \
      }                                                                                         \
      bits[w] = found;                                                                          \
    }                                                                                           \
  }

EACH(i8, int8_t, int32_t, uint32_t)
EACH(i16, int16_t, int32_t, uint32_t)
EACH(i32, int32_t, int32_t, uint32_t)
EACH(i64, int64_t, int64_t, uint64_t)

#if defined(__x86_64__)
#include <immintrin.h>

#define LOAD_i8(at) _mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)(at)))
#define LOAD_i16(at) _mm512_cvtepi16_epi32(_mm256_loadu_si256((const __m256i *)(at)))
#define LOAD_i32(at) _mm512_loadu_si512(at)
#define LOAD_i64(at) _mm512_loadu_si512(at)

// A gather of as many words of the table as a vector has rows.
#define GATHERED(NAME, TYPE, WIDE, UNSIGNED, BITS, LANES, LOG)                                  \
  __attribute__((target("avx512f"))) static void gathered_##NAME(                               \
      const TYPE *a, WIDE base, UNSIGNED last, const uint64_t *table, size_t words,             \
      uint64_t *bits) {                                                                         \
    const __m512i low = _mm512_set1_epi##BITS(base);                                            \
    const __m512i end = _mm512_set1_epi##BITS((WIDE)last);                                      \
    const __m512i one = _mm512_set1_epi##BITS(1), inWord = _mm512_set1_epi##BITS(BITS - 1);     \
    for (size_t w = 0; w < words; w++) {                                                        \
      uint64_t found = 0;                                                                       \
      for (size_t i = 0; i < 64; i += LANES) {                                                  \
        const __m512i place = _mm512_sub_epi##BITS(LOAD_##NAME(a + w * 64 + i), low);           \
        const __mmask16 isInside = _mm512_cmple_epu##BITS##_mask(place, end);                   \
        const __m512i word = _mm512_mask_i##BITS##gather_epi##BITS(                             \
            _mm512_setzero_si512(), (__mmask##LANES)isInside,                                   \
            _mm512_srli_epi##BITS(place, LOG), table, BITS / 8);                                \
        const __m512i bit =                                                                     \
            _mm512_sllv_epi##BITS(one, _mm512_and_si512(place, inWord));                        \
        found |= (uint64_t)_mm512_test_epi##BITS##_mask(word, bit) << i;                        \
      }                                                                                         \
      bits[w] = found;                                                                          \
    }                                                                                           \
  }

GATHERED(i8, int8_t, int32_t, uint32_t, 32, 16, 5)
GATHERED(i16, int16_t, int32_t, uint32_t, 32, 16, 5)
GATHERED(i32, int32_t, int32_t, uint32_t, 32, 16, 5)
GATHERED(i64, int64_t, int64_t, uint64_t, 64, 8, 6)

#define GATHER(NAME)                                                                            \
  if (__builtin_cpu_supports("avx512f")) {                                                      \
    words = count / 64;                                                                         \
    gathered_##NAME(a, base, last, table, words, bits);                                         \
  }
#else
#define GATHER(NAME)
#endif

#define LOOKUP_SPAN(NAME, TYPE, WIDE, UNSIGNED)                                                 \
  void ck_lookup_span_##NAME(const TYPE *a, WIDE base, UNSIGNED last, const uint64_t *table,    \
                             size_t count, uint64_t *bits) {                                    \
    size_t words = 0;                                                                           \
    GATHER(NAME)                                                                                \
    each_##NAME(a + words * 64, base, last, table, count - words * 64, bits + words);           \
  }

LOOKUP_SPAN(i8, int8_t, int32_t, uint32_t)
LOOKUP_SPAN(i16, int16_t, int32_t, uint32_t)
LOOKUP_SPAN(i32, int32_t, int32_t, uint32_t)
LOOKUP_SPAN(i64, int64_t, int64_t, uint64_t)
