#pragma once
#include <stddef.h>
#include <stdint.h>

// Element by element: vv two blocks, vc block and constant, cv constant and block. `out` may be
// one of the inputs. Rows under nulls are computed like any other.

#define BINARY_DECLARATION(NAME, TYPE)                                                         \
  void ck_##NAME##_vv(const TYPE *_Nonnull a, const TYPE *_Nonnull b, TYPE *_Nonnull out,      \
                      size_t count);                                                           \
  void ck_##NAME##_vc(const TYPE *_Nonnull a, TYPE b, TYPE *_Nonnull out, size_t count);       \
  void ck_##NAME##_cv(TYPE a, const TYPE *_Nonnull b, TYPE *_Nonnull out, size_t count);

BINARY_DECLARATION(add_f64, double)
BINARY_DECLARATION(subtract_f64, double)
BINARY_DECLARATION(multiply_f64, double)
BINARY_DECLARATION(divide_f64, double)
// NaN is greater than every number.
BINARY_DECLARATION(least_f64, double)
BINARY_DECLARATION(greatest_f64, double)
// Rounded towards minus infinity; the remainder has the divisor's sign.
BINARY_DECLARATION(floor_divide_f64, double)
BINARY_DECLARATION(remainder_f64, double)

// Integers wrap; the caller knows that nothing overflows, or asks for the checked form.
BINARY_DECLARATION(add_i32, int32_t)
BINARY_DECLARATION(subtract_i32, int32_t)
BINARY_DECLARATION(multiply_i32, int32_t)
BINARY_DECLARATION(least_i32, int32_t)
BINARY_DECLARATION(greatest_i32, int32_t)
BINARY_DECLARATION(add_i64, int64_t)
BINARY_DECLARATION(subtract_i64, int64_t)
BINARY_DECLARATION(multiply_i64, int64_t)
BINARY_DECLARATION(least_i64, int64_t)
BINARY_DECLARATION(greatest_i64, int64_t)

// As above with a bit for each row that overflowed; gives whether any did.
#define CHECKED_DECLARATION(NAME)                                                         \
  int ck_checked_##NAME(const int64_t *_Nonnull a, const int64_t *_Nonnull b,             \
                        int64_t *_Nonnull out, uint64_t *_Nonnull overflows, size_t count);

CHECKED_DECLARATION(add)
CHECKED_DECLARATION(subtract)
CHECKED_DECLARATION(multiply)

#define UNARY_DECLARATION(NAME) \
  void ck_##NAME##_f64(const double *_Nonnull a, double *_Nonnull out, size_t count);

UNARY_DECLARATION(negate)
UNARY_DECLARATION(absolute)
UNARY_DECLARATION(square_root)
UNARY_DECLARATION(floor)
UNARY_DECLARATION(ceil)
// Half away from zero.
UNARY_DECLARATION(round)

// Rounded to as many digits behind the point, or before it, as the power of ten has zeros, half away from
// zero; values without so many are left as they are.
void ck_round_behind_f64(const double *_Nonnull values, double power, double *_Nonnull out, size_t count);
void ck_round_before_f64(const double *_Nonnull values, double power, double *_Nonnull out, size_t count);

// Quotients rounded towards minus infinity, or their remainders, which have the divisor's sign; 0, and
// `out` as it was, where a number is 2^51 or beyond or a divisor is 0. `out` may be one of the inputs.
int ck_floor_divide_small(const int64_t *_Nonnull a, const int64_t *_Nonnull b, int remainder,
                          int64_t *_Nonnull out, size_t count);

// The same for one divisor of at least 2 in all rows; 0, and `out` as it was, for others.
int ck_floor_divide_constant(const int64_t *_Nonnull a, const int64_t *_Nonnull b, int remainder,
                             int64_t *_Nonnull out, size_t count);
