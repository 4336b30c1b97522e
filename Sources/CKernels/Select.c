#include "Select.h"

#include <string.h>

#include "Internal/Clones.h"

typedef _Bool Bits64 __attribute__((ext_vector_type(64)));

#define LOOP(CHOSEN, OTHER, CHOSEN_ROW, OTHER_ROW)                         \
  {                                                                        \
    for (size_t w = 0; w < count / 64; w++) {                              \
      Bits64 mask;                                                         \
      memcpy(&mask, bits + w, 8);                                          \
      *(Vector64 *)(out + w * 64) =                                        \
          (__builtin_convertvector(mask, Vector64) != 0) ? CHOSEN : OTHER; \
    }                                                                      \
    for (size_t i = count / 64 * 64; i < count; i++)                       \
      out[i] = bits[i / 64] >> (i % 64) & 1 ? CHOSEN_ROW : OTHER_ROW;      \
  }

#define SELECT(NAME, TYPE)                                                                    \
  KERNEL void ck_select_##NAME(const uint64_t *bits, const TYPE *chosen, int chosenStep,      \
                               const TYPE *other, int otherStep, TYPE *out, size_t count) {   \
    typedef TYPE Vector64 __attribute__((ext_vector_type(64), aligned(sizeof(TYPE))));        \
    const Vector64 a = *chosen, b = *other;                                                   \
    if (chosenStep && otherStep)                                                              \
      LOOP(*(const Vector64 *)(chosen + w * 64), *(const Vector64 *)(other + w * 64),         \
           chosen[i], other[i])                                                               \
    else if (chosenStep)                                                                      \
      LOOP(*(const Vector64 *)(chosen + w * 64), b, chosen[i], *other)                        \
    else if (otherStep)                                                                       \
      LOOP(a, *(const Vector64 *)(other + w * 64), *chosen, other[i])                         \
    else                                                                                      \
      LOOP(a, b, *chosen, *other)                                                             \
  }

SELECT(u8, uint8_t)
SELECT(u16, uint16_t)
SELECT(i32, int32_t)
SELECT(i64, int64_t)

typedef int64_t Words64 __attribute__((ext_vector_type(64), aligned(8)));

static inline __attribute__((always_inline)) uint64_t bitsOfMask(Bits64 mask) {
  uint64_t bits;
  memcpy(&bits, &mask, 8);
  return bits;
}

KERNEL size_t ck_words_between(const int64_t *words, size_t count, int64_t least, int64_t greatest,
                               int64_t *between, size_t *below) {
  size_t found = 0, less = 0, i = 0;
  for (; i + 64 <= count; i += 64) {
    const Words64 own = *(const Words64 *)(words + i);
    const uint64_t isLess = bitsOfMask(__builtin_convertvector(own < least, Bits64));
    const uint64_t isGreater = bitsOfMask(__builtin_convertvector(own > greatest, Bits64));
    less += (size_t)__builtin_popcountll(isLess);
    // Few words lie between: their bits are walked, not all rows.
    for (uint64_t rest = ~(isLess | isGreater); rest; rest &= rest - 1)
      between[found++] = words[i + (size_t)__builtin_ctzll(rest)];
  }
  for (; i < count; i++) {
    less += words[i] < least;
    between[found] = words[i];
    found += words[i] >= least && words[i] <= greatest;
  }
  *below += less;
  return found;
}

// Where the next words go.
typedef struct {
  int64_t *front, *back;
} Sides;

static void divideEach(const int64_t *words, size_t count, int64_t pivot, Sides *sides) {
  int64_t *front = sides->front, *back = sides->back;
  for (size_t i = 0; i < count; i++) {
    const int64_t word = words[i];
    // Both places are free as long as a word is left.
    *front = word;
    back[-1] = word;
    front += word < pivot;
    back -= word > pivot;
  }
  *sides = (Sides){front, back};
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx512f,popcnt"))) static size_t divideVectors(const int64_t *words, size_t count,
                                                                      int64_t pivot, Sides *sides) {
  const __m512i own = _mm512_set1_epi64(pivot);
  int64_t *front = sides->front, *back = sides->back;
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const __m512i eight = _mm512_loadu_si512(words + i);
    const __mmask8 less = _mm512_cmplt_epi64_mask(eight, own);
    const __mmask8 greater = _mm512_cmpgt_epi64_mask(eight, own);
    const int below = __builtin_popcount(less), above = __builtin_popcount(greater);
    _mm512_mask_storeu_epi64(front, (__mmask8)((1u << below) - 1),
                             _mm512_maskz_compress_epi64(less, eight));
    front += below;
    back -= above;
    _mm512_mask_storeu_epi64(back, (__mmask8)((1u << above) - 1),
                             _mm512_maskz_compress_epi64(greater, eight));
  }
  *sides = (Sides){front, back};
  return i;
}
#endif

size_t ck_divide_words(const int64_t *words, size_t count, int64_t pivot, int64_t *out, size_t *above) {
  Sides sides = {out, out + count};
  size_t done = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) done = divideVectors(words, count, pivot, &sides);
#endif
  divideEach(words + done, count - done, pivot, &sides);
  *above = (size_t)(out + count - sides.back);
  return (size_t)(sides.front - out);
}

#define AHEAD 48

void ck_bytes_at(const uint8_t *bytes, const int32_t *places, size_t count, uint8_t *restrict out) {
  size_t i = 0;
  for (; i + AHEAD < count; i++) {
    __builtin_prefetch(bytes + places[i + AHEAD]);
    out[i] = bytes[places[i]];
  }
  for (; i < count; i++) out[i] = bytes[places[i]];
}
