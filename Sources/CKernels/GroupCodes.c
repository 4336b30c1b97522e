#include "GroupCodes.h"

#include "Internal/Clones.h"

// Without a sign a value below the base is beyond the last.
#define CODES(NAME, TYPE, WIDE)                                                               \
  KERNEL int ck_group_codes_##NAME(const TYPE *values, TYPE base, uint64_t count,             \
                                   uint32_t stride, int isFirst, uint32_t *groups, size_t rows) { \
    WIDE greatest = 0;                                                                        \
    if (isFirst)                                                                              \
      for (size_t i = 0; i < rows; i++) {                                                     \
        const WIDE distance = (WIDE)values[i] - (WIDE)base;                                   \
        greatest = distance > greatest ? distance : greatest;                                 \
        groups[i] = 1 + (uint32_t)distance * stride;                                          \
      }                                                                                       \
    else                                                                                      \
      for (size_t i = 0; i < rows; i++) {                                                     \
        const WIDE distance = (WIDE)values[i] - (WIDE)base;                                   \
        greatest = distance > greatest ? distance : greatest;                                 \
        groups[i] += (uint32_t)distance * stride;                                             \
      }                                                                                       \
    return rows == 0 || greatest < count;                                                     \
  }

CODES(u8, uint8_t, uint32_t)
CODES(u16, uint16_t, uint32_t)
CODES(i32, int32_t, uint32_t)
CODES(i64, int64_t, uint64_t)
