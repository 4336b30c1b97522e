#pragma once
#include <stddef.h>
#include <stdint.h>

// Widening; `scale` multiplies each value (wrapping only under nulls, where values are anything).
void ck_widen_i8_i32(const int8_t *_Nonnull a, int32_t *_Nonnull out, size_t count);
void ck_widen_i16_i32(const int16_t *_Nonnull a, int32_t *_Nonnull out, size_t count);
void ck_widen_i8_i64(const int8_t *_Nonnull a, int64_t scale, int64_t *_Nonnull out, size_t count);
void ck_widen_i16_i64(const int16_t *_Nonnull a, int64_t scale, int64_t *_Nonnull out,
                      size_t count);
void ck_widen_i32_i64(const int32_t *_Nonnull a, int64_t scale, int64_t *_Nonnull out,
                      size_t count);
void ck_widen_i64_i64(const int64_t *_Nonnull a, int64_t scale, int64_t *_Nonnull out,
                      size_t count);
void ck_widen_u8_u16(const uint8_t *_Nonnull a, uint16_t *_Nonnull out, size_t count);

// To double; `scale` is 1 or such that the product is exact.
void ck_double_i8(const int8_t *_Nonnull a, double scale, double *_Nonnull out, size_t count);
void ck_double_i16(const int16_t *_Nonnull a, double scale, double *_Nonnull out, size_t count);
void ck_double_i32(const int32_t *_Nonnull a, double scale, double *_Nonnull out, size_t count);
void ck_double_i64(const int64_t *_Nonnull a, double *_Nonnull out, size_t count);

// Towards zero; bits of the rows that are in range (NaN is not), others become 0.
void ck_integer_f64(const double *_Nonnull a, int64_t *_Nonnull out, uint64_t *_Nonnull inRange,
                    size_t count);

// Bits to bytes 0 and 1, to 0 and 1 as integers and doubles, and bytes (not 0) to bits.
void ck_bytes_of_bits(const uint64_t *_Nonnull bits, uint8_t *_Nonnull out, size_t count);
void ck_i64_of_bits(const uint64_t *_Nonnull bits, int64_t *_Nonnull out, size_t count);
void ck_f64_of_bits(const uint64_t *_Nonnull bits, double *_Nonnull out, size_t count);
void ck_bits_of_bytes(const uint8_t *_Nonnull bytes, uint64_t *_Nonnull bits, size_t count);

// Bits from the middle of other bits: row i is bit `first` + i.
void ck_shift_bits(const uint64_t *_Nonnull source, size_t first, uint64_t *_Nonnull bits,
                   size_t count);

// Words in the order of doubles, NaN above all; without `keepsSigns` both zeros are 0.
void ck_order_words(const double *_Nonnull a, int keepsSigns, int64_t *_Nonnull words, size_t count);

// The number of which each double is the product with `factor`, or the quotient by `divisor`, one
// of which is 1; INT64_MIN where there is none from `low` to `high`, which lie within 2^50. Gives
// whether there is one for all.
int ck_multiples_f64(const double *_Nonnull a, double factor, double divisor, int64_t low,
                     int64_t high, int64_t *_Nonnull out, size_t count);

// How many steps, of 2 at least, each number lies above a base; less than 0 where it lies below.
// What is no whole number of steps is rounded, and so are more than 2^48; numbers more than 2^63 apart
// mean nothing. `out` may be `a`.
void ck_steps_i64(const int64_t *_Nonnull a, int64_t base, int64_t step, int64_t *_Nonnull out,
                  size_t count);

// The bits of doubles, the same for those that are equal: one NaN, one zero.
void ck_key_bits_f64(const double *_Nonnull a, int64_t *_Nonnull bits, size_t count);

// Whether every value is a whole multiple of a million.
int ck_whole_seconds(const int64_t *_Nonnull a, size_t count);
// Doubles as whole multiples of a power of two: the 53 bits of each, `spare` higher, shifted down by
// `top` less its exponent; 0 where no bit was lost.
uint64_t ck_fixed_words(const double *_Nonnull a, size_t count, uint64_t top, uint64_t spare,
                        int64_t *_Nonnull words);
// Narrowing: values fit.
void ck_narrow_i64_i8(const int64_t *_Nonnull a, int64_t divisor, int8_t *_Nonnull out,
                      size_t count);
void ck_narrow_i64_i16(const int64_t *_Nonnull a, int64_t divisor, int16_t *_Nonnull out,
                       size_t count);
void ck_narrow_i64_i32(const int64_t *_Nonnull a, int64_t divisor, int32_t *_Nonnull out,
                       size_t count);

// The rows of a block, out[i] = a[rows[i]], for elements of 1, 2, 4 and 8 bytes.
void ck_take_1(const uint8_t *_Nonnull a, const uint32_t *_Nonnull rows, uint8_t *_Nonnull out,
               size_t count);
void ck_take_2(const uint16_t *_Nonnull a, const uint32_t *_Nonnull rows, uint16_t *_Nonnull out,
               size_t count);
void ck_take_4(const uint32_t *_Nonnull a, const uint32_t *_Nonnull rows, uint32_t *_Nonnull out,
               size_t count);
void ck_take_8(const uint64_t *_Nonnull a, const uint32_t *_Nonnull rows, uint64_t *_Nonnull out,
               size_t count);
