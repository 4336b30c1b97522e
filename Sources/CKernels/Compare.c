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

#define LOOKUP(NAME, TYPE)                                                              \
  void ck_lookup_bits_##NAME(const TYPE *codes, const uint8_t *table, size_t count,     \
                             uint64_t *bits) {                                          \
    for (size_t w = 0; w < (count + 63) / 64; w++) {                                    \
      size_t end = count - w * 64 < 64 ? count - w * 64 : 64;                           \
      uint64_t found = 0;                                                               \
      for (size_t i = 0; i < end; i++)                                                  \
        found |= (uint64_t)(table[codes[w * 64 + i]] != 0) << i;                        \
      bits[w] = found;                                                                  \
    }                                                                                   \
  }

LOOKUP(u8, uint8_t)
LOOKUP(u16, uint16_t)
