#pragma once
#include <stddef.h>
#include <stdint.h>

// Adds to the number of each row's group the distance of its value from `base`, times `stride`;
// numbers begin at 1 with the first key. Gives whether every distance is below `count`: otherwise
// the numbers mean nothing.
#define CK_GROUP_CODES(NAME, TYPE)                                                            \
  int ck_group_codes_##NAME(const TYPE *_Nonnull values, TYPE base, uint64_t count,           \
                            uint32_t stride, int isFirst, uint32_t *_Nonnull groups, size_t rows);

CK_GROUP_CODES(u8, uint8_t)
CK_GROUP_CODES(u16, uint16_t)
CK_GROUP_CODES(i32, int32_t)
CK_GROUP_CODES(i64, int64_t)
