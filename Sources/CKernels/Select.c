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
