#pragma once
#include <stddef.h>
#include <stdint.h>

// Comparisons of a block as bits: bit i of word i / 64 is row i, spare bits of the last word are 0.
// operation: 0 less, 1 less or equal, 2 equal; `inverted` gives the opposite.
// Doubles are ordered totally: NaN equals NaN and is greater than every number.

#define COMPARE_DECLARATION(NAME, TYPE)                                                       \
  void ck_compare_##NAME(const TYPE *_Nonnull left, const TYPE *_Nonnull right, size_t count, \
                         int operation, int inverted, uint64_t *_Nonnull bits);               \
  void ck_compare_constant_##NAME(const TYPE *_Nonnull left, TYPE right, size_t count,        \
                                  int operation, int inverted, uint64_t *_Nonnull bits);

COMPARE_DECLARATION(i8, int8_t)
COMPARE_DECLARATION(i16, int16_t)
COMPARE_DECLARATION(i32, int32_t)
COMPARE_DECLARATION(i64, int64_t)
COMPARE_DECLARATION(u8, uint8_t)
COMPARE_DECLARATION(u16, uint16_t)
COMPARE_DECLARATION(f64, double)

// Sets bit i where table[codes[i]] is not 0.
void ck_lookup_bits_u8(const uint8_t *_Nonnull codes, const uint8_t *_Nonnull table, size_t count,
                       uint64_t *_Nonnull bits);
void ck_lookup_bits_u16(const uint16_t *_Nonnull codes, const uint8_t *_Nonnull table,
                        size_t count, uint64_t *_Nonnull bits);

// As above for numbers near each other: number `base` + i is looked up as i, up to 254; byte 255 of the
// table is 0, for all others.
void ck_lookup_near_i8(const int8_t *_Nonnull a, int32_t base, const uint8_t *_Nonnull table,
                       size_t count, uint64_t *_Nonnull bits);
void ck_lookup_near_i16(const int16_t *_Nonnull a, int32_t base, const uint8_t *_Nonnull table,
                        size_t count, uint64_t *_Nonnull bits);
void ck_lookup_near_i32(const int32_t *_Nonnull a, int32_t base, const uint8_t *_Nonnull table,
                        size_t count, uint64_t *_Nonnull bits);
void ck_lookup_near_i64(const int64_t *_Nonnull a, int64_t base, const uint8_t *_Nonnull table,
                        size_t count, uint64_t *_Nonnull bits);

// The same for numbers of a wider span: number `base` + i is bit i of the table, up to i = `last`; all others
// are not found.
#define LOOKUP_SPAN_DECLARATION(NAME, TYPE, WIDE, UNSIGNED)                                        \
  void ck_lookup_span_##NAME(const TYPE *_Nonnull a, WIDE base, UNSIGNED last,                     \
                             const uint64_t *_Nonnull table, size_t count, uint64_t *_Nonnull bits);

LOOKUP_SPAN_DECLARATION(i8, int8_t, int32_t, uint32_t)
LOOKUP_SPAN_DECLARATION(i16, int16_t, int32_t, uint32_t)
LOOKUP_SPAN_DECLARATION(i32, int32_t, int32_t, uint32_t)
LOOKUP_SPAN_DECLARATION(i64, int64_t, int64_t, uint64_t)
