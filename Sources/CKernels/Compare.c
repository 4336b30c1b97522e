#include "Compare.h"

#include <string.h>

#include "Internal/Clones.h"

typedef _Bool Bits64 __attribute__((ext_vector_type(64)));

static inline __attribute__((always_inline)) uint64_t word(Bits64 bits) {
  uint64_t word;
  memcpy(&word, &bits, 8);
  return word;
}

#define LESS(TYPE, a, b) ((a) < (b))
#define LESS_OR_EQUAL(TYPE, a, b) ((a) <= (b))
#define EQUAL(TYPE, a, b) ((a) == (b))
// Total order of doubles: NaN above all.
#define TOTAL_LESS(TYPE, a, b) (((a) < (b)) | (((b) != (b)) & ((a) == (a))))
#define TOTAL_LESS_OR_EQUAL(TYPE, a, b) (((a) <= (b)) | ((b) != (b)))
#define TOTAL_EQUAL(TYPE, a, b) (((a) == (b)) | (((a) != (a)) & ((b) != (b))))

// One loop: whole words by vectors of 64, the rest row by row.
#define LOOP(TYPE, OPERATION, LOADED_RIGHT, RIGHT)                                  \
  {                                                                                 \
    for (size_t w = 0; w < count / 64; w++) {                                       \
      Vector64 a = *(const Vector64 *)(left + w * 64);                              \
      Vector64 b = LOADED_RIGHT;                                                    \
      bits[w] = word(__builtin_convertvector(OPERATION(TYPE, a, b), Bits64)) ^ flip; \
    }                                                                               \
    if (count % 64) {                                                               \
      uint64_t last = 0;                                                            \
      for (size_t i = count / 64 * 64; i < count; i++) {                            \
        TYPE a = left[i], b = RIGHT;                                                \
        last |= (uint64_t)(OPERATION(TYPE, a, b) != 0) << (i % 64);                 \
      }                                                                             \
      bits[count / 64] = (last ^ flip) & (((uint64_t)1 << (count % 64)) - 1);       \
    }                                                                               \
  }

#define LOOPS(TYPE, L, LE, E, LOADED_RIGHT, RIGHT)                      \
  {                                                                     \
    typedef TYPE Vector64                                               \
        __attribute__((ext_vector_type(64), aligned(sizeof(TYPE))));    \
    const uint64_t flip = inverted ? ~(uint64_t)0 : 0;                  \
    if (operation == 0) LOOP(TYPE, L, LOADED_RIGHT, RIGHT)              \
    else if (operation == 1) LOOP(TYPE, LE, LOADED_RIGHT, RIGHT)        \
    else LOOP(TYPE, E, LOADED_RIGHT, RIGHT)                             \
  }

#define COMPARE(NAME, TYPE, L, LE, E)                                                       \
  KERNEL void ck_compare_##NAME(const TYPE *left, const TYPE *right, size_t count,          \
                                int operation, int inverted, uint64_t *bits)                \
      LOOPS(TYPE, L, LE, E, *(const Vector64 *)(right + w * 64), right[i])                  \
  KERNEL void ck_compare_constant_##NAME(const TYPE *left, TYPE right, size_t count,        \
                                         int operation, int inverted, uint64_t *bits)       \
      LOOPS(TYPE, L, LE, E, (Vector64)(right), right)

COMPARE(i8, int8_t, LESS, LESS_OR_EQUAL, EQUAL)
COMPARE(i16, int16_t, LESS, LESS_OR_EQUAL, EQUAL)
COMPARE(i32, int32_t, LESS, LESS_OR_EQUAL, EQUAL)
COMPARE(i64, int64_t, LESS, LESS_OR_EQUAL, EQUAL)
COMPARE(u8, uint8_t, LESS, LESS_OR_EQUAL, EQUAL)
COMPARE(u16, uint16_t, LESS, LESS_OR_EQUAL, EQUAL)
COMPARE(f64, double, TOTAL_LESS, TOTAL_LESS_OR_EQUAL, TOTAL_EQUAL)

#define LOOKUP(NAME, TYPE)                                                                     \
  void NAME(const TYPE *codes, const uint8_t *table, size_t count, uint64_t *bits) {           \
    for (size_t w = 0; w < (count + 63) / 64; w++) {                                           \
      size_t end = count - w * 64 < 64 ? count - w * 64 : 64;                                  \
      uint64_t found = 0;                                                                      \
      for (size_t i = 0; i < end; i++)                                                         \
        found |= (uint64_t)(table[codes[w * 64 + i]] != 0) << i;                               \
      bits[w] = found;                                                                         \
    }                                                                                          \
  }

