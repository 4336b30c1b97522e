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
