#pragma once
#include <stddef.h>
#include <stdint.h>

// Row by row `chosen` where the bit is set and `other` where not; constants have step 0, blocks 1.
// `out` may be one of the inputs.
#define SELECT_DECLARATION(NAME, TYPE)                                                        \
  void ck_select_##NAME(const uint64_t *_Nonnull bits, const TYPE *_Nonnull chosen,           \
                        int chosenStep, const TYPE *_Nonnull other, int otherStep,            \
                        TYPE *_Nonnull out, size_t count);

SELECT_DECLARATION(u8, uint8_t)
SELECT_DECLARATION(u16, uint16_t)
SELECT_DECLARATION(i32, int32_t)
SELECT_DECLARATION(i64, int64_t)