static LOOKUP(lookUpEach, uint8_t)
LOOKUP(ck_lookup_bits_u16, uint16_t)

#if defined(__x86_64__)
#include <immintrin.h>

// The table as bits: for each low digit of a code one bit a high digit, those of 8 to 15 apart. A
// shuffle of bytes finds the bits of 32 low digits at once, another one which bit is the high digit's.
__attribute__((target("avx2"))) static void lookUpByShuffles(const uint8_t *codes,
                                                             const uint8_t *table, size_t words,
                                                             uint64_t *bits) {
  uint8_t lower[32] = {0}, upper[32] = {0}, digits[32];
  for (int i = 0; i < 32; i++) {
    for (int high = 0; high < 8; high++) {
      lower[i] |= (uint8_t)((table[high * 16 + i % 16] != 0) << high);
      upper[i] |= (uint8_t)((table[128 + high * 16 + i % 16] != 0) << high);
    }
    digits[i] = (uint8_t)(1 << (i % 8));
  }
  const __m256i lowerBits = _mm256_loadu_si256((const __m256i *)lower);
  const __m256i upperBits = _mm256_loadu_si256((const __m256i *)upper);
  const __m256i digitBits = _mm256_loadu_si256((const __m256i *)digits);
  const __m256i digit = _mm256_set1_epi8(15);
  for (size_t w = 0; w < words; w++) {
    uint64_t found = 0;
    for (int half = 0; half < 2; half++) {
      const __m256i code = _mm256_loadu_si256((const __m256i *)(codes + w * 64) + half);
      const __m256i low = _mm256_and_si256(code, digit);
      const __m256i high = _mm256_and_si256(_mm256_srli_epi16(code, 4), digit);
      // The uppermost bit of a code chooses its half of the table.
      const __m256i of = _mm256_blendv_epi8(_mm256_shuffle_epi8(lowerBits, low),
                                            _mm256_shuffle_epi8(upperBits, low), code);
      const __m256i bit = _mm256_shuffle_epi8(digitBits, high);
      const __m256i isFound = _mm256_cmpeq_epi8(_mm256_and_si256(of, bit), bit);
      found |= (uint64_t)(uint32_t)_mm256_movemask_epi8(isFound) << (half * 32);
    }
    bits[w] = found;
  }
}
#endif

void ck_lookup_bits_u8(const uint8_t *codes, const uint8_t *table, size_t count, uint64_t *bits) {
  size_t words = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    words = count / 64;
    lookUpByShuffles(codes, table, words, bits);
  }
#endif
  lookUpEach(codes + words * 64, table, count - words * 64, bits + words);
}

// Chunks whose bytes stay in the nearest cache.
#define CHUNK 4096

// What lies beyond the 255 numbers from `base` on has the last byte, whose bit the table leaves out.
#define LOOKUP_NEAR(NAME, TYPE, WIDE, UNSIGNED)                                                  \
  KERNEL static void places_##NAME(const TYPE *a, WIDE base, size_t count, uint8_t *out) {       \
    for (size_t i = 0; i < count; i++) {                                                         \
      const UNSIGNED place = (UNSIGNED)a[i] - (UNSIGNED)base;                                    \
      out[i] = (uint8_t)(place < 255 ? place : 255);                                             \
    }                                                                                            \
  }                                                                                              \
  void ck_lookup_near_##NAME(const TYPE *a, WIDE base, const uint8_t *table, size_t count,       \
                             uint64_t *bits) {                                                   \
    uint8_t places[CHUNK];                                                                       \
    for (size_t start = 0; start < count; start += CHUNK) {                                      \
      const size_t length = count - start < CHUNK ? count - start : CHUNK;                       \
      places_##NAME(a + start, base, length, places);                                            \
      ck_lookup_bits_u8(places, table, length, bits + start / 64);                               \
    }                                                                                            \
  }

LOOKUP_NEAR(i8, int8_t, int32_t, uint32_t)
LOOKUP_NEAR(i16, int16_t, int32_t, uint32_t)
LOOKUP_NEAR(i32, int32_t, int32_t, uint32_t)
LOOKUP_NEAR(i64, int64_t, int64_t, uint64_t)
